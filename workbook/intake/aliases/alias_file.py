"""``aliases.csv`` beside engagement.toml: what customers, managers and the like were called before.

One name a row: its kind, as it was, as it is.  Headings and kinds may be in any language, and the
file is decoded and split as the client's tables are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workbook.errors import InputError, Location, Problem
from workbook.intake.files.csv_lines import read_lines, without_controls
from workbook.intake.files.encoding import decode
from workbook.intake.files.plain_file import is_there, read_plain
from workbook.intake.heading_lookup import HeadingLookup
from workbook.intake.problems import UNSEEN, copied, error, few_of_each
from workbook.intake.schema import TableSchema
from workbook.intake.schema_files import schema_of
from workbook.language.nearest import nearest, plain
from workbook.language.package_data import templates
from workbook.language.spelling import id_keys, spelling_key

ALIASES = "aliases.csv"
HEADINGS = "kind,old,new"
"""Its first row."""
MOST_ALIASES = 10_000
KINDS = ("customer", "manager", "product", "segment", "item")
_CODES = ("customer", "item")
"""Kinds that are called by codes, in which no space counts."""
_COLUMNS = ("kind", "old", "new")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One line: what was called ``old`` is called ``new``."""

    kind: str
    old: str
    new: str
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aliases:
    """What one engagement says of names, and what is wrong with it."""

    lines: tuple[Alias, ...] = ()
    problems: tuple[Problem, ...] = ()

    def names(self, kind: str) -> Mapping[str, str]:
        """Return the key of every old name of a kind -> its name now, chains followed.

        Examples
        --------
        >>> said = Aliases(lines=(Alias(kind="manager", old="A", new="B"),
        ...                       Alias(kind="manager", old="B", new="C")))
        >>> dict(said.names("manager"))
        {'a': 'C', 'b': 'C'}
        """
        next_one = {alias_key(kind, a.old): a.new for a in self.lines if a.kind == kind}
        return MappingProxyType({key: _end(kind, key, next_one) for key in next_one})


NO_ALIASES = Aliases()


def alias_key(kind: str, text: str) -> str:
    """Return what the spellings of a name of a kind have in common.

    >>> alias_key("customer", "77 08"), alias_key("item", "3,4"), alias_key("manager", "Ann  B.")
    ('7708', '3.4', 'annb')
    """
    if kind == "item":
        return id_keys([plain(text).replace(",", ".")])[0].rstrip(".")
    return id_keys([text])[0] if kind in _CODES else spelling_key(text)


def _end(kind: str, key: str, next_one: Mapping[str, str]) -> str:
    """Return the last name of a chain; in a circle, which is refused, the one before it closes."""
    seen = {key}
    name = next_one[key]
    while (at := alias_key(kind, name)) in next_one and at not in seen:
        seen.add(at)
        name = next_one[at]
    return name


def read_aliases(folder: Path, language: str = "en") -> Aliases:
    """Return the aliases of an engagement; none where it has no such file.

    Bad content never raises: it is among the problems, and its line is left out.

    Parameters
    ----------
    language
        Of the engagement: its code pages are tried first.
    """
    if not is_there(folder, ALIASES):
        return NO_ALIASES
    try:
        return _parsed(read_plain(folder, ALIASES), language)
    except InputError as failure:
        return Aliases(problems=failure.problems)


@cache
def alias_schema() -> TableSchema:
    """Return the headings and kinds of the file, in every language."""
    return schema_of(templates() / ALIASES.replace(".csv", ".yaml"))


