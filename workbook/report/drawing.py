"""Charts as the report carries them: SVG that draws and does nothing else."""

import re
from xml.etree import ElementTree

from workbook.errors import RunError
from workbook.report.compact_drawing import compacted

_PROLOG = re.compile(r"\A\s*(?:<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*>|<!--.*?-->|\s)*", re.S | re.I)
_METADATA = re.compile(r"<metadata>.*?</metadata>\s*", re.S)
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "animate", "set", "a", "handler"})
_HREF = frozenset({"href", "{http://www.w3.org/1999/xlink}href", "src"})
_INSIDE = re.compile(r"(?:#|data:image/(?:png|jpeg);base64,)")
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!#)|javascript:", re.I)


def safe_svg(source: str, *, cell: int) -> str:
    """Return the drawing without prolog and metadata, as short as it can be written.

    Raises
    ------
    RunError
        When it is no well-formed SVG, or runs, embeds or fetches anything.
    """
    svg = _METADATA.sub("", source[_prolog_end(source) :])
    if "<!ENTITY" in svg or "<!DOCTYPE" in svg:
        raise RunError(f"cell {cell}: the drawing declares entities")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise RunError(f"cell {cell}: the drawing is not well-formed SVG") from error
    if _local(root.tag) != "svg":
        raise RunError(f"cell {cell}: the drawing is not SVG")
    for element in root.iter():
        _check(element, cell)
    return compacted(root)


def _prolog_end(source: str) -> int:
    match = _PROLOG.match(source)
    return match.end() if match else 0


def _check(element: ElementTree.Element, cell: int) -> None:
    name = _local(str(element.tag))
    outside = name == "style" and _OUTSIDE.search(element.text or "")
    if name in _ACTIVE or outside or any(_active(k, v) for k, v in element.attrib.items()):
        raise RunError(f"cell {cell}: the drawing is active or refers outside (<{name}>)")


def _active(name: str, value: str) -> bool:
    if name in _HREF:
        return not _INSIDE.match(value)
    return _local(name).lower().startswith("on") or bool(_OUTSIDE.search(value))


def _local(name: str) -> str:
    return name.rpartition("}")[2]
