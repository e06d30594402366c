"""What filled questionnaires are made of: facts only, no randomness."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CODES = {"+": "+", "±": "+/-", "-": "-", "?": "don't know", "x": "not applicable"}
"""Marks as the plans write them, and as the table ``answers`` does."""
LEFT_OUT = "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """Who answers."""

    name: str
    role: str
    department: str
    level: str
    """``management`` or ``line``."""
    form: str = ""
    """File of the form that was filled in; empty: rows of the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One questionnaire, filled in once by some people."""

    questionnaire: str
    people: tuple[Respondent, ...]
    marks: Mapping[str, str]
    """Item -> what each of the people says, in their order, with spaces between: one of
    ``CODES``, ``.`` where the item is left out, or three letters ``y`` and ``n`` where the three
    questions (process, reporting, data) are answered and the mark is left to follow."""
    wave: str = ""
    evidence: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(item, name) -> what was given as proof."""

    def said(self) -> list[tuple[Respondent, str, str]]:
        """Return respondent, item and code of everything that is said, by respondent."""
        return [
            (person, item, codes.split()[place])
            for place, person in enumerate(self.people)
            for item, codes in self.marks.items()
            if codes.split()[place] != LEFT_OUT
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All filled questionnaires of one engagement."""

    rounds: tuple[Round, ...]
    """The last one of a questionnaire is the headline."""
    spellings: Mapping[str, Mapping[str, float]]
    """Mark -> how often it is typed how; one that is not named, as ``words.yaml`` has it."""

    def latest(self, questionnaire: str) -> Round:
        """Return the last round of a questionnaire."""
        return self.of(questionnaire)[-1]

    def of(self, questionnaire: str) -> list[Round]:
        """Return the rounds of a questionnaire, oldest first."""
        return [one for one in self.rounds if one.questionnaire == questionnaire]
