"""Lines of statements: what a code means in which form and year, and what must add up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from workbook.language.languages import in_all, word_pattern
from workbook.language.nearest import nearest, plain

FULL, SIMPLIFIED = "full", "simplified"
NEVER_NEGATIVE = "plus"
EXPENSE = "minus"
_LINE = word_pattern(in_all(lambda language: language.deals.statement_line))
_CODE = re.compile(rf"(?:{_LINE})?\.?(\d{{4}})(?:\.0)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineName:
    """One line."""

    name: str
    label: Mapping[str, str]
    sign: str
    """``plus``: never negative; ``minus``: an expense, written as a negative; ``any``."""
    growth: bool
    """Shown in the growth table."""
    aliases: tuple[str, ...]
    wanted: str = ""
    """``more`` where growth is good news, ``less`` where it is bad; empty where it depends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What must add up."""

    total: str
    parts: tuple[str, ...]
    exhaustive: bool
    """Details of a section: some of them are often not given."""


@dataclass(frozen=True, kw_only=True)
class LineMap:
    """Names of lines, their codes by form and first year, and identities."""

    lines: Mapping[str, LineName]
    forms: Mapping[str, Mapping[int, Mapping[str, str]]]
    """Form -> first year -> code -> name of the line."""
    identities: tuple[Identity, ...]
    mean: Mapping[str, str]
    """What the mean of a line at the begin and the end of the year is called, by language."""

    @property
    def names(self) -> frozenset[str]:
        """Names that formulas may read."""
        return frozenset(self.lines)

    def codes(self, form: str, year: int) -> Mapping[str, str]:
        """Return the names of lines by code, of a form in a year."""
        return self.forms[form][self._table(form, year)]

    def find(self, text: str, form: str, year: int) -> str | None:
        """Return the line that a code (``1230``, ``line_1230``, ``стр. 1230``) or name means.

        None when the form of that year has no such code, or no line is called so.
        """
        asked = text, form, self._table(form, year)
        if asked not in self._found:
            code = code_of(text)
            self._found[asked] = (
                self._named.get(plain(text)) if code is None else self.codes(form, year).get(code)
            )
        return self._found[asked]

    def code(self, name: str, form: str, year: int) -> str:
        """Return the code of a line in a form of a year; empty of none."""
        return self.codes_by_name(form, year).get(name, "")

    def codes_by_name(self, form: str, year: int) -> Mapping[str, str]:
        """Return the codes of lines by name, of a form in a year."""
        return self._code_of[form, self._table(form, year)]

    def label(self, name: str, language: str) -> str:
        """Return what a line is called."""
        return self.lines[name].label[language]

    def nearest(self, text: str, form: str, year: int, language: str) -> str:
        """Return the code or name that was probably meant; "" when none is alike."""
        code = code_of(text)
        if code is not None:
            return nearest(code, self.codes(form, year))
        known = nearest(text, [n for line in self.lines.values() for n in _names(line)])
        name = self._named.get(plain(known)) if known else None
        return self.label(name, language) if name else ""

    def _table(self, form: str, year: int) -> int:
        """Return the first year of the codes that hold in a year."""
        if (form, year) not in self._tables:
            self._tables[form, year] = max(f for f in self.forms[form] if f <= year)
        return self._tables[form, year]

    @cached_property
    def _tables(self) -> dict[tuple[str, int], int]:
        """What was asked before."""
        return {}

    @cached_property
    def _found(self) -> dict[tuple[str, str, int], str | None]:
        """What was asked before: every statement of a wide table asks for the same headings."""
        return {}

    @cached_property
    def _code_of(self) -> dict[tuple[str, int], dict[str, str]]:
        """Code by name, of each form from each first year on: the first where there are several."""
        return {
            (form, first): {name: code for code, name in reversed(list(codes.items()))}
            for form, tables in self.forms.items()
            for first, codes in tables.items()
        }

    @cached_property
    def _named(self) -> dict[str, str]:
        return {plain(text): line.name for line in self.lines.values() for text in _names(line)}


def _names(line: LineName) -> tuple[str, ...]:
    return (line.name, *line.label.values(), *line.aliases)


def code_of(text: str) -> str | None:
    """Return the code in a text that is one: ``1230``, ``line_1230``, ``стр. 1230``.

    >>> code_of("line_1230"), code_of("стр. 1230"), code_of("cash")
    ('1230', '1230', None)
    """
    match = _CODE.fullmatch(plain(text))
    return match[1] if match else None
