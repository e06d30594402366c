"""Formats of numbers as charts use them: a name, and how a value is written."""

from collections.abc import Callable
from dataclasses import dataclass

Write = Callable[[float], str]
"""Writes a value."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format of the report's language.

    Examples
    --------
    >>> NumberFormat("count", lambda value, name: f"{value:.0f}")(3.2)
    '3'
    """

    name: str
    """As of a table's column: ``pct``, ``money`` …"""
    writer: Callable[[float, str], str]
    """Writes a value in the format of a name."""

    def __call__(self, value: float) -> str:
        return self.writer(value, self.name)

    def named(self, name: str) -> "NumberFormat":
        """Return another format of the same language."""
        return NumberFormat(name, self.writer)
