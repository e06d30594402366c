"""Figures of the period before that stand beside those of this one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What the period before had of the key figures; None where it did not tell one.

    The index, the criteria and retention have theirs where they stand themselves.
    """

    lowest_mark: float | None = None
    """Mean mark then of the parameter that has the lowest one now."""
    complaints: int | None = None
    """In a window as long as this period."""
    process_mended: int | None = None
    """Of the complaints of that period, those that changed a process."""
