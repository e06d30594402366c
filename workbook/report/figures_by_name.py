"""Figures by name: ``{nps.value}`` in a consultant's text is the number of the result.

A name is the way to a figure in the result file: names of its groups, with a list gone into by
place (``{waves.0.value}``) or by what its records are called (``{reasons.late_delivery.revenue}``,
``{groups.Nitra.value}``).  Figures of a claim stand beside it (``{answer.value}``,
``{findings.group.expected}``).  A format may follow: ``{lost.revenue:money_full}``.  Two braces are
a brace, and so are braces around what no name can be.  What cannot be written is refused with its
place and the nearest name.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NoReturn

from workbook.language.catalog import Texts
from workbook.language.nearest import nearest, plain
from workbook.language.numbers import DATES, NUMBERS
from workbook.report.figure_formats import format_by_name, in_points

FIGURES = "figures"
"""Where a claim keeps the figures of its sentence."""
_KEYS = (
    *("id", "reason", "segment", "group", "parameter", "organisation", "theme", "manager"),
    *("product", "customer_id", "stage", "signal", "term", "ratio", "wave", "check", "instrument"),
    *("touchpoint", "item", "status", "destination", "dimension", "by", "question", "label"),
    *("name", "year"),
)
"""Fields by which a record of a list may be called."""
_NAME = r"[^\W\d]\w*"
_PIECE = re.compile(
    rf"\{{\{{|\}}\}}|\{{(?=\s*{_NAME}\s*[.:}}])([^{{}}\n]{{1,200}})\}}|\{{(?=\s*{_NAME}\.\w)"
)
"""Two braces, a figure, and the beginning of one that has no end; other braces are text."""
_MARK = 0xF0000
"""First of the private characters that stand for figures while a text is being laid out."""
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_MOST_STEPS = 12
_SHOWN = 8
"""Names that a message lists."""


class FigureError(ValueError):
    """A name that cannot be written; ``code`` and ``facts`` as a problem has them."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one pair of braces."""

    code: str
    found: str
    at: int
    """Where it begins in the text."""
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A text whose figures are private characters, so that no layout takes them for its own."""

    marked: str
    figures: Mapping[str, str]
    """What stands for each private character."""
    faults: tuple[Fault, ...] = ()

    def written(self, text: str, escape: Callable[[str], str] = str) -> str:
        """Return a text made of :attr:`marked` with the figures in their places."""
        return _PRIVATE.sub(lambda found: escape(self.figures.get(found[0], "")), text)


def uses_figures(text: str) -> bool:
    """Return whether a text has braces that stand for a figure.

    >>> uses_figures("NPS {nps.value}"), uses_figures("a {{literal}} brace")
    (True, False)
    """
    return any(found[0] not in ("{{", "}}") for found in _PIECE.finditer(text))


def without_figures(text: str) -> str:
    """Return a text with figures blanked out and double braces single."""
    return _PIECE.sub(lambda found: found[0][0] if found[0] in ("{{", "}}") else "\ufffc", text)


def filled(text: str, figures: "Figures | None") -> Filled:
    """Take figures by name out of a text; without figures every name stays as it is written."""
    marks: dict[str, str] = {}
    faults: list[Fault] = []

    def piece(found: re.Match[str]) -> str:
        whole, name = found[0], found[1]
        if whole in ("{{", "}}"):
            written = whole[0]
        elif figures is None:
            written = whole
        elif name is None:
            faults.append(Fault(code="figure_brace", found=whole, at=found.start(), facts={}))
            written = whole
        else:
            try:
                written = figures.written(name)
            except FigureError as error:
                faults.append(
                    Fault(code=error.code, found=name, at=found.start(), facts=error.facts)
                )
                written = whole
        return marks.setdefault(written, chr(_MARK + len(marks)))

    marked = _PIECE.sub(piece, _PRIVATE.sub("", text))
    return Filled(
        marked=marked,
        figures={mark: written for written, mark in marks.items()},
        faults=tuple(faults),
    )


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of one result, by name.

    Parameters
    ----------
    load
        Gives the result as its file has it, the first time that a figure is asked for.
    texts
        Of the report: its language and currency.
    shown
        What the result calls whom the consultant names (under pseudonyms).
    """

    load: Callable[[], Mapping[str, Any]]
    texts: Texts
    shown: Callable[[str], str] = str
    _known: dict[int, tuple[list[Any], list[dict[str, list[Any]]]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Lists gone into so far, each with its records by name."""

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The result as its file has it."""
        return self.load()

    @cached_property
    def _points(self) -> frozenset[float]:
        return in_points(self.data)

    def written(self, name: str) -> str:
        """Return a figure as the report writes it.

        Raises
        ------
        FigureError
            When there is no such figure or format, or it has no value for this client.
        """
        way, colon, fmt = name.rpartition(":") if ":" in name else (name, "", "")
        way, fmt = way.strip(), fmt.strip()
        if colon and fmt not in (*NUMBERS, *DATES):
            known = [*NUMBERS, *DATES]
            raise FigureError(
                "figure_format", format=fmt, nearest=nearest(fmt, known), known=", ".join(known)
            )
        found = self._found(way)
        return self._write(found, fmt)

    def value(self, name: str) -> Any:
        """Return a figure as the result file has it.

        Raises
        ------
        FigureError
            When there is no such figure.
        """
        return self._found(name).value

    def _write(self, found: "_Found", fmt: str) -> str:
        value = found.value
        if value is None:
            raise FigureError("figure_no_value")
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise FigureError("figure_not_one", known=_listed(_names(value)))
        by_name = format_by_name(found.path, value, points=self._points, siblings=found.siblings)
        fits = DATES if by_name in DATES else NUMBERS if not isinstance(value, str) else ()
        if fmt and fmt not in fits:
            raise FigureError("figure_format_unfit", format=fmt, known=_listed(fits, most=99))
        name = fmt or by_name
        if name in DATES:
            value = date.fromisoformat(str(value))
        return self.texts.write(value, name)

    def _found(self, way: str) -> "_Found":
        parts = [part.strip() for part in way.split(".")]
        if not all(parts) or len(parts) > _MOST_STEPS:
            raise FigureError("figure_name")
        return self._follow(self.data, parts, ())

    def _follow(self, at: Any, parts: Sequence[str], path: tuple[str, ...]) -> "_Found":
        siblings: tuple[str, ...] = ()
        while parts:
            taken, step, below = self._step(at, parts)
            if not taken:
                self._unknown(at, parts, path)
            siblings = tuple(at) if isinstance(at, Mapping) else siblings
            at, parts, path = below, parts[taken:], (*path, step)
        return _Found(path=path, value=at, siblings=siblings)

    def _step(self, at: Any, parts: Sequence[str]) -> tuple[int, str, Any]:
        """Return how many parts the next step takes, its name and what is there; 0: none fits.

        What a record is called may hold points (``1.14``), so the longest name comes first.
        """
        for taken in range(len(parts), 0, -1):
            name = ".".join(parts[:taken])
            if isinstance(at, Mapping):
                key = _key_of(at, name)
                if key is not None:
                    return taken, key, _groups(at)[key]
            elif isinstance(at, list):
                records = self._called(at, name)
                if len(records) == 1:
                    return taken, name, records[0]
                if len(records) > 1:
                    if taken < len(parts):
                        return taken, name, records
                    raise FigureError("figure_several", known=_listed(_apart(records)))
                if taken == 1 and name.isdecimal() and int(name) < len(at):
                    return taken, name, at[int(name)]
        return 0, "", None

    def _called(self, records: list[Any], name: str) -> list[Any]:
        """Return the records that are called so by the first field that calls any."""
        known = self._known.setdefault(id(records), (records, _by_name(records)))[1]
        for meant in dict.fromkeys((plain(name), plain(self.shown(name)))):
            found = next((called[meant] for called in known if meant in called), None)
            if found:
                return found
        return []

    def _unknown(self, at: Any, parts: Sequence[str], path: tuple[str, ...]) -> NoReturn:
        if isinstance(at, list) and any(parts[0] in r for r in at if isinstance(r, Mapping)):
            raise FigureError("figure_several", known=_listed(_apart(at)))
        known = _names(at)
        close = nearest(parts[0], known) or _begun(parts[0], known)
        name = ".".join((*path, close, *parts[1:])) if close else ""
        raise FigureError(
            "figure_unknown", nearest=name, after=".".join(path), known=_listed(known)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a name leads to."""

    path: tuple[str, ...]
    value: Any
    siblings: tuple[str, ...]


def _by_name(records: list[Any]) -> list[dict[str, list[Any]]]:
    """Return the records of a list by what each of the fields calls them."""
    made: list[dict[str, list[Any]]] = []
    for key in _KEYS:
        called: dict[str, list[Any]] = {}
        for record in records:
            if isinstance(record, Mapping) and isinstance(record.get(key), str | int):
                called.setdefault(plain(str(record[key])), []).append(record)
        made.append(called)
    return made


def _groups(at: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what is under a record: of a claim its figures first."""
    figures = at.get(FIGURES)
    return {**at, **figures} if isinstance(figures, Mapping) else at


def _key_of(at: Mapping[str, Any], name: str) -> str | None:
    groups = _groups(at)
    if name in groups:
        return name
    return next((key for key in groups if plain(key) == plain(name) and plain(key)), None)


def _names(at: Any) -> list[str]:
    """Return the names that may follow."""
    if isinstance(at, Mapping):
        return list(_groups(at))
    if not isinstance(at, list):
        return []
    records = [record for record in at if isinstance(record, Mapping)]
    key = next((key for key in _KEYS if any(key in record for record in records)), "")
    called = [str(record[key]) for record in records if record.get(key)]
    return list(dict.fromkeys(called)) or [str(place) for place in range(len(at))]


def _begun(word: str, known: Sequence[str]) -> str:
    """Return the one name that begins with a word."""
    begun = [name for name in known if plain(name).startswith(plain(word))]
    return begun[0] if len(begun) == 1 else ""


def _apart(records: Sequence[Any]) -> Iterator[str]:
    """Yield what tells records of one name apart."""
    for key in _KEYS:
        told = [str(record[key]) for record in records if key in record]
        if len(set(told)) > 1:
            yield from dict.fromkeys(told)
            return


def _listed(names: Iterator[str] | Sequence[str] | Any, most: int = _SHOWN) -> str:
    every = list(names)
    return ", ".join(every[:most]) + (" …" if len(every) > most else "")
