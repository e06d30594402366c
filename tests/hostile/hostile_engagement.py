"""An engagement folder to put hostile files into, and what the check says of it."""

from pathlib import Path

from workbook.batch.services import default_services
from workbook.commands.check import Checked, check_engagement
from workbook.commands.check_words import text_lines
from workbook.errors import Problem
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

CONFIGURATION = """\
schema_version = 1
id = "acme"
client = "Acme"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
"""
SURVEY = "respondent_id,date,score,reason\n" + "".join(
    f"R{n},2025-11-{n % 28 + 1:02d},{n % 11},late delivery\n" for n in range(60)
)
LOST = "customer_id,lost_date,reasons\n" + "".join(
    f"C{n},2025-05-{n + 1:02d},Price too high\n" for n in range(20)
)


def engagement(folder: Path, more: str = "") -> Path:
    """Write a sound engagement with a survey and lost customers."""
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.toml").write_text(CONFIGURATION + more, "utf-8")
    (folder / "data" / "survey.csv").write_text(SURVEY, "utf-8")
    (folder / "data" / "lost_customers.csv").write_text(LOST, "utf-8")
    return folder


def checked(folder: Path) -> Checked:
    """Check the engagement as the command does; every problem must have its sentences."""
    found = check_engagement(folder, default_services())
    assert not found.failure, found.failure
    for problem in found.problems:
        for language in LANGUAGES:
            assert problem.code not in line(problem, language), problem.code
    return found


def errors(folder: Path) -> list[tuple[str, str]]:
    """Return code and file of every error."""
    return [(p.code, p.place.file) for p in checked(folder).problems if p.is_error]


def warnings(folder: Path) -> list[tuple[str, str]]:
    """Return code and file of every warning."""
    return [(p.code, p.place.file) for p in checked(folder).problems if not p.is_error]


def the_error(folder: Path) -> Problem:
    """Return the one error."""
    (problem,) = (p for p in checked(folder).problems if p.is_error)
    return problem


def said(folder: Path) -> str:
    """Return everything that the command prints."""
    return "\n".join(text_lines(checked(folder), verbose=True))
