"""What a consultant may tune in the controllability diagnostic ([params.controllability])."""

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticKnownError

Inside: TypeAlias = Annotated[float, Field(gt=0, lt=1)]
Share: TypeAlias = Annotated[float, Field(gt=0, le=1)]
Difference: TypeAlias = Annotated[float, Field(ge=0, lt=1)]
AtLeastOne: TypeAlias = Annotated[int, Field(ge=1)]
_EVEN_IF_NOT_SET = Field(validate_default=True)  # raising the lower of two may pass the upper one


def _no_less_than(other: str) -> AfterValidator:
    """Return the demand that an option is not below another one, which stands before it."""

    def check(value: float, info: ValidationInfo) -> float:
        bound = info.data.get(other)  # not there where it is itself out of range
        if bound is not None and value < bound:
            raise PydanticKnownError("greater_than_equal", {"ge": bound})
        return value

    return AfterValidator(check)


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
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
    weights: Mapping[str, Annotated[float, Field(ge=0, allow_inf_nan=False)]] = field(
        default_factory=dict
    )
    """Weight of an item in the list of gaps, by item; 1 where nothing is said (the method).
    The index is never weighted."""
    confidence: Inside = 0.95
    bootstrap: Annotated[int, Field(ge=100, le=100_000)] = 2000
    """Draws of the bootstrap interval of agreement over items, and of a permutation where not
    every arrangement is gone through."""
    seed: int = 20250101
    straight_items: AtLeastOne = 8
    """A respondent who gives one and the same mark to at least so many items is pointed out:
    the project's own default."""
    unmanaged_below: Inside = 1 / 3
    """An index (or mean mark) below this is called mostly unmanaged (the method)."""
    managed_above: Annotated[Inside, _no_less_than("unmanaged_below"), _EVEN_IF_NOT_SET] = 2 / 3
    """An index above this is called mostly managed (the method)."""
    alpha_tentative: Share = 0.667
    alpha_reliable: Annotated[Share, _no_less_than("alpha_tentative"), _EVEN_IF_NOT_SET] = 0.80
    """Alpha from which conclusions are tentative, and reliable: the conventional reading
    (Krippendorff)."""
    level_difference: Difference = 0.05
    """A mean difference of management and line staff below this is told as none, 0-1: the
    project's own default."""
    level_p_value: Inside = 0.05
    """Management and line staff are told to differ below this p-value of a permutation over
    respondents; so are two waves, and the lowest or highest section or aspect from the next."""
    wave_difference: Difference = 0.0005
    """A smaller change of the index is told as none, 0-1: what rounding hides."""
    claimed_score: Share = 2 / 3
    """Mean mark of an item above or at which it counts as claimed, so that the client's data may
    contradict it (mostly managed, the method)."""
    missing_share: Share = 0.20
    """Share of records without what the item claims that contradicts it: the project's own."""
    late_share: Share = 0.20
    """Share of work done late or overdue that contradicts timeliness: the project's own."""
    unmended_share: Share = 0.80
    """Share of complaints with a known cause whose process was not mended that contradicts
    learning from them (not every cause is one of process): the project's own default."""
    least_records: AtLeastOne = 5
    """Fewer records than this contradict nothing: the project's own default."""
    survey_months: AtLeastOne = 12
    """A survey older than so many months is no longer watched: the project's own default."""

    def weight(self, questionnaire: str, item: str, default: float) -> float:
        """Return the weight of an item in the list of gaps."""
        return self.weights.get(f"{questionnaire}:{item}", self.weights.get(item, default))

    def turned_on(self, questionnaire: str) -> frozenset[str]:
        """Return the ids of items of a questionnaire that ``optional_items`` may mean."""
        own = f"{questionnaire}:"
        return frozenset(name.removeprefix(own) for name in self.optional_items)
