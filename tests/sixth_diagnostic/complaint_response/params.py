"""What a consultant may tune ([params.complaint_response])."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Options with their defaults."""

    days: int = 14
    """A complaint is answered in time when it is closed within so many days."""
    wanted: float = 0.8
    """Share of complaints that ought to be answered in time."""
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError("days: at least 1")
        if not (0 < self.wanted <= 1 and 0 < self.confidence < 1):
            raise ValueError("wanted and confidence: between 0 and 1")
