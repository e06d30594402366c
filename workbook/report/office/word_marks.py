"""Marks that python-docx has no words for: fields, links, bookmarks, their order."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_PARAGRAPH_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
    "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "spacing", "ind",
    "contextualSpacing", "jc", "outlineLvl", "rPr",
)  # fmt: skip
"""Word calls a file damaged whose properties are in another order than the standard's."""


def put_in_order(properties: Any, order: Sequence[str]) -> None:
    """Put properties into the order of the standard."""
    known = {qn(f"w:{name}"): place for place, name in enumerate(order)}
    children = sorted(properties, key=lambda e: known.get(e.tag, len(known)))
    for child in children:
        properties.append(child)


def order_paragraph(line: Any) -> None:
    """Put the properties of a paragraph into the order of the standard."""
    put_in_order(line._p.pPr, _PARAGRAPH_ORDER)


def describe(shape: Any, alt: str) -> None:
    """Give a picture its words for those who do not see it."""
    shape._inline.docPr.set("descr", alt)


def write_fields(line: Any, words: str) -> None:
    """Write words in which ``{page}`` and ``{pages}`` are numbers that Word keeps right."""
    for piece in words.replace("{pages}", "\0NUMPAGES\0").replace("{page}", "\0PAGE\0").split("\0"):
        if piece in ("PAGE", "NUMPAGES"):
            write_field(line, "begin")
            line.add_run()._r.append(instruction(f" {piece} "))
            write_field(line, "separate")
            line.add_run("1")
            write_field(line, "end")
        elif piece:
            line.add_run(piece)


def write_field(line: Any, kind: str) -> None:
    """Write a mark of a field: its begin, its middle or its end."""
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    line.add_run()._r.append(mark)


def instruction(code: str) -> Any:
    """Return what a field is to show."""
    made = OxmlElement("w:instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = code
    return made


def link(mark: str, text: str) -> Any:
    """Return words that lead to a bookmark."""
    made = OxmlElement("w:hyperlink")
    made.set(qn("w:anchor"), mark)
    made.set(qn("w:history"), "1")
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.set(qn("xml:space"), "preserve")
    words.text = text
    run.append(words)
    made.append(run)
    return made


def bookmark(line: Any, name: str, number: int) -> None:
    """Mark a paragraph as a place that links lead to."""
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (begin, end):
        mark.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), name)
    line._p.insert(1 if line._p.pPr is not None else 0, begin)
    line._p.append(end)
