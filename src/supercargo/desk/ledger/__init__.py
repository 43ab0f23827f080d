"""The ledger as a user works with it: post, close, reverse, look at balances."""

from supercargo.desk.ledger.journal import BALANCE, LINE, Journal, lines_of
from supercargo.desk.ledger.records import Records
from supercargo.desk.ledger.settings import Settings, read_settings
from supercargo.desk.ledger.stock import costs
from supercargo.desk.ledger.working import Posted, balances, close, post_all, reverse

__all__ = [
    "BALANCE",
    "LINE",
    "Journal",
    "Posted",
    "Records",
    "Settings",
    "balances",
    "close",
    "costs",
    "lines_of",
    "post_all",
    "read_settings",
    "reverse",
]
