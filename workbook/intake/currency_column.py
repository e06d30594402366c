"""A column beside the amounts that says in which currency they are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from babel.core import get_global

from workbook.errors import Problem
from workbook.intake.problems import copied, error, shown
from workbook.intake.raw_table import RawTable
from workbook.intake.rows.row_choice import keys_of
from workbook.intake.toml_line import where_line
from workbook.language.nearest import plain

_HEADING = re.compile(r"(?:валют[аыеу]|currency|curr|mena|meny|měna|měny)", re.IGNORECASE)
_OTHER = re.compile(r"сумм|курс|amount|rate|kurz|suma|value|total|итог", re.IGNORECASE)
_NAMES: Mapping[str, tuple[str, ...]] = {
    "RUB": ("руб", "руб.", "р", "р.", "₽", "rub", "rur", "643", "810", "рубль", "рубли", "рублей",
            "российский рубль", "российские рубли", "russian ruble", "ruble", "rubel", "росс. руб"),
    "EUR": ("€", "eur", "euro", "euros", "978", "евро", "eura", "eurá", "eur."),
    "USD": ("$", "usd", "us$", "us dollar", "dollar", "dollars", "840", "доллар", "доллары",
            "долл", "долл.", "доллар сша", "доллары сша", "dolár", "americký dolár", "usd $"),
    "CZK": ("kč", "kc", "czk", "203", "чешская крона", "чешские кроны", "česká koruna", "kč."),
    "GBP": ("£", "gbp", "826", "pound", "pounds", "фунт", "фунт стерлингов", "libra"),
    "KZT": ("₸", "kzt", "398", "тенге", "тг", "тнг"),
    "BYN": ("byn", "933", "бел. руб", "бел.руб.", "белорусский рубль", "br"),
    "UAH": ("₴", "uah", "980", "грн", "грн.", "гривна", "гривны"),
    "CNY": ("¥", "cny", "156", "юань", "юани", "yuan", "rmb"),
    "PLN": ("zł", "pln", "985", "злотый", "zlotý"),
    "HUF": ("ft", "huf", "348", "форинт", "forint"),
    "CHF": ("chf", "756", "франк", "швейцарский франк"),
    "TRY": ("try", "949", "₺", "лира", "турецкая лира"),
    "AMD": ("amd", "051", "драм"), "GEL": ("gel", "981", "лари"),
    "UZS": ("uzs", "860", "сум"), "KGS": ("kgs", "417", "сом"),
}  # fmt: skip
_CODES = {plain(name).strip("."): code for code, names in _NAMES.items() for name in names}
_CODE = re.compile(r"(?<![^\W\d_])[A-Z]{3}(?![^\W\d_])")
_STEMS = {"белорус": "BYN", "бел.руб": "BYN", "руб": "RUB", "российск": "RUB", "росс.": "RUB",
          "доллар": "USD", "американскийдоллар": "USD", "usdollar": "USD", "евро": "EUR",
          "euro": "EUR", "чешск": "CZK", "českákor": "CZK", "korunačesk": "CZK",
          "тенге": "KZT", "казахстанск": "KZT", "гривн": "UAH", "юан": "CNY", "китайск": "CNY",
          "фунт": "GBP", "злот": "PLN", "americkýdol": "USD"}  # fmt: skip
"""Beginnings of the names of currencies."""
_MOST = 30
_MOSTLY = 0.8


def currency_of(text: str) -> str:
    """Return the code of a currency as clients write it, or nothing.

    >>> currency_of("руб."), currency_of("US$"), currency_of("643"), currency_of("Moscow")
    ('RUB', 'USD', 'RUB', '')
    """
    word = plain(text).strip(".")
    if word in _CODES:
        return _CODES[word]
    known: Mapping[str, object] = get_global("all_currencies")
    codes: set[str] = {code for code in _CODE.findall(text.upper()) if code in known}
    if len(codes) == 1:
        return codes.pop()
    return next((code for stem, code in _STEMS.items() if word.startswith(stem)), "")


def currency_problems(
    raw: RawTable,
    amounts: Sequence[int],
    extra: Sequence[int],
    *,
    table: str,
    own: str,
    where: Mapping[str, object],
) -> tuple[list[Problem], list[int]]:
    """Return what is wrong with the currencies of the rows with amounts, and their columns.

    ``amounts`` are the columns of money, ``extra`` those that the table does not read, ``own``
    is the currency of the engagement.
    """
    amounts = [index for index in amounts if not _names(raw.headings[index], own)]
    columns = [index for index in extra if _is_currency(raw, index)] if amounts else []
    problems: list[Problem] = []
    for index in columns:
        said = _problem(raw, index, amounts, table=table, own=own, where=where)
        problems += [said] if said else []
    return problems[:1], columns


def _names(heading: str, own: str) -> bool:
    """Return whether a heading says that its amounts are in a currency: "Сумма, руб."."""
    return any(currency_of(word) == own for word in re.findall(r"[^\s,;()/]+", heading))


def _is_currency(raw: RawTable, index: int) -> bool:
    heading = raw.headings[index]
    words = re.findall(r"\w+", heading)
    if not any(_HEADING.fullmatch(word) for word in words):
        return False
    texts = keys_of(raw, index)[1]
    filled = [text for text in texts if text]
    if len(texts) > _MOST or not filled:
        return False
    known = sum(bool(currency_of(text)) for text in filled)
    return known >= _MOSTLY * len(filled) or (known > 0 and not _OTHER.search(heading))


def _problem(
    raw: RawTable,
    index: int,
    amounts: Sequence[int],
    *,
    table: str,
    own: str,
    where: Mapping[str, object],
) -> Problem | None:
    codes, texts, _ = keys_of(raw, index)
    counts = np.bincount(codes[_has_amount(raw, amounts)], minlength=len(texts))
    found = {text: int(n) for text, n in zip(texts, counts, strict=True) if n}
    by_code: dict[str, int] = {}
    for text, n in found.items():
        code = currency_of(text) or text or "–"
        by_code[code] = by_code.get(code, 0) + n
    foreign = [code for code in by_code if code not in (own, "–")]
    if not foreign:
        return None
    place = replace(raw.column_place(index), row=_first_row(raw, index, own))
    if len(by_code) == 1:
        return error("other_currency", place, found_all=shown(foreign[0]), own=own)
    kept = (
        own if own in by_code else "–" if "–" in by_code else max(by_code, key=by_code.__getitem__)
    )
    texts_kept = [text for text in found if (currency_of(text) or text or "–") == kept]
    rule = texts_kept[0] if len(texts_kept) == 1 else texts_kept
    values = ", ".join(f"{shown(code)} {n}" for code, n in sorted(by_code.items()))
    line = where_line({**where, copied(raw.headings[index]): rule})
    return error("several_currencies", place, values=values, own=own, table=table, line=line)


def _has_amount(raw: RawTable, amounts: Sequence[int]) -> "np.typing.NDArray[np.bool_]":
    filled = np.zeros(len(raw.rows), dtype=bool)
    for index in amounts:
        filled |= ~raw.is_blank(index)
    return filled


def _first_row(raw: RawTable, index: int, own: str) -> int:
    """Return the first row with another currency than the engagement's."""
    codes, texts, _ = keys_of(raw, index)
    other = np.array([bool(text) and currency_of(text) != own for text in texts])
    return int(raw.rows[np.flatnonzero(other[codes])[0]])
