"""Themes of open answers: what the machine proposes and what the report shows."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.loyalty.coding import CodedRow, Coding
from workbook.diagnostics.loyalty.open_answers import coded_answers, has_words, propose
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.quotes import MASK, QUOTE_LIMIT, shown
from workbook.diagnostics.loyalty.sources.code_frame_file import load_code_frame
from workbook.diagnostics.loyalty.themes import coder_agreement, summarise_themes
from workbook.errors import Location
from workbook.language.lemmas import fold
from workbook.language.package_data import templates

FRAME = load_code_frame(templates() / "code_frames" / "loyalty.yaml")
HERE = Path(__file__).parent
COUNTED = Params(min_comments=1)


def _labelled(name: str, language: str) -> list[tuple[frozenset[str], str]]:
    tree = yaml.safe_load((HERE / f"{name}_answers.yaml").read_text("utf-8"))
    return [(frozenset(labels.replace("-", "").split()), text) for labels, text in tree[language]]


def _macro_f1(rows: list[tuple[frozenset[str], str]], language: str) -> float:
    found = propose([text for _, text in rows], FRAME, language)
    pairs = [(truth, frozenset(themes)) for (truth, _), themes in zip(rows, found, strict=True)]
    scores = []
    for theme in FRAME.ids:
        both = sum(theme in truth and theme in seen for truth, seen in pairs)
        either = sum((theme in truth) + (theme in seen) for truth, seen in pairs)
        scores.append(2 * both / either if either else 1.0)
    return sum(scores) / len(scores)


@pytest.mark.parametrize(("language", "floor"), [("ru", 0.93), ("sk", 0.95), ("en", 0.95)])
def test_plain_answers_are_coded_as_by_hand(language, floor):
    """60 answers per language; same hand as the frame, so an upper bound."""
    assert _macro_f1(_labelled("labelled", language), language) >= floor


@pytest.mark.parametrize(("language", "floor"), [("ru", 0.60), ("sk", 0.35), ("en", 0.33)])
def test_answers_that_avoid_the_usual_words_are_coded_far_worse(language, floor):
    """30 circumlocutions per language: why people confirm and why uncoded answers are shown."""
    assert floor <= _macro_f1(_labelled("oblique", language), language) < 0.75


@pytest.mark.parametrize(("language", "floor"), [("ru", 0.80), ("sk", 0.75), ("en", 0.72)])
def test_plain_and_oblique_answers_together(language, floor):
    rows = _labelled("labelled", language) + _labelled("oblique", language)
    assert _macro_f1(rows, language) >= floor


@pytest.mark.parametrize("name", ["labelled", "oblique"])
@pytest.mark.parametrize("language", ["ru", "sk", "en"])
def test_labels_of_the_hand_coded_answers_are_themes_of_the_frame(name, language):
    assert {t for labels, _ in _labelled(name, language) for t in labels} <= set(FRAME.ids)


@pytest.mark.parametrize(
    ("language", "text", "themes"),
    [
        ("ru", "Great prices, slow delivery", ("price", "delivery")),
        ("ru", "Príliš drahé, tovar mešká", ("price", "delivery")),
        ("sk", "Дорого, долго ждать", ("price", "speed")),
        ("sk", "The web is fine but your technicians are incompetent", ("competence", "digital")),
        ("en", "Reklamáciu riešili dva mesiace, drahé diely", ("price", "complaints")),
        ("en", "Менеджер хамит", ("staff",)),
    ],
)
def test_an_answer_in_another_language_is_read_by_its_own_words(language, text, themes):
    assert propose([text], FRAME, language) == [themes]


@pytest.mark.parametrize(
    "text", ["", "-", "…", "😀👍", "10", "нет", "Ничего.", "N/A", "Nič", "No!"]
)
def test_what_says_nothing_is_not_an_answer(text):
    assert not has_words(text, FRAME)


def test_nothing_to_improve_in_a_sentence_is_an_answer():
    assert has_words("Ничего менять не надо", FRAME)
    assert not has_words(float("nan"), FRAME)
    assert not has_words(None, FRAME)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4), st.sampled_from(["ru", "sk", "en"]))
def test_any_text_gives_themes_of_the_frame_in_its_order(texts, language):
    for themes in propose(texts, FRAME, language):
        assert FRAME.in_order(themes) == themes


def test_a_huge_answer_is_read_from_its_beginning():
    assert propose(["дорого " + "а" * 100_000], FRAME, "ru") == [("price",)]


def test_importing_the_language_tools_loads_no_dictionary():
    code = (
        "import sys, workbook.language.lemmas; "
        "sys.exit(bool({'pymorphy3', 'simplemma'} & {*sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_folding_drops_accents_of_latin_letters_only():
    assert fold("Ľúbezný ŽĽAB") == "lubezny zlab"
    assert fold("Чёткий") == "четкий"


# Quotes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Пишите на ivan.petrov@firma.ru", f"Пишите на {MASK}"),
        ("тел. +7 (912) 345-67-89, Анна", f"тел. {MASK}, Анна"),
        ("8-800-555-35-35", MASK),
        ("zavolajte +421 905 123 456", f"zavolajte {MASK}"),
        ("0905/123 456 nefunguje", f"{MASK} nefunguje"),
        ("тел.89161234567", f"тел.{MASK}"),
        ("10/12/2025-15/12/2025", "10/12/2025-15/12/2025"),
        ("заказ 12345 от 10.12.2025", "заказ 12345 от 10.12.2025"),
        ("с 10.12.2025 по 15.12.2025", "с 10.12.2025 по 15.12.2025"),
        ("2019-2024, 1 500 000 ₽", "2019-2024, 1 500 000 ₽"),
        ("a\u202egnp.exe\x00\x07 b\u200bc", "agnp.exe bc"),
        ("два\n\nабзаца\tи  пробелы", "два абзаца и пробелы"),
        ("<b>&amp; $x$", "<b>&amp; $x$"),
        ("👍 хорошо", "👍 хорошо"),
    ],
)
def test_a_quote_is_cleaned_and_personal_data_masked(text, expected):
    assert shown(text) == expected


def test_piled_up_accents_are_thinned():
    assert len(shown("z" + "\u0300\u0301\u0302" * 30 + "algo")) < 12


@pytest.mark.parametrize("text", ["слово " * 60, "а" * 300, "x" * 100_000, "word, " * 60])
def test_a_long_quote_is_cut_with_an_ellipsis(text):
    quote = shown(text)
    assert len(quote) <= QUOTE_LIMIT
    assert quote.endswith("…")
    assert not quote.endswith((" …", ",…"))


# Summary -----------------------------------------------------------------------------------


def _survey(rows: Iterable[tuple[str, int | None, str | None, str | None]]) -> pd.DataFrame:
    table = list(rows)
    return pd.DataFrame(
        {
            "respondent_id": pd.Series([r[0] for r in table], dtype="str"),
            "score": pd.array([r[1] for r in table], dtype="Int64"),
            "reason": pd.Series([r[2] for r in table], dtype="str"),
            "improvement": pd.Series([r[3] for r in table], dtype="str"),
        }
    )


def _row(answer: str, themes: tuple[str, ...] | None, *, coder: str = "Anna") -> CodedRow:
    return CodedRow(
        answer_id=answer,
        question="",
        text="",
        proposed="",
        confirmed=themes,
        coder=coder,
        place=Location(file=f"coding/loyalty-{coder}.csv", row=2),
    )


SURVEY = _survey(
    [
        ("1", 3, "Дорого и долго", None),
        ("2", 7, "Дорого", "Снизить цены"),
        ("3", 10, "Цены хорошие", "-"),
        ("4", None, "Дорого, но качество хорошее", None),
        ("5", 9, "Всё устраивает", None),
    ]
)


def _summary(survey=SURVEY, *, coding=None, params=COUNTED, revenue=None):
    answers = coded_answers(survey, coding=coding, frame=FRAME, language="ru", revenue=revenue)
    return summarise_themes(answers, coding=coding, frame=FRAME, language="ru", params=params)


def test_themes_are_counted_by_question_and_by_class_of_the_score():
    found = _summary()
    price = found.themes[0]
    assert (price.theme, price.label, price.question) == ("price", "Цена", "reason")
    assert (price.n, price.detractors, price.passives, price.promoters) == (4, 1, 1, 1)
    assert [(t.theme, t.question, t.n) for t in found.themes] == [
        ("price", "reason", 4),
        ("quality", "reason", 1),
        ("speed", "reason", 1),
        ("price", "improvement", 1),
    ]
    assert found.open_answers is not None
    assert (found.open_answers.n, found.open_answers.machine) == (6, True)
    assert found.uncoded_share == pytest.approx(1 / 6)


def test_an_answer_without_a_score_is_counted_but_never_quoted():
    quotes = [quote for theme in _summary().themes for quote, _ in theme.quotes]
    assert "Дорого" in quotes
    assert "Дорого, но качество хорошее" not in quotes


def test_revenue_of_those_who_ask_counts_a_customer_once():
    survey = SURVEY.assign(customer_id=pd.Series(["A", "A", "B", "C", "D"], dtype="str"))
    price = _summary(survey, revenue={"A": 100.0, "B": 50.0, "D": 1000.0}).themes[0]
    assert price.revenue == 150
    price = _summary(survey, revenue=pd.Series({"A": 100.0, "B": float("nan")})).themes[0]
    assert price.revenue == 100


def test_the_revenue_of_the_survey_itself_is_used_when_no_other_is_known():
    assert _summary().themes[0].revenue is None
    survey = SURVEY.assign(revenue=[10.0, 20.0, 30.0, None, 50.0])
    assert _summary(survey).themes[0].revenue == 60


def test_few_answers_are_printed_not_counted():
    found = _summary(params=Params())
    assert found.themes == ()
    assert found.uncoded_share is None
    assert found.open_answers is not None
    assert not found.open_answers.machine
    told = found.open_answers.verbatim
    assert ("reason", "Дорого и долго", 3) in told
    assert ("improvement", "Снизить цены", 7) in told
    questions = [question for question, _, _ in told]
    assert questions == sorted(questions, reverse=True)  # reason before improvement
    reasons = [one for one in told if one[0] == "reason"]
    assert reasons == sorted(reasons)  # in the order of the words, not of the rows


def test_few_answers_coded_by_people_are_counted_without_the_machine():
    rows = tuple(_row(f"{n}/reason", ("staff",)) for n in (1, 2, 3))
    found = _summary(coding=Coding(rows=rows), params=Params())
    assert found.open_answers is not None
    assert found.open_answers.machine
    assert [(t.theme, t.n) for t in found.themes] == [("staff", 3)]
    assert found.uncoded_share == pytest.approx(0.5)


def test_peoples_coding_is_preferred_to_the_machines():
    coding = Coding(
        rows=(_row("1/reason", ("staff",)), _row("2/reason", ()), _row("3/reason", None))
    )
    found = _summary(coding=coding)
    assert found.open_answers is not None
    assert found.open_answers.coded_by_people == 2
    assert {t.theme: t.n for t in found.themes if t.question == "reason"} == {
        "price": 2,
        "quality": 1,
        "staff": 1,
    }


def test_a_survey_without_open_answers_has_no_summary():
    for survey in (SURVEY.drop(columns=["reason", "improvement"]), SURVEY.iloc[:0]):
        found = _summary(survey)
        assert (found.open_answers, found.themes, found.uncoded_share) == (None, (), None)


def test_the_survey_is_not_modified_and_the_order_of_rows_is_irrelevant():
    before = SURVEY.copy(deep=True)
    straight, turned = _summary(), _summary(SURVEY.iloc[::-1])
    assert straight == turned
    pd.testing.assert_frame_equal(before, SURVEY)


def test_quotes_are_three_different_ones_of_middle_length_shortest_first():
    texts = ["Дорого", "Дорого", "Цена выше, чем у всех остальных поставщиков в городе"]
    texts += ["Цена растёт каждый квартал, и никто не может сказать, чем это вызвано на самом деле"]
    texts += ["Цена высокая, " * 30]
    survey = _survey((str(i), 5, text, None) for i, text in enumerate(texts))
    quotes = [quote for quote, _ in _summary(survey).themes[0].quotes]
    assert quotes == ["Дорого", texts[2], texts[3]]


def test_an_answer_id_names_respondent_wave_and_question():
    survey = SURVEY.assign(wave=pd.Series(["2025Q4"] * 4 + [None], dtype="str"))
    ids = coded_answers(survey, coding=None, frame=FRAME, language="ru").values("answer_id")
    assert ids[0] == "1/2025Q4/reason"
    assert ids[4] == "5/reason"
    assert ids[5] == "2/2025Q4/improvement"


def test_agreement_of_two_coders_is_told_by_theme_and_over_all():
    """The worked example of alpha with MASI distance."""
    pairs = [(("price",), ("price", "delivery")), (("staff",), ("staff",))]
    pairs += [(("price", "staff"), ("staff",))]
    rows = [_row(str(i), a) for i, (a, _) in enumerate(pairs)]
    rows += [_row(str(i), b, coder="Boris") for i, (_, b) in enumerate(pairs)]
    found = coder_agreement(Coding(rows=tuple(rows)), FRAME, "en")
    assert found is not None
    assert found.n == 3
    assert found.alpha == pytest.approx(0.347826, abs=5e-7)
    kappas = dict(found.kappas)
    assert list(kappas) == ["Price", "Delivery", "Staff and attitude"]
    assert kappas["Staff and attitude"] == pytest.approx(1)


def test_one_coder_alone_has_no_agreement():
    assert coder_agreement(Coding(rows=(_row("1", ("price",)),)), FRAME, "en") is None
