"""What the cells of a column look like."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import BOOLEAN, DAY, NUMBER, PERCENT
from workbook.intake.cells.month_names import month_named
from workbook.language.languages import in_all
from workbook.language.nearest import plain

_ISO = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ].*)?")
_DAY = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?:\D.*)?")
_IN_WORDS = re.compile(
    r"(?:\d{1,2}[ .-]+[^\W\d_]{3,}\.?[ ,-]+\d{2,4}|[^\W\d_]{3,}\.? \d{1,2},? \d{4}).*"
)
_NUMBER = re.compile(r"[+-]?\(?\d[\d\s\u00a0\u202f.,'\u2019]*\)?")
_MONEY = re.compile(r"^[^\w+(-]{0,3}|\s*(?:%|[^\W\d_]{1,4}\.?|[₽€$£])$")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LABEL = re.compile(r"(?<![\d.,])(10|\d)(?![\d.,]\d|\d)")
_EMPTY_DAY = re.compile(
    r"(?:0000-00-00|0001-01-01|1970-01-01|1980-01-01|01\.01\.(?:0001|1970|1980)|1/1/(?:1970|1980))"
    r"(?:[T ].*)?"
)
_SERIALS = range(20_000, 73_415)
_DISTINCT = 400
_LONG = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a column holds; shares are of its filled cells."""

    rows: int = 0
    filled: int = 0
    distinct: int = 0
    unique: float = 0.0
    """Distinct values by filled cells."""
    days: float = 0.0
    serials: float = 0.0
    numbers: float = 0.0
    whole: float = 0.0
    scores: float = 0.0
    """Whole numbers 0-10."""
    fives: float = 0.0
    """Whole numbers 1-5."""
    labels: float = 0.0
    """Texts with one whole number 0-10 in them."""
    percent: float = 0.0
    mails: float = 0.0
    long: float = 0.0
    """Texts of several words, or long ones."""
    yes_no: float = 0.0
    highest: float = 0.0
    common: tuple[tuple[str, int], ...] = field(default=())
    """Values and how often, the commonest first; of very many the first ones."""
    order: str = ""
    """``dmy`` or ``mdy`` as the days show it, ``?`` when either may be, empty without such days."""
    sign: str = ""
    """What stands between the parts of such days."""
    example: str = ""

    @property
    def blank(self) -> float:
        """Share of rows without a value."""
        return 1 - self.filled / self.rows if self.rows else 1.0

    @property
    def words(self) -> float:
        """Share of cells that are neither numbers nor days."""
        return max(0.0, 1 - self.numbers - self.days)

    @property
    def values(self) -> tuple[str, ...]:
        """The distinct values."""
        return tuple(text for text, _ in self.common)


def profile_of(cells: Sequence[Cell], every: Sequence[str]) -> Profile:
    """Return what a column looks like.

    Parameters
    ----------
    cells
        The cells that are looked at one by one.
    every
        The texts of all its rows, for its distinct values.
    """
    filled = [cell for cell in cells if cell.text and not is_empty_day(cell.text)]
    n = len(filled)
    if not n:
        return Profile(rows=len(cells))
    said = Counter(text for text in every if text)
    order, sign = _order(filled)
    share = _shares(filled)
    return Profile(
        rows=len(cells),
        filled=n,
        distinct=len(said),
        unique=len(said) / sum(said.values()),
        days=share(is_day),
        serials=share(_is_serial),
        numbers=share(lambda cell: number_in(cell) is not None),
        whole=share(lambda cell: _whole(cell) is not None),
        scores=share(lambda cell: _within(cell, 0, 10)),
        fives=share(lambda cell: _within(cell, 1, 5)),
        labels=share(lambda cell: label_in(cell.text) is not None),
        percent=share(lambda cell: cell.kind == PERCENT or cell.text.endswith("%")),
        mails=share(lambda cell: bool(_MAIL.fullmatch(cell.text))),
        long=share(_is_long),
        yes_no=share(_is_yes_no),
        highest=max((value for c in filled if (value := number_in(c)) is not None), default=0.0),
        common=tuple(said.most_common(_DISTINCT)),
        order=order,
        sign=sign,
        example=filled[0].text,
    )


def is_empty_day(text: str) -> bool:
    """Return whether a text is a day that programs write where there is none.

    >>> is_empty_day("01.01.0001 0:00:00"), is_empty_day("01.01.2001")
    (True, False)
    """
    return bool(_EMPTY_DAY.fullmatch(text))


