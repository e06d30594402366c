"""What the controllability diagnostic finds: frozen records named as in the result file.

Units: scores and indexes 0-1, intervals at ``Params.confidence``.  A value that cannot be told is
None, never NaN.  Words are in the language of the engagement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from workbook.diagnostics.claims import Claim, Refusal
from workbook.diagnostics.controllability.agreement_result import (
    AgendaItem,
    Alpha,
    Kappas,
    LevelTest,
)
from workbook.diagnostics.controllability.answer_result import (
    AspectResult,
    Evidence,
    Gap,
    HiddenLevel,
    ItemResult,
    LevelIndex,
    MarkMeaning,
    OffItem,
    ProfileResult,
    RankEnd,
    SectionResult,
)
from workbook.diagnostics.controllability.checks_result import Check
from workbook.diagnostics.controllability.waves_result import (
    WaveChange,
    WaveIndex,
)
from workbook.stats import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireResult:
    """One questionnaire; its latest wave, where ``answers`` has several."""

    id: str
    version: int
    title: str
    purpose: str
    source: str
    mark_meanings: tuple[MarkMeaning, ...]
    """``+``, ``+/-``, ``-``."""
    aspects_note: str
    """Whose mapping of items to aspects it is; "" where none is said."""
    wave: str
    """Label of the wave; "" where there is only one without a name."""
    n_items: int
    """Items that are on: the denominator that the report prints."""
    n_scored: int
    """Items with a score: what the index is the mean of."""
    n_respondents: int
    n_marks: int
    """Marks that count."""
    index: float | None
    """By items: mean of the items' scores."""
    index_sections: float | None
    """By sections: mean of the sections' indexes."""
    marks: Mapping[str, int]
    """``{"+": …, "+/-": …, "-": …}`` over all respondents and items."""
    dont_know: int
    not_applicable: int
    blank: int
    """Items left out, over all respondents."""
    derived: int
    """Marks that follow from the three questions."""
    sections: tuple[SectionResult, ...]
    aspects: tuple[AspectResult, ...]
    items: tuple[ItemResult, ...]
    off: tuple[OffItem, ...]
    unscored: tuple[str, ...]
    """Items that are on but have no mark that counts."""
    gaps: tuple[Gap, ...]
    profiles: tuple[ProfileResult, ...]
    alpha: Alpha
    kappas: Kappas | None
    """None below two respondents with marks."""
    agenda: tuple[AgendaItem, ...]
    """Items on which respondents differ, largest spread first."""
    levels: tuple[LevelIndex | HiddenLevel, ...]
    """Empty where no respondent has a level."""
    level_gap: float | None
    """Mean over items marked by both levels of management - line."""
    evidence: tuple[Evidence, ...]
    waves: tuple[WaveIndex, ...]
    """At least the latest one."""
    waves_left_out: tuple[str, ...]
    """Waves of fewer people than the threshold: they are in no figure at all."""
    change: WaveChange | None
    """Against the previous engagement, else against the wave before."""
    checks: tuple[Check, ...]
    """Every check of this questionnaire against the client's data, by item."""
    contradictions: tuple[Check, ...]
    """Those of them that contradict."""
    unknown_items: tuple[str, ...]
    """Ids in the table that the questionnaire does not have; not counted."""
    standing: str
    """``unmanaged``, ``partly``, ``managed`` (``unmanaged_below``, ``managed_above``); ``plain``
    where the marks mean something else; "" without an index."""
    low_items: int
    """Items with a mean mark below ``unmanaged_below``, of ``n_scored``."""
    weakest_section: str
    strongest_section: str
    weakest_aspect: str
    strongest_aspect: str
    """Ids as counted; "" where two share the place or all are alike."""
    places: tuple[RankEnd, ...]
    """Which of these four the report may name."""
    level_test: LevelTest | None
    """None where management or line staff gave no mark."""
    tested_checks: int
    """Checks of items marked high that the client's data could answer."""
    straight_respondents: int
    """Respondents who gave one mark everywhere."""
    index_without_straight: float | None
    """Index by items without them; None where they or the others are few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Where words and verdicts begin: fields of Params of the same names."""

    unmanaged_below: float
    managed_above: float
    alpha_tentative: float
    alpha_reliable: float
    level_difference: float
    level_p_value: float
    wave_difference: float
    claimed_score: float
    missing_share: float
    late_share: float
    unmended_share: float
    least_records: int
    survey_months: int
    straight_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All findings (see ``absent``); the defaults are those of an engagement without answers."""

    KEYED: ClassVar[Mapping[str, str]] = MappingProxyType({"questionnaires": "id"})
    """Records that the result file keeps by one of their fields."""

    questionnaires: tuple[QuestionnaireResult, ...] = ()
    """``controllability`` first."""
    unlabelled: int = 0
    """Answers without a wave in a table that has waves: in no wave, not counted."""
    unknown_questionnaires: tuple[str, ...] = ()
    """Ids in ``answers`` that no questionnaire has; not counted."""
    absent: tuple[str, ...] = ("answers",)
    """Sections left out for want of a table or column: ``answers``, ``agreement`` (one
    respondent), ``levels``, ``waves``, ``contradictions``, in this order."""
    thresholds: Thresholds | None = None
    """None without answers."""
    answer: Claim | None = None
    """The headline of page 2 (``head.<id>``); of the first questionnaire with an index, as all
    claims are."""
    tiles: tuple[Claim, ...] = ()
    """``tiles.<id>``."""
    findings: tuple[Claim, ...] = ()
    """``findings.<id>``, most important first."""
    refused_findings: tuple[Refusal, ...] = ()
    """What did not pass a gate, findings and headlines."""
    families: tuple[Family, ...] = ()
    """What was tested together, in the order of the report."""
