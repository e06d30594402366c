"""The lookup: the narrowest industry with enough companies."""

import pytest

from workbook.diagnostics.financial_quartiles.industries import (
    SECTION_OF,
    SECTIONS,
    is_okved,
    path_of,
)
from workbook.diagnostics.financial_quartiles.peer_base import Base, Row


def row(level: str, code: str, n_valid: int, **changes) -> Row:
    told = {
        "year": 2024, "level": level, "code": code, "size": "small", "ratio": "roa",
        "n": n_valid + 5, "n_valid": n_valid, "q1": 0.1, "median": 0.2, "q3": 0.3,
    }  # fmt: skip
    return Row(**{**told, **changes})


def base(*rows: Row) -> Base:
    return Base.of(rows, hash="x", source="test")


PYRAMID = (
    ("6", "68.20.21", 20),
    ("5", "68.20.2", 40),
    ("4", "68.20", 80),
    ("3", "68.2", 160),
    ("2", "68", 320),
    ("section", "L", 640),
    ("all", "", 1280),
)


@pytest.mark.parametrize(
    ("least", "level"),
    [
        (1, "6"),
        (20, "6"),
        (21, "5"),
        (41, "4"),
        (81, "3"),
        (161, "2"),
        (321, "section"),
        (641, "all"),
    ],
)
def test_too_few_companies_widen_the_industry(least: int, level: str) -> None:
    found = base(*(row(*step) for step in PYRAMID)).quartiles(
        year=2024, okved="68.20.21", size="small", ratio="roa", min_peers=least
    )
    assert found.level == level


def test_nobody_has_enough_companies() -> None:
    asked = {"year": 2024, "okved": "68.20", "size": "small", "ratio": "roa"}
    assert base(row("all", "", 29)).quartiles(**asked) is None
    assert base(row("all", "", 30)).quartiles(**asked).n_valid == 30


def test_no_other_year_size_or_ratio_stands_in() -> None:
    asked = {"year": 2024, "okved": "", "size": "small", "ratio": "roa"}
    there = base(row("all", "", 99))
    assert there.quartiles(**asked) is not None
    for change in ({"year": 2023}, {"size": "all"}, {"ratio": "autonomy"}):
        assert there.quartiles(**{**asked, **change}) is None


def test_all_of_russia_is_the_widest_level() -> None:
    there = base(row("all", "", 99, size="all"), row("section", "L", 99, size="all"))
    assert there.quartiles(okved="", year=2024, ratio="roa").level == "all"


def test_a_section_can_be_asked_for() -> None:
    assert [p.level for p in path_of("L")] == ["section", "all"]


@pytest.mark.parametrize("code", ["6820", "68.", "68.202", "04.1", "68.20.2.1", "л", "68,20", "٦٨"])
def test_what_is_no_code_is_told(code: str) -> None:
    assert not is_okved(code)
    with pytest.raises(ValueError, match="OKVED"):
        path_of(code)


def test_every_class_has_one_section() -> None:
    classes = [number for classes in SECTIONS.values() for number in classes]
    assert len(classes) == len(set(classes)) == len(SECTION_OF) == 88
    assert "".join(SECTIONS) == "ABCDEFGHIJKLMNOPQRSTU"


def test_a_base_cannot_be_changed() -> None:
    there = base(row("all", "", 99))
    with pytest.raises(AttributeError):
        there.hash = "y"
    with pytest.raises(TypeError):
        there.facts["hash"] = "y"


def test_the_size_is_told_by_the_bases_own_bounds() -> None:
    there = Base.of([row("all", "", 9)], hash="x", source="t", size_bounds=(10, 20, 30))
    assert [there.size_of(v) for v in (None, 0, 10, 11, 30.5)] == [
        "all", "micro", "micro", "small", "large",
    ]  # fmt: skip
