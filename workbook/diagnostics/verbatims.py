"""What people wrote in their own words: whether a report may show it, and how."""

from collections.abc import Callable
from dataclasses import dataclass

from workbook.language.masking import NameMask


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbatims:
    """How an engagement shows free text.

    Examples
    --------
    >>> Verbatims().shown("Ring Anna"), Verbatims(told=False).shown("Ring Anna")
    ('Ring Anna', '')
    >>> Verbatims(names=NameMask(persons=("Anna Berg",), language="en")).shown("Ring Anna")
    'Ring •••'
    """

    told: bool = True
    """Reports quote it; it is counted in either case."""
    names: NameMask | None = None
    """What is masked in it; None: nothing."""
    coded: Callable[[str], str] | None = None
    """Gives words that are counted under their own name another one, where they are not told."""

    def shown(self, text: str) -> str:
        """Return a text as reports show it, empty where they do not."""
        return self.masked(text) if self.told else ""

    def label(self, words: str) -> str:
        """Return what words are called that are counted under their own name."""
        if self.told or self.coded is None:
            return self.masked(words)
        return self.coded(words)

    def masked(self, text: str) -> str:
        """Return a text as the consultant's working sheets show it."""
        return text if self.names is None else self.names.masked(text)


AS_WRITTEN = Verbatims()
"""Shown as it was written."""
