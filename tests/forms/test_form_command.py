"""``workbook form``: which questionnaire, which items, where to."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from filled_forms import row_by_key
from openpyxl import load_workbook

from workbook.commands.cli import cli, guarded
from workbook.language.package_data import templates


def form(*arguments: str) -> tuple[int, str]:
    """Run the command as the console does and return its exit code and output."""
    runner = CliRunner()
    codes: list[int] = []

    def run() -> None:
        codes.append(guarded(lambda: cli(["form", *arguments], standalone_mode=False)))

    with runner.isolation() as streams:
        run()
        said = streams[0].getvalue() + streams[1].getvalue()
    return codes[0], said.decode("utf-8")


def test_a_form_is_written_and_its_path_said(tmp_path: Path) -> None:
    out = tmp_path / "sub" / "анкета.xlsx"
    code, said = form(
        "controllability", "--language", "ru", "--respondents", "5", "--out", str(out)
    )
    assert (code, said.strip()) == (0, str(out))
    assert len(load_workbook(out).sheetnames) == 6


def test_the_file_is_named_after_questionnaire_and_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert form("client_relations", "--language", "sk")[0] == 0
    assert load_workbook(tmp_path / "client_relations.sk.xlsx").sheetnames[0] == "Respondent 1"


def test_a_form_that_may_hold_answers_is_not_overwritten_without_force(tmp_path: Path) -> None:
    out = tmp_path / "f.xlsx"
    out.write_bytes(b"answers")
    code, said = form("controllability", "--out", str(out))
    assert (code, out.read_bytes()) == (2, b"answers")
    assert "--force" in said
    assert form("controllability", "--out", str(out), "--force")[0] == 0
    assert out.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("controlability",), "did you mean controllability?"),
        (("zzz",), "there are: "),
        (("no/such/file.yaml",), "no/such/file.yaml"),
        (("controllability", "--optional-items", "4.99"), "did you mean 4.9?"),
        (("controllability", "--out", "form.csv"), ".xlsx"),
        (("controllability", "--respondents", "0"), "--respondents"),
        (("controllability", "--language", "de"), "--language"),
    ],
)
def test_wrong_usage_says_what_would_be_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, output = form(*arguments)
    assert code == 2
    assert said in output
    assert list(tmp_path.iterdir()) == []


def test_items_that_are_off_can_be_asked(tmp_path: Path) -> None:
    out = tmp_path / "f.xlsx"
    assert form("controllability", "--optional-items", "2.3, 4.9", "--out", str(out))[0] == 0
    assert {"item:2.3", "item:4.9"} <= row_by_key(load_workbook(out).worksheets[0]).keys()


def test_a_questionnaire_of_ones_own_is_named_by_its_file(tmp_path: Path) -> None:
    shipped = (templates() / "questionnaires" / "partner_programme.yaml").read_text("utf-8")
    own = tmp_path / "seventh.yaml"
    own.write_text(shipped.replace("id: partner_programme", "id: seventh"), "utf-8")
    out = tmp_path / "f.xlsx"
    assert form(str(own), "--out", str(out))[0] == 0
    assert row_by_key(load_workbook(out).worksheets[0])["form:seventh:1:en"] == 1


def test_a_questionnaire_file_that_cannot_be_used_is_bad_input(tmp_path: Path) -> None:
    own = tmp_path / "seventh.yaml"
    own.write_text("id: seventh\nversion: 1\n", "utf-8")
    code, said = form(str(own), "--out", str(tmp_path / "f.xlsx"))
    assert code == 3
    assert "seventh.yaml" in said
    assert not (tmp_path / "f.xlsx").exists()


def test_the_intake_workbook_is_a_form_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert form("intake", "--language", "ru") == (0, "intake.ru.xlsx\n")
    assert "Опрос" in load_workbook(tmp_path / "intake.ru.xlsx").sheetnames
    assert form("intake", "--language", "ru")[0] == 2


@pytest.mark.parametrize("language", ["en", "ru", "sk"])
@pytest.mark.parametrize("name", ["nps", "touchpoints", "exit_interview"])
def test_the_form_of_a_table_is_written(tmp_path: Path, name: str, language: str) -> None:
    out = tmp_path / "f.xlsx"
    assert form(name, "--language", language, "--respondents", "3", "--out", str(out))[0] == 0
    book = load_workbook(out)
    assert len(book.sheetnames) == 4
    assert row_by_key(book.worksheets[2])[f"form:{name}:1:{language}"] == 1


def test_products_are_asked_about_one_by_one(tmp_path: Path) -> None:
    out = tmp_path / "f.xlsx"
    assert form("satisfaction", "--products", "Pumps, Valves", "--out", str(out))[0] == 0
    sheet = load_workbook(out).worksheets[0]
    first = row_by_key(sheet)["columns"] + 1
    assert [sheet.cell(first + n, 2).value for n in (0, 5, 6, 11, 12)] == [
        "Pumps", "Pumps", "Valves", "Valves", None,
    ]  # fmt: skip
    assert sheet.cell(first, 3).value == "Price"


def test_an_engagement_names_its_products_and_parameters(acme: Path, tmp_path: Path) -> None:
    table = "Respondent,Date,Product,Parameter,Mark\nR,2025-10-01,Pumps,Speed,4\n"
    (acme / "data" / "satisfaction.csv").write_text(table, "utf-8")
    out = tmp_path / "f.xlsx"
    assert form("satisfaction", "--engagement", str(acme), "--out", str(out))[0] == 0
    sheet = load_workbook(out).worksheets[0]
    first = row_by_key(sheet)["columns"] + 1
    lines = [(sheet.cell(first + n, 2).value, sheet.cell(first + n, 3).value) for n in (0, 1)]
    assert lines == [("Pumps", "Speed"), (None, None)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("npz",), "did you mean nps?"),
        (("satisfaction",), "--products NAME"),
        (("satisfaction", "--products", ",".join(f"P{n}" for n in range(101))), "606 lines"),
        (("nps", "--products", "Pumps"), "--products"),
        (("nps", "--optional-items", "2.3"), "--optional-items"),
        (("controllability", "--products", "Pumps"), "not to controllability"),
        (("intake", "--engagement", "."), "not to intake"),
        (("nps", "--engagement", "no/such/folder"), "--engagement"),
    ],
)
def test_options_of_forms_of_tables_belong_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, output = form(*arguments)
    assert (code, said in output) == (2, True), output
    assert list(tmp_path.iterdir()) == []
