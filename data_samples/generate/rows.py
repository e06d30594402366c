"""The clean rows that every builder returns and the set of tables they make."""

from dataclasses import dataclass, field
from datetime import date

Cell = str | int | float | date | None
Row = dict[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Clean tables of one folder, before any dirt."""

    rows: dict[str, list[Row]]
    themes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Answer id -> true themes of every open answer with words."""


def answer_id(respondent: str, wave: str, question: str) -> str:
    """Return the name of an answer: ``Z00017/2025-H2/reason``, without waves ``0017/reason``."""
    return "/".join(part for part in (respondent, wave, question) if part)


def name_of(row: Row, question: str) -> str:
    """Return the answer id of one open question of a survey row."""
    return answer_id(str(row["respondent_id"]), str(row["wave"] or ""), question)
