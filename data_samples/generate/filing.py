"""An engagement with financial statements alone: what it is made of, its rows and their truth."""

from dataclasses import dataclass
from datetime import date

from data_samples.generate import statements, statements_truth
from data_samples.generate.rows import Row
from data_samples.generate.spec import Layout
from data_samples.generate.statements_spec import Statements
from data_samples.generate.truth import Truth, files


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One engagement with financial statements alone."""

    id: str
    language: str
    as_of: date
    statements: Statements
    layouts: tuple[Layout, ...]


def build(spec: Filing) -> dict[str, list[Row]]:
    """Return every table of ``spec``."""
    return {"statements": statements.build(spec.statements)}


def truth(spec: Filing, rows: dict[str, list[Row]]) -> Truth:
    """Return the known truth of ``spec``."""
    return {
        "financial": statements_truth.truth(spec.statements),
        "files": files(spec.layouts, rows),
    }
