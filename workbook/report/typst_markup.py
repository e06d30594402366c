"""The page of a report as Typst code: a table of elements, each with its own small writer.

All text becomes string literals, so nothing in it can be code or markup.  The functions called
(``wb-…``) are those of ``templates/report/pdf/report.typ``.  An element that is not in the table
is an error that names the notebook's cell.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable

from workbook.errors import RunError
from workbook.language.glyphs import boxed
from workbook.language.typography import JOINER
from workbook.report.tree import Element, Node, parse
from workbook.report.typst_table import fits_together, table_code
from workbook.report.typst_text import (
    INLINE,
    array,
    cell_of,
    flag,
    inline,
    literal,
    unknown,
    words,
)

_TALLEST = 1.28
"""Height of a picture for each unit of page width; taller ones are made narrower."""


def typst_body(html: str) -> str:
    """Return the Typst code of the page's main part.

    Raises
    ------
    RunError
        Naming the cell, for an element that the PDF cannot show.
    """
    begin, end = html.find("<main"), html.rfind("</main>")
    main = next(parse(html[begin:end] if 0 <= begin < end else "").named("main"), None)
    if main is None:
        raise RunError("the page has no main part")
    return _blocks(main.children)


# Blocks


def _flow(tag: Element) -> str:
    """Return the content of an element that holds running text or blocks."""
    mixed = any(e.name not in INLINE for e in tag.elements)
    return _blocks(tag.children) if mixed else words(tag)


def _blocks(nodes: Iterable[Node]) -> str:
    parts: list[str] = []
    run: list[Node] = []

    def close() -> None:
        if any(isinstance(n, Element) or n.strip() for n in run):
            parts.append(f"wb-p({inline(run)})")
        run.clear()

    for node in nodes:
        if isinstance(node, Element) and node.name not in INLINE:
            close()
            parts.append(_block(node))
        else:
            run.append(node)
    close()
    return "{\n" + "\n".join(p for p in parts if p) + "\n}" if parts else "[]"


def _inside(tag: Element) -> str:
    return _blocks(tag.children)


def _block(tag: Element) -> str:
    for key in (*(f"{tag.name}.{c}" for c in tag.classes), tag.name):
        writer = _WRITERS.get(key)
        if writer:
            return writer(tag)
    raise unknown(tag)


def _paragraph(tag: Element) -> str:
    kind = next((c[3:] for c in tag.classes if c in _KINDS), "text" if _top(tag) else "")
    return f"wb-p({words(tag)}, kind: {literal(kind)})"


def _top(tag: Element) -> bool:
    return tag.parent is not None and "wb-cell" in tag.parent.classes


def _heading(tag: Element) -> str:
    level = 1 if tag.name == "h2" else 2
    short = literal(boxed(tag.attrs.get("data-short", "").replace(JOINER, "")))
    fresh = flag("wb-newpage" in tag.classes)
    return f"wb-heading({level}, {words(tag)}, short: {short}, fresh: {fresh})"


def _cover(tag: Element) -> str:
    facts = next(tag.named("dl"), None)
    logo = next(tag.of_class("wb-logo"), None)
    band = next(tag.of_class("wb-cover-picture"), None)
    return (
        f"wb-cover(client: {words(next(tag.of_class('wb-client'), None))}, "
        f"title: {words(next(tag.named('h1'), None))}, "
        f"facts: {array(_pairs(facts)) if facts else '()'}, "
        f"logo: {picture(logo) if logo else 'none'}, "
        f"picture: {picture(band) if band else 'none'})"
    )


def _pairs(tag: Element) -> Iterable[str]:
    terms, values = _children(tag, "dt"), _children(tag, "dd")
    if len(terms) != len(values):
        raise RunError(f"{cell_of(tag)}: a list of definitions has unpaired entries")
    return (array((_term(t), _flow(v))) for t, v in zip(terms, values, strict=True))


def _term(tag: Element) -> str:
    named = tag.attrs.get("id", "")
    return f"wb-named({literal(named)}, {words(tag)})" if named else words(tag)


def _children(tag: Element, name: str) -> list[Element]:
    return [e for e in tag.elements if e.name == name]


def _contents(tag: Element) -> str:
    return f"wb-contents({words(next(tag.named('p'), None))})"


def _list(tag: Element) -> str:
    items = array(_flow(i) for i in _children(tag, "li"))
    return f"wb-list({items}, ordered: {flag(tag.name == 'ol')}, wide: {flag(not _top(tag))})"


def _definitions(tag: Element) -> str:
    return f"wb-definitions({array(_pairs(tag))})"


def _tiles(tag: Element) -> str:
    return f"wb-tiles({array(_tile(t) for t in tag.of_class('wb-tile'))})"


def _tile(tag: Element) -> str:
    parts = {p: next(tag.of_class(f"wb-tile-{p}"), None) for p in _TILE}
    return "(" + ", ".join(f"{k}: {words(v)}" for k, v in parts.items()) + ")"


def _callout(tag: Element) -> str:
    kind = next((c for c in ("recommendation", "limitation") if f"wb-{c}" in tag.classes), "howto")
    title, body = _taken(tag, "wb-callout-title")
    return f"wb-callout({literal(kind)}, {title}, {body})"


def _taken(tag: Element, css: str) -> tuple[str, str]:
    """Return the words of a child of this class, and the code of what is left without it."""
    child = next((e for e in tag.elements if css in e.classes), None)
    return words(child), _blocks(n for n in tag.children if n is not child)


def _quotes(tag: Element) -> str:
    title, body = _taken(tag, "wb-quotes-title")
    return f"wb-quotes({title}, {body})"


def _quote(tag: Element) -> str:
    source, body = _taken(tag, "wb-source")
    return f"wb-quote({body}, {source})"


def _notes(tag: Element) -> str:
    title, body = _taken(tag, "wb-notes-title")
    return f"wb-notes({title}, {body})"


def _imprint(tag: Element) -> str:
    firm, contact, terms = (
        array(words(e) for e in tag.elements if css in e.classes)
        for css in ("wb-imprint-firm", "wb-imprint-contact", "wb-imprint-terms")
    )
    return f"wb-imprint({firm}, {contact}, {terms})"


def _figure(tag: Element) -> str:
    caption = next(iter(_children(tag, "figcaption")), None)
    notes = [e for e in tag.elements if not _NOTES.isdisjoint(e.classes)]
    body = _blocks(n for n in tag.children if n is not caption and n not in notes)
    told = array(_paragraph(p) for p in notes)
    table = next(tag.named("table"), None)
    whole = table is None or fits_together(table)
    if table is None:
        return f"wb-figure({words(caption)}, {body}, {told})"
    return f"wb-figure({words(caption)}, (after => {body})({told}.join()), whole: {flag(whole)})"


def picture(tag: Element) -> str:
    """Return an ``img`` as Typst data: its bytes and their format."""
    return _picture_code(*_data(tag))


def _picture(tag: Element) -> str:
    share = next((int(c[4:]) for c in tag.classes if re.fullmatch(r"wb-w\d+", c)), 100)
    kind, data = _data(tag)
    alt = literal(tag.attrs.get("alt", ""))
    return f"wb-picture({_picture_code(kind, data)}, {alt}, {_narrowed(kind, data, share)}%)"


def _pictures(tag: Element) -> str:
    """Return the wide drawing: a sheet of paper is no phone."""
    return _blocks(tag.named("img"))


def _picture_code(kind: str, data: bytes) -> str:
    content = literal(data.decode("utf-8")) if kind == "svg" else array(map(str, data))
    return f"(bytes({content}), {literal(kind)})"


def _data(tag: Element) -> tuple[str, bytes]:
    source = tag.attrs.get("src", "")
    match = re.match(r"data:image/(png|jpeg|svg)(?:\+xml)?;base64,", source)
    if not match:
        raise RunError(f"{cell_of(tag)}: a picture is not part of the page")
    try:
        data = base64.b64decode(source[match.end() :])
    except binascii.Error as error:
        raise RunError(f"{cell_of(tag)}: a picture is damaged") from error
    return ("jpg" if match[1] == "jpeg" else match[1]), data


def _narrowed(kind: str, data: bytes, share: int) -> int:
    """Return the width in per cent at which a tall drawing still fits on one page."""
    box = re.search(rb'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"', data[:2000])
    if kind != "svg" or not box or not float(box[1]):
        return share
    tall = float(box[2]) / float(box[1])
    return min(share, int(100 * _TALLEST / tall)) if tall else share


_TILE = ("label", "value", "change", "base")
_NOTES = frozenset({"wb-note", "wb-more"})
_KINDS = frozenset({"wb-lead", "wb-caption", "wb-subheading", "wb-note", "wb-more", "wb-source"})
_WRITERS: dict[str, Callable[[Element], str]] = {
    "header.wb-cover": _cover,
    "nav.wb-contents": _contents,
    "h2": _heading,
    "h3": _heading,
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "dl": _definitions,
    "div.wb-tiles": _tiles,
    "div.wb-quotes": _quotes,
    "div": _inside,
    "section": _inside,
    "section.wb-notes": _notes,
    "section.wb-imprint": _imprint,
    "aside.wb-callout": _callout,
    "blockquote": _quote,
    "figure": _figure,
    "table": table_code,
    "img": _picture,
    "picture": _pictures,
}
