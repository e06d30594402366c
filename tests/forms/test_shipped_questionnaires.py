"""The texts of the questionnaires that come with the program."""

import re
from collections.abc import Iterator

import pytest

from workbook.diagnostics.controllability.questionnaire import SCORES, Questionnaire

PARTS = ("wording", "guidance", "recommendation", "metric")
Found = tuple[str, str, str, str]


def texts(questionnaires: tuple[Questionnaire, ...]) -> Iterator[Found]:
    """Yield place, part, language and text of every item."""
    for questionnaire in questionnaires:
        for item in questionnaire.items:
            for part in PARTS:
                for language, text in getattr(item, part).items():
                    yield f"{questionnaire.id} {item.id}", part, language, text


def test_the_shipped_questionnaires_have_the_items_of_their_sources(
    questionnaires: tuple[Questionnaire, ...],
) -> None:
    assert {q.id: [len(s.items) for s in q.whole().sections] for q in questionnaires} == {
        "controllability": [14, 5, 4, 8],
        "client_relations": [5, 3, 2],
        "customer_care_rules": [10],
        "managed_process": [8],
        "partner_programme": [5],
        "reputation_management": [4, 4],
        "sewell_rules": [10],
        "strategy_factors": [3, 3, 3, 3],
        "trust_instruments": [4, 4, 3],
    }


def test_the_unmanaged_profile_has_the_published_marks(
    questionnaires: tuple[Questionnaire, ...],
) -> None:
    """The source's example: 7 of ``+/-`` and 24 of ``-`` make 3.5 of 31 items."""
    whole = questionnaires[0].whole()
    unmanaged = next(p for p in whole.profiles if p.id == "unmanaged")
    half = [item.id for item in whole.items if unmanaged.marks[item.id] == "+/-"]
    assert half == ["2.1", "2.2", "3.1", "3.2", "4.5", "4.6", "4.7"]
    score = sum(SCORES[unmanaged.marks[item.id]] for item in whole.items)
    assert score / len(whole.items) == pytest.approx(0.1129, abs=5e-5)
    assert score / len(questionnaires[0].asked().items) == pytest.approx(0.1167, abs=5e-5)


def test_the_repeated_and_the_additional_item_are_off(
    questionnaires: tuple[Questionnaire, ...],
) -> None:
    items = {item.id: item for item in questionnaires[0].items}
    assert [item.id for item in items.values() if not item.default] == ["2.3", "4.9"]
    assert items["2.3"].repeats == "2.2"
    assert items["2.3"].wording == items["2.2"].wording
    assert items["4.9"].repeats == ""


def test_mended_slovak_keeps_the_words_of_the_source(
    questionnaires: tuple[Questionnaire, ...],
) -> None:
    items = {item.id: item for item in questionnaires[0].items}
    assert items["2.2"].original == {"sk": "Analyzuje sa účinnosť príťažlivosti"}
    assert items["1.4"].original == {}
    mended = [item for item in items.values() if item.original]
    assert len(mended) == 26
    assert all(item.original["sk"] != item.wording["sk"] for item in mended)


def test_the_companys_customers_are_customers_in_every_language(
    questionnaires: tuple[Questionnaire, ...],
) -> None:
    """Client, and in Slovak klient, is who ordered the work."""
    wrong = {"en": "client", "sk": "klient", "ru": "заказчик"}
    found = [t for t in texts(questionnaires) if wrong[t[2]] in t[3].casefold()]
    assert found == []


def test_every_metric_has_figure_and_target_and_every_recommendation_is_a_sentence(
    questionnaires: tuple[Questionnaire, ...],
) -> None:
    for place, part, _, text in texts(questionnaires):
        if part == "metric":
            figure, _, target = text.partition(": ")
            assert figure, (place, text)
            assert target, (place, text)
            assert not text.endswith("."), (place, text)
        elif part == "recommendation":
            assert text.endswith("."), (place, text)
            assert text[0].isupper(), (place, text)
        elif part == "guidance":
            assert text.endswith((".", "?")), (place, text)


def test_texts_are_set_as_each_language_sets_them(
    questionnaires: tuple[Questionnaire, ...],
) -> None:
    """Quotation marks, apostrophes, per cent signs; no letter of another alphabet."""
    wrong = {
        "ru": re.compile(r"[\"'„“]|\d%|\d %|  "),
        "sk": re.compile(r"[\"'«»]|\d%|\d %|  |[а-яё]"),
        "en": re.compile(r"[\"'«»„]|\d\s%|  |[а-яё]"),
    }
    for place, part, language, text in texts(questionnaires):
        assert not wrong[language].search(text), (place, part, language, text)
        assert text == text.strip(), (place, part, language)


def test_a_russian_question_ends_with_its_mark(questionnaires: tuple[Questionnaire, ...]) -> None:
    for place, part, language, text in texts(questionnaires):
        if (language, part) == ("ru", "guidance") and re.search(r"\bли\b", text):
            assert text.endswith("?"), (place, text)


def test_sewells_ten_rules_are_not_the_ten_rules_of_care(
    questionnaires: tuple[Questionnaire, ...],
) -> None:
    by_id = {q.id: {i.wording["en"] for i in q.items} for q in questionnaires}
    assert not by_id["sewell_rules"] & by_id["customer_care_rules"]
    assert any("Systems, not smiles" in wording for wording in by_id["sewell_rules"])
