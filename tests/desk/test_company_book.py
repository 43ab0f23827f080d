"""The demonstration company on both databases, from its files to its tie-out, profit, ledger and vouchers."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import count, groupby

import polars as pl
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supercargo.web.settings")

from supercargo.connectors.raw.reading import read_content
from supercargo.connectors.shopify import render as shopify
from supercargo.connectors.tiktok import render as tiktok
from supercargo.connectors.woocommerce import render as woocommerce
from supercargo.desk.demo import Books
from supercargo.desk.demo_company.company import trade
from supercargo.desk.demo_company.files import write
from supercargo.desk.demo_company.trade import KNOWN_UNTIL, LAST
from supercargo.desk.files import examples
from supercargo.desk.importing import FileReceipt, Options, import_files
from supercargo.desk.setting import law_on
from supercargo.kernel.finding import Refused

pytestmark = pytest.mark.slow

DAY = KNOWN_UNTIL.replace(day=16)
DATABASES = ("sqlite", "postgresql")
CUTS = (("country",), ("channel",), ("sku",), ("month",), ("country", "channel", "sku"), ("brand", "day"))
SUMS = ("gross_sales", "net_revenue", "margin_1", "margin_2", "margin_3")
_numbers = count(1)


@dataclass(frozen=True)
class Filled:
    """A book with every file of the company in it."""

    place: object
    receipts: tuple[FileReceipt, ...]
    faults: tuple
    files: object


def read_in(place, written):
    """Import files as the demonstration does."""
    receipts = []
    for (channel, zone), part in groupby(written, key=lambda one: (one.channel, one.zone)):
        receipts += import_files([one.path for one in part], place, Options(channel=channel, zone=zone, day=LAST), None, "en")
    return tuple(receipts)


class Companies:
    """Gives the company's book on a database, opened; it is filled once, and copied for tests that write."""

    def __init__(self, request, folder):
        self.request, self.folder, self.made = request, folder, {}
        self.traded = trade()
        self.written = write(folder / "files", self.traded)

    def __call__(self, database):
        if database not in self.made:
            place = self.empty(database)
            shutil.copyfile(examples() / "company.toml", place.company_file)
            place.open()
            self.made[database] = Filled(place, read_in(place, self.written), self.traded.faults, self.folder / "files")
        self.made[database].place.open()
        return self.made[database]

    def empty(self, database):
        """Make a book without a row."""
        from supercargo.book.place import Place  # noqa: PLC0415 - Django is set up by the fixture

        folder, name = self.folder / f"{database}-{next(_numbers)}", f"company{next(_numbers)}"
        if database == "sqlite":
            self.request.getfixturevalue("template_file")
            return Place.create(folder, home="CN", base_currency="CNY")
        server = self.request.getfixturevalue("server")
        self.request.getfixturevalue("template_file")
        server.sql(f"CREATE DATABASE {name}")
        return Place.create(folder, home="CN", base_currency="CNY", database=server.url(name))

    def copy(self, database):
        """Give a copy of the filled book that a test may write to."""
        kept = self(database)
        disconnect()
        folder = self.folder / f"{database}-{next(_numbers)}"
        shutil.copytree(kept.place.folder, folder)
        place = replace(kept.place, folder=folder)
        if database == "postgresql":
            server, name = self.request.getfixturevalue("server"), f"company{next(_numbers)}"
            server.sql(f"CREATE DATABASE {name} TEMPLATE {kept.place.database.rpartition('/')[2]}")
            place = replace(place, database=server.url(name))
            settings = (folder / "supercargo.toml").read_text("utf-8").replace(kept.place.database, place.database)
            (folder / "supercargo.toml").write_text(settings, "utf-8")
        place.open()
        return replace(kept, place=place)


def disconnect():
    from django.db import connections  # noqa: PLC0415 - see above

    connections["default"].close()


