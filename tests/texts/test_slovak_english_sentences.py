"""Slovak and English sentences that native business readers found wrong, and what stands now.

The rules stand in ``tests/language_faults.py``; here are the examples they were made from.
"""

import pytest
from language_faults import faults

from workbook.language.catalog import load_texts
from workbook.language.typography import typeset

WRONG = [
    ("en", "Name one person and mend its cause before all others", "an avoided word"),
    ("en", "whether it has changed cannot be told", "an avoided word"),
    ("en", "its portfolio lets 19.4 expect", "an avoided word"),
    ("en", "who meets the old problem leaves for ever", "an avoided word"),
    ("en", "Profit from sales fell", "an avoided word"),
    ("en", "Controllability of work with customers", "an avoided word"),
    ("en", "RUB98.4M of revenue", "an avoided word"),
    ("en", "1 answers, too few for an index", "agreement"),
    ("sk", "Riadenosť práce so zákazníkmi", "an avoided word"),
    ("sk", "najčastejší odvrátiteľný dôvod", "an avoided word"),
    ("sk", "Index leží s istotou 95 %", "an avoided word"),
    ("sk", "Tí, čo píšu komentáre, hodnotia vyššie", "an avoided word"),
    ("sk", "Niektoré pramene zlomok obracajú", "an avoided word"),
    ("sk", "Zisk z predaja klesol", "an avoided word"),
    ("sk", "Náklady na predaj klesli", "an avoided word"),
    ("sk", "127 z 150 zákazníkov", "a preposition"),
    ("sk", "2 zákazník", "agreement"),
]
"""Language, sentence and the fault that must be found."""
RIGHT = [
    ("en", "whether it has changed is not clear; 13 of 27 are promoters"),
    ("en", "Operating profit fell; RUB\u00a098.4M of revenue"),
    ("sk", "Úroveň riadenia práce so zákazníkmi; dôvod, ktorému sa dalo predísť"),
    ("sk", "Náklady na predaný tovar klesli; index so spoľahlivosťou 95 %"),
    ("sk", "127 zo 150 zákazníkov; tí, ktorí odišli"),
]
TOLD = [
    ("churn_reasons", "sk", "winback.heading", {"k": 19, "n": 150}, "Doteraz sa vrátilo 19 zo 150"),
    (
        "churn_reasons",
        "sk",
        "candidates.heading",
        {"n": 113},
        "Späť možno získať ešte 113 zákazníkov",
    ),
    ("loyalty", "sk", "criteria.heading", {"kept": 4, "n": 4}, "Z vlaňajších zákazníkov (4)"),
    ("controllability", "sk", "checks.share", {"share": 0.47, "k": 54, "n": 114}, "54 zo 114"),
    (
        "controllability",
        "en",
        "checks.heading.some",
        {"k": 1, "n": 8},
        "1 of 8 marks checked is at",
    ),
    ("segmentation_matrix", "en", "control.heading.all", {"overdue": 1, "n": 5}, "due is overdue"),
    ("churn_reasons", "en", "winback.heading", {"k": 1, "n": 9}, "1 of 9 lost customers has come"),
]


@pytest.mark.parametrize(("language", "text", "fault"), WRONG)
def test_what_readers_found_wrong_is_found(language, text, fault):
    assert any(found.startswith(fault) for found in faults(text, language)), faults(text, language)


@pytest.mark.parametrize(("language", "text"), RIGHT)
def test_what_stands_instead_passes(language, text):
    assert faults(typeset(text, language), language) == []


@pytest.mark.parametrize(("subject", "language", "key", "values", "start"), TOLD)
def test_a_sentence_agrees_with_its_numbers(subject, language, key, values, start):
    told = load_texts(subject, language)(key, **values)
    assert start in told.replace("\u00a0", " ")


def test_confidence_interval_is_explained_as_repeated_samples():
    """95 of 100 intervals contain the true value; not: the value lies in 95 of 100 surveys."""
    for language, words in (("en", "such ranges would contain"), ("sk", "rozpätí by obsahovalo")):
        assert words in load_texts("loyalty", language)("glossary.interval.text")
