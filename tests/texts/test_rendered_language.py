"""Every sentence of the texts, rendered with numbers, is one that a native reader would write.

The rules stand in ``tests/language_faults.py``.
"""

import re
from datetime import date

import pytest
from language_faults import faults

from workbook.language.catalog import LANGUAGES, Texts, _entries
from workbook.language.typography import typeset

SUBJECTS = (
    "common", "report", "index", "pack", "loyalty", "churn_reasons", "segmentation_matrix",
    "controllability", "financial_quartiles", "summary",
)  # fmt: skip
SWEPT = LANGUAGES
"""Languages whose texts have been read with the rules."""
NUMBERS = (0, 1, 2, 5, 21, 141)
DECIMALS = (0.4, 3.3)
NAMES = {
    "en": ("Northern depots", "The “Best” Shop"), "ru": ("Сибирь", "ООО «Склад»"),
    "sk": ("Sever", "Predajňa „Stred“"),
}  # fmt: skip
FOR_THE_CONSULTANT = ("coding_sheet.", "absent.", "report.plain_pdf", "notes.")
"""Sheets and remarks that no client reads, and lists of words."""
BOUNDS = {
    "threshold", "min_n", "least", "flagged", "buyers", "pair", "per_term", "min_comments",
    "min_theme", "left", "straight", "whole", "peers", "buckets", "min_weighted_n",
}  # fmt: skip
"""Values of options, which are never one."""
FRACTIONS = {"dec1", "dec2", "dec3", "points", "size1", "signed2", "pct", "pct1"}
DAYS = {"day", "day_short", "day_month"}

SET_RIGHT = (
    "a one-letter",
    "a dash",
    "a breakable",
    "a unit",
    "a wrong quote",
    "a straight",
    "a double",
)
"""Faults that setting a page takes away, whatever was written."""

WRONG = [
    ("ru", "Потеряно 28 из 141 клиентов", "agreement"),
    ("ru", "Осталось 21 клиентов", "agreement"),
    ("ru", "Ответили 5 клиент", "agreement"),
    ("ru", "в городе", "a one-letter word"),
    ("ru", "Сибирь — лучше", "a dash after"),
    ("ru", "оценки 9–10", "a breakable range"),
    ("ru", "34 %", "a unit"),
    ("ru", "Спросить «ООО «Склад»»", "a wrong quote"),
    ("ru", 'Спросить "Склад"', "a straight quote"),
    ("ru", "Отчёт за 2025-Q4", "a raw period"),
    ("ru", "Данные на 2025-12-31", "a raw date"),
    ("ru", "с 141", "a preposition"),
    ("ru", "Источник ожидает 5; источник ожидает", "an avoided word"),
    ("ru", "Оценка «отстой»", "an avoided word"),
    ("ru", "Откройте reasons.yaml", "a name of a file"),
    ("ru", "Задайте candidate_rows", "a name of an option"),
    ("ru", "Два  пробела", "a double space"),
    ("sk", "69 z 150", "a preposition"),
    ("sk", "z 4", "a preposition"),
    ("sk", "zo 5", "a preposition"),
    ("sk", "5 odpoveď", "agreement"),
    ("sk", "1 odpovedí", "agreement"),
    ("sk", "s nami", "a one-letter word"),
    ("sk", "„Predajňa „Stred““", "a wrong quote"),
    ("sk", "Pripravil Mgr. Dana", "an avoided word"),
    ("sk", "2025-H2", "a raw period"),
    ("en", "1 customers", "agreement"),
    ("en", "21 customer", "agreement"),
    ("en", "the client's", "a straight quote"),
    ("en", "the “so-called “best” price”", "a wrong quote"),
    ("en", "mend its cause", "an avoided word"),
    ("en", "the source’s example", "an avoided word"),
]  # fmt: skip
RIGHT = [
    ("ru", "Потеряно 28\u00a0из\u00a0141 клиента, 5\u00a0из\u00a0111 клиентов"),
    ("ru", "За 2025 год ушёл 21 клиент, вернулись 2 клиента и\u00a05 клиентов"),
    ("ru", "21 из 22 вернувшихся; 3,3 потери; 141 клиенту; в\u00a05 раз"),
    ("ru", "Спросить «ООО „Склад“»\u00a0— со 141 клиентом, оценки 9–\u206010, 34\u00a0%"),
    ("sk", "zo\u00a0127, z\u00a05, zo\u00a04, „Predajňa ‚Stred‘“, 1 odpoveď, 5 odpovedí"),
    ("en", "1 customer of 21 customers; the client’s “so-called ‘best’ price”"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "fault"), WRONG)
