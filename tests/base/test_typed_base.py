"""A base typed in by hand as data/base.csv: decimals kept, problems by row and column."""

from datetime import date
from pathlib import Path

import pytest
from raw_statements import Maker, sound

from workbook.diagnostics.financial_quartiles.peer_base import Base
from workbook.diagnostics.financial_quartiles.sources.engagement_base import (
    check_base,
    load_base,
    sample_base,
)
from workbook.engagement.settings import Engagement
from workbook.intake.tables import read_tables
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

RATIOS = ("autonomy", "own_working_capital", "investment_coverage")
RUSSIAN = """\
Год;Уровень;Код ОКВЭД;Размер;Коэффициент;Компаний;Нижний квартиль;Медиана;Верхний квартиль;Источник
2019;5;68.20.2;малые;autonomy;5 210;0,09;0,426;0,810;testfirm
2019;5;68.20.2;малые;own_working_capital;5210;-4,93;−0,603;0,37;testfirm
2019;все;;;autonomy;2300000;0,01;0,3;0,71;testfirm
"""


def engagement(folder: Path, language: str = "ru") -> Engagement:
    return Engagement(
        folder=folder,
        id="acme",
        client="Acme",
        language=language,
        currency="RUB",
        period="2025",
        as_of=date(2025, 12, 31),
    )


def read(folder: Path, text: str, language: str = "ru"):
    """Return the intake and the problems of the base itself."""
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "base.csv").write_text(text, "utf-8")
    intake = read_tables(engagement(folder, language))
    found = check_base(engagement(folder, language), intake.tables, ratios=RATIOS)
    for problem in (*intake.problems, *found):
        for tongue in LANGUAGES:
            assert problem.code not in line(problem, tongue)
    return intake, found


def typed(folder: Path, text: str) -> Base:
    intake, found = read(folder, text)
    assert not intake.problems + found
    frame = intake.tables["base"].frame
    return load_base(engagement(folder), frame, ratios=RATIOS)


def test_published_quartiles_keep_the_decimals_they_were_printed_with(tmp_path: Path) -> None:
    base = typed(tmp_path, RUSSIAN)
    found = base.quartiles(year=2019, okved="68.20.2", size="small", ratio="autonomy")
    assert (found.q1, found.median, found.q3, found.n) == (0.09, 0.426, 0.81, 5210)
    assert found.decimals == (2, 3, 3)
    found = base.quartiles(year=2019, okved="68.20.2", size="small", ratio="own_working_capital")
    assert (found.q1, found.median, found.decimals) == (-4.93, -0.603, (2, 3, 2))
    assert base.quartiles(okved="", year=2019, ratio="autonomy").n_valid == 2_300_000
    assert (base.source, base.built, base.synthetic) == ("testfirm", None, False)


def test_the_hash_is_of_what_was_typed(tmp_path: Path) -> None:
    first = typed(tmp_path, RUSSIAN).hash
    assert typed(tmp_path, RUSSIAN).hash == first
    assert typed(tmp_path, RUSSIAN.replace("0,426", "0,427")).hash != first


def test_every_problem_is_told_at_once_with_row_and_column(tmp_path: Path) -> None:
    text = RUSSIAN + (
        "2019;4;68.2;малые;autonomy;50;0,1;0,2;0,3;\n"
        "2019;2;68;малые;autonomy;50;0,4;0,2;0,3;\n"
        "2019;2;68;все;autonomie;50;0,1;0,2;0,3;\n"
    )
    intake, found = read(tmp_path, text)
    assert not intake.problems
    assert [(p.code, p.place.row, p.place.column, p.is_error) for p in found] == [
        ("base_order", 6, "Медиана", True),
        ("base_code", 5, "Код ОКВЭД", True),
        ("base_ratio", 7, "Коэффициент", False),
    ]
    assert found[2].facts["nearest"] == "autonomy"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2019;5;68.20.2;малые;autonomy;x;0,1;0,2;0,3;", "not_a_number"),
        ("2019;5;68.20.2;малые;autonomy;5;O,1;0,2;0,3;", "not_a_number"),
        ("2019;5;68.20.2;малые;autonomy;5;;0,2;0,3;", "blank_cell"),
        ("2019;7;68.20.2;малые;autonomy;5;0,1;0,2;0,3;", "not_in_choices"),
        ("19;5;68.20.2;малые;autonomy;5;0,1;0,2;0,3;", "out_of_range"),
        ("2019;5;68.20.2;малые;autonomy;5;0,1;0,2;0,4;x", "key_twice_different"),
    ],
)
def test_a_bad_cell_is_told_by_the_intake(tmp_path: Path, row: str, code: str) -> None:
    intake, _ = read(tmp_path, RUSSIAN + row + "\n")
    assert code in {problem.code for problem in intake.problems}
    assert not intake.usable


def test_an_engagement_may_bring_a_base_that_was_built(tmp_path: Path, maker: Maker) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "survey.csv").write_text("x", "utf-8")
    made = maker.of(*[sound(n) for n in range(1, 9)], out="data/base.parquet")
    mine = load_base(engagement(tmp_path), None, ratios=RATIOS)
    assert mine.hash == made.base.hash
    assert check_base(engagement(tmp_path), {}, ratios=RATIOS) == ()
    told = read_tables(engagement(tmp_path)).problems
    assert "data/base.parquet" not in {problem.place.file for problem in told}


def test_two_bases_are_one_too_many_and_a_broken_one_is_told(tmp_path: Path, maker: Maker) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "base.parquet").write_bytes(b"PAR1")
    _, found = read(tmp_path, RUSSIAN)
    assert [(p.code, p.place.file) for p in found] == [
        ("base_not_a_base", "data/base.parquet"),
        ("base_two_files", "data/base.csv"),
    ]


def test_without_one_the_sample_is_taken_and_says_so(tmp_path: Path) -> None:
    base = load_base(engagement(tmp_path), None, ratios=RATIOS)
    assert base is sample_base()
    assert base.synthetic
