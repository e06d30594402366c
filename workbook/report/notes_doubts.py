"""What a consultant may want to look at again: numbers unlike the report's, names not set apart.

Both are questions, told by ``check`` and in the manifest, never on a page.  A number is only taken
for a statement about a tile where it stands right beside the words of its label, and only doubted
where nothing in the sentence could make it another figure.  False alarms cost more than misses:
people stop reading.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workbook.language.catalog import Texts
from workbook.language.languages import language_of
from workbook.language.lemmas import lemmas
from workbook.language.masking import NameMask
from workbook.report.blocks import Tile
from workbook.report.figure_formats import CLAIMS, in_points

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n\s*\n|\n\s*(?:[-*#>|]|\d+\.)\s")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]?\d)")
_SYMBOLS = "£€$₽¥%"
_BETWEEN = re.compile(r"[\s:=(«»„“”\"'*~≈–—-]*")
_NAMING = ("group", "manager", "segment", "product", "parameter", "organisation", "wave", "label")
"""Fields whose texts tell of which part a sentence speaks."""
_TESTED = ("manager", "region")
"""Cuts whose groups are named only after a test: people and places."""
_GROUPS = "groups"
"""A sentence about one of these names it, and is not looked at."""
_LONGEST_LIST = 2_000
_WHOLE = 0.5
"""Half a unit of a whole number."""
_NEAR = 4 / 3
"""A count or sum that is further from the total than this may well be a part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as people write it."""

    value: float
    unit: str
    """``%``, ``money`` or empty."""
    half: float
    """Half a unit of its last written place."""

    def is_same(self, value: float) -> bool:
        """Return whether a value is this number at the precision it is written with."""
        return abs(self.value - value) <= self.half * (1 + 1e-6)

    def agrees(self, other: "Number") -> bool:
        """Return whether two written numbers are one at the coarser precision of both."""
        return abs(self.value - other.value) <= max(self.half, other.half) * (1 + 1e-6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A number in a text that is in the report with another value."""

    label: str
    """Of the tile."""
    stated: str
    told: str
    """What the tile says."""
    at: int
    """Where it stands in the text."""


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """What a result says, for texts to be held against.

    Parameters
    ----------
    data
        The result as its file has it.
    """

    data: Mapping[str, Any]
    tiles: Sequence[Tile]
    texts: Texts
    year: int
    """Of the engagement: a sentence about another year is not about its figures."""

    def stated(self, text: str) -> Iterator[Stated]:
        """Yield the numbers of a text that stand beside a label with another value."""
        for begin, sentence in _sentences(text):
            if self._speaks_of_a_part(sentence):
                continue
            for found in self._pattern.finditer(sentence):
                number = self._number(found)
                tile = number and self._doubted(sentence, found, number)
                if tile:
                    yield Stated(
                        label=tile.label,
                        stated=found[0].strip().rstrip("."),
                        told=tile.value,
                        at=begin + found.start(),
                    )

    def not_set_apart(self, text: str) -> list[str]:
        """Return the people and places that a text names and the data do not set apart."""
        there = (name for name in self._untold if _names(name, text, self.texts.language))
        return list(there)

    def _speaks_of_a_part(self, sentence: str) -> bool:
        others = (year[0] for year in _YEAR.finditer(sentence))
        if any(int(year) != self.year for year in others):
            return True
        return self._parts.without_names(sentence) != sentence

    def _doubted(self, sentence: str, found: re.Match[str], number: Number) -> Tile | None:
        before, after = sentence[: found.start()], sentence[found.end() :]
        for tile, told, head in self._told:
            counted = number.unit == told.unit and number.unit != "money"
            if number.unit != told.unit or not (
                self._ends_with(before, head) or (counted and self._begins_with(after, head))
            ):
                continue
            if number.agrees(told) or any(map(number.is_same, self._figures(told))):
                return None
            if self._is_total(told) and not 1 / _NEAR <= number.value / told.value <= _NEAR:
                return None
            return tile
        return None

    def _is_total(self, told: Number) -> bool:
        """Return whether a smaller number may be a part: of counts and sums, never of points."""
        return told.unit == "money" or (told.unit == "" and told.half == _WHOLE and told.value > 0)

    def _ends_with(self, text: str, head: Sequence[frozenset[str]]) -> bool:
        found = list(_WORD.finditer(text))
        if not found or not _BETWEEN.fullmatch(text, found[-1].end()):
            return False
        words = [word[0].casefold() for word in found]
        while words and words[-1] in self._between:
            words.pop()
        return self._same(words[-len(head) :], head)

    def _begins_with(self, text: str, head: Sequence[frozenset[str]]) -> bool:
        close = text[:1] in (" ", "\u00a0")
        words = [word[0].casefold() for word in _WORD.finditer(text)][: len(head)]
        return close and bool(_WORD.match(text.lstrip())) and self._same(words, head)

    def _same(self, words: Sequence[str], head: Sequence[frozenset[str]]) -> bool:
        return len(words) == len(head) and all(
            lemmas(word, self.texts.language) & of for word, of in zip(words, head, strict=True)
        )

    @cached_property
    def _told(self) -> list[tuple[Tile, Number, list[frozenset[str]]]]:
        """Tiles of one number, each with the words that its label begins with."""
        found = []
        for tile in self.tiles:
            whole = self._pattern.fullmatch(tile.value.strip())
            number = self._number(whole) if whole else None
            head = self._head(tile.label)
            if number is not None and head:
                found.append((tile, number, head))
        return found

    def _head(self, label: str) -> list[frozenset[str]]:
        """Return the dictionary forms of the first words of a label, up to what qualifies them."""
        links = {*self.texts("notes.qualifiers").split(), *self._between}
        words: list[frozenset[str]] = []
        for word in _WORD.finditer(re.split(r"[,;(]", label)[0]):
            if word[0].casefold() in links:
                break
            words.append(lemmas(word[0].casefold(), self.texts.language))
        return words

    @cached_property
    def _between(self) -> frozenset[str]:
        """Words that may stand between a label and its number."""
        return frozenset(self.texts("notes.between").split())

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        files = language_of(self.texts.language).files
        scales = "|".join(
            re.escape(word).replace(r"\*", r"\w*")
            for words in (files.thousand, files.million, files.billion)
            for word in sorted(words, key=len, reverse=True)
        )
        group = "," if files.decimal == "." else "."
        return re.compile(
            rf"(?<![\w.,/-])(?P<sign>[+\u2212-]?)(?P<before>[{_SYMBOLS}]?)"
            rf"(?P<whole>\d{{1,3}}(?:[ \u00a0\u202f{group}]\d{{3}})+|\d+)"
            rf"(?:[{re.escape(files.decimal)}](?P<part>\d+))?"
            rf"(?:[ \u00a0\u202f]?(?P<scale>(?:{scales}|[kKmM]|bn|B)(?!\w))\.?)?"
            rf"(?:[ \u00a0\u202f]?(?P<after>[{_SYMBOLS}]))?(?![\d])(?!\.\d)"
        )

    def _number(self, found: re.Match[str]) -> Number | None:
        whole = re.sub(r"\D", "", found["whole"])
        part = found["part"] or ""
        if not part and not found["scale"] and re.fullmatch(r"(19|20)\d\d", whole):
            return None
        times = self._times(found["scale"] or "")
        value = float(f"{whole}.{part or 0}") * times
        symbols = (found["before"] or "") + (found["after"] or "")
        unit = "%" if "%" in symbols else "money" if symbols or times > 1 else ""
        signed = -value if found["sign"] in ("-", "\u2212") else value
        return Number(value=signed, unit=unit, half=_WHOLE * times * 10.0 ** -len(part))

    def _times(self, scale: str) -> float:
        files = language_of(self.texts.language).files
        word = scale.casefold()
        for times, words, short in (
            (1e3, files.thousand, ("k",)),
            (1e6, files.million, ("m",)),
            (1e9, files.billion, ("b", "bn")),
        ):
            if word and (word in short or any(_is_like(word, one) for one in words)):
                return times
        return 1.0

    def _figures(self, told: Number) -> Iterable[float]:
        """Return what else of the kind of a tile the report says: the number may be that."""
        if told.unit == "" and told.half < _WHOLE:
            yield from in_points({k: v for k, v in self.data.items() if k != _GROUPS})
        for figure in self._claimed:
            if (told.unit == "" and told.half == _WHOLE) == isinstance(figure, int):
                yield figure * 100 if told.unit == "%" else figure

    @cached_property
    def _claimed(self) -> Sequence[float]:
        claims = [self.data.get("answer"), *self.data.get("tiles", ())]
        claims += self.data.get("findings", ())
        figures = (f for c in claims if c for f in c.get("figures", {}).values())
        return [f for f in figures if isinstance(f, int | float)]

    @cached_property
    def _parts(self) -> NameMask:
        names = {
            str(record[key])
            for record in _records({k: v for k, v in self.data.items() if k not in CLAIMS})
            for key in _NAMING
            if isinstance(record.get(key), str)
        }
        return NameMask(organisations=tuple(sorted(names)), language=self.texts.language)

    @cached_property
    def _untold(self) -> list[str]:
        """Names of people and places that were tested and not set apart in any cut."""
        told: dict[str, bool] = {}
        alpha = min((family["alpha"] for family in self.data.get("families", ())), default=0.0)
        for record in _records(self.data):
            cut, p = record.get("by", record.get("dimension")), record.get("p_holm")
            if cut in _TESTED and p is not None and record.get("group"):
                apart = p < alpha or record.get("differs") not in (False, "cannot_tell")
                name = str(record["group"])
                told[name] = told.get(name, False) or apart
        return [name for name, apart in told.items() if not apart]


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    begin = 0
    for end in _SENTENCE.finditer(text):
        yield begin, text[begin : end.start()]
        begin = end.end()
    yield begin, text[begin:]


def _is_like(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def _records(at: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(at, Mapping):
        yield at
        for part in at.values():
            yield from _records(part)
    elif isinstance(at, list) and len(at) <= _LONGEST_LIST:
        for part in at:
            yield from _records(part)


def _names(name: str, text: str, language: str) -> bool:
    mask = NameMask(organisations=(name,), language=language)
    return mask.without_names(text) != text
