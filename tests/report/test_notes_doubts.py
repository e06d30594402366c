"""Doubts of notes: a number beside a label with another value, a name that was not set apart."""

from pathlib import Path
from typing import Any

import pytest

from workbook.language.catalog import LANGUAGES, load_texts
from workbook.language.problems import line
from workbook.report.blocks import Tile
from workbook.report.notes_doubts import Doubts
from workbook.report.own_words import own_words

RESULT: dict[str, Any] = {
    "nps": {"value": 4.43},
    "waves": [{"wave": "2025-Q2", "value": 29.14}, {"wave": "2025-Q4", "value": 4.43}],
    "families": [{"id": "groups", "alpha": 0.05}],
    "groups": [
        {"by": "region", "group": "Сибирь", "differs": "down", "p_holm": 0.0, "value": -47.1},
        {"by": "region", "group": "Центр", "differs": "cannot_tell", "p_holm": 1.0, "value": 12.0},
        {"by": "manager", "group": "Юдина О. Н.", "differs": "cannot_tell", "p_holm": 0.4},
        {"by": "manager", "group": "Гарипов Р. Ф.", "differs": "cannot_tell", "p_holm": None},
        {"by": "product", "group": "Мотоблоки", "differs": "cannot_tell", "p_holm": 1.0},
    ],
    "answer": {"id": "down", "figures": {"difference": -24.71, "k": 23}},
    "tiles": [{"id": "winback", "figures": {"rate": 0.147}}],
    "findings": [],
}
TILES = {
    "ru": [("NPS, пункты", "+4,4"), ("Потери", "68"), ("Потерянная выручка в год", "156 млн ₽")],
    "en": [("NPS, points", "+4.4"), ("Losses", "68"), ("Revenue lost, a year", "£645K")],
    "sk": [("NPS, body", "+4,4"), ("Straty", "68"), ("Index podľa položiek", "50,8\u00a0%")],
}


def doubts(language: str) -> Doubts:
    tiles = [Tile(label=label, value=value) for label, value in TILES[language]]
    return Doubts(data=RESULT, tiles=tiles, texts=load_texts("common", language), year=2025)


@pytest.mark.parametrize(
    ("language", "text", "stated"),
    [
        ("en", "NPS 12 is no catastrophe.", "12"),
        ("en", "The NPS is 12.", "12"),
        ("en", "There were 70 losses.", "70"),
        ("en", "Revenue lost: £700K.", "£700K"),
        ("ru", "За год 70 потерь.", "70"),
        ("ru", "Потерянная выручка — 160 млн рублей.", "160 млн"),
        ("ru", "NPS составил −12.", "−12"),
        ("sk", "Index 60 % neberte ako známku.", "60 %"),
        ("sk", "Straty: 71.", "71"),
    ],
)
def test_a_number_beside_a_label_is_compared(language: str, text: str, stated: str) -> None:
    assert [found.stated for found in doubts(language).stated(text)] == [stated]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "NPS +4.4, or NPS 4, whichever you write."),
        ("en", "NPS was 29 in spring, and NPS: 29.1 is what people remember."),
        ("en", "NPS fell by 24.7 points."),
        ("en", "In 2024 NPS 12 was normal."),
        ("en", "Of 68 losses 23 were late parts; 23 losses, 20 losses at two plants."),
        ("en", "Revenue lost £645k; the two took £504K."),
        ("en", "Nine losses. Losses in chapter 3.2 and on 12.11.2025. 1. Losses"),
        ("ru", "В Сибири NPS −30."),
        ("ru", "Потерянная выручка 156,3 млн ₽. 36 потерь в одном регионе."),
        ("ru", "в 2024 году 70 потерь"),
        ("sk", "Index 51 %, presnejšie index je 50,8 %."),
        ("sk", "Index 60 bodov"),
    ],
)
def test_what_may_be_another_figure_is_let_be(language: str, text: str) -> None:
    assert list(doubts(language).stated(text)) == []


def test_people_and_places_are_told_that_the_data_do_not_set_apart() -> None:
    text = "У Юдиной хуже, чем в Центре и Сибири; Гарипов молодец, мотоблоки тоже."
    assert doubts("ru").not_set_apart(text) == ["Центр", "Юдина О. Н."]
    assert doubts("ru").not_set_apart("Дело в сроках.") == []


def test_doubts_are_warnings_with_their_line_and_words(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "loyalty.md").write_text(
        "---\nanswer: The NPS is 12\n---\nFine.\n\nThere were 70 losses, {nps.value} points.\n"
    )
    found = own_words(tmp_path, "loyalty").doubts(doubts("en"))
    assert [(p.code, p.found, p.place.row, p.is_error) for p in found] == [
        ("notes_number_differs", "12", 2, False),
        ("notes_number_differs", "70", 6, False),
    ]
    for problem in found:
        assert all(str(problem.facts["told"]) in line(problem, other) for other in LANGUAGES)
