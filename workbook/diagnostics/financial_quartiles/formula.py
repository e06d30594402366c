"""Formulas of ratios: ``(equity - non_current_assets) / current_assets``, read without eval.

A formula has names of lines, whole and decimal numbers, ``+ - * /``, brackets, and ``mean(line)``,
the mean of the line at the begin and at the end of the year.  It is arithmetic over fractions:
nothing is rounded.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z][a-z0-9_]*)|(?P<sign>[-+*/()]))"
)
_DEEPEST = 50
MEAN = "mean"


class FormulaError(ValueError):
    """A formula that cannot be read; ``args[0]`` is the place in the text."""


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Line:
    """A line at the end of the year."""

    name: str


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a line at the begin and at the end of the year."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Two parts joined by ``+``, ``-``, ``*`` or ``/``."""

    sign: str
    left: "Expression"
    right: "Expression"
    _hash: int = field(init=False, repr=False, compare=False)
    """Formulas are looked up for every statement."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.sign, self.left, self.right)))

    def __hash__(self) -> int:
        return self._hash


Expression: TypeAlias = Number | Line | Mean | Operation


def parse(text: str) -> Expression:
    """Return the formula as a tree.

    Raises
    ------
    FormulaError
        With the rest of the text that could not be read.

    Examples
    --------
    >>> parse("cash / revenue")
    Operation(sign='/', left=Line(name='cash'), right=Line(name='revenue'))
    """
    reader = _Reader(text)
    tree = reader.sum(0)
    if reader.sign is not None or reader.at < len(reader.tokens):
        raise FormulaError(reader.rest)
    return tree


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0

    @property
    def rest(self) -> str:
        """The text that has not been read."""
        return self.text[self.tokens[self.at][2] :] if self.at < len(self.tokens) else ""

    @property
    def sign(self) -> str | None:
        """The sign that comes next, if one does."""
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign":
            return self.tokens[self.at][1]
        return None

    def sum(self, depth: int) -> Expression:
        return self._chain("+-", lambda: self.product(depth))

    def product(self, depth: int) -> Expression:
        return self._chain("*/", lambda: self.part(depth))

    def _chain(self, signs: str, read: Callable[[], Expression]) -> Expression:
        tree = read()
        while (sign := self.sign) is not None and sign in signs:
            self.at += 1
            tree = Operation(sign, tree, read())
        return tree

    def part(self, depth: int) -> Expression:
        """Read a number, a name, a mean, a part in brackets or a part after a minus."""
        if self.at >= len(self.tokens) or depth > _DEEPEST:
            raise FormulaError(self.rest)
        kind, word, _ = self.tokens[self.at]
        if kind == "sign" and word not in "(-":
            raise FormulaError(self.rest)
        self.at += 1
        if kind == "number":
            return Number(Fraction(word))
        if kind == "name":
            return self._named(word)
        if word == "-":
            return Operation("*", Number(Fraction(-1)), self.part(depth + 1))
        tree = self.sum(depth + 1)
        self._expect(")")
        return tree

    def _named(self, word: str) -> Expression:
        if word != MEAN:
            return Line(word)
        self._expect("(")
        if self.at >= len(self.tokens) or self.tokens[self.at][0] != "name":
            raise FormulaError(self.rest)
        name = self.tokens[self.at][1]
        self.at += 1
        self._expect(")")
        return Mean(name)

    def _expect(self, sign: str) -> None:
        if self.sign != sign:
            raise FormulaError(self.rest)
        self.at += 1


def _tokens(text: str) -> Sequence[tuple[str, str, int]]:
    """Return (kind, word, place) of every token."""
    found: list[tuple[str, str, int]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaError(text[at:])
        kind = str(match.lastgroup)
        found.append((kind, match[kind], match.start(kind)))
        at = match.end()
    return found


def parts(tree: Expression) -> Iterator[Expression]:
    """Return every part of a formula, the whole first."""
    yield tree
    if isinstance(tree, Operation):
        yield from parts(tree.left)
        yield from parts(tree.right)


def names(tree: Expression) -> tuple[str, ...]:
    """Return the lines that a formula reads, in the order of their first mention."""
    found = (p.name for p in parts(tree) if isinstance(p, Line | Mean))
    return tuple(dict.fromkeys(found))


def replaced(tree: Expression, name: str, by: Expression) -> Expression:
    """Return the formula with a line replaced by an expression (means stay)."""
    if tree == Line(name):
        return by
    if isinstance(tree, Operation):
        left, right = replaced(tree.left, name, by), replaced(tree.right, name, by)
        return Operation(tree.sign, left, right)
    return tree


def worded(tree: Expression, label: Callable[[str], str], mean: str = MEAN) -> str:
    """Return the formula in words, brackets only where they are needed.

    >>> worded(parse("(a - b) / mean(c)"), str.upper)
    '(A − B) / mean(C)'
    """
    if isinstance(tree, Number):
        return str(tree.value)
    if isinstance(tree, Line):
        return label(tree.name)
    if isinstance(tree, Mean):
        return f"{mean}({label(tree.name)})"
    left, right = (_bracketed(part, tree, label, mean) for part in (tree.left, tree.right))
    return f"{left} {tree.sign.replace('-', '−').replace('*', '×')} {right}"


def _bracketed(part: Expression, whole: Operation, label: Callable[[str], str], mean: str) -> str:
    text = worded(part, label, mean)
    if not isinstance(part, Operation):
        return text
    weaker = part.sign in "+-" and whole.sign in "*/"
    after = part is whole.right and whole.sign in "-/"
    return f"({text})" if weaker or after else text