def _shares(cells: Sequence[Cell]) -> Callable[[Callable[[Cell], bool]], float]:
    return lambda holds: sum(map(holds, cells)) / len(cells)


def is_day(cell: Cell) -> bool:
    """Return whether a cell is a day, however it is written.

    >>> [is_day(Cell("t", text)) for text in ("11/03/2025 09:41 AM", "1 января 2025 г.", "12.5")]
    [True, True, False]
    """
    if cell.kind == DAY:
        return True
    return _is_day(cell.text) if len(cell.text) <= 60 else False


@lru_cache(maxsize=20_000)
def _is_day(text: str) -> bool:
    if _ISO.fullmatch(text):
        return True
    parts = _DAY.fullmatch(text)
    if parts:
        first, second = int(parts[1]), int(parts[3])
        return 0 < min(first, second) <= 12 and max(first, second) <= 31
    return bool(_IN_WORDS.fullmatch(text)) and month_word(text) is not None


def month_word(text: str) -> int | None:
    """Return the first month that a text names among other words.

    >>> month_word("за период: март 2025"), month_word("15 Nov 2025"), month_word("Score")
    (3, 11, None)
    """
    words = re.findall(r"[^\W\d_]{3,12}", text)
    return next((month for word in words if (month := month_named(word))), None)


def number_in(cell: Cell) -> float | None:
    """Return the rough value of a cell that is a number, without regard to its signs."""
    if cell.kind in (NUMBER, PERCENT):
        return float(cell.text)
    return _number(cell.text) if len(cell.text) <= 40 else None


@lru_cache(maxsize=50_000)
def _number(text: str) -> float | None:
    bare = text.strip()
    if not _NUMBER.fullmatch(bare):
        bare = _MONEY.sub("", bare).strip()
    if not _NUMBER.fullmatch(bare) or _ISO.fullmatch(bare) or _DAY.fullmatch(bare):
        return None
    digits = re.sub(r"[^\d.,]", "", bare)
    last = max(digits.rfind("."), digits.rfind(","))
    whole = re.sub(r"\D", "", digits if last < 0 else digits[:last])
    part = re.sub(r"\D", "", digits[last + 1 :]) if last >= 0 else ""
    if len(part) == 3 and whole and whole != "0":
        whole, part = whole + part, ""
    return float(f"{whole or 0}.{part or 0}")


def _whole(cell: Cell) -> int | None:
    value = number_in(cell)
    return int(value) if value is not None and value.is_integer() and abs(value) < 1e15 else None


def _within(cell: Cell, low: int, high: int) -> bool:
    value = _whole(cell)
    return value is not None and low <= value <= high and not cell.text.startswith("-")


def label_in(text: str) -> int | None:
    """Return the score 0-10 that stands beside words.

    >>> label_in("Extremely likely - 10"), label_in("10"), label_in("9 of 10")
    (10, None, 9)
    """
    if len(text) > 80 or not re.search(r"[^\W\d_]|/", text):
        return None
    found = _LABEL.findall(text)
    only = len(found) == 1 or (len(found) == 2 and found[1] == "10")
    return int(found[0]) if only and not is_day(Cell("t", text)) else None


def _is_serial(cell: Cell) -> bool:
    number = _whole(cell)
    return number is not None and number in _SERIALS  # None would be looked for one by one


def _is_long(cell: Cell) -> bool:
    """Return whether a cell says something: a word of Latin letters and digits is a code."""
    text = cell.text
    is_code = " " not in text and text.isascii()
    return number_in(cell) is None and (text.count(" ") >= 2 or (len(text) > _LONG and not is_code))


def _is_yes_no(cell: Cell) -> bool:
    return cell.kind == BOOLEAN or plain(cell.text) in _yes_no()


@lru_cache(maxsize=1)
def _yes_no() -> frozenset[str]:
    return frozenset(map(plain, (*in_all(lambda k: k.cells.yes), *in_all(lambda k: k.cells.no))))


def _order(cells: Iterable[Cell]) -> tuple[str, str]:
    """Return in which order the days of a column are written, and with which sign."""
    found = [m for cell in cells if cell.kind != DAY and (m := _DAY.fullmatch(cell.text))]
    if not found:
        return "", ""
    sign = Counter(match[2] for match in found).most_common(1)[0][0]
    pairs = [(int(match[1]), int(match[3])) for match in found]
    day_first, month_first = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    if day_first != month_first:
        return ("dmy" if day_first else "mdy"), sign
    if all(a == b for a, b in pairs):
        return "", sign
    return "?", sign
