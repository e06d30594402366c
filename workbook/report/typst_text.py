"""Text as Typst code: string literals, and the few marks within a line."""

import re
from collections.abc import Iterable

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from workbook.errors import RunError

SPACES = re.compile(r"[ \t\r\n\f]+")
_LONG_WORD = re.compile(r"[^\s\u200b]{24,}")
_PIECE = 10
_CODE = re.compile(r"((?=[\w-]*\d)\w{1,8}(?:-\w{1,8}){1,2})(?![\w-])")
"""A short code with a digit and hyphens (2025-Q4): stays on one line."""
INLINE = frozenset({"strong", "em", "br"})


def literal(text: str) -> str:
    r"""Return text as a Typst string literal.

    >>> print(literal('#read("x")'))
    "#read(\"x\")"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if ord(c) >= 0x20 else f"\\u{{{ord(c):x}}}" for c in escaped) + '"'


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
        return literal(parts[0])
    pieces = (f"box({literal(p)})" if i % 2 else literal(p) for i, p in enumerate(parts) if p)
    return "; ".join(pieces)


def _cut(word: str) -> str:
    return "\u200b".join(word[i : i + _PIECE] for i in range(0, len(word), _PIECE))


def cell_of(tag: PageElement) -> str:
    """Return the words for the notebook's cell that an element comes from."""
    wrapper = tag.find_parent(attrs={"data-cell": True})
    return f"cell {wrapper['data-cell']}" if wrapper else "the page"


def unknown(tag: Tag) -> RunError:
    """Return the error for an element that the PDF cannot show."""
    return RunError(f"{cell_of(tag)}: the PDF cannot show the element <{tag.name}>")


def classes(tag: Tag) -> list[str]:
    """Return the classes of an element."""
    found = tag.get("class")
    return list(found) if isinstance(found, list) else []


# Running text


def inline(nodes: Iterable[PageElement]) -> str:
    """Return running text and its marks as one expression."""
    parts = [part for node in nodes if (part := _span(node))]
    return "{ " + "; ".join(parts) + " }" if parts else "[]"


def _span(node: PageElement) -> str:
    if isinstance(node, PreformattedString):
        return ""  # comments and the like
    if isinstance(node, NavigableString):
        text = SPACES.sub(" ", str(node))
        return _text(text) if text else ""
    if not isinstance(node, Tag) or node.name not in INLINE:
        raise unknown(node) if isinstance(node, Tag) else RunError("unreadable page")
    if node.name == "br":
        return "linebreak()"
    return f"{'strong' if node.name == 'strong' else 'emph'}({inline(node.children)})"


def words(tag: Tag | None) -> str:
    """Return the running text of an element without the spaces around it."""
    if tag is None:
        return "none"
    for edge, strip in ((0, str.lstrip), (-1, str.rstrip)):
        text = tag.contents[edge] if tag.contents else None
        if isinstance(text, NavigableString):
            text.replace_with(NavigableString(strip(str(text))))
    return inline(list(tag.children))


def flag(true: bool) -> str:
    """Return Typst's word for a truth value."""
    return "true" if true else "false"
