"""What the comma and the point of a column of numbers mean: told by the column, never by a cell.

"10,700" is ten and seven tenths or ten thousand and seven hundred.  Only other cells tell: "12,5"
and "0,125" have decimals, "1.488,69" and "1.234.567" have thousands.  Without such a cell, or
with cells that contradict each other, the column cannot be read.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_NUMBER = re.compile(r"[+-]?(\d+)((?:[.,]\d+)*)")
_DECIMALS = re.compile(r"[+-]?\d+([.,])(?:\d\d?|\d{4,})")
_PART = re.compile(r"([.,])(\d+)")
_RARE = 20
"""So many times fewer cells with other decimals than with three are slips of the hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Separators:
    """The signs of a column."""

    decimal: str
    """``,`` or ``.``"""
    grouped: bool
    """The other sign, followed by three digits, sets thousands apart."""
    doubtful: frozenset[str] = frozenset()
    """Signs that, followed by three digits, can be read in two ways."""
    examples: tuple[str, ...] = ()
    """Cells that can be read in two ways, as written."""


def other_sign(sign: str) -> str:
    """Return the point for the comma and the comma for the point."""
    return "." if sign == "," else ","


def is_doubtful(bare: str) -> bool:
    """Return whether a number can be read in two ways: one sign, then three digits.

    Examples
    --------
    >>> [is_doubtful(text) for text in ("10,700", "0,125", "1234,567", "12,5", "1.234.567")]
    [True, False, False, False, False]
    """
    return bool(re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", bare))


def separators_of(numbers: Iterable[tuple[str, str]], *, own: str, spaced: bool) -> Separators:
    """Return what the signs of a column mean.

    Parameters
    ----------
    numbers
        Distinct cells: without currency, spaces and brackets, and as written.
    own
        Decimal sign of the language: of a column that has none, or both.
    spaced
        Thousands are declared to be set apart by something else than comma and point.
    """
    seen = _Seen()
    for bare, written in numbers:
        seen.add(bare, written)
    decimals = {sign for sign in ",." if seen.has_decimals(sign, spaced=spaced)}
    groups = {sign for sign in ",." if seen.groups[sign]}
    if len(decimals) == 1:
        (decimal,) = decimals
    elif len(groups) == 1 and not decimals:
        decimal = other_sign(*groups)
    else:
        decimal = own
    group = other_sign(decimal)
    sure = {decimal} if decimals == {decimal} and decimal not in groups else set()
    if group not in decimals and (group in groups or (sure and seen.leaves_groups(decimal, own))):
        sure.add(group)
    doubtful = frozenset(sign for sign in ",." if seen.doubtful[sign] and sign not in sure)
    return Separators(
        decimal=decimal,
        grouped=group in sure,
        doubtful=doubtful,
        examples=tuple(written for sign in doubtful for written in seen.doubtful[sign]),
    )


class _Seen:
    """What the cells of a column are evidence of, by sign."""

    def __init__(self) -> None:
        self.groups: Counter[str] = Counter()
        """Cells in which the sign can only set thousands apart."""
        self.plain: Counter[str] = Counter()
        """Cells in which it can only be the decimal sign: other than three digits follow."""
        self.strong: Counter[str] = Counter()
        """The same with three digits behind it: 0,125 and 1234,567."""
        self.doubtful: dict[str, list[str]] = {",": [], ".": []}

    def add(self, bare: str, written: str) -> None:
        """Take a cell into account."""
        decimals = _DECIMALS.fullmatch(bare)
        if decimals:
            self.plain[decimals[1]] += 1
            return
        found = _NUMBER.fullmatch(bare)
        parts = _PART.findall(found[2]) if found else []
        if not found or not parts:
            return
        signs = [sign for sign, _ in parts]
        last, digits = parts[-1]
        if len(parts) == 1:
            if is_doubtful(bare):
                self.doubtful[last].append(written)
            else:
                (self.strong if len(digits) == 3 else self.plain)[last] += 1
            return
        inner = parts if len(set(signs)) == 1 else parts[:-1]
        if len({sign for sign, _ in inner}) > 1 or not re.fullmatch(r"[1-9]\d{0,2}", found[1]):
            return
        if all(len(group) == 3 for _, group in inner):
            self.groups[inner[0][0]] += 1
            if inner is not parts:
                self.plain[last] += 1

    def has_decimals(self, sign: str, *, spaced: bool) -> bool:
        """Return whether the sign is a decimal sign in this column."""
        if self.strong[sign] or (spaced and self.doubtful[sign]):
            return True
        return self.plain[sign] * _RARE >= max(1, len(self.doubtful[sign]))

    def leaves_groups(self, decimal: str, own: str) -> bool:
        """Return whether the other sign can only set thousands apart: "1,234" beside "12.50".

        Not where decimals are written with three digits, for then it may be a second decimal sign;
        nor where a few cells speak against the language's own decimal sign.
        """
        group = other_sign(decimal)
        few = self.plain[decimal] * _RARE < len(self.doubtful[group])
        return not self.strong[decimal] and not (few and group == own)
