"""Inputs of an attack and of failing machines, each as it was found, and what happens now.

The files are written here as the review describes them; the smallest are copied.
"""

import subprocess
import sys
import zipfile
from pathlib import Path
from time import perf_counter

import pytest

from workbook.batch.services import default_services
from workbook.commands.check import Checked, check_engagement
from workbook.diagnostics import param_types
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement

TOML = """\
schema_version = 1
id = "acme"
period = "2025"
language = "{language}"
currency = "EUR"
as_of = 2025-12-31
client = "C"
"""
SURVEY = "respondent_id,date,score,reason\n" + "".join(
    f"R{n},2025-11-{n % 28 + 1:02d},{n % 11},late delivery\n" for n in range(60)
)
BOMB = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"] + [
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)
]
R_BOMB = "\n".join([*BOMB, "unknown: u", "groups: *a9"]) + "\n"
USE_BOMB = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><defs>'
    '<rect id="a0" width="1" height="1"/>'
    + "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 8))
    + '</defs><use href="#a7"/></svg>'
)
LIE_PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100
GENEROUS = 20.0
"""Seconds, where the fault took minutes."""


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return engagement(tmp_path / "acme")


def engagement(folder: Path, more: str = "", language: str = "en") -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.toml").write_text(TOML.format(language=language) + more, "utf-8")
    (folder / "data" / "survey.csv").write_text(SURVEY, "utf-8")
    return folder


def check(folder: Path) -> Checked:
    found = check_engagement(folder, default_services())
    assert not found.failure
    return found


def errors(folder: Path) -> list[tuple[str, str, int | None]]:
    return [(p.code, p.place.file, p.place.row) for p in check(folder).problems if p.is_error]


@pytest.mark.bad_input("H6")
def test_r_bomb_503_bytes_of_references_that_took_six_gigabytes(acme: Path) -> None:
    (acme / "reasons.yaml").write_text(R_BOMB, "utf-8")
    begun = perf_counter()
    assert errors(acme) == [("yaml_too_long", "reasons.yaml", 5)]
    assert perf_counter() - begun < GENEROUS


@pytest.mark.parametrize("name", ["questionnaires/q.yaml", "ratios.yaml", "coding/code_frame.yaml"])
def test_the_bomb_as_any_other_file_of_words(name: str, acme: Path) -> None:
    (acme / name).parent.mkdir(exist_ok=True)
    (acme / name).write_text(R_BOMB, "utf-8")
    assert errors(acme) == [("yaml_too_long", name, 5)]


