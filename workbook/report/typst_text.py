"""Text as Typst code: string literals, and the few marks within a line."""

import re
from collections.abc import Iterable

from workbook.errors import RunError
from workbook.language.glyphs import boxed
from workbook.language.typography import JOINER
from workbook.report.tree import Element, Node

SPACES = re.compile(r"[ \t\r\n\f]+")
_LONG_WORD = re.compile(r"[^\s\u200b]{33,}")
_PIECE = 10
_CODE = re.compile(r"((?=[\w-]*\d)\w{1,8}(?:-\w{1,8}){1,2}(?![\w-])|[\w.,%+−]+–\u2060[\w.,%+−]+)")
"""A short code with a digit and hyphens (2025-Q4), a range (9–10): stays on one line."""
_CONTROL = re.compile(r"[\x00-\x1f]")
INLINE = frozenset({"strong", "em", "br", "a"})


def literal(text: str) -> str:
    r"""Return text as a Typst string literal.

    >>> print(literal('#read("x")'))
    "#read(\"x\")"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _CONTROL.sub(lambda m: f"\\u{{{ord(m[0]):x}}}", escaped) + '"'


def array(items: Iterable[str]) -> str:
    """Return Typst code of an array of the given expressions."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def breakable(text: str) -> str:
    """Return text with zero-width spaces in words that no line could hold."""
    return _LONG_WORD.sub(lambda m: _cut(m[0]), text)


def _text(text: str) -> str:
    """Return text as one expression, its codes kept whole."""
    parts = _CODE.split(breakable(text))
    if len(parts) == 1:
        return literal(boxed(parts[0].replace(JOINER, "")))
    shown = (boxed(part.replace(JOINER, "")) for part in parts)
    pieces = (f"box({literal(p)})" if i % 2 else literal(p) for i, p in enumerate(shown) if p)
    return "; ".join(pieces)


def _cut(word: str) -> str:
    return "\u200b".join(word[i : i + _PIECE] for i in range(0, len(word), _PIECE))


def cell_of(element: Element) -> str:
    """Return the words for the notebook's cell that an element comes from."""
    number = next((e.attrs["data-cell"] for e in element.above() if "data-cell" in e.attrs), None)
    return f"cell {number}" if number is not None else "the page"


def unknown(element: Element) -> RunError:
    """Return the error for an element that the PDF cannot show."""
    return RunError(f"{cell_of(element)}: the PDF cannot show the element <{element.name}>")


# Running text


def inline(nodes: Iterable[Node]) -> str:
    """Return running text and its marks as one expression."""
    parts = [part for node in nodes if (part := _span(node))]
    return "{ " + "; ".join(parts) + " }" if parts else "[]"


def _span(node: Node) -> str:
    if isinstance(node, str):
        text = SPACES.sub(" ", node)
        return _text(text) if text else ""
    if node.name not in INLINE:
        raise unknown(node)
    if node.name == "br":
        return "linebreak()"
    if node.name == "a" and "wb-term" in node.classes:
        return f"wb-term({literal(node.attrs['href'][1:])}, {inline(node.children)})"
    if node.name == "a":  # a printed page leads nowhere else
        return f"({inline(node.children)})"
    return f"{'strong' if node.name == 'strong' else 'emph'}({inline(node.children)})"


def words(element: Element | None) -> str:
    """Return the running text of an element without the spaces around it."""
    if element is None:
        return "none"
    nodes = list(element.children)
    for edge, strip in ((0, str.lstrip), (-1, str.rstrip)):
        text = nodes[edge] if nodes else None
        if isinstance(text, str):
            nodes[edge] = strip(text)
    return inline(nodes)


def flag(true: bool) -> str:
    """Return Typst's word for a truth value."""
    return "true" if true else "false"
