"""The words of the data turned into reasons: known ones by id, others under their own words."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from workbook.diagnostics.churn_reasons.result import MendedReason, UnknownReason
from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy
from workbook.language import bare

_PARTS = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Named:
    """The reasons of each row of a column."""

    lists: tuple[tuple[str, ...], ...]
    """Ids (folded words where not known), each once, in the order given."""
    spelling: dict[str, str]
    """First spelling of words the taxonomy does not know, by their folded form."""
    slips: tuple[tuple[str, str, int], ...]
    """Typing slips: first spelling, id of the reason meant, rows."""

    def mended(self, label: Callable[[str], str], *, column: str) -> list[MendedReason]:
        """Return the typing slips with the reason that each is counted under."""
        return [
            MendedReason(found=found, reason=reason, counted_as=label(reason), n=n, column=column)
            for found, reason, n in self.slips
        ]

    def unknown(self, taxonomy: Taxonomy, *, language: str, column: str) -> list[UnknownReason]:
        """Return the words that the taxonomy does not know, most frequent first."""
        counts = Counter(name for names in self.lists for name in names if name in self.spelling)
        return [
            UnknownReason(
                given=self.spelling[name],
                n=n,
                nearest=taxonomy.nearest(name, language),
                column=column,
            )
            for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ]


def parts(cell: str) -> list[str]:
    """Return the reasons of a cell; empty parts are nothing.

    >>> parts("price; ;rudeness;")
    ['price', 'rudeness']
    """
    return [part.strip() for part in _PARTS.split(cell) if bare(part)]


def named(cells: "Sequence[str] | pd.Series[str]", taxonomy: Taxonomy) -> Named:
    """Return the reasons of a column of lists separated by semicolons.

    Words within a typing slip of one known reason are that reason.
    """
    meaning: dict[str, tuple[str, ...]] = {}
    spelling: dict[str, str] = {}
    slips: dict[str, tuple[str, str]] = {}
    slips_of: dict[str, set[str]] = {}
    for cell in sorted(set(cells)):
        found = []
        for part in parts(cell):
            name = bare(part)
            known = taxonomy.find(part)
            if known is None and (known := taxonomy.meant(part)) is not None:
                slips.setdefault(name, (part, known.id))
                slips_of.setdefault(cell, set()).add(name)
            if known is None:
                spelling.setdefault(name, part)
            found.append(name if known is None else known.id)
        meaning[cell] = tuple(dict.fromkeys(found))
    counts = Counter(name for cell in cells for name in slips_of.get(cell, ()))
    return Named(
        lists=tuple(meaning[cell] for cell in cells),
        spelling=spelling,
        slips=tuple(
            (*slips[name], n)
            for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
    )
