"""What one questionnaire gives: its marks, and what may be said of them.

Units as in :mod:`.result`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
from workbook.diagnostics.controllability.checks_result import DataCheck
from workbook.diagnostics.controllability.waves_result import (
    WaveChange,
    WaveIndex,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedQuestionnaire:
    """Which questionnaire it is, in the words of the engagement's language."""

    id: str
    version: int
    title: str
    purpose: str
    source: str
    mark_meanings: tuple[MarkMeaning, ...]
    """``+``, ``+/-``, ``-``."""
    aspects_note: str
    """Whose mapping of items to aspects it is; "" where none is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedQuestionnaire(DescribedQuestionnaire):
    """Its marks: of its latest wave, where ``answers`` has several."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireResult(MarkedQuestionnaire):
    """All of it, with what respondents, waves and the client's own data say of the marks."""

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
    """Of all periods in order of time; at least the latest one."""
    waves_left_out: tuple[str, ...]
    """Waves of fewer people than the threshold: they are in no figure at all."""
    change: WaveChange | None
    """Against the last wave of an earlier period, else against the wave before."""
    checks: tuple[DataCheck, ...]
    """Every check of this questionnaire against the client's data, by item."""
    contradictions: tuple[DataCheck, ...]
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

    @property
    def labels(self) -> Mapping[str, str]:
        """Number and wording of each item by id, also of those that are off."""
        return {o.item: o.label for o in self.off} | {i.id: i.label for i in self.items}

    def named(self, kind: str, end: str) -> str:
        """Return the section or aspect that stands at one end; "" where no test sets it apart."""
        return next((p.id for p in self.places if p.told and (p.kind, p.end) == (kind, end)), "")

    def sets_apart(self, kind: str) -> bool:
        """Return whether a test sets a section or aspect apart from the others."""
        return any(p.told for p in self.places if p.kind == kind)

    def ranking(self, kind: str) -> str:
        """Return which ends of a ranking may be named.

        ``ranked`` (both), ``weakest``, ``strongest``; else ``even`` (all alike) or ``spread``.
        """
        weakest, strongest = self.named(kind, "lowest"), self.named(kind, "highest")
        if weakest and strongest:
            return "ranked"
        if weakest or strongest:
            return "weakest" if weakest else "strongest"
        parts = self.sections if kind == "section" else self.aspects
        return "even" if len({p.index for p in parts if p.index is not None}) == 1 else "spread"

    @property
    def contrast(self) -> ProfileResult | None:
        """The lowest reference profile that says something, to be seen beside the index."""
        below = [p for p in self.profiles if not p.by_definition]
        return min(below, key=lambda p: p.asked.index, default=None)


def leading(questionnaires: Sequence[QuestionnaireResult]) -> QuestionnaireResult | None:
    """Return the questionnaire that the report is about: the first with an index."""
    return next((q for q in questionnaires if q.index is not None), None)
