"""Whether an SVG runs nothing, loads nothing, and stays as small when it is drawn as it is written.

A few lines of ``<use>`` that repeat lines of ``<use>`` stand for millions of shapes.  So the
shapes are counted as a renderer would make them: each reference counts with all that it repeats.
"""

import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

MOST_ELEMENTS = 5_000
DEEPEST = 60
_ACTIVE = frozenset(
    {"script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "set"}
)
_COSTLY = frozenset({"filter", "marker", "image", "animate", "animatetransform", "animatemotion"})
"""Drawn anew for every point or pixel, or moving: a logo on paper needs none of them."""
_TARGET = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTED = re.compile(r"[.#]?[\w-]+|\*")


class UnsafeError(Exception):
    """The SVG holds something that runs or loads, or is no XML."""


class TooComplexError(Exception):
    """The SVG stands for more shapes than a logo has."""


class _Element:
    __slots__ = ("children", "names", "targets")

    def __init__(self, name: str, attributes: Mapping[str, str]) -> None:
        classes = attributes.get("class", "").split()
        self.names = {name, "*", f"#{attributes.get('id', '')}", *(f".{c}" for c in classes)}
        """Selectors of style rules that apply to it."""
        self.targets = list(_targets(attributes))
        """Ids of the elements that it repeats or is painted with."""
        self.children: list[_Element] = []


def check_svg(data: bytes) -> None:
    """Be sure that an SVG is safe to show and to set.

    Raises
    ------
    UnsafeError
        When it has anything active or from elsewhere.
    TooComplexError
        When it has, or stands for, more than :data:`MOST_ELEMENTS`.
    """
    tree = _Tree()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ProcessingInstructionHandler = _refuse
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.text
    parser.buffer_text = True
    try:
        data.decode("utf-8")
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeDecodeError) as failure:
        raise UnsafeError from failure
    tree.check_size()


class _Tree:
    """The elements of an SVG as they are read."""

    def __init__(self) -> None:
        self._top = _Element("", {})
        self._open = [self._top]
        self._by_id: dict[str, _Element] = {}
        self._count = 0
        self._style: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].casefold()
        _check_element(local, attributes)
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) > DEEPEST or local in _COSTLY:
            raise TooComplexError
        element = _Element(local, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)
        if "id" in attributes:
            self._by_id.setdefault(attributes["id"], element)

    def end(self, name: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        _check_text(text)
        if "style" in self._open[-1].names:
            self._style.append(text)

    def check_size(self) -> None:
        """Raise when the elements with all that they repeat are too many."""
        rules = _style_targets("".join(self._style))
        sizes: dict[int, int] = {}
        self._measure(self._top, rules, sizes, set())

    def _measure(
        self,
        element: _Element,
        rules: Mapping[str, list[str]],
        sizes: dict[int, int],
        inside: set[int],
    ) -> int:
        key = id(element)
        if key in sizes:
            return sizes[key]
        if key in inside or len(inside) > 4 * DEEPEST:  # it repeats itself, or in long chains
            raise TooComplexError
        inside.add(key)
        styled = (target for name in element.names for target in rules.get(name, ()))
        repeated = [self._by_id[t] for t in (*element.targets, *styled) if t in self._by_id]
        parts = (*element.children, *repeated)
        size = 1 + sum(self._measure(part, rules, sizes, inside) for part in parts)
        inside.discard(key)
        if size > 4 * MOST_ELEMENTS:
            raise TooComplexError
        sizes[key] = size
        return size


def _style_targets(style: str) -> dict[str, list[str]]:
    """Return the ids that style rules name by the selectors that they apply to."""
    found: dict[str, list[str]] = {}
    for selectors, body in _RULE.findall(style):
        targets = _TARGET.findall(body)
        for name in _SELECTED.findall(selectors) if targets else ():
            found.setdefault(name, []).extend(targets)
    return found


def _targets(attributes: Mapping[str, str]) -> Iterator[str]:
    for key, value in attributes.items():
        if key.rpartition(":")[2].casefold() == "href":
            yield value.strip().removeprefix("#")
        else:
            yield from _TARGET.findall(value)


def _refuse(*_: object) -> None:
    raise UnsafeError


def _check_element(local: str, attributes: Mapping[str, str]) -> None:
    if local in _ACTIVE:
        raise UnsafeError
    for key, value in attributes.items():
        name = key.rpartition(":")[2].casefold()
        link = name in ("href", "src") and not value.strip().startswith("#")
        if name.startswith("on") or link:
            raise UnsafeError
        if not key.startswith("xmlns"):
            _check_text(value)


def _check_text(text: str) -> None:
    """Refuse style rules that load: ``url(`` to anything but ``#``, ``@import``, escapes."""
    if re.search(r"@import|expression\(|javascript:|url\(\s*['\"]?\s*(?!['\"#\s])", text, re.I):
        raise UnsafeError
