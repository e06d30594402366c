"""What the controllability diagnostic needs beside the client's tables."""

from dataclasses import dataclass

from workbook.diagnostics.controllability.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The questionnaires that there are."""

    questionnaires: tuple[Questionnaire, ...]
    """In the order of their reports."""
