"""The code frame: what it holds, what is refused, and how its words are found."""

from dataclasses import asdict
from pathlib import Path

import pytest
import yaml

from workbook.diagnostics.loyalty.open_answers import propose
from workbook.diagnostics.loyalty.sources.code_frame_file import load_code_frame
from workbook.errors import InputError
from workbook.language.catalog import LANGUAGES
from workbook.language.package_data import templates

SHIPPED = templates() / "code_frames" / "loyalty.yaml"
MINIMAL = """
themes:
  - id: price
    label: {en: Price, ru: Цена, sk: Cena}
    words: {en: [price, "no"], ru: [цена], sk: [cena]}
  - id: staff
    label: {en: Staff, ru: Персонал, sk: Personál}
    words: {en: [staff], ru: [персонал], sk: [personál]}
"""


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "coding" / "code_frame.yaml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    return path


def _codes(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_code_frame(path)
    assert {p.place.file for p in caught.value.problems} == {"coding/code_frame.yaml"}
    return [p.code for p in caught.value.problems]


def test_the_shipped_frame_has_the_fourteen_themes_in_three_languages():
    frame = load_code_frame(SHIPPED)
    assert frame.ids == (
        *("price", "quality", "assortment", "availability", "delivery", "speed", "staff"),
        *("competence", "communication", "complaints", "payment", "documents", "access", "digital"),
    )
    for theme in frame.themes:
        assert set(theme.label) == set(theme.words) == set(LANGUAGES)
        assert all(len(theme.words[language]) >= 10 for language in LANGUAGES)


def test_a_theme_is_called_by_id_or_by_label_of_any_language_whatever_the_case():
    frame = load_code_frame(SHIPPED)
    for name in ("price", " PRICE ", "Цена", "cena"):
        assert frame.theme_named(name) == "price"
    assert frame.theme_named("prize") is None
    assert frame.nearest_name("prize") == "price"
    assert frame.nearest_name("достафка") == "Доставка"


def test_no_and_on_are_words_not_truth_values(tmp_path):
    frame = load_code_frame(_write(tmp_path, MINIMAL.replace('"no"', "no")))
    assert frame.themes[0].words["en"] == (("price",), ("no",))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("themes:", "topics:", "code_frame_no_themes"),
        ("    words: {en: [staff]", "    wordz: {en: [staff]", "code_frame_key"),
        ("id: staff", "id: Staff Members", "code_frame_id"),
        ("id: staff", "id: price", "code_frame_twice"),
        ("label: {en: Staff", "label: {en: Price", "code_frame_twice"),
        ("label: {en: Staff", 'label: {en: "Staff; people"', "code_frame_label"),
        (", sk: Personál}", "}", "code_frame_label"),
        (", sk: [personál]}", "}", "code_frame_words"),
        ("sk: [personál]", "sk: []", "code_frame_words"),
        ("sk: [personál]", 'sk: ["*"]', "code_frame_words"),
        ("en: [staff]", "en: [staff, PRICE]", "code_frame_word_twice"),
        ("en: [staff]", "en: [staff, pri*]", "code_frame_word_twice"),
        ("themes:", "window: wide\nthemes:", "code_frame_window"),
        ("themes:", "window: ²\nthemes:", "code_frame_window"),
        ("themes:", "neutral: [x]\nthemes:", "code_frame_words"),
        ("  - id: price", "  - price\n  - id: price", "code_frame_theme"),
        ("themes:", "neutral: {de: [x]}\nthemes:", "code_frame_key"),
    ],
)
def test_a_faulty_frame_is_refused_with_its_fault(tmp_path, old, new, code):
    assert old in MINIMAL
    assert code in _codes(_write(tmp_path, MINIMAL.replace(old, new)))


def test_every_fault_of_a_frame_is_named_at_once(tmp_path):
    text = MINIMAL.replace(", sk: Personál}", "}").replace("sk: [cena]", "sk: []")
    assert _codes(_write(tmp_path, text)) == ["code_frame_words", "code_frame_label"]


def test_a_fault_says_in_which_theme_and_language_it_is(tmp_path):
    text = MINIMAL.replace(", sk: Personál}", "}").replace("id: price", "id: Price")
    with pytest.raises(InputError) as caught:
        load_code_frame(_write(tmp_path, text))
    unnamed, unlabelled = caught.value.problems
    assert (unnamed.code, unnamed.found, unnamed.facts["number"]) == ("code_frame_id", "Price", 1)
    assert unlabelled.code == "code_frame_label"
    assert (unlabelled.facts["theme"], unlabelled.facts["language"]) == ("staff", "sk")


def test_broken_yaml_is_refused_with_its_line(tmp_path):
    path = _write(tmp_path, "themes:\n  - id: [price\n")
    with pytest.raises(InputError) as caught:
        load_code_frame(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row) == ("code_frame_unreadable", 3)


def test_a_missing_frame_is_refused(tmp_path):
    (tmp_path / "coding").mkdir()
    assert _codes(tmp_path / "coding" / "code_frame.yaml") == ["file_missing"]


def test_a_word_may_stand_in_two_themes_when_the_frame_says_so(tmp_path):
    text = MINIMAL.replace("en: [staff]", "en: [staff, price]") + "shared: {en: [price]}\n"
    frame = load_code_frame(_write(tmp_path, text))
    assert propose(["The prices"], frame, "en") == [("price", "staff")]


def test_the_shipped_frame_is_plain_yaml_that_a_client_can_copy(tmp_path):
    copy = _write(tmp_path, SHIPPED.read_text("utf-8"))
    assert asdict(load_code_frame(copy)) == asdict(load_code_frame(SHIPPED))
    assert set(yaml.safe_load(SHIPPED.read_text("utf-8"))) == {
        *("window", "themes", "neutral", "shared", "nothing"),
    }


@pytest.mark.parametrize(
    ("language", "text", "themes"),
    [
        ("ru", "ЦЕНЫ!!!", ("price",)),
        ("ru", "Все еще дорогие", ("price",)),
        ("ru", "Качество обслуживания", ("staff",)),
        ("ru", "Качество и обслуживание", ("quality", "staff")),
        ("ru", "В первую очередь цена", ("price",)),
        ("ru", "Стоит в очереди", ("speed",)),
        ("ru", "Поставил бы десять", ()),
        ("ru", "счета-фактуры", ("documents",)),
        ("sk", "Drahšie ako inde", ("price",)),
        ("sk", "drahsie, zla kvalita", ("price", "quality")),
        ("sk", "Dobrý dodávateľ", ()),
        ("sk", "Každý deň", ()),
        ("en", "Quality of service", ("staff",)),
        ("en", "Quality and service", ("quality", "staff")),
        ("en", "Used you for a long time", ()),
    ],
)
def test_words_and_phrases_are_found_in_their_forms(language, text, themes):
    frame = load_code_frame(SHIPPED)
    assert propose([text], frame, language) == [themes]