@pytest.fixture(scope="module")
def companies(request, tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock():
        request.getfixturevalue("template_file")
        yield Companies(request, tmp_path_factory.mktemp("company"))
        disconnect()


@pytest.fixture(params=DATABASES)
def company(request, companies):
    return companies(request.param)


@pytest.fixture(params=DATABASES)
def writable(request, companies):
    return companies.copy(request.param)


def sql(statement, *values):
    from django.db import connection  # noqa: PLC0415 - see above

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def tables():
    from django.db import connection  # noqa: PLC0415 - see above

    return sorted(name for name in connection.introspection.table_names() if name.startswith("book_"))


def counts():
    return {name: sql(f'SELECT count(*) FROM "{name}"')[0][0] for name in tables()}  # noqa: S608 - names of tables


def audit_entries():
    return sql("SELECT number, action, hash FROM book_audit_entry ORDER BY number")


def tied(filled):
    from supercargo.desk.tie_out import tie_out  # noqa: PLC0415 - see above

    return tie_out(filled.place, day=DAY, law=law_on(DAY))


def earned(filled, *, anew=True):
    from supercargo.desk.profit.profit import write_lake  # noqa: PLC0415 - see above

    return write_lake(filled.place, DAY, anew=anew)


def profit(filled, by, currency="EUR", **more):
    from supercargo.desk.profit.profit import profit as ask  # noqa: PLC0415 - see above
    from supercargo.desk.profit.request import ProfitRequest  # noqa: PLC0415

    return ask(filled.place, ProfitRequest(by, currency=currency, **more))


# ---- files in


def test_every_file_comes_in_and_ties(company):
    assert len(company.receipts) == len({path for path in company.files.rglob("*") if path.is_file()}) > 50
    assert [receipt.name for receipt in company.receipts if receipt.refused or receipt.faults or not receipt.ties] == []
    assert len({receipt.format for receipt in company.receipts}) >= 18


def test_importing_every_file_again_changes_nothing(companies, company):
    before, chain = counts(), audit_entries()
    again = read_in(company.place, companies.written)
    assert [receipt.name for receipt in again if receipt.already_at is None or receipt.records or receipt.saved] == []
    assert counts() == before
    assert audit_entries() == chain


def test_the_same_files_under_other_bytes_change_no_record(companies, writable, tmp_path):
    """A file that was saved once more, with an empty line at its end, is another file with the same rows."""
    wanted = [one for one in companies.written if one.path.suffix == ".txt" and "settlement" in one.path.name]
    renewed = []
    for one in wanted:
        path = tmp_path / one.path.name
        path.write_bytes(one.path.read_bytes() + b"\r\n")
        renewed.append(replace(one, path=path))
    before, chain = counts(), audit_entries()
    receipts = read_in(writable.place, renewed)
    assert sum(receipt.records for receipt in receipts) == sum(receipt.contested for receipt in receipts) == 0
    changed = {name: number - before[name] for name, number in counts().items() if number != before[name]}
    assert changed.pop("book_document") == changed.pop("book_import_run") == changed.pop("book_audit_entry") == len(wanted)
    assert set(changed) <= {"book_import_row", "book_finding_record"}
    assert audit_entries()[: len(chain)] == chain
    assert {action for _, action, _ in audit_entries()[len(chain) :]} == {"import"}


def records_of(noun):
    """Read the records of a noun without what says when and from which file they came."""
    from supercargo.book.reading import frame  # noqa: PLC0415 - see above

    return frame(noun).drop("id", "document_id", "row").sort("key").rows()


@pytest.mark.parametrize("database", DATABASES)
def test_half_a_file_and_then_the_whole_give_the_rows_of_the_whole(companies, database, tmp_path):
    whole = next(one for one in companies.written if "settlement" in one.path.name)
    lines = whole.path.read_bytes().splitlines(keepends=True)
    half = replace(whole, path=tmp_path / "half.txt")
    half.path.write_bytes(b"".join(lines[: len(lines) // 2]))
    given = {}
    for name, files in (("at once", [whole]), ("half first", [half, whole])):
        place = companies.empty(database)
        place.open()
        receipts = read_in(place, files)
        assert [str(finding) for one in receipts for finding in one.findings if finding.severity == "error"] == []
        given[name] = {noun: records_of(noun) for noun in ("money_line", "settlement", "payout")}
    assert len(given["at once"]["money_line"]) == len(lines) - 2
    for noun, rows in given["at once"].items():
        assert given["half first"][noun] == rows, noun


def test_a_time_zone_that_does_not_exist_is_refused_before_any_file_is_read(companies):
    with pytest.raises(Refused, match="IMP-015"):
        import_files([one.path for one in companies.written], None, Options(zone="Mars/Olympus", dry_run=True))


# ---- tied out, and what is left


def test_the_tie_out_finds_the_planted_faults_with_their_money_and_no_others(company):
    answer = tied(company)
    opened = type("Opened", (), {"faults": company.faults})
    assert Books(opened, answer, None).found == dict.fromkeys([fault.kind for fault in company.faults], True)
    assert len(company.faults) == 5
    named = {fault.place for fault in company.faults}
    planned = ("TIE-1", "TIE-2", "TIE-5")  # settlements, payouts and banks, fees; refunds without a return and lost stock are drawn
    assert [str(one.finding) for one in answer.weighed if one.finding.code.startswith(planned) and not named & places(one)] == []
    assert {one.finding.code for one in answer.weighed if one.finding.severity == "error"} == {
        "TIE-101", "TIE-102", "TIE-201", "TIE-205", "TIE-401", "TIE-501",
    }  # fmt: skip


def places(one):
    """Give the words of a finding's path and message, without their brackets."""
    return set(re.split(r"[^\w-]+", f"{one.finding.path} {one.finding.message}"))


@pytest.mark.parametrize("view", ["order", "settlement"])
@pytest.mark.parametrize("currency", ["EUR", "CNY", "USD"])
def test_profit_has_one_total_however_it_is_cut(company, view, currency):
    earned(company, anew=False)
    totals = {cut: profit(company, cut, currency, view=view).total.select(pl.selectors.integer()).rows() for cut in CUTS}
    assert len({str(rows) for rows in totals.values()}) == 1
    for cut in CUTS:
        table = profit(company, cut, currency, view=view)
        money = [name for name in table.frame.columns if name.endswith("_minor") or name in SUMS]
        assert money
        for name in money:
            assert table.frame[name].sum() == table.total[name][0], (cut, name)


def test_currencies_that_stay_original_have_the_same_cents_in_every_cut(company):
    earned(company, anew=False)
    totals = {cut: profit(company, cut, None).total.rows() for cut in CUTS}
    assert len({str(rows) for rows in totals.values()}) == 1
    costs_at_home = {"CNY"}
    assert set(profit(company, ("currency",), None).total["currency"]) == {"EUR", "GBP", "USD"} | costs_at_home


def test_both_databases_give_the_same_statement_and_the_same_profit(companies):
    told = {}
    for database in DATABASES:
        filled = companies(database)
        answer = tied(filled)
        written = earned(filled)
        told[database] = {
            "statement": answer.statement.drop("id", strict=False).rows(),
            "findings": [(str(one.finding), one.amount, one.home_minor, one.rows) for one in answer.weighed],
            "lines": written.state.lines,
            "lake": sorted(str(finding) for finding in written.findings),
            **{f"profit {cut}": profit(filled, cut).document()["cells"] for cut in CUTS},
            "settled": profit(filled, ("country", "month"), "CNY", view="settlement").document()["cells"],
        }
    for name, value in told["sqlite"].items():
        assert told["postgresql"][name] == value, name


def test_a_cell_names_file_and_row_and_the_row_is_what_was_imported(company):
    from supercargo.book.reading import frame  # noqa: PLC0415 - see above
    from supercargo.desk.profit.profit import explain_cell  # noqa: PLC0415

    earned(company, anew=False)
    table = profit(company, ("channel", "month"))
    answer = explain_cell(company.place, table, "channel=amazon-de,month=2026-09", DAY)
    lines = [line for line in answer.rows["lines"] if line["noun"] == "money_line" and line["kind"] == "sale_goods"]
    assert lines
    imported = {row["id"]: row for row in frame("money_line").to_dicts()}
    for line in lines:
        record = imported[line["record_id"]]
        assert line["row"] == record["row"]
        path = next(path for path in company.files.rglob(line["document"]))
        cells = path.read_text("utf-8").splitlines()[line["row"] - 1].split("\t")
        assert [cell for cell in line["cells"] if cell] == [cell for cell in cells if cell]
        head = path.read_text("utf-8").splitlines()[0].split("\t")
        stands = dict(zip(head, cells, strict=False))
        assert Decimal(stands["amount"].replace(",", ".")) * 100 == record["amount_minor"]
        assert (stands["order-id"], stands["sku"]) == (record["order_ref"], record["sku"])


# ---- proven, and private


def verified(place):
    from supercargo.desk.audit import verify  # noqa: PLC0415 - see above

    return verify(place)


def test_the_book_is_whole_and_a_changed_amount_is_named(writable):
    answer = verified(writable.place)
    assert answer.findings == ()
    assert {row["checked"]: row["count"] for row in answer.rows["counts"]}["files"] == len(writable.receipts)
    ident, row, amount, name = sql(
        "SELECT l.id, l.row, l.amount_minor, d.name FROM book_settlement_line l JOIN book_document d ON d.id = l.document_id "
        "WHERE d.name LIKE 'amazon-gb-settlement%%' ORDER BY l.id LIMIT 1"
    )[0]
    sql("UPDATE book_settlement_line SET amount_minor = %s WHERE id = %s", amount + 1, ident)
    findings = verified(writable.place).findings
    assert [(finding.code, finding.path) for finding in findings] == [("BOOK-202", f"{name} row {row}")]
    sql("UPDATE book_settlement_line SET amount_minor = %s WHERE id = %s", amount, ident)
    assert verified(writable.place).findings == ()


def test_a_row_that_was_taken_away_and_a_changed_original_are_named(writable):
    sql("DELETE FROM book_stock_count WHERE id = (SELECT min(id) FROM book_stock_count)")
    kept = next(path for path in sorted((writable.place.folder / "files").rglob("*")) if path.is_file())
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes() + b" ")
    assert {finding.code for finding in verified(writable.place).findings} == {"BOOK-203", "BOOK-204"}


def test_the_chain_of_the_audit_takes_no_change(writable):
    from django.db import DatabaseError, transaction  # noqa: PLC0415 - see above

    for statement in ("UPDATE book_audit_entry SET actor = 'x'", "DELETE FROM book_audit_entry"):
        with pytest.raises(DatabaseError), transaction.atomic():
            sql(statement)
    assert verified(writable.place).findings == ()


NAME, STREET, MAIL, PHONE, TOWN = "Zwiebelfisch", "Quittengasse 17", "zwiebelfisch@quitte.example", "+49 171 5550199", "Kuckucksheim"
USER = "quittenkoenig77"
PRIVATE = (NAME, STREET, MAIL, PHONE, TOWN, USER, "5550199")


def filled_in(text, heads, first=1):
    """Write something private into every column of a CSV file that is meant for it, from a row on."""
    lines = text.split("\n")
    head = lines[0].split(",")
    places = {head.index(name): value for name, value in heads.items()}
    done = lines[:first]
    for line in lines[first:]:
        cells = line.split(",")
        if len(cells) == len(head):
            cells = [places.get(place, cell) for place, cell in enumerate(cells)]
        done.append(",".join(cells))
    return "\n".join(done)


def private_files(folder, traded):
    """Write orders of four houses as they come: with names, streets, telephones and addresses of the buyers."""
    lines = {channel: traded.rows.table("order_line", channel=channel).head(12) for channel in ("shopify", "woocommerce", "tiktok-gb")}
    refs = {channel: frame["order_ref"].unique().to_list() for channel, frame in lines.items()}
    orders = shopify.render_orders({"order_line": lines["shopify"]}, emails=dict.fromkeys(refs["shopify"], MAIL)).decode("utf-8-sig")
    shop = {"Billing Name": NAME, "Billing Street": STREET, "Shipping Name": NAME, "Shipping Street": STREET, "Shipping City": TOWN,
            "Phone": PHONE, "Billing Phone": PHONE, "Shipping Phone": PHONE}  # fmt: skip
    shop = {name: value for name, value in shop.items() if name in orders.split("\n", 1)[0].split(",")}
    assert {NAME, STREET, PHONE} <= set(shop.values())
    (folder / "shop.csv").write_text(filled_in(orders, shop), "utf-8")
    people = {"first_name": NAME, "last_name": NAME, "address_1": STREET, "city": TOWN, "phone": PHONE, "email": MAIL}
    (folder / "woo.json").write_bytes(with_people(woocommerce.render_orders({"order_line": lines["woocommerce"]}), people))
    told = tiktok.render_orders(lines["tiktok-gb"], zone="Europe/London", buyers=dict.fromkeys(refs["tiktok-gb"], USER)).decode("utf-8-sig")
    shown = {"Recipient": NAME, "Phone #": PHONE, "Detail Address": STREET, "Post Town": TOWN}
    (folder / "tiktok.csv").write_text(filled_in(told, {name: f"{value}\t" for name, value in shown.items() if name in told}, 2), "utf-8")
    return {"shop.csv": Options(), "woo.json": Options(), "tiktok.csv": Options(channel="tiktok-gb", zone="Europe/London")}


def with_people(content, people):
    orders = json.loads(content)
    for order in orders:
        order["billing"] |= people
        order["shipping"] = {**order.get("shipping", {}), **people}
        order["customer_note"] = f"bitte bei {NAME} klingeln, {PHONE}"
    return json.dumps(orders, ensure_ascii=False).encode()


def every_text():
    """Give every text of the database, table by table, and every column that is not a number."""
    from django.db import connection  # noqa: PLC0415 - see above

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of tables
            yield table, repr(cursor.fetchall())


@pytest.mark.parametrize("database", DATABASES)
def test_no_buyer_is_found_in_the_database_or_the_lake(companies, database, tmp_path):
    place = companies.empty(database)
    place.open()
    for name, options in private_files(tmp_path, companies.traded).items():
        (receipt,) = import_files([tmp_path / name], place, options, None, "en")
        assert (receipt.refused, receipt.faults) == (False, 0), receipt.findings
        assert receipt.records > 0
    earned(Filled(place, (), (), tmp_path))
    tied(Filled(place, (), (), tmp_path))
    found = {(table, word) for table, text in every_text() for word in PRIVATE if word.lower() in text.lower()}
    assert found == set()
    beside = [path for path in place.folder.rglob("*") if path.is_file() and "files" not in path.relative_to(place.folder).parts]
    assert [(path.name, word) for path in beside for word in PRIVATE if word.encode() in path.read_bytes()] == []
    lines = pl.concat([pl.read_parquet(path) for path in place.lake.rglob("*.parquet")], how="diagonal_relaxed")
    assert lines.height > 0
    assert [word for word in PRIVATE for text in [repr(lines.rows())] if word in text] == []
    kept = b"".join(path.read_bytes() for path in (place.folder / "files").rglob("*") if path.is_file())
    assert [word for word in (NAME, STREET, MAIL, PHONE, USER) if word.encode() not in kept] == []
    assert sql("SELECT count(*) FROM book_customer")[0][0] > 0


def test_a_buyer_in_a_faulty_row_stays_in_the_file(companies, tmp_path):
    """The file is kept, so what stands in a row that was left out can be read again there."""
    place = companies.empty("sqlite")
    place.open()
    private_files(tmp_path, companies.traded)
    text = (tmp_path / "shop.csv").read_text("utf-8").split("\n")
    head = text[0].split(",")
    at = next(number for number, line in enumerate(text) if number and line.count(",") == text[0].count(",") and NAME in line)
    cells = text[at].split(",")
    cells[head.index("Created at")] = "once"
    (tmp_path / "broken.csv").write_text("\n".join([*text[:at], ",".join(cells), *text[at + 1 :]]), "utf-8")
    (receipt,) = import_files([tmp_path / "broken.csv"], place, Options(), None, "en")
    assert receipt.faults > 0
    assert any(NAME in line.cells for line in receipt.left_out)  # whoever imports it sees the row once
    assert {(table, word) for table, whole in every_text() for word in PRIVATE if word.lower() in whole.lower()} == set()


# ---- the ledger


@pytest.fixture
def ledger(writable):
    from supercargo.desk.ledger import read_settings, working  # noqa: PLC0415 - see above
    from supercargo.desk.ledger.book_journal import BookJournal  # noqa: PLC0415
    from supercargo.desk.ledger.records import from_book  # noqa: PLC0415

    return working, BookJournal(writable.place), from_book(), read_settings(writable.place.folder, "CNY"), writable


def test_the_ledger_balances_and_posting_twice_adds_nothing(ledger):
    working, journal, records, settings, filled = ledger
    done = working.post_all(journal, records, settings, DAY)
    assert len(done.numbers) > 500
    before = counts()
    again = working.post_all(journal, records, settings, DAY)
    assert (again.numbers, counts()) == ((), before)
    assert sql("SELECT entry_id, sum(home_minor) FROM book_posting GROUP BY entry_id HAVING sum(home_minor) <> 0") == []
    sums = working.balances(journal, "2026-11")
    assert sums["home_minor"].sum() == 0
    own = sql("SELECT entry_id FROM book_posting GROUP BY entry_id HAVING count(DISTINCT currency) = 1 AND sum(amount_minor) <> 0")
    assert own == []
    assert verified(filled.place).findings == ()


def test_a_month_is_closed_an_entry_taken_back_and_the_vouchers_are_taken_by_beancount(ledger, tmp_path):
    from beancount import loader  # noqa: PLC0415 - a tool of the tests
    from beancount.core.data import Transaction  # noqa: PLC0415

    from supercargo.desk.vouchers import export, vouchers_of  # noqa: PLC0415

    working, journal, records, settings, filled = ledger
    working.post_all(journal, records, settings, date(2026, 8, 31))
    number = next(number for number, entry in journal.entries().items() if entry.booked_on.month == 8)
    made, back = working.reverse(journal, number, date(2026, 8, 31))
    assert made not in journal.reversed_numbers()
    assert {(side.account_code, side.currency, -side.amount_minor) for side in back.postings} == {
        (side.account_code, side.currency, side.amount_minor) for side in journal.entries()[number].postings
    }
    for month in ("2026-06", "2026-07", "2026-08"):
        closed = working.close(journal, records, settings, month, DAY)
        assert closed.closed, (month, [str(finding) for finding in closed.findings if finding.severity == "error"])
    with pytest.raises(Refused, match="LED-409"):
        working.close(journal, records, settings, "2026-08", DAY)
    vouchers = vouchers_of(journal.entries().values(), "2026-08", "CNY")
    paths, _ = export("beancount", vouchers, "2026-08", "CNY", tmp_path, filled.place.folder, "en")
    entries, errors, _ = loader.load_file(str(paths[0]))
    assert errors == []
    assert len([entry for entry in entries if isinstance(entry, Transaction)]) == len(vouchers)
    theirs, ours = {}, {}
    for entry in entries:
        for side in entry.postings if isinstance(entry, Transaction) else ():
            theirs[side.units.currency] = theirs.get(side.units.currency, Decimal(0)) + side.units.number
    for voucher in vouchers:
        for side in voucher.sides:
            currency, amount = ("CNY", side.home) if side.only_home else (side.currency, side.amount)
            ours[currency] = ours.get(currency, Decimal(0)) + amount
    assert {code: amount for code, amount in theirs.items() if amount} == {code: amount for code, amount in ours.items() if amount}
    numbers = "".join(f'{code} = "PRE00{place}"\n' for place, code in enumerate(("EUR", "GBP", "USD"), start=2))
    (filled.place.folder / "accounts.toml").write_text(f"[kingdee.currencies]\n{numbers}", "utf-8")
    for system in ("xero", "quickbooks", "kingdee", "yonyou"):
        assert export(system, vouchers, "2026-08", "CNY", tmp_path, filled.place.folder, "zh")[0]
    assert verified(filled.place).findings == ()


# ---- the files are the same everywhere


def test_the_files_are_the_same_bytes_on_every_run(companies, tmp_path):
    again = write(tmp_path, trade())
    first = {one.path.name: sha256(one.path.read_bytes()).hexdigest() for one in companies.written}
    assert {one.path.name: sha256(one.path.read_bytes()).hexdigest() for one in again} == first
    assert all(read_content(one.path.read_bytes(), one.path.name).kind for one in again)
