"""``workbook init``: the folder of a new engagement, over nothing that is there."""

import io
import json
import re
import tomllib
import zipfile
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from workbook.batch.services import default_services
from workbook.commands.check import check_engagement
from workbook.commands.cli import cli, guarded
from workbook.commands.init import (
    draft_engagement,
    init,
    proposed_settings,
    write_engagement,
)
from workbook.commands.intake_workbook import intake_name
from workbook.diagnostics import NAMES, param_types
from workbook.engagement.draft_file import engagement_text, notes_text
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.intake_section import Configuration
from workbook.errors import UsageError
from workbook.intake.files.office_template import POWERPOINT, WORD, OfficeKind
from workbook.language.languages import LANGUAGES, language_of
from workbook.report.notes import markdown_html
from workbook.report.own_words import own_words

TODAY = date(2025, 11, 29)
FILES = {"engagement.toml", "engagement.schema.json", *(f"notes/{name}.md" for name in NAMES)}


def names_in(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Тест Трейд"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_engagement_lacks_nothing_but_tables(folder: Path, language: str) -> None:
    init(folder, language=language, today=TODAY)
    assert names_in(folder) == FILES | {intake_name(language)}
    assert {p.name for p in folder.iterdir() if p.is_dir()} == {"data", "notes", "coding"}
    checked = check_engagement(folder, default_services())
    assert [problem.code for problem in checked.problems] == ["no_tables"]
    assert (checked.id, checked.language, checked.failure) == ("test-treyd", language, "")


def test_tables_that_only_complete_others_are_named(folder: Path) -> None:
    init(folder, language="en", today=TODAY)
    (folder / "data" / "customers.csv").write_text("customer_id;name\nA;x\n", "utf-8")
    checked = check_engagement(folder, default_services())
    (problem,) = [one for one in checked.problems if one.is_error]
    assert problem.code == "tables_of_no_report"
    assert problem.facts["tables"] == "customers"


def test_what_is_not_said_is_proposed_from_the_folder_and_the_day(folder: Path) -> None:
    init(folder, language="ru", today=TODAY)
    made = load_engagement(folder, param_types())
    assert (made.client, made.currency, made.period) == ("Тест Трейд", "RUB", "2025-Q3")
    assert (made.as_of, made.draft) == (date(2025, 9, 30), True)


def test_what_is_said_stands_there_and_needs_no_second_look(folder: Path) -> None:
    told = init(
        folder, language="sk", today=TODAY, client='Akme "Nové", s. r. o.', currency="czk",
        period="2024-H2", as_of=None,
    )  # fmt: skip
    made = load_engagement(folder, param_types())
    assert (made.client, made.currency) == ('Akme "Nové", s. r. o.', "CZK")
    assert (made.period, made.as_of) == ("2024-H2", date(2024, 12, 31))
    assert "VYPLŇTE" not in (folder / "engagement.toml").read_text("utf-8")
    assert not any("proposals" in line for line in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_proposed_is_marked(folder: Path, language: str) -> None:
    settings = proposed_settings(folder, {"period": "autumn"}, language=language, today=TODAY)
    text = engagement_text(settings)
    mark = {"en": "FILL IN", "ru": "ЗАПОЛНИТЕ"}.get(language, "VYPLŇTE")
    marked = re.findall(rf"# {mark}: .*\n(\w+) =", text)
    assert marked == ["client", "as_of"]


def office_file(kind: OfficeKind) -> bytes:
    """Return the least that passes for a template."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", b"<Types>" + kind.template + b"</Types>")
        package.writestr("ppt/slideLayouts/one.xml", '<a xmlns:p="p"><p:ph type="title"/></a>')
    return made.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_that_is_switched_off_works_when_it_is_switched_on(
    folder: Path, language: str
) -> None:
    settings = proposed_settings(folder, {}, language=language, today=TODAY)
    write_engagement(folder, draft_engagement(settings))
    previous = proposed_settings(folder, {}, language=language, today=TODAY)
    write_engagement(folder.parent / "acme-2025-q3", draft_engagement(previous))
    (folder / "brand").mkdir()
    logo = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    (folder / "brand" / "logo.svg").write_text(logo)
    (folder / "brand" / "cover.jpg").write_text(logo)  # kinds are told by what is in a file
    for name, kind in (("slides.potx", POWERPOINT), ("letter.dotx", WORD)):
        (folder / "brand" / name).write_bytes(office_file(kind))
    file = folder / "engagement.toml"
    text = re.sub(r"(?m)^#(?=[\[\w])", "", file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    assert set(tomllib.loads(text)) == set(Configuration.model_fields)
    made = load_engagement(folder, param_types())
    assert made.intake.of("survey").preset == "surveymonkey"
    assert made.brand.logo
    assert made.brand.cover
    assert made.shapes["loyalty"].titles
    assert made.params.keys() <= set(NAMES)
    assert made.previous
    assert made.whatif.reason
    assert made.whatif.discount
    assert made.whatif.manager
    schema = (folder / "engagement.schema.json").read_text("utf-8")
    tree = tomllib.loads(text, parse_float=float)
    tree["as_of"] = str(tree["as_of"])
    tree["params"]["churn_reasons"]["register_since"] = "2025-01-01"
    jsonschema.validate(tree, json.loads(schema))


def test_nothing_that_is_there_is_written_over(folder: Path) -> None:
    (folder / "notes").mkdir(parents=True)
    (folder / "notes" / "loyalty.md").write_text("mine")
    with pytest.raises(UsageError, match=r"notes/loyalty\.md already"):
        init(folder, language="en", today=TODAY)
    assert names_in(folder) == {"notes/loyalty.md"}
    assert (folder / "notes" / "loyalty.md").read_text() == "mine"


def test_files_of_the_client_that_are_there_stay(folder: Path) -> None:
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "survey.csv").write_text("respondent_id;date;score\n1;2025-01-01;9\n")
    init(folder, language="en", today=TODAY)
    assert names_in(folder) == FILES | {"intake.en.xlsx", "data/survey.csv"}
    assert check_engagement(folder, default_services()).is_good


@pytest.mark.parametrize("name", ["data", "coding"])
def test_a_file_where_a_folder_belongs_is_refused_before_anything_is_written(
    folder: Path, name: str
) -> None:
    folder.mkdir()
    (folder / name).write_text("")
    with pytest.raises(UsageError, match="no folder"):
        init(folder, language="en", today=TODAY)
    assert names_in(folder) == {name}


def test_a_file_of_the_name_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "acme").write_text("")
    with pytest.raises(UsageError, match="no folder"):
        init(tmp_path / "acme", language="en", today=TODAY)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"currency": "XYZ1"}, "currency"),
        ({"period": "2025 Q4"}, "period"),
        ({"client": " "}, "client"),
        ({"client": "a\u202eb"}, "client"),
        ({"as_of": "31.12.2025"}, "--as-of"),
    ],
)
def test_what_engagement_toml_would_refuse_is_refused(
    folder: Path, said: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        init(folder, language="en", today=TODAY, **said)
    assert not folder.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_of_notes_prints_nothing_until_something_is_written(
    tmp_path: Path, language: str
) -> None:
    (tmp_path / "notes").mkdir()
    file = tmp_path / "notes" / "loyalty.md"
    file.write_text(notes_text(language), "utf-8")
    assert own_words(tmp_path, "loyalty").commentary(None) == ""
    file.write_text(notes_text(language) + "\nOur *own* words.\n", "utf-8")
    assert own_words(tmp_path, "loyalty").commentary(None) == markdown_html(
        "Our *own* words.", headings=False
    )


def test_known_sections_of_the_intake_stand_where_the_examples_would(folder: Path) -> None:
    settings = proposed_settings(folder, {}, language="en", today=TODAY)
    known = '[intake.survey]\ncolumns = {date = "End Date"}'
    write_engagement(folder, draft_engagement(settings, intake=known))
    text = (folder / "engagement.toml").read_text("utf-8")
    assert "#[intake" not in text
    made = load_engagement(folder, param_types())
    assert made.intake.of("survey").columns["date"].headings == ("End Date",)


def test_a_currency_is_proposed_in_every_language() -> None:
    assert all(re.fullmatch("[A-Z]{3}", language_of(code).currency) for code in LANGUAGES)


def test_the_command_ends_with_the_next_steps_and_refuses_a_second_time(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def run(*options: str) -> int:
        return guarded(lambda: cli(["init", str(folder), *options], standalone_mode=False))

    assert run("--language", "ru", "--as-of", "2025-12-31") == 0
    told = capfd.readouterr().out
    assert "Тест Трейд, 2025-Q4" in told
    assert told.splitlines()[-1].endswith(f'workbook check "{folder}"')
    assert run("--language", "ru") == 2
    said = capfd.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "engagement.toml" in said.err
