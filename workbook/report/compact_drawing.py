"""A checked drawing written as short as it can be: half the bytes, the same picture.

A page carries each chart twice, wide and for a phone, and is to stay under a megabyte.  Ids that
nothing refers to go, the others become one or two letters, numbers keep hundredths of a point,
groups without attributes and the space between elements go.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}"
_FAR = re.compile(r"-?\d+\.\d{3,}(?![\d.eE])")
"""A number that says more than hundredths."""
_MOVED = re.compile(r"translate\([^)]*\)")
_SHIFT = re.compile(r"translate\((-?[\d.]+) 0\)\Z")
_URL = re.compile(r"""url\(\s*["']?#([^\s"')]+)["']?\s*\)""")
_MEASURES = frozenset({"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "points"})


def compacted(root: Element) -> str:
    """Return the drawing as text; the elements stay as they are.

    >>> from xml.etree.ElementTree import fromstring
    >>> print(compacted(fromstring('<svg><g id="a"> <path d="M 1.2345 2 L 3 4"/> </g></svg>')))
    <svg xmlns="http://www.w3.org/2000/svg"><path d="M1.23 2L3 4"/></svg>
    """
    names = _short_names(root)
    parts: list[str] = []
    _write(root, parts, names)
    return "".join(parts)


def _short_names(root: Element) -> dict[str, str]:
    """Return by id what it is called now; only those that something refers to.

    A style sheet may speak of ids in its own way: then all keep their names.
    """
    styles = "".join(e.text or "" for e in root.iter() if _local(e.tag) == "style")
    if "#" in styles:
        return {e.attrib["id"]: e.attrib["id"] for e in root.iter() if "id" in e.attrib}
    referred = (name for element in root.iter() for name in _referred(element))
    return {name: f"i{number:x}" for number, name in enumerate(dict.fromkeys(referred))}


def _referred(element: Element) -> Iterator[str]:
    for key, value in element.attrib.items():
        if "#" in value:
            if _local(key) == "href" and value.startswith("#"):
                yield value[1:]
            yield from _URL.findall(value)


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
                yield key, names[value]
        elif key == f"{_XLINK}href":
            yield "href", _renamed("href", value, names)
        elif key == "transform":
            yield _moved(element, value)
        elif not key.startswith("{"):
            yield key, _shortened(key, _renamed(key, value, names))


def _renamed(key: str, value: str, names: dict[str, str]) -> str:
    if key == "href" and value.startswith("#"):
        return f"#{names.get(value[1:], value[1:])}"
    return _URL.sub(lambda m: f"url(#{names.get(m[1], m[1])})", value) if "url(" in value else value


def _moved(element: Element, value: str) -> tuple[str, str]:
    """Return where an element is drawn: a letter beside others by ``x`` alone."""
    moved = _MOVED.sub(lambda m: _rounded(m[0]), value)
    shift = _SHIFT.match(moved) if _local(element.tag) == "use" else None
    return ("x", shift[1]) if shift and "x" not in element.attrib else ("transform", moved)


def _shortened(key: str, value: str) -> str:
    if key == "d":
        return _path(value)
    if key in _MEASURES:
        return _rounded(value)
    return re.sub(r"([:;]) ", r"\1", value) if key == "style" else value


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
