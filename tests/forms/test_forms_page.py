"""docs/forms.md and ``workbook list`` name every form."""

import re
from pathlib import Path

from click.testing import CliRunner

from workbook.commands.cli import cli
from workbook.diagnostics.controllability.questionnaire import Questionnaire
from workbook.forms.table_form import table_forms

PAGE = Path(__file__).resolve().parents[2] / "docs" / "forms.md"


def test_the_page_has_every_questionnaire_with_its_items(
    questionnaires: tuple[Questionnaire, ...],
) -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| (\d+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert dict(rows) == {q.id: str(len(q.whole().items)) for q in questionnaires}


def test_the_page_has_every_form_of_a_table() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert dict(rows) == {form.id: form.table for form in table_forms().values()}


def test_list_names_every_form(questionnaires: tuple[Questionnaire, ...]) -> None:
    shown = CliRunner().invoke(cli, ["list"]).output
    for name in (*(q.id for q in questionnaires), *table_forms()):
        assert re.search(rf"^  {name}: \w+: .+$", shown, re.MULTILINE), name
