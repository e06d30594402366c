"""The classes of the recommendation score: the one place that knows their bounds.

Source: Reichheld (2003), Harvard Business Review 81/12; on a 1-10 scale the lowest class begins
at 1, the others are the same.
"""

from dataclasses import dataclass

DETRACTORS_TO = 6
PROMOTERS_FROM = 9
HIGHEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreClasses:
    """First and last score of each class."""

    detractors: tuple[int, int]
    passives: tuple[int, int]
    promoters: tuple[int, int]

    @property
    def scores(self) -> range:
        """All scores of the scale."""
        return range(self.detractors[0], self.promoters[1] + 1)


def lowest(scale: str) -> int:
    """Return the lowest score of a scale, ``0-10`` or ``1-10``."""
    return 1 if scale == "1-10" else 0


def score_classes(scale: str) -> ScoreClasses:
    """Return the classes of a scale.

    Examples
    --------
    >>> score_classes("1-10").detractors
    (1, 6)
    """
    return ScoreClasses(
        detractors=(lowest(scale), DETRACTORS_TO),
        passives=(DETRACTORS_TO + 1, PROMOTERS_FROM - 1),
        promoters=(PROMOTERS_FROM, HIGHEST),
    )
