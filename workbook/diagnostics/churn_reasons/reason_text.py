"""The words of the data turned into reasons: known ones by id, others under their own words."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from workbook.diagnostics.churn_reasons.reasons_result import MendedReason, UnknownReason
from workbook.diagnostics.churn_reasons.taxonomy import KnownReason, Taxonomy
from workbook.language.languages import in_all, word_pattern
from workbook.language.lemmas import bare

_PARTS = re.compile(r"[;\n]")
_SIGNS = r",/\\+&|•"
"""Signs that join reasons, besides the semicolon and the new line."""
_AND = word_pattern(in_all(lambda language: language.text.reason_joints))
_JOINTS = re.compile(rf"[{_SIGNS}]|\s(?:{_AND})\s", re.IGNORECASE)
_SIGN = re.compile(rf"[{_SIGNS}]")
_MOST_JOINED = 4
"""Pieces between signs that may together be the name of one reason."""
_FEW_WORDS = 4
"""A reason of a list has no more words; longer ones are sentences with commas."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Named:
    """The reasons of each row of a column."""

    lists: tuple[tuple[str, ...], ...]
    """Ids (folded words where not known), each once, in the order given."""
    spelling: dict[str, str]
    """First spelling of words the taxonomy does not know, by their folded form."""
    slips: tuple[tuple[str, str, int], ...]
    """Typing slips: first spelling, id of the reason meant, rows."""

    def mended(self, label: Callable[[str], str], *, column: str) -> list[MendedReason]:
        """Return the typing slips with the reason that each is counted under."""
        return [
            MendedReason(found=found, reason=reason, counted_as=label(reason), n=n, column=column)
            for found, reason, n in self.slips
        ]

    def unknown(self, taxonomy: Taxonomy, *, language: str, column: str) -> list[UnknownReason]:
        """Return the words that the taxonomy does not know, most frequent first."""
        counts = Counter(name for names in self.lists for name in names if name in self.spelling)
        return [
            UnknownReason(
                given=self.spelling[name],
                n=n,
                nearest=taxonomy.nearest(name, language),
                column=column,
            )
            for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ]


def parts(cell: str) -> list[str]:
    """Return the reasons of a cell; empty parts are nothing.

    >>> parts("price; ;rudeness;")
    ['price', 'rudeness']
    """
    return [part.strip() for part in _PARTS.split(cell) if bare(part)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One reason as a cell gives it."""

    text: str
    known: KnownReason | None
    """The reason of the taxonomy; None where it has none such."""
    slip: bool = False
    """Known by a typing slip only."""


def given(cell: str, taxonomy: Taxonomy) -> list[Given]:
    """Return the reasons of a cell.

    Words between semicolons are first looked up whole, so that a reason may have a comma in its
    name.  Else they are several reasons where a sign or a word joins them and every one is known,
    or where the taxonomy's ``split`` says that this sign separates.
    """
    return [one for part in parts(cell) for one in _of_part(part, taxonomy)]


def _of_part(part: str, taxonomy: Taxonomy) -> list[Given]:
    found = taxonomy.find(part)
    if found is not None:
        return [Given(text=part, known=found)]
    if not taxonomy.split:
        return _joined(part, taxonomy)
    pieces = _pieces(part, _separator(taxonomy.split), lambda words: _single(words, taxonomy))
    told = ([one] if one.known else _joined(one.text, taxonomy) for one in pieces)
    return [one for several in told for one in several]


def _joined(part: str, taxonomy: Taxonomy) -> list[Given]:
    """Return the reasons of words that no option separates: several only if all are known."""
    exact = _pieces(part, _JOINTS, lambda words: Given(text=words, known=taxonomy.find(words)))
    if all(one.known for one in exact):
        return exact
    whole = _single(part, taxonomy)
    if whole.known:
        return [whole]
    near = _pieces(part, _JOINTS, lambda words: _single(words, taxonomy))
    return near if all(one.known for one in near) else [whole]


def _single(words: str, taxonomy: Taxonomy) -> Given:
    found = taxonomy.find(words)
    meant = taxonomy.meant(words) if found is None else None
    return Given(text=words, known=found or meant, slip=meant is not None)


def _called(one: Given, taxonomy: Taxonomy) -> str:
    """Return the words of a reason as reports show them."""
    verbatims = taxonomy.verbatims
    return verbatims.masked(one.text) if one.known else verbatims.label(one.text)


def _separator(split: str) -> re.Pattern[str]:
    """Return what separates: any sign and any whole word of the option."""
    signs = "".join(c for c in split if not (c.isalnum() or c.isspace()))
    words = [rf"(?<!\w){word}(?!\w)" for word in re.findall(r"[^\W_]+", split)]
    return re.compile("|".join([*([f"[{re.escape(signs)}]"] if signs else []), *words]), re.I)


def _pieces(part: str, joint: re.Pattern[str], look: Callable[[str], Given]) -> list[Given]:
    """Return words cut at some of their joints: fewest unknown pieces, then fewest pieces."""
    joints = list(joint.finditer(part))
    starts = [0, *(found.end() for found in joints)]
    ends = [*(found.start() for found in joints), len(part)]
    spans = [(a, b) for a, b in zip(starts, ends, strict=True) if bare(part[a:b])]
    best: list[tuple[int, int, list[Given]]] = [(0, 0, [])]
    for first in range(len(spans) - 1, -1, -1):
        ways = []
        for last in range(first, min(first + _MOST_JOINED, len(spans))):
            one = look(part[spans[first][0] : spans[last][1]].strip())
            unknown, pieces, rest = best[len(spans) - 1 - last]
            if one.known or last == first:
                ways.append((unknown + (one.known is None), pieces + 1, [one, *rest]))
        best.append(min(ways, key=lambda way: way[:2]))
    return best[-1][2]


def joining_sign(text: str) -> str:
    """Return the sign that seems to join several reasons in words that are not known; "" of none.

    >>> joining_sign("packaging, opening hours"), joining_sign("packaging")
    (',', '')
    """
    pieces = [piece for piece in _SIGN.split(text) if bare(piece)]
    several = len(pieces) > 1 and all(len(piece.split()) <= _FEW_WORDS for piece in pieces)
    found = _SIGN.search(text) if several else None
    return found[0] if found else ""


def named(cells: "Sequence[str] | pd.Series[str]", taxonomy: Taxonomy) -> Named:
    """Return the reasons of a column of lists; see :func:`given`.

    Words within a typing slip of one known reason are that reason.
    """
    meaning: dict[str, tuple[str, ...]] = {}
    spelling: dict[str, str] = {}
    slips: dict[str, tuple[str, str]] = {}
    slips_of: dict[str, set[str]] = {}
    for cell in sorted(set(cells)):
        found = []
        for one in given(cell, taxonomy):
            words = _called(one, taxonomy)
            name = bare(words) or words
            if one.known is None:
                spelling.setdefault(name, words)
            elif one.slip:
                slips.setdefault(name, (words, one.known.id))
                slips_of.setdefault(cell, set()).add(name)
            found.append(name if one.known is None else one.known.id)
        meaning[cell] = tuple(dict.fromkeys(found))
    counts = Counter(name for cell in cells for name in slips_of.get(cell, ()))
    return Named(
        lists=tuple(meaning[cell] for cell in cells),
        spelling=spelling,
        slips=tuple(
            (*slips[name], n)
            for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
    )