def test_a_check_of_several_tells_each_as_it_is_done(tmp_path: Path) -> None:
    """One with a bomb kept 174 others silent for seven minutes."""
    for name in ("a_bomb", "b_good"):
        engagement(tmp_path / name)
    (tmp_path / "a_bomb" / "reasons.yaml").write_text(R_BOMB, "utf-8")
    command = [sys.executable, "-m", "workbook", "check", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["error", "acme", "acme"]
    assert done.stdout.endswith("acme: ready for loyalty, summary\n")


@pytest.mark.parametrize("encoding", ["cp1251", "cp1252"])
def test_notes_latin_is_refused_by_check_as_by_run(encoding: str, acme: Path) -> None:
    (acme / "notes").mkdir()
    text = "First line\n" + ("Клиент" if encoding == "cp1251" else "café")
    (acme / "notes" / "loyalty.md").write_bytes(text.encode(encoding))
    assert errors(acme) == [("notes_not_utf8", "notes/loyalty.md", 2)]
    (acme / "notes" / "loyalty.md").write_text(text, "utf-8")  # as the message says
    assert errors(acme) == []


def test_notes10mb_is_refused_by_check(acme: Path) -> None:
    (acme / "notes").mkdir()
    (acme / "notes" / "loyalty.md").write_bytes(b"word " * 2_000_000)
    assert errors(acme) == [("file_too_many_kb", "notes/loyalty.md", None)]


@pytest.mark.bad_input("E8")
@pytest.mark.parametrize(
    ("content", "code"), [(LIE_PNG, "logo_damaged"), (USE_BOMB.encode(), "logo_too_complex")]
)
def test_logo_liepng_and_logo_usebomb_are_refused_by_check(
    content: bytes, code: str, tmp_path: Path
) -> None:
    """Both passed the check and stopped the report when its PDF was set."""
    folder = engagement(tmp_path / "acme", '[brand]\nlogo = "logo.bin"\n')
    (folder / "logo.bin").write_bytes(content)
    assert errors(folder) == [(code, "engagement.toml", None)]


def test_a_logo_that_only_the_typesetter_refuses_is_refused_by_check(tmp_path: Path) -> None:
    folder = engagement(tmp_path / "acme", '[brand]\nlogo = "logo.svg"\n')
    (folder / "logo.svg").write_text('<svg xmlns="urn:other"><rect/></svg>', "utf-8")
    assert errors(folder) == [("logo_damaged", "engagement.toml", None)]


def test_symlink_notes_shows_nothing_of_the_system(acme: Path) -> None:
    """The contents of /etc/passwd were printed in the client's page."""
    (acme / "notes").mkdir()
    (acme / "notes" / "loyalty.md").symlink_to("/etc/passwd")
    assert errors(acme) == [("file_is_link", "notes/loyalty.md", None)]


def test_t_nestedtbl_a_key_of_100_kb(tmp_path: Path) -> None:
    folder = engagement(tmp_path / "acme", "a" + ".a" * 50_000 + " = 1\n")
    begun = perf_counter()
    assert errors(folder) == [("toml_too_deep", "engagement.toml", 8)]
    assert perf_counter() - begun < GENEROUS


def test_r_deep_words_nested_without_end(acme: Path) -> None:
    (acme / "reasons.yaml").write_text("groups: " + "[" * 100_000, "utf-8")
    assert errors(acme) == [("yaml_too_deep", "reasons.yaml", 1)]


@pytest.mark.bad_input("B5")
def test_mixed_encodings_are_refused_with_the_line_not_taken_for_koi8(tmp_path: Path) -> None:
    folder = engagement(tmp_path / "acme", language="ru")
    lines = [b"respondent_id,date,score,reason"]
    lines += [f"R{n},2025-11-01,9,Долгая доставка".encode() for n in range(20)]
    lines += [f"R{n},2025-11-01,9,Долгая доставка".encode("cp1251") for n in range(20, 60)]
    (folder / "data" / "survey.csv").write_bytes(b"\n".join(lines))
    assert errors(folder) == [("invalid_bytes", "data/survey.csv", 22)]


@pytest.mark.parametrize(
    ("language", "encoding", "text"),
    [
        ("ru", "cp1251", "Долгая доставка, дорого; её ждём"),
        ("ru", "koi8-r", "Долгая доставка, идёт её ждём"),
        ("ru", "cp866", "Рад: сам заказал, сам получил"),
        ("sk", "cp1250", "Dlhé čakanie, zvlášť na tovar"),
        ("sk", "iso8859_2", "Dlhé čakanie, zvlášť na tovar"),
    ],
)
def test_true_code_pages_are_still_read(
    language: str, encoding: str, text: str, tmp_path: Path
) -> None:
    folder = engagement(tmp_path / "acme", language=language)
    lines = ["respondent_id,date,score,reason"]
    lines += [f'R{n},2025-11-01,9,"{text}"' for n in range(30)]
    (folder / "data" / "survey.csv").write_bytes("\n".join(lines).encode(encoding))
    assert errors(folder) == []


# Workbooks whose parts lie elsewhere, as some programs write them


def sales(folder: Path, renamed: dict[str, str]) -> Path:
    """Write sales.xlsx with parts renamed inside the archive."""
    import xlsxwriter

    path = folder / "data" / "sales.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["customer_id", "date", "amount"])
        for row in range(1, 20):
            sheet.write_row(row, 0, [f"C{row}", f"2025-01-{row:02d}", row])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(renamed.get(name, name), content)
    return path


def test_11d_a_sheet_part_in_other_case_is_read_as_excel_reads_it(acme: Path) -> None:
    """No input table was found: that was said of it."""
    sales(acme, {"xl/worksheets/sheet1.xml": "xl/worksheets/Sheet1.xml"})
    assert errors(acme) == []
    assert "segmentation_matrix" in check(acme).diagnostics
    case = read_engagement(load_engagement(acme, param_types()))
    assert case.tables["sales"].frame["amount"].tolist() == list(range(1, 20))


def test_11e_is_to_be_saved_again_not_unpacked(acme: Path) -> None:
    sales(acme, {"xl/workbook.xml": "book/workbook.xml"})
    assert errors(acme) == [("workbook_odd_parts", "data/sales.xlsx", None)]


def test_11c_backslashes_are_read_as_excel_reads_them(acme: Path) -> None:
    names = {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"}
    sales(acme, {name: name.replace("/", "\\") for name in names})
    assert errors(acme) == []


def test_a_workbook_whose_sheets_are_not_found_is_told(acme: Path) -> None:
    sales(acme, {"xl/worksheets/sheet1.xml": "xl/elsewhere/sheet1.xml"})
    assert errors(acme) == [("workbook_no_sheets", "data/sales.xlsx", None)]


def test_52_files_with_the_clients_names_are_told_by_what_they_look_like(tmp_path: Path) -> None:
    folder = engagement(tmp_path / "acme", language="ru")
    (folder / "data" / "survey.csv").rename(folder / "data" / "Опрос 2025-11.csv")
    (problem,) = (p for p in check(folder).problems if p.is_error)
    assert (problem.code, problem.facts["table"]) == ("files_look_like", "survey")
    assert problem.facts["line"] == 'files = "Опрос 2025-11.csv"'
    (folder / "data" / "Опрос 2025-11.csv").rename(folder / "data" / "survey.csv")
    assert errors(folder) == []
