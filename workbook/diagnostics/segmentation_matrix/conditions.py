"""Conditions of a rule, written in a cell: ``> 1000``, ``10-50``, ``yes``, ``trade; retail``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.cells import day_number
from workbook.diagnostics.names import word_key
from workbook.diagnostics.segmentation_matrix.attributes import NO, YES, Attribute, Measure
from workbook.language.lemmas import fold

Truths = npt.NDArray[np.int8]
TRUE, FALSE, UNKNOWN = np.int8(1), np.int8(0), np.int8(-1)

_OPERATORS = {">=": ">=", "=>": ">=", "≥": ">=", "<=": "<=", "=<": "<=", "≤": "<="}
_LEADING = re.compile(r"(>=|=>|<=|=<|≥|≤|>|<|=)\s*(.*)", re.DOTALL)
_STRAY = re.compile(r"[<>=≤≥]")
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009'](?=\d{3}(?!\d))")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_DOUBTFUL = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DAYS = (re.compile(r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)"),
         re.compile(r"(?P<d>\d\d?)\.\s?(?P<m>\d\d?)\.\s?(?P<y>\d{4})"))  # fmt: skip
_DASH = re.compile(r"\s*(?:\.\.\.?|…|–|—)\s*|(?<=[\d\s])-(?=[\d\s])")
_NOTHING = frozenset({"", "-", "–", "—"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One alternative of a condition."""

    sign: str
    """``>``, ``<``, ``>=``, ``<=``, ``=``, ``..`` (both ends included) or ``word``."""
    low: float = np.nan
    """The bound, the value or the lower end."""
    high: float = np.nan
    """Upper end of a range."""
    word: str = ""
    """Folded text."""


def is_blank(cell: str) -> bool:
    """Return whether a cell asks for nothing."""
    return cell.strip() in _NOTHING


def shown(cell: str) -> str:
    """Return a condition as tables show it: one space after its sign.

    >>> shown(" >1000 ")
    '> 1000'
    """
    parts = [" ".join(part.split()) for part in cell.split(";") if part.strip()]
    found = [_LEADING.fullmatch(part) for part in parts]
    return "; ".join(f"{m[1]} {m[2]}" if m else p for p, m in zip(parts, found, strict=True))


def parse(cell: str, measure: Measure, language: str) -> tuple[Comparison, ...] | None:
    """Return the alternatives of a condition, None when it cannot be read.

    Parameters
    ----------
    cell
        As written; alternatives are separated by ``;``.
    measure
        What the customers' column holds.
    language
        ``1,234`` is a thousand in English only, elsewhere it may be either and is not read.
    """
    parts = [part.strip() for part in cell.split(";") if part.strip()]
    tests = [_test(part, measure, language) for part in parts]
    known = tuple(test for test in tests if test is not None)
    return known if known and len(known) == len(tests) else None


def _test(part: str, measure: Measure, language: str) -> Comparison | None:
    leading = _LEADING.fullmatch(part)
    sign, rest = (leading[1], leading[2].strip()) if leading else ("", part)
    if not rest or (_STRAY.search(rest) and (sign or rest[-1] in "<>=≤≥")):
        return None
    if sign not in ("", "="):
        bound = _number(rest, _numeric(measure), language)
        ordered = measure is not Measure.TRUTH and bound is not None
        return Comparison(sign=_OPERATORS.get(sign, sign), low=bound or 0.0) if ordered else None
    if measure is Measure.TEXT:
        return Comparison(sign="word", word=word_key(rest))
    if measure is Measure.TRUTH:
        word = _folded(rest)
        return Comparison(sign="=", low=float(word in YES)) if word in YES | NO else None
    return _value(rest, measure, language)


def _value(text: str, measure: Measure, language: str) -> Comparison | None:
    """Return an equality or a range of numbers or days."""
    value = _number(text, measure, language)
    if value is not None:
        return Comparison(sign="=", low=value)
    ends = [_number(end.strip(), measure, language) for end in _DASH.split(text)]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] > ends[1]:
        return None
    return Comparison(sign="..", low=ends[0], high=ends[1])


def _numeric(measure: Measure) -> Measure:
    """Text may hold numbers in places: its comparisons are of numbers."""
    return Measure.DAY if measure is Measure.DAY else Measure.NUMBER


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


def _number(text: str, measure: Measure, language: str) -> float | None:
    if measure is Measure.DAY:
        return _day(text)
    bare = _SPACES.sub("", text.replace("\u2212", "-"))
    if language == "en" and _ENGLISH.fullmatch(bare):
        return float(bare.replace(",", ""))
    if _DOUBTFUL.fullmatch(bare):
        return None
    return float(bare.replace(",", ".")) if _PLAIN.fullmatch(bare) else None


def _day(text: str) -> float | None:
    for form in _DAYS:
        found = form.fullmatch(text)
        if found:
            try:
                return float(day_number(date(int(found["y"]), int(found["m"]), int(found["d"]))))
            except ValueError:
                return None
    return None


def truth(tests: Iterable[Comparison], attribute: Attribute) -> Truths:
    """Return 1 where one of the alternatives holds, 0 where none does, -1 where unknown."""
    held = np.zeros(len(attribute.words), dtype=bool)
    unknown = ~attribute.known
    for test in tests:
        if test.sign == "word":
            held |= attribute.words == test.word
            continue
        unknown |= np.isnan(attribute.values)
        held |= _compared(test, attribute)
    return np.where(held, TRUE, np.where(unknown, UNKNOWN, FALSE)).astype(np.int8)


def _compared(test: Comparison, attribute: Attribute) -> npt.NDArray[np.bool_]:
    values = attribute.values
    compared = {
        ">": values > test.low,
        "<": values < test.low,
        ">=": values >= test.low,
        "<=": values <= test.low,
        "=": values == test.low,
        "..": (values >= test.low) & (values <= test.high),
    }[test.sign]
    return np.asarray(compared, dtype=bool)


def on_bound(tests: Iterable[Comparison], attribute: Attribute) -> npt.NDArray[np.bool_]:
    """Return the customers exactly on a strict bound."""
    found = np.zeros(len(attribute.words), dtype=bool)
    for test in tests:
        if test.sign in ("<", ">"):
            found |= attribute.values == test.low
    return found


def either(first: Truths, second: Truths) -> Truths:
    """Return whether one of two holds, in three-valued logic."""
    held = (first == TRUE) | (second == TRUE)
    failed = (first == FALSE) & (second == FALSE)
    return np.where(held, TRUE, np.where(failed, FALSE, UNKNOWN)).astype(np.int8)
