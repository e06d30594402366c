"""Units in headings: "Годовая выручка, тыс. руб." is annual revenue in thousands of roubles.

A heading is read apart: what the column is, in which multiple its amounts are written and in which
currency.  Only what cannot mean anything else is taken for a unit: a lone "m" is asked about, and
the Slovak preposition "k" ("tržby k 31.12.") is none.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from workbook.language.languages import in_all, word_pattern

THOUSAND, MILLION, BILLION = 10**3, 10**6, 10**9

_CURRENCIES = {
    r"₽|руб(?:\.|л\w*)?|р\.|rub|rur": ("RUB", "BYN"),
    r"€|eur|euro|евро|eurách": ("EUR",),
    r"us\$|\$|usd|долл\w*\.?": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
    r"£|gbp": ("GBP", "GIP"),
    r"kč|czk": ("CZK",),
    r"zł|pln": ("PLN",),
    r"грн\.?|₴|uah": ("UAH",),
    r"₸|тенге|тг\.?|kzt": ("KZT",),
    r"byn": ("BYN",),
    r"chf": ("CHF",),
    r"ft|huf": ("HUF",),
    r"¥|jpy|cny": ("JPY", "CNY"),
    r"₺": ("TRY",),
    r"₹|inr": ("INR",),
    r"₾|gel": ("GEL",),
    r"aed": ("AED",),
    r"sek": ("SEK",),
    r"nok": ("NOK",),
    r"dkk": ("DKK",),
    r"ron": ("RON",),
    r"amd": ("AMD",),
    r"kgs": ("KGS",),
    r"uzs": ("UZS",),
}
"""Spellings of a currency -> the ISO codes that it may mean."""
MONEY = "(?:" + "|".join(_CURRENCIES) + ")"
"""Pattern of a currency as headings and cells write it."""
_START, _STOP = r"(?<![^\W_])", r"(?![^\W_])"
_LAST = r"(?=\s*(?:$|[)\],;/]))"
"""A single letter is a unit where the heading or its bracket ends, or beside a currency."""
_THOUSAND = word_pattern(in_all(lambda language: language.files.thousand))
_MILLION = word_pattern(in_all(lambda language: language.files.million))
_BILLION = word_pattern(in_all(lambda language: language.files.billion))
_UNITS: tuple[tuple[int, str], ...] = (
    (
        THOUSAND,
        rf"{_START}(?:{_THOUSAND}){_STOP}\.?"
        rf"|{_START}т\.\s?(?:руб\w*|р){_STOP}\.?"
        rf"|{_START}k\s?(?={MONEY}{_STOP})|{_START}к\s?(?=₽)"
        rf"|(?<=[€$£₽])\s?k{_LAST}|{_START}k{_LAST}"
        rf"|{_START}[tт]\s?(?=(?:€|eur){_STOP})"
        rf"|['\u2019\u00b4`]000s?{_STOP}|{_START}(?<!\d[ .,])000s{_STOP}"
        rf"|{_START}(?<!\d[ .,])000\s?(?={MONEY}{_STOP})"
        rf"|(?:{_START}(?:in|v|в)\s+|[x×*х]\s*)1[ .,]?000{_STOP}"
        rf"|{_START}(?<!\d[ .,])1[ .,]?000\s?(?={MONEY}{_STOP})",
    ),
    (
        MILLION,
        rf"{_START}(?:{_MILLION}){_STOP}\.?"
        rf"|{_START}mm?\s?(?={MONEY}{_STOP})|(?<=[€$£₽])\s?mm?{_LAST}"
        rf"|{_START}(?<=rub |eur |usd |gbp |czk )mm?{_LAST}",
    ),
    (
        BILLION,
        rf"{_START}(?:{_BILLION}){_STOP}\.?",
    ),
)
_FLAGS = re.IGNORECASE
_PATTERNS = tuple((factor, re.compile(text, _FLAGS)) for factor, text in _UNITS)
_UNCLEAR = re.compile(rf"{_START}[mtтм]{_LAST}", _FLAGS)
_ANY_MONEY = re.compile(rf"(?<![^\W\d_]){MONEY}{_STOP}", _FLAGS)
_EMPTY = re.compile(r"[(\[]\s*(?:in|v|в|of)?[\s.,]*[)\]]", _FLAGS)
_ENDS = re.compile(
    r"^[\s,.;:/()\[\]\u2013\u2014-]+"
    r"|(?:[\s,.;:/(\[\u2013\u2014-]+(?:in|of|v|vo|в))*[\s,.;:/(\[\u2013\u2014-]*$",
    _FLAGS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingUnit:
    """A heading of money read apart."""

    name: str
    """What is left when unit and currency are gone."""
    factor: int | None
    """What its amounts are to be multiplied by; 1 where it names no multiple, None where what it
    names may be one or another."""
    said: str
    """The words of the multiple, as written; "" without one."""
    currencies: tuple[str, ...]
    """ISO codes that its currency may mean; empty where it names none."""


@lru_cache(maxsize=4096)
def heading_unit(heading: str) -> HeadingUnit:
    """Return a heading read apart.

    Examples
    --------
    >>> found = heading_unit("Годовая выручка, тыс. руб.")
    >>> found.name, found.factor, found.currencies[0]
    ('Годовая выручка', 1000, 'RUB')
    >>> heading_unit("Ročné tržby (mil. €)").factor, heading_unit("Tržby k 31.12.2025").factor
    (1000000, 1)
    >>> heading_unit("Amount, m").factor is None
    True
    """
    text = unicodedata.normalize("NFKC", heading).replace("_", " ")
    hits = [(factor, hit) for factor, what in _PATTERNS for hit in what.finditer(text)]
    factors = {factor for factor, _ in hits}
    unclear = None if hits else _UNCLEAR.search(text)
    spans = [unclear] if unclear else [hit for _, hit in hits]
    bare = text
    for hit in spans:
        bare = bare[: hit.start()] + " " * len(hit[0]) + bare[hit.end() :]
    codes = [_codes(hit[0]) for hit in _ANY_MONEY.finditer(_apart(text, spans))]
    factor: int | None = 1
    if factors or unclear:
        factor = factors.pop() if len(factors) == 1 else None
    return HeadingUnit(
        name=_tidy(_ANY_MONEY.sub(" ", bare)),
        factor=factor,
        said=", ".join(dict.fromkeys(hit[0].strip() for hit in spans)),
        currencies=codes[0] if codes else (),
    )


def _apart(text: str, spans: "list[re.Match[str]]") -> str:
    """Return the text with a space after every unit, so that "kEUR" shows its currency."""
    for hit in sorted(spans, key=lambda h: -h.end()):
        text = text[: hit.end()] + " " + text[hit.end() :]
    return text


def currency_codes(words: str) -> tuple[str, ...]:
    """Return the ISO codes that the currency in a few words may mean, () without one.

    >>> currency_codes("руб."), currency_codes("\u00a0€"), currency_codes("шт.")
    (('RUB', 'BYN'), ('EUR',), ())
    """
    found = _ANY_MONEY.search(unicodedata.normalize("NFKC", words))
    return _codes(found[0]) if found else ()


def _codes(word: str) -> tuple[str, ...]:
    return next(c for p, c in _CURRENCIES.items() if re.fullmatch(p, word, _FLAGS))


def _tidy(text: str) -> str:
    """Return a heading without empty brackets and without what led to a unit."""
    text = re.sub(r"\s+", " ", _EMPTY.sub(" ", text)).strip()
    return _ENDS.sub("", text).strip()