def _parsed(data: bytes, language: str) -> Aliases:
    place = Location(file=ALIASES)
    lookup = HeadingLookup(alias_schema(), {}, language)
    kinds = _kind_of_word()

    def known_in_head(text: str) -> int:
        cells = text[:5000].replace('"', " ").replace(";", ",").replace("\n", ",").split(",")
        words = [cell.strip() for cell in cells if not cell.isascii()]
        return lookup.count(words) + sum(plain(word) in kinds for word in words)

    decoded = decode(data, language=language, declared="", place=place, headings=known_in_head)
    if decoded.text is None:
        return Aliases(problems=tuple(decoded.problems))
    text, removed = without_controls(decoded.text, place)
    lines = read_lines(text, place=place, declared="", headings=lookup.count)
    if lines.problems or not lines.records:
        return Aliases(problems=tuple(lines.problems))
    at = _positions(lines.records[0], lookup)
    if at is None:
        found = ", ".join(map(str.strip, lines.records[0]))
        where = Location(file=ALIASES, row=lines.rows[0])
        expected = ", ".join(lookup.heading(name) for name in _COLUMNS)
        return Aliases(problems=(error("aliases_headings", where, found, expected=expected),))
    said = [
        _line(record, row, at=at, kinds=kinds, language=language)
        for record, row in zip(lines.records[1:], lines.rows[1:], strict=True)
    ]
    read = [one for one in said if isinstance(one, Alias)]
    problems = [*removed, *(one for one in said if isinstance(one, Problem))]
    if len(said) > MOST_ALIASES:
        return Aliases(problems=(error("aliases_too_many", place, most=MOST_ALIASES),))
    good, wrong = _consistent(read)
    return Aliases(lines=tuple(good), problems=tuple(few_of_each([*problems, *wrong])))


def _positions(headings: Sequence[str], lookup: HeadingLookup) -> Mapping[str, int] | None:
    found = {name: at for at, cell in enumerate(headings) if (name := lookup(cell.strip()))}
    return found if found.keys() >= set(_COLUMNS) else None


def _line(
    record: Sequence[str],
    row: int,
    *,
    at: Mapping[str, int],
    kinds: Mapping[str, str],
    language: str,
) -> Alias | Problem:
    """Return what a line says, or what is wrong with it."""
    place = Location(file=ALIASES, row=row)
    kind, old, new = (
        copied(record[at[name]]) if at[name] < len(record) else "" for name in _COLUMNS
    )
    if not (kind and old and new):
        return error("aliases_blank", place)
    if plain(kind) not in kinds:
        words = alias_schema().column("kind").choice_words(language)
        facts = {"nearest": nearest(kind, kinds), "known": ", ".join(words[one] for one in KINDS)}
        return error("aliases_kind", place, kind, **facts)
    return Alias(kind=kinds[plain(kind)], old=old, new=new, row=row)


@cache
def _kind_of_word() -> Mapping[str, str]:
    choices = alias_schema().column("kind").choices or {}
    return {plain(form): kind for kind, forms in choices.items() for form in forms}


def _consistent(lines: Sequence[Alias]) -> tuple[list[Alias], list[Problem]]:
    """Return the lines that hold together: one new name for an old one, and no circle."""
    first: dict[tuple[str, str], Alias] = {}
    problems: list[Problem] = []
    for one in lines:
        key = one.kind, alias_key(one.kind, one.old)
        known = first.setdefault(key, one)
        if known.new != one.new:
            facts = {"other": known.new, "line": known.row, "old": one.old}
            problems.append(
                error("aliases_two_news", Location(file=ALIASES, row=one.row), one.new, **facts)
            )
    good = list(first.values())
    for one in good:
        if _comes_back(one, first):
            place = Location(file=ALIASES, row=one.row)
            problems.append(error("aliases_circle", place, f"{one.old} -> {one.new}"))
    return ([] if problems else good), problems


def _comes_back(one: Alias, first: Mapping[tuple[str, str], Alias]) -> bool:
    """Return whether the chain from a line leads back to its old name (a respelling does not)."""
    begin = one.kind, alias_key(one.kind, one.old)
    seen = {begin}
    at = one.kind, alias_key(one.kind, one.new)
    if at == begin:
        return False
    while at in first and at not in seen:
        seen.add(at)
        step = one.kind, alias_key(one.kind, first[at].new)
        if step == at:
            return False
        at = step
    return at == begin


def alias_line(kind: str, old: str, new: str, language: str) -> str:
    """Return a line of the file, as a remedy tells it.

    >>> alias_line("manager", "Tom; Ashworth", "T. Ashworth", "en")
    'manager,"Tom; Ashworth",T. Ashworth'
    """
    word = alias_schema().column("kind").choice_words(language)[kind]
    return ",".join((word, _quoted(old), _quoted(new)))


def _quoted(text: str) -> str:
    text = UNSEEN.sub("", text)
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',;"\t|') else text
