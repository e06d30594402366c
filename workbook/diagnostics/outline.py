"""What can be told of a diagnostic without its arithmetic: its name, tables and options.

Whether reports are up to date, and what a command lists, is decided from outlines alone; the
:class:`~workbook.diagnostics.diagnostic.Diagnostic` that computes is imported when one is made.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Generic, Self, TypeAlias, TypeVar

P = TypeVar("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline(Generic[P]):
    """One diagnostic in words; ``P`` is its options."""

    name: str
    """Also the name of its folder, notebook, notes and result files."""
    tables: tuple[str, ...]
    """Input tables it reads."""
    needs_any: tuple[str, ...]
    """At least one of these must be there for a report."""
    joins: bool = False
    """It joins the results of all others: its tables and notes are theirs."""
    params: type[P]
    """Its frozen dataclass of options."""

    def joining(self, others: "Iterable[AnyOutline]") -> Self:
        """Return it with the tables of all that it joins."""
        joined = [one for one in others if not one.joins]
        return replace(
            self,
            tables=tuple(dict.fromkeys(t for one in joined for t in one.tables)),
            needs_any=tuple(dict.fromkeys(t for one in joined for t in one.needs_any)),
        )


AnyOutline: TypeAlias = Outline[Any]
"""One of several, where it does not matter which."""
