"""Where things stand on the sheet of a form; what the writer and the reader agree on.

Column A is hidden and holds a key for every row that is read: ``form:<id>:<version>:<language>``
in the first row, ``fields:<left>,<right>`` in the rows about the respondent, ``item:<id>`` in the
rows of items.  Rows are found by these keys, so a form survives being sorted or having rows
inserted, and a copied row is noticed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workbook.diagnostics.controllability.questionnaire import Level, Mark
from workbook.language.catalog import Texts

KEY, ITEM, WORDING, GUIDANCE, MARK, PROCESS, REPORTING, DATA, EVIDENCE = range(9)
"""Columns counted from 0."""
ANSWERS: Mapping[str, int] = MappingProxyType(
    {"mark": MARK, "process": PROCESS, "reporting": REPORTING, "data": DATA, "evidence": EVIDENCE}
)
"""Columns that are filled in, by the column of the table ``answers``."""
FIELD_ROWS = (("respondent", "role"), ("department", "level"))
FIELD_COLUMNS = (GUIDANCE, REPORTING)
"""Columns of the left and the right field."""
LAST_COLUMN = EVIDENCE
_FORM = re.compile(r"form:([a-z0-9_]+):(\d{1,6}):([a-z]{2})")
_MARK_TEXTS: Mapping[Mark, str] = MappingProxyType(
    {
        Mark.PLUS: "plus",
        Mark.HALF: "half",
        Mark.MINUS: "minus",
        Mark.DONT_KNOW: "dont_know",
        Mark.NOT_APPLICABLE: "not_applicable",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """Who fills in a sheet; what is known beforehand is written into it."""

    name: str = ""
    role: str = ""
    department: str = ""
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormKey:
    """Which questionnaire a sheet asks, and in which language."""

    questionnaire: str
    version: int
    language: str

    def __str__(self) -> str:
        return f"form:{self.questionnaire}:{self.version}:{self.language}"


def form_key(text: str) -> FormKey | None:
    """Return the key that a sheet has in its first row, or None.

    >>> form_key("form:controllability:1:sk").language
    'sk'
    """
    found = _FORM.fullmatch(text.strip())
    if not found:
        return None
    return FormKey(questionnaire=found[1], version=int(found[2]), language=found[3])


def mark_labels(texts: Texts) -> tuple[str, ...]:
    """Return the marks as a respondent chooses them, best first."""
    return tuple(texts(f"marks.{_MARK_TEXTS[mark]}") for mark in Mark)


def level_label(level: Level, texts: Texts) -> str:
    """Return a level in the words of the form."""
    return texts(f"levels.{level.value}")
