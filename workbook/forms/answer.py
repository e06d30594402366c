"""Answers as forms give them, and the same as rows of the table ``answers``."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.errors import Location
from workbook.intake.cells.typed_column import typed_values
from workbook.intake.schema_files import load_schema

TABLE = "answers"
_OF_PERSON = ("respondent", "role", "department", "level")
_VALUES = frozenset(
    {*_OF_PERSON, "questionnaire", "item", "mark", "process", "reporting", "data", "evidence"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who filled in a sheet; None where it is not said."""

    respondent: str
    role: str | None
    department: str | None
    level: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAnswer:
    """One item as one respondent answered it; None where nothing is said."""

    person: Person
    questionnaire: str
    item: str
    mark: str | None
    process: bool | None
    reporting: bool | None
    data: bool | None
    evidence: str | None
    place: Location
    """File, sheet and row."""


def answers_frame(answers: Sequence[FormAnswer], first: int = 1) -> pd.DataFrame:
    """Return answers as rows of the table ``answers``, typed like those of the intake.

    Rows are numbered from ``first``: the rows of several sheets have no common number.
    """
    values: dict[str, object] = {}
    for column in load_schema(TABLE).columns:
        if column.name in _VALUES:
            cells = [_value(answer, column.name) for answer in answers]
            values[column.name] = typed_values(cells, column.kind)
    rows = pd.Index(np.arange(first, first + len(answers), dtype=np.int64), name="row")
    return pd.DataFrame(values, index=rows)


def _value(answer: FormAnswer, name: str) -> object:
    return getattr(answer.person if name in _OF_PERSON else answer, name)