def test_a_wrong_sentence_is_found(language, text, fault):
    assert any(found.startswith(fault) for found in faults(text, language)), faults(text, language)


@pytest.mark.parametrize(("language", "text"), RIGHT)
def test_a_right_sentence_passes(language, text):
    assert faults(text, language) == []


@pytest.mark.parametrize(("language", "text", "fault"), WRONG)
def test_setting_a_page_takes_away_what_is_a_matter_of_setting(language, text, fault):
    """Spaces, ranges, quotes; words stay wrong."""
    setting = fault.startswith(SET_RIGHT)
    left = any(found.startswith(fault) for found in faults(typeset(text, language), language))
    assert left is not setting


def value_of(spec: str, number: float, name: str) -> object:
    """Return a value that a placeholder of a format may get."""
    if spec in DAYS:
        return date(2025, 12, 31)
    if spec.startswith("period"):
        return "2025-Q4"
    if spec in ("money", "money_full"):
        return 1_000_000 * (number + 1)
    if spec in ("p", "p_is"):
        return 0.03
    if spec in FRACTIONS:
        return 0.31 if spec.startswith("pct") else number + 0.3
    return number if spec else name


def renderings(texts: Texts, key: str, entry: object) -> list[str]:
    """Return a text with every number, and with a plain name and one in quotes."""
    wordings = [entry] if isinstance(entry, str) else [v for k, v in entry.items() if k != "by"]
    slots: dict[str, str] = {}
    for name, spec in re.findall(r"{(\w+)(?::([^{}]*))?}", " ".join(wordings)):
        slots[name] = slots.get(name) or spec
    if not isinstance(entry, str):
        slots.setdefault(entry.get("by", "n"), "count")
    told = []
    for number in NUMBERS if slots else NUMBERS[:1]:
        for name in NAMES[texts.language]:
            values = {
                slot: value_of(spec, 5 if slot in BOUNDS else number, name)
                for slot, spec in slots.items()
            }
            told.append(texts(key, **values))
    return told


@pytest.mark.parametrize("language", SWEPT)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_text_reads_well_with_every_number(subject, language):
    assert wrong_texts(subject, language) == {}


def wrong_texts(subject: str, language: str) -> dict[str, tuple[str, list[str]]]:
    """Return by key the first rendering that has faults, and these."""
    entries = _entries(subject, language)
    texts = Texts(language, _entries("common", language) | entries, "EUR")
    wrong: dict[str, tuple[str, list[str]]] = {}
    for key, entry in entries.items():
        if key.startswith(FOR_THE_CONSULTANT):
            continue
        for told in renderings(texts, key, entry):
            found = faults(typeset(told, language), language)
            if not told.endswith("."):  # labels of charts have wide gaps
                found = [one for one in found if not one.startswith("a double space")]
            if found:
                wrong[key] = (told, found)
                break
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fraction_takes_its_own_form(language):
    texts = Texts(language, _entries("common", language))
    told = {"en": "3.3 losses", "ru": "3,3 потери", "sk": "3,3 straty"}[language]
    forms = {"en": "loss|losses", "ru": "потеря|потери|потерь", "sk": "strata|straty|strát|straty"}
    made = Texts(language, {"a": "{n:dec1} {n:~" + forms[language] + "}"})
    assert made("a", n=3.3) == told
    assert texts.numbers.plural(3.3) in {"other", "many"}
