"""A checked drawing written as short as it can be: half the bytes, the same picture.

A page carries each chart twice, wide and for a phone, and is to stay under a megabyte.  Ids that
nothing refers to go, the others become one or two letters, numbers keep hundredths of a point,
groups without attributes and the space between elements go.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}"
_FAR = re.compile(r"-?\d+\.\d{3,}(?![\d.eE])")
"""A number that says more than hundredths."""
_MOVED = re.compile(r"translate\([^)]*\)")
_SHIFT = re.compile(r"translate\((-?[\d.]+) 0\)\Z")
_REFERENCE = re.compile(r"(\A#|url\(\s*[\"']?#)([\w.-]+)")
_MEASURES = frozenset({"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "points"})


def compacted(root: Element) -> str:
    """Return the drawing as text; the elements stay as they are.

    >>> from xml.etree.ElementTree import fromstring
    >>> print(compacted(fromstring('<svg><g id="a"> <path d="M 1.2345 2 L 3 4"/> </g></svg>')))
    <svg xmlns="http://www.w3.org/2000/svg"><path d="M1.23 2L3 4"/></svg>
    """
    values = (value for element in root.iter() for value in _values(element))
    names = _short_names(name for v in values if "#" in v for _, name in _REFERENCE.findall(v))
    parts: list[str] = []
    _write(root, parts, names)
    return "".join(parts)


def _values(element: Element) -> Iterator[str]:
    yield from element.attrib.values()
    if element.text and _local(element.tag) == "style":
        yield element.text


def _short_names(referred: Iterator[str]) -> dict[str, str]:
    numbers = count()
    return {name: f"i{next(numbers):x}" for name in dict.fromkeys(referred)}


def _write(element: Element, parts: list[str], names: dict[str, str]) -> None:
    name = _local(element.tag)
    attributes = dict(_attributes(element, names))
    if name == "svg":
        attributes["xmlns"] = _SVG
    bare = name == "g" and not attributes
    if not bare:
        written = "".join(f" {key}={quoteattr(value)}" for key, value in sorted(attributes.items()))
        parts.append(f"<{name}{written}")
        if not len(element) and not (element.text or "").strip():
            parts.append("/>")
            return
        parts.append(">")
    spaced = name in ("text", "tspan")
    parts.append(_text(element.text, spaced))
    for child in element:
        _write(child, parts, names)
        parts.append(_text(child.tail, spaced))
    if not bare:
        parts.append(f"</{name}>")


def _attributes(element: Element, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        if key == "id":
            if value in names:
                yield "id", names[value]
        elif key == f"{_XLINK}href" or not key.startswith("{"):
            yield from _attribute(_local(element.tag), _local(key), _renamed(value, names))


def _attribute(name: str, key: str, value: str) -> Iterator[tuple[str, str]]:
    if key == "d":
        yield key, _path(value)
    elif key == "transform":
        moved = _MOVED.sub(lambda m: _rounded(m[0]), value)
        shift = _SHIFT.match(moved) if name == "use" else None
        yield ("x", shift[1]) if shift else (key, moved)
    elif key in _MEASURES:
        yield key, _rounded(value)
    elif key == "style":
        yield key, re.sub(r"([:;]) ", r"\1", value)
    else:
        yield key, value


def _renamed(value: str, names: dict[str, str]) -> str:
    if "#" not in value or value.startswith("data:"):
        return value
    return _REFERENCE.sub(lambda m: m[1] + names.get(m[2], m[2]), value)


@lru_cache(maxsize=4096)
def _path(value: str) -> str:
    """Return a path without needless space; the outlines of letters come again and again."""
    path = " ".join(_rounded(value).split())
    for letter in "MLHVQCz":
        path = path.replace(f" {letter} ", letter)
    return path.replace("M ", "M").replace(" z", "z")


def _rounded(value: str) -> str:
    return _FAR.sub(_hundredths, value) if "." in value else value


def _hundredths(number: "re.Match[str]") -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _text(text: str | None, spaced: bool) -> str:
    if not text or not (spaced or text.strip()):
        return ""
    return escape(text)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
