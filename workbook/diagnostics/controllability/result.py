"""What the controllability diagnostic finds: frozen records named as in the result file.

Units: scores and indexes 0-1, intervals at ``Params.confidence``.  A value that cannot be told is
None, never NaN.  Words are in the language of the engagement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from workbook.diagnostics.claims import Claim, Refusal
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult, leading
from workbook.diagnostics.limitation import Limitation
from workbook.stats import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlThresholds:
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
    thresholds: ControlThresholds | None = None
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
    limitation: Limitation | None = None
    """What could change the decision of page 2 (``limitations.<id>``)."""
    families: tuple[Family, ...] = ()
    """What was tested together, in the order of the report."""

    @property
    def lead(self) -> QuestionnaireResult | None:
        """The questionnaire that the report is about."""
        return leading(self.questionnaires)

    @property
    def further(self) -> tuple[QuestionnaireResult, ...]:
        """The other questionnaires."""
        return tuple(q for q in self.questionnaires if q is not self.lead)
