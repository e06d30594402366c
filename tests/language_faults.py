"""Faults of language that a rule can tell, in the texts of a page of one language.

``faults`` returns every place that breaks a rule.  The rules are kinds of fault that native
readers found in real pages; ``tests/texts/test_rendered_language.py`` has wrong and right sentences
of each.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

import pymorphy3
from babel import Locale

from workbook.language.catalog import _entries
from workbook.language.languages import language_of
from workbook.language.prepositions import fitted

NBSP = "\u00a0"
_SPACE = "[ \u00a0]"
_NUMBER = re.compile(
    r"(?<![\w.,–=№+−-])(?<!\d[\u00a0\u202f])(\d[\d\u00a0\u202f]*)[ \u00a0](?=([^\W\d_]+))"
)
_GENITIVE = re.compile(r"(?:^|[\s(])(?:из|у|от|для|до|без|меньше|больше|около|против)[ \u00a0]$")
_PLAIN_GAP = {
    "a one-letter word before a plain space": None,
    "a dash after a plain space": re.compile(r"\S [—–](?=[\s])"),
    "a unit after a plain space": re.compile(r"\d (?:%|₽|€|£|тыс\.|млн|mil\.|tis\.)"),
    "a breakable range": re.compile(r"\d–\d"),
}
_RAW = {
    "a raw period": re.compile(r"\b(?:19|20)\d\d-(?:Q[1-4]|H[12])\b"),
    "a raw date": re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b"),
    "a double space": re.compile(r"[^\s.] {2,}\S|[.] {2,}\S"),
    "a name of a file": re.compile(r"\b[\w-]+\.(?:ya?ml|toml|csv|md|py)\b"),
    "a name of an option": re.compile(r"\b[a-z]+_[a-z_]+\b|\[intake"),
}
AVOIDED = {
    "en": r"\bmend(?:s|ed|ing)?\b|\bthe source(?:’s)?\b(?! of\b)|\blets? .{0,20} expect\b"
    r"|\bgendered\b"
    r"|\bPrepared by (?:Mr|Mrs|Ms)\b|\btold\b|\bdealt (?:out|anew)\b|\bfor (?:ever|want of)\b"
    r"|\blinked with\b|\b[Aa]t the right\b|\bby themselves\b|\beach other one\b|\bstands? in no\b"
    r"|\b[Cc]ontrollability\b|\bProfit from sales\b|\bare no plan\b|\bbegin and end\b|\bnil\b"
    r"|\b[A-Z]{3}\d|\bWhose money\b|\bBoard of deals\b",
    "ru": r"источник ожидает|отстой|согласительн|[Сс] надёжностью|сверх случайности|\b[Дд]робно\b"
    r"|Подготовил|разрез[еаы]?\b|[Вв]ступило|[Пп]еревес[а ]|измеримо не|позволяет ждать",
    "sk": r"\bprame[nň]|\bPripravil|\bs istotou\b|dáva očakávať|\b[Tt](?:í|ých|ým|ými), čo\b"
    r"|\b(?:priniesla|našla) 1 pripomienka|[Rr]iadenos[ťt]|odvrátiteľn|[Zz]lomkov|Tabuľa obchodov"
    r"|Čie sú to|Premena záujemcov|Zisk z predaja|Náklady na predaj\b|Kontrolný súčet",
}
"""What a native reader would not write, by language."""
_QUOTE_MARKS = re.compile("[«»„“”‚‘]")
_COUNTED = re.compile(r"{n:count} ([^\W\d_]+)")


def faults(text: str, language: str, *, set_: bool = True) -> list[str]:
    """Return every fault of a text, with what stands there.

    Parameters
    ----------
    set_
        The text is set for a page: no-break spaces, joined ranges, quotes.
    """
    found = [*_plain(text, language), *_agreement(text, language), *_prepositions(text, language)]
    if set_:
        found += [*_gaps(text, language), *_quotes(text, language)]
    return found


def _plain(text: str, language: str) -> Iterator[str]:
    for name, pattern in {**_RAW, "an avoided word": re.compile(AVOIDED[language])}.items():
        yield from (f"{name}: {found[0]!r}" for found in pattern.finditer(text))


def _gaps(text: str, language: str) -> Iterator[str]:
    words = "|".join(language_of(language).writing.short_words)
    short = re.compile(rf"(?<![\w’'.-])(?i:{words}) (?=\S)")
    for name, pattern in _PLAIN_GAP.items():
        yield from (f"{name}: {found[0]!r}" for found in (pattern or short).finditer(text))


def _quotes(text: str, language: str) -> Iterator[str]:
    quotes = language_of(language).writing.quotes
    if '"' in text or re.search(r"\w'\w", text):
        yield "a straight quote"
    opened = 0
    for found in _QUOTE_MARKS.finditer(text):
        mark = found[0]
        if mark == "‘" and quotes[3] == "’":  # its other half is the apostrophe too
            continue
        if mark not in quotes:
            yield f"a quote of another language: {mark}"
        elif mark in (quotes[0], quotes[2]):
            if mark != quotes[2 * (opened % 2)]:
                yield f"a wrong quote at level {opened}: {text[max(0, found.start() - 20) :]!r}"
            opened += 1
        else:
            opened -= 1


def _prepositions(text: str, language: str) -> Iterator[str]:
    for word, forms in language_of(language).writing.prepositions.items():
        for found in re.finditer(rf"(?<!\w)({word}|{forms.full}){_SPACE}([\d«„(][^\s]*)", text):
            if found[1] != fitted(word, found[2], forms):
                yield f"a preposition: {found[0]!r}"


def _agreement(text: str, language: str) -> Iterator[str]:
    wrong = _WRONG.get(language)
    for found in _NUMBER.finditer(text):
        number = int(re.sub(r"\D", "", found[1]))
        if wrong is not None and wrong(number, found[2], text[: found.start()]):
            yield f"agreement: {text[max(0, found.start() - 12) : found.end() + len(found[2])]!r}"


# Russian


@cache
def _morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


@cache
def _readings(word: str) -> tuple[tuple[str, str], ...]:
    """Return number and case of every reading; nothing when a reading is no noun or adjective."""
    parses = _morphology().parse(word)
    if any(p.tag.POS not in ("NOUN", "ADJF", "PRTF") for p in parses):
        return ()
    return tuple((p.tag.number or "", p.tag.case or "") for p in parses)


@cache
def _months() -> frozenset[str]:
    named = Locale.parse("ru").months["format"]["wide"]
    return frozenset(named.values())


def _wrong_in_russian(number: int, word: str, before: str) -> bool:
    readings = _readings(word) if word.islower() else ()
    if not readings or 1900 <= number < 2100 or word in _months():  # years and days
        return False
    one = number % 10 == 1 and number % 100 != 11
    few = number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)
    if _GENITIVE.search(before):
        return (("sing" if one else "plur"), "gent") not in readings
    if one:
        return not any(n == "sing" for n, _ in readings)
    many = any(n == "plur" for n, _ in readings)
    return not many and not (few and ("sing", "gent") in readings)


# Slovak and English: the nouns that the texts count


@cache
def _nouns(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the forms of counted nouns: of one, of few, of others (English: of others twice)."""
    forms: dict[str, set[str]] = {"one": set(), "few": set(), "other": set()}
    for key, entry in _entries("common", language).items():
        if key.startswith("phrases.") and not isinstance(entry, str):
            for category in forms:
                found = _COUNTED.search(entry.get(category, entry["other"]))
                if found:
                    forms[category].add(found[1])
    return frozenset(forms["one"]), frozenset(forms["few"]), frozenset(forms["other"])


_PART_OF = ("of ", "of\u00a0", "than ")
"""\"1 of 1 customers\" is good English."""


def _wrong_in_english(number: int, word: str, before: str) -> bool:
    one, _, other = _nouns("en")
    if number == 1:
        return word in other - one and not before.endswith(_PART_OF)
    return word in one - other


def _wrong_in_slovak(number: int, word: str, before: str) -> bool:
    one, few, other = _nouns("sk")
    if number == 1:
        return word in (few | other) - one
    if 2 <= number <= 4:
        return word in one - few - other
    return word in (one | few) - other


_WRONG: dict[str, Callable[[int, str, str], bool]] = {
    "ru": _wrong_in_russian, "en": _wrong_in_english, "sk": _wrong_in_slovak,
}  # fmt: skip
