"""Records of what several respondents, waves and the client's own data say of the answers."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """Krippendorff's alpha, ordinal, of all respondents; gaps allowed."""

    value: float | None
    ci_low: float | None
    ci_high: float | None
    """BCa bootstrap over items; None below 25 items and where nearly all marks are equal."""
    range_low: float | None
    range_high: float | None
    """Where there is no interval: lowest and highest alpha with one respondent left out; None
    of two respondents."""
    undefined: bool
    """No coefficient can be told (see ``reason``)."""
    reason: str
    """``complete_agreement``: all marks equal; ``too_few``: no item has two marks; "" else."""
    n_items: int
    """Items with at least two marks."""
    n_respondents: int
    """Respondents with a mark that counts."""
    percent: float | None
    """Mean over these items of the share of agreeing pairs."""
    reading: str
    """``low``, ``middle``, ``high`` (``alpha_tentative``, ``alpha_reliable``) where the whole
    interval, or range, lies there, else ``undecided``; ``complete`` where all marks are equal,
    ``alone`` where too few overlap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappas:
    """Other coefficients of the same marks, for comparison.  None where undefined."""

    complete_items: int
    """Items that every respondent marked: the base of Fleiss and Randolph."""
    fleiss: float | None
    randolph: float | None
    """Free-marginal kappa of three marks."""
    cohen: float | None
    """Weighted kappa (linear); only for exactly two respondents."""
    cohen_n: int
    """Items that both marked; 0 unless there are exactly two respondents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item for the consensus meeting, largest spread first."""

    item: str
    spread: float
    agreement: float
    n: int
    low: float
    high: float
    gap: float | None
    """Management - line."""


class LevelVerdict(StrEnum):
    """What may be said of management against line staff."""

    HIGHER = "higher"
    """Management marks higher: tested."""
    LOWER = "lower"
    """Management marks lower: tested."""
    ALIKE = "alike"
    """The mean difference is below ``level_difference``."""
    CHANCE = "chance"
    """A difference that chance gives as well."""
    UNTESTABLE = "untestable"
    """Too few respondents for any difference to be told from chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelItem:
    """One item of management against line staff."""

    item: str
    gap: float
    """Management - line."""
    p_value: float
    """Of the same permutation, corrected for the number of items (largest gap of all)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelTest:
    """Management against line staff: permutation over respondents."""

    difference: float
    """Mean over the items marked by both of management - line."""
    p_value: float
    least_p_value: float
    """The smallest that so many respondents can give."""
    management_n: int
    line_n: int
    """Respondents with marks."""
    verdict: LevelVerdict
    items: tuple[LevelItem, ...] = ()
    """Items that both levels marked, largest gap first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveTest:
    """Two waves: permutation over respondents, who answered twice against themselves."""

    p_value: float
    least_p_value: float
    """The smallest that so many respondents can give."""
    told: bool
    """The change is more than the choice of respondents and their moods give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The lowest or the highest section or aspect, and whether it is set apart from the next."""

    kind: str
    """``section`` or ``aspect``."""
    end: str
    """``lowest`` or ``highest``."""
    id: str
    """"" where two share the place."""
    p_value: float
    """Scores of the items dealt out anew over the sections; Holm over all places."""
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveIndex:
    """One round of answers, oldest first."""

    wave: str
    """Label; the previous engagement's period where it is that engagement's."""
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
    before: float
    now: float
    difference: float
    """Index over the items that both waves have."""
    direction: str
    """``up``, ``down``, ``same`` (below ``wave_difference``)."""
    n_items: int
    """Their number."""
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


class CheckStatus(StrEnum):
    """What became of one check against the client's own data."""

    CONTRADICTION = "contradiction"
    """Claimed, and the data say otherwise."""
    CONSISTENT = "consistent"
    """Claimed, and the data do not contradict."""
    NOT_CLAIMED = "not_claimed"
    """The item is not marked high, so that nothing can be contradicted."""
    NO_ANSWER = "no_answer"
    """The item is off or has no mark."""
    NO_DATA = "no_data"
    """A table or column is missing, or holds too few records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One item against one figure of the client's own data."""

    check: str
    """Id of the check."""
    item: str
    status: CheckStatus
    mark: str
    """The mark that the mean is told as: ``+`` from ``claimed_score``, ``-`` below
    ``unmanaged_below``, ``+/-`` between; "" without one."""
    score: float | None
    measured: str
    """Id of the figure: the texts name it."""
    unit: str
    """``share`` (0-1), ``count`` or ``months``."""
    value: float | None
    """The figure; None where it could not be measured."""
    n: int | None
    """Records that speak against the mark."""
    base: int | None
    """Records looked at."""
    bound: float
    """A value at or above this contradicts the mark."""
    tables: tuple[str, ...]
    """Tables that it reads."""
    missing: tuple[str, ...]
    """Tables and columns that are not there (``offers``, ``complaints.cause_found``); with status
    ``no_data`` and nothing missing, there are fewer records than ``least_records``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMeaning:
    """What a mark means in this questionnaire."""

    mark: str
    meaning: str
