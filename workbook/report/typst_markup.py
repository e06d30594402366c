"""The page of a report as Typst code: a table of elements, each with its own small writer.

All text becomes string literals, so nothing in it can be code or markup.  The functions called
(``wb-…``) are those of ``templates/report/pdf/report.typ``.  An element that is not in the table
is an error that names the notebook's cell.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from workbook.errors import RunError
from workbook.report.typst_table import fits_together, table_code
from workbook.report.typst_text import (
    INLINE,
    array,
    cell_of,
    classes,
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
    main = BeautifulSoup(html, "html.parser").find("main")
    if not isinstance(main, Tag):
        raise RunError("the page has no main part")
    return _blocks(main)


# Blocks


def _flow(tag: Tag) -> str:
    """Return the content of an element that holds running text or blocks."""
    mixed = any(isinstance(c, Tag) and c.name not in INLINE for c in tag.children)
    return _blocks(tag) if mixed else words(tag)


def _blocks(tag: Tag) -> str:
    parts: list[str] = []
    run: list[PageElement] = []

    def close() -> None:
        if any(isinstance(n, Tag) or str(n).strip() for n in run):
            parts.append(f"wb-p({inline(run)})")
        run.clear()

    for node in tag.children:
        if isinstance(node, Tag) and node.name not in INLINE:
            close()
            parts.append(_block(node))
        else:
            run.append(node)
    close()
    return "{\n" + "\n".join(p for p in parts if p) + "\n}" if parts else "[]"


def _block(tag: Tag) -> str:
    for key in (*(f"{tag.name}.{c}" for c in classes(tag)), tag.name):
        writer = _WRITERS.get(key)
        if writer:
            return writer(tag)
    raise unknown(tag)


def _paragraph(tag: Tag) -> str:
    kind = next((c[3:] for c in classes(tag) if c in _KINDS), "text" if _top(tag) else "")
    return f"wb-p({words(tag)}, kind: {literal(kind)})"


def _top(tag: Tag) -> bool:
    return tag.parent is not None and "wb-cell" in classes(tag.parent)


def _heading(tag: Tag) -> str:
    level = 1 if tag.name == "h2" else 2
    short = literal(str(tag.get("data-short") or ""))
    fresh = flag("wb-newpage" in classes(tag))
    return f"wb-heading({level}, {words(tag)}, short: {short}, fresh: {fresh})"


def _cover(tag: Tag) -> str:
    client = tag.find(class_="wb-client")
    facts = tag.find("dl")
    logo = tag.find("img")
    return (
        f"wb-cover(client: {words(_tag(client))}, title: {words(_tag(tag.find('h1')))}, "
        f"facts: {array(_pairs(facts)) if isinstance(facts, Tag) else '()'}, "
        f"logo: {_picture_data(logo) if isinstance(logo, Tag) else 'none'})"
    )


def _tag(found: object) -> Tag | None:
    return found if isinstance(found, Tag) else None


def _pairs(tag: Tag) -> Iterable[str]:
    terms = tag.find_all("dt", recursive=False)
    values = tag.find_all("dd", recursive=False)
    if len(terms) != len(values):
        raise RunError(f"{cell_of(tag)}: a list of definitions has unpaired entries")
    return (array((words(t), _flow(v))) for t, v in zip(terms, values, strict=True))


def _contents(tag: Tag) -> str:
    return f"wb-contents({words(_tag(tag.find('p')))})"


def _list(tag: Tag) -> str:
    items = array(_flow(i) for i in tag.find_all("li", recursive=False))
    return f"wb-list({items}, ordered: {flag(tag.name == 'ol')}, wide: {flag(not _top(tag))})"


def _definitions(tag: Tag) -> str:
    return f"wb-definitions({array(_pairs(tag))})"


def _tiles(tag: Tag) -> str:
    return f"wb-tiles({array(_tile(t) for t in tag.find_all(class_='wb-tile'))})"


def _tile(tag: Tag) -> str:
    parts = {p: tag.find(class_=f"wb-tile-{p}") for p in ("label", "value", "change", "base")}
    return "(" + ", ".join(f"{k}: {words(_tag(v))}" for k, v in parts.items()) + ")"


def _callout(tag: Tag) -> str:
    kind = next((c for c in ("recommendation", "limitation") if f"wb-{c}" in classes(tag)), "howto")
    title = _taken(tag, "wb-callout-title")
    return f"wb-callout({literal(kind)}, {title}, {_blocks(tag)})"


def _taken(tag: Tag, css: str) -> str:
    """Return the words of a child and take it out of its parent."""
    child = _tag(tag.find(class_=css, recursive=False))
    taken = words(child)
    if child is not None:
        child.extract()
    return taken


def _quotes(tag: Tag) -> str:
    title = _taken(tag, "wb-quotes-title")
    return f"wb-quotes({title}, {_blocks(tag)})"


def _quote(tag: Tag) -> str:
    source = _taken(tag, "wb-source")
    return f"wb-quote({_blocks(tag)}, {source})"


def _notes(tag: Tag) -> str:
    title = _taken(tag, "wb-notes-title")
    return f"wb-notes({title}, {_blocks(tag)})"


def _figure(tag: Tag) -> str:
    title = words(_tag(tag.find("figcaption", recursive=False)))
    caption = tag.find("figcaption", recursive=False)
    if isinstance(caption, Tag):
        caption.extract()
    notes = [p.extract() for p in tag.find_all(class_=["wb-note", "wb-more"], recursive=False)]
    table = _tag(tag.find("table"))
    whole = table is None or fits_together(table)
    return (
        f"wb-figure({title}, {_blocks(tag)}, {array(_paragraph(p) for p in notes)}, "
        f"whole: {flag(whole)})"
    )


def _picture(tag: Tag) -> str:
    share = next((int(c[4:]) for c in classes(tag) if re.fullmatch(r"wb-w\d+", c)), 100)
    alt = literal(str(tag.get("alt") or ""))
    return f"wb-picture({_picture_data(tag)}, {alt}, {_narrowed(tag, share)}%)"


def _picture_data(tag: Tag) -> str:
    kind, data = _data(tag)
    content = literal(data.decode("utf-8")) if kind == "svg" else array(map(str, data))
    return f"(bytes({content}), {literal(kind)})"


def _data(tag: Tag) -> tuple[str, bytes]:
    match = re.match(r"data:image/(png|jpeg|svg)(?:\+xml)?;base64,", str(tag.get("src") or ""))
    if not match:
        raise RunError(f"{cell_of(tag)}: a picture is not part of the page")
    try:
        return ("jpg" if match[1] == "jpeg" else match[1]), base64.b64decode(
            str(tag["src"])[match.end() :]
        )
    except binascii.Error as error:
        raise RunError(f"{cell_of(tag)}: a picture is damaged") from error


def _narrowed(tag: Tag, share: int) -> int:
    """Return the width in per cent at which a tall drawing still fits on one page."""
    kind, data = _data(tag)
    box = re.search(rb'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"', data[:2000])
    if kind != "svg" or not box or not float(box[1]):
        return share
    tall = float(box[2]) / float(box[1])
    return min(share, int(100 * _TALLEST / tall)) if tall else share


_KINDS = frozenset({"wb-lead", "wb-caption", "wb-subheading", "wb-note", "wb-more", "wb-source"})
_WRITERS: dict[str, Callable[[Tag], str]] = {
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
    "div": _blocks,
    "section": _blocks,
    "section.wb-notes": _notes,
    "aside.wb-callout": _callout,
    "blockquote": _quote,
    "figure": _figure,
    "table": table_code,
    "img": _picture,
}
