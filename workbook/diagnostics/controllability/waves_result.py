"""Records of the index from wave to wave."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveTest:
    """Two waves: permutation over respondents, who answered twice against themselves."""

    p_value: float
    least_p_value: float
    """The smallest that so many respondents can give."""
    testable: bool
    """That one is below ``level_p_value``: a change can be told from chance at all."""
    told: bool
    """The change is more than the choice of respondents and their moods give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveIndex:
    """One round of answers, oldest first."""

    wave: str
    """Label; the period where it has none, and beside it where two periods use one."""
    n_respondents: int
    n_items: int
    """Items with a score."""
    index: float | None
    index_sections: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """One item in two waves."""

    item: str
    before: float
    now: float
    difference: float
    before_n: int
    now_n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveChange:
    """The latest wave against an earlier one."""

    wave: str
    against: str
    """Label of the earlier one."""
    against_period: str
    """The period that it is of; "" where it is of this one."""
    before: float
    now: float
    difference: float
    """Index over the items that both waves have."""
    direction: str
    """``up``, ``down``, ``same`` (below ``wave_difference``)."""
    n_items: int
    """Their number."""
    only_before: int
    """Items that only the earlier one has: they are left out of the comparison."""
    only_now: int
    """Items that only the later one has."""
    before_respondents: int
    now_respondents: int
    both_respondents: int
    """Respondents of both waves (by name)."""
    improved: int
    worsened: int
    same: int
    """Items."""
    items: tuple[ItemChange, ...]
    """Largest change first."""
    test: WaveTest | None = None

    @property
    def course(self) -> str:
        """``up``, ``down``, ``same``; ``counted`` where no test stands behind the direction."""
        told = self.test is not None and self.test.told
        return self.direction if told or self.direction == "same" else "counted"
