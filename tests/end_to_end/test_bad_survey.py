"""A bad survey is refused with one message for each fault, and earlier reports stay."""

import shutil

import openpyxl
import pytest
from command_line import SAMPLE, here, workbook

SCORE = "Likelihood to recommend"


@pytest.fixture
def spoiled(tmp_path):
    """Engagement whose survey has a score of 11, one of "seven" and a respondent twice."""
    folder = tmp_path / "northbridge"
    shutil.copytree(SAMPLE, folder)
    shutil.copytree(SAMPLE.parent / "previous", tmp_path / "previous")
    path = folder / "data" / "survey.xlsx"
    book = openpyxl.load_workbook(path)
    rows = book.active
    header = next(r for r in rows.iter_rows() if any(c.value == SCORE for c in r))
    column = next(c.column for c in header if c.value == SCORE)
    first = header[0].row + 1
    rows.cell(first, column).value = 11
    rows.cell(first + 2, column).value = "seven"
    rows.cell(first + 3, header[0].column).value = rows.cell(first + 4, header[0].column).value
    book.save(path)
    return folder, rows.title, first


def test_each_fault_has_its_message_with_sheet_row_and_column(spoiled, tmp_path):
    folder, sheet, first = spoiled
    done = workbook("run", folder, "--out", tmp_path / "out")
    assert done.returncode == 3
    errors = [line for line in done.stderr.splitlines() if line.startswith("error")]
    assert len(errors) == 3
    for line, row, found in zip(
        errors, (first, first + 2, first + 4), ('"11"', '"seven"', "row"), strict=True
    ):
        assert "data/survey.xlsx" in line
        assert f'sheet "{sheet}"' in line
        assert f"row {row}" in line
        assert found in line
    assert not list((tmp_path / "out").rglob("client"))


def test_an_earlier_report_stays_byte_for_byte(spoiled, rendered, tmp_path):
    folder, _, _ = spoiled
    out = tmp_path / "out"
    shutil.copytree(rendered, out / "northbridge" / "2025")
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert workbook("run", folder, "--out", out).returncode == 3
    after = {p: p.read_bytes() for p in before}
    assert after == before


def test_check_says_the_same_and_makes_nothing(spoiled, tmp_path):
    folder, _, first = spoiled
    done = here("check", folder)
    assert done.returncode == 3
    assert f"row {first}" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_an_empty_survey_a_missing_column_and_a_wrong_file_are_refused(tmp_path):
    for name, content, word in (
        ("empty", b"", "empty"),
        ("header", b"respondent_id;date;score\n", "no rows"),
        ("column", b"respondent_id;date\n1;2025-01-01\n", "score"),
        ("picture", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
    ):
        folder = tmp_path / name
        (folder / "data").mkdir(parents=True)
        text = (SAMPLE / "engagement.toml").read_text("utf-8").replace("previous =", "# previous =")
        (folder / "engagement.toml").write_text(text, "utf-8")
        (folder / "data" / "survey.csv").write_bytes(content)
        done = here("check", folder)
        assert done.returncode == 3, name
        assert word in done.stdout, (name, done.stdout)
