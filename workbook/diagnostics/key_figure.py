"""The few numbers that stand for a whole diagnostic."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """One number of a result, for the summary of an engagement and for checks."""

    name: str
    value: float | None
    previous: float | None = None
    unit: str = ""
    """``points``, ``share``, ``mark``, ``count``."""
    measure: str = ""
    """Name of the measure that it is compared by from period to period; empty: its own."""
    label: str = ""
    """Label or key of that measure."""

    def __str__(self) -> str:
        value = "-" if self.value is None else f"{self.value:.3f}"
        return f"{self.name} = {value} {self.unit}".rstrip()
