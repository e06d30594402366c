"""HTML of a report as a tree of elements, and back in one canonical form.

Only HTML that was written by the cleaner or by ourselves is read here: every element is closed,
every attribute is quoted.  That makes it ten times cheaper than a parser of the web's HTML, and
a page is read for its contents, again for its PDF.  The canonical form sorts attributes, escapes
only what must be escaped, and closes elements without content by ``/>``.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import TypeAlias

from workbook.report.blocks import clean

_TAG = re.compile(
    r"""<(/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:=(?:"[^"]*"|'[^']*'))?)*)\s*/?>|<!--.*?-->""", re.S
)
_ATTRIBUTE = re.compile(r"""\s([\w:-]+)(?:=(?:"([^"]*)"|'([^']*)'))?""")
_SPACE = re.compile(r"[ \n\t\f\r]+")
_VOID = frozenset({"br", "img", "source"})
"""Elements of the vocabulary that have no content and no end."""


class Element:
    """An element, its attributes, and the elements and texts in it."""

    __slots__ = ("attrs", "children", "name", "parent")

    def __init__(self, name: str, attrs: dict[str, str], parent: "Element | None") -> None:
        self.name = name
        self.attrs = attrs
        self.children: list[Node] = []
        self.parent = parent

    @property
    def classes(self) -> list[str]:
        """The classes of the element."""
        return self.attrs["class"].split() if "class" in self.attrs else []

    @property
    def elements(self) -> list["Element"]:
        """The elements directly in this one."""
        return [c for c in self.children if isinstance(c, Element)]

    def within(self) -> Iterator["Element"]:
        """Yield all elements in this one, in reading order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.within()

    def named(self, *names: str) -> Iterator["Element"]:
        """Yield all elements of these names in this one, in reading order."""
        return (e for e in self.within() if e.name in names)

    def of_class(self, css: str) -> Iterator["Element"]:
        """Yield all elements of a class in this one, in reading order."""
        return (e for e in self.within() if "class" in e.attrs and css in e.classes)

    def above(self) -> Iterator["Element"]:
        """Yield the elements that this one is in, the nearest first."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def strings(self) -> Iterator[str]:
        """Yield all texts in this element, in reading order."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child.strings()

    def text(self) -> str:
        """Return all text in this element."""
        return "".join(self.strings())

    def words(self) -> str:
        """Return the texts in this element without the space around each, parted by spaces."""
        return " ".join(t for s in self.strings() if (t := s.strip()))

    def html(self) -> str:
        """Return what is in this element in the canonical form."""
        parts: list[str] = []
        _write(self, parts)
        return "".join(parts)


Node: TypeAlias = Element | str


def parse(html: str) -> Element:
    """Return a nameless element that holds what ``html`` holds.

    >>> [e.attrs for e in parse('<p class="wb-note">a<br>b</p>').within()]
    [{'class': 'wb-note'}, {}]
    """
    root = here = Element("", {}, None)
    read = 0
    for match in _TAG.finditer(html):
        start = match.start()
        if start > read:
            here.children.append(_text(html[read:start]))
        read = match.end()
        end, name, attrs = match.groups()
        if name is None:
            continue
        name = name.lower()
        if end:
            here = _closed(here, name)
            continue
        element = Element(name, _attributes(attrs) if attrs else {}, here)
        here.children.append(element)
        if name not in _VOID:
            here = element
    if read < len(html):
        here.children.append(_text(html[read:]))
    return root


def escaped(text: object) -> str:
    """Return text as it stands between tags, without what no document may carry.

    >>> escaped('"R&D" < 5')
    '"R&amp;D" &lt; 5'
    """
    return _escaped(unescape(clean(text)))


def quoted(value: object) -> str:
    """Return the value of an attribute with its quotation marks, cleaned in the same way.

    >>> print(quoted('say "yes"'))
    'say "yes"'
    """
    return _quoted(unescape(clean(value)))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(value: str) -> str:
    text = _escaped(value)
    if '"' not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace('"', "&quot;") + '"'


def _closed(here: Element, name: str) -> Element:
    """Return the element that goes on after the end of the nearest one of that name."""
    if here.name == name and here.parent is not None:
        return here.parent
    found = next((e.parent for e in here.above() if e.name == name), None)
    return found or here


def _text(raw: str) -> str:
    """Return the text that is meant; space alone is one line break or one space."""
    if _SPACE.fullmatch(raw):
        return "\n" if "\n" in raw else " "
    return unescape(raw) if "&" in raw else raw


def _attributes(raw: str) -> dict[str, str]:
    return {
        name: unescape(value) if "&" in value else value
        for name, double, single in _ATTRIBUTE.findall(raw)
        for value in (double or single,)
    }


def _write(element: Element, parts: list[str]) -> None:
    for child in element.children:
        if isinstance(child, str):
            parts.append(_escaped(child))
            continue
        attrs = "".join(f" {k}={_quoted(v)}" for k, v in sorted(child.attrs.items()))
        if child.name in _VOID:
            parts.append(f"<{child.name}{attrs}/>")
            continue
        parts.append(f"<{child.name}{attrs}>")
        _write(child, parts)
        parts.append(f"</{child.name}>")
