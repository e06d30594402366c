"""What a consultant may tune in the controllability diagnostic ([params.controllability])."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Options of the controllability diagnostic with their defaults and where these come from.

    An item is named by its id (``4.4``: that item of every questionnaire) or with the
    questionnaire's (``controllability:4.4``), which goes first; in quotes, for TOML splits a bare
    key at its points.
    """

    questionnaires: tuple[str, ...] = ()
    """Ids of the questionnaires to report, in this order; empty: all found in ``answers``."""
    optional_items: tuple[str, ...] = ()
    """Items that are off by default and turned on (``2.3``, ``4.9``)."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Weight of an item in the list of gaps, by item; 1 where nothing is said (the method).
    The index is never weighted."""
    confidence: float = 0.95
    bootstrap: int = 2000
    """Draws of the bootstrap interval of agreement over items, and of a permutation where not
    every arrangement is gone through."""
    seed: int = 20250101
    straight_items: int = 8
    """A respondent who gives one and the same mark to at least so many items is pointed out:
    the project's own default."""
    unmanaged_below: float = 1 / 3
    """An index (or mean mark) below this is called mostly unmanaged (the method)."""
    managed_above: float = 2 / 3
    """An index above this is called mostly managed (the method)."""
    alpha_tentative: float = 0.667
    alpha_reliable: float = 0.80
    """Alpha from which conclusions are tentative, and reliable: the conventional reading
    (Krippendorff)."""
    level_difference: float = 0.05
    """A mean difference of management and line staff below this is told as none, 0-1: the
    project's own default."""
    level_p_value: float = 0.05
    """Management and line staff are told to differ below this p-value of a permutation over
    respondents; so are two waves, and the lowest or highest section or aspect from the next."""
    wave_difference: float = 0.0005
    """A smaller change of the index is told as none, 0-1: what rounding hides."""
    claimed_score: float = 2 / 3
    """Mean mark of an item above or at which it counts as claimed, so that the client's data may
    contradict it (mostly managed, the method)."""
    missing_share: float = 0.20
    """Share of records without what the item claims that contradicts it: the project's own."""
    late_share: float = 0.20
    """Share of work done late or overdue that contradicts timeliness: the project's own."""
    unmended_share: float = 0.80
    """Share of complaints with a known cause whose process was not mended that contradicts
    learning from them (not every cause is one of process): the project's own default."""
    least_records: int = 5
    """Fewer records than this contradict nothing: the project's own default."""
    survey_months: int = 12
    """A survey older than so many months is no longer watched: the project's own default."""

    def __post_init__(self) -> None:
        if not 0 < self.confidence < 1:
            raise ValueError("confidence must lie between 0 and 1")
        self._check_verdicts()
        for name in ("claimed_score", "missing_share", "late_share", "unmended_share"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(f"{name} must be above 0 and at most 1")
        for name in ("straight_items", "least_records", "survey_months"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        if not 100 <= self.bootstrap <= 100_000:
            raise ValueError("bootstrap must be 100 to 100000")
        for item, weight in self.weights.items():
            if not (math.isfinite(weight) and weight >= 0):
                raise ValueError(f"the weight of {item} must be 0 or more")

    def _check_verdicts(self) -> None:
        if not 0 < self.unmanaged_below <= self.managed_above < 1:
            raise ValueError("unmanaged_below and managed_above must rise between 0 and 1")
        if not 0 < self.alpha_tentative <= self.alpha_reliable <= 1:
            raise ValueError("alpha_tentative and alpha_reliable must rise between 0 and 1")
        if not 0 < self.level_p_value < 1:
            raise ValueError("level_p_value must lie between 0 and 1")
        for name in ("level_difference", "wave_difference"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} must be 0 or more, below 1")

    def weight(self, questionnaire: str, item: str, default: float) -> float:
        """Return the weight of an item in the list of gaps."""
        return self.weights.get(f"{questionnaire}:{item}", self.weights.get(item, default))

    def turned_on(self, questionnaire: str) -> frozenset[str]:
        """Return the ids of items of a questionnaire that ``optional_items`` may mean."""
        own = f"{questionnaire}:"
        return frozenset(name.removeprefix(own) for name in self.optional_items)
