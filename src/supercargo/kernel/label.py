"""A word that the data decides, such as who collects a tax: for one case or a whole table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supercargo.kernel.verdict import Test


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """One word for a single case; in bulk ``expr`` is the place of each row's word in ``words``."""

    words: tuple[str, ...]
    expr: Any = None
    level: int = 0

    @property
    def word(self) -> str:
        """Give the word of a single case."""
        if self.expr is not None or len(self.words) != 1:
            msg = "this label has a word for every row; read it from the computed table"
            raise TypeError(msg)
        return self.words[0]


def pick_word(question: Test, this: Label | str, that: Label | str) -> Label:
    """Take one word where the question is answered yes, another where it is no."""
    return question.pick_word(_label(this), _label(that))


def _label(value: Label | str) -> Label:
    return Label((value,)) if isinstance(value, str) else value
