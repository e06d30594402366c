"""What of a chapter stands on its slide, at which size, and what is said beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbook.report.blocks import Tile
from workbook.report.office.drawn_picture import proportion
from workbook.report.office.native_chart import has_native
from workbook.report.office.slide_layout import Area
from workbook.report.office.slide_words import (
    Para,
    height_of,
)
from workbook.report.office.storyline import (
    Box,
    Chapter,
    Grid,
    Line,
    Part,
    Picture,
)
from workbook.report.office.text_fit import LINE, largest, shortened

NOTE, CAPTION, TEXT, LEAST = 10.0, 13.0, 14.0, 12.0


_TALLEST = 1.0
"""Height of a picture for each unit of its width from which on its words are too small."""


def chosen(chapters: Sequence[Chapter], most: int) -> list[Chapter]:
    """Return the chapters that have a slide: where there are too many, those with charts first.

    The last chapter, which says what to do, always has one.
    """
    told = [c for c in chapters if c.exhibits or side_words(c)]
    if len(told) <= most:
        return told
    ranked = sorted(
        range(len(told)),
        key=lambda n: (n != len(told) - 1, not isinstance(told[n].main_exhibit, Picture), n),
    )
    return [told[n] for n in sorted(ranked[:most])]


def fact(label: str, value: str) -> str:
    """Return a fact of the title page: the value, after its label where it does not begin so."""
    return value if value.startswith(label) else f"{label}: {value}"


def readable(chapter: Chapter) -> Picture | Grid | None:
    """Return the main exhibit; a table instead of a picture too tall to be read on a slide."""
    main = chapter.main_exhibit
    if not isinstance(main, Picture) or has_native(main.data) or proportion(main.svg) <= _TALLEST:
        return main
    return next((e for e in chapter.exhibits if isinstance(e, Grid)), main)


def spoken(chapter: Chapter) -> list[str]:
    """Return what the notes say of a chapter: its words and boxes, without its exhibits."""
    said = [chapter.caption]
    for item in chapter.items:
        if isinstance(item, Line):
            said.append(f"{item.before}: {item.text}" if item.before else item.text)
        elif isinstance(item, Part):
            said.append(item.text)
        elif isinstance(item, Box):
            said.append(f"{item.title}: {' '.join(item.paragraphs)}")
    exhibit = chapter.main_exhibit
    if exhibit is not None:
        said.append(exhibit.note)
    return said


def side_words(chapter: Chapter) -> list[Para]:
    """Return what a slide says beside its exhibit: the chapter's first words and its boxes."""
    first: list[Para] = []
    for item in chapter.items:
        if isinstance(item, Part):
            break
        if isinstance(item, Line) and item.style in ("text", "lead", "item", "number"):
            mark = {"item": "bullet", "number": "number"}.get(item.style, "")
            first.append(Para(text=item.text, points=TEXT, mark=mark, gap=8))  # type: ignore[arg-type]
    boxes = [
        Para(text=" ".join(i.paragraphs), lead=f"{i.title}:", points=LEAST, gap=8)
        for i in chapter.items
        if isinstance(i, Box) and i.kind != "howto"
    ]
    return first + boxes


def commentary_words(item: object) -> Iterator[Para]:
    """Yield the words of the consultant, headings in bold."""
    if isinstance(item, Part):
        yield Para(text=item.text, points=TEXT, bold=True, tone="accent")
    elif isinstance(item, Line):
        mark = {"item": "bullet", "number": "number"}.get(item.style, "")
        yield Para(text=item.text, lead=item.before, points=TEXT, mark=mark, gap=7)  # type: ignore[arg-type]


def smaller(paras: list[Para], area: Area) -> list[Para]:
    """Return paragraphs at the largest size at which all fit; as they are where none does."""
    for less in (0, 1, 2):
        made = [replace(p, points=p.points - less) for p in paras]
        if height_of(made, area.width) <= area.height:
            return made
    return paras


def tile_words(tile: Tile, across: float) -> list[Para]:
    """Return the words of a tile at sizes at which they fit."""
    size = largest([tile.value], (26, 22, 18, 16, 14), across, 26 * LINE / 72, bold=True) or 12.0
    paras = [
        Para(text=shortened(tile.label, 12, across, 2), points=12, gap=1),
        Para(text=shortened(tile.value, size, across, 1, bold=True), points=size, bold=True,
             tone="accent", gap=1),
    ]  # fmt: skip
    under = (shortened(text, 11, across, 2) for text in (tile.change, tile.base) if text)
    return paras + [Para(text=text, points=11, tone="muted", gap=0) for text in under]


def listed(lines: Iterable[Line], size: float) -> list[Para]:
    """Return findings, each with the small line under it."""
    return [
        Para(text=line.text, points=size, mark="number", gap=5)
        if line.style == "number"
        else Para(text=line.text, points=10, mark="indent", tone="muted", gap=5)
        for line in lines
    ]


_FINDING_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0)


def size_of(head: list[Para], lines: Sequence[Line], area: Area) -> float:
    """Return the largest size of findings that fits into an area; the smallest where none does."""
    for size in _FINDING_SIZES:
        if height_of(head + listed(lines, size), area.width) <= area.height:
            return size
    return _FINDING_SIZES[-1]


def findings_fit(head: list[Para], lines: Sequence[Line], area: Area) -> bool:
    """Return whether findings fit into an area at their smallest size."""
    return height_of(head + listed(lines, _FINDING_SIZES[-1]), area.width) <= area.height


def caption_words(exhibit: Picture | Grid, chapter: Chapter | None, across: float) -> list[Para]:
    """Return what stands above an exhibit: its title and the caption of its chapter."""
    caption = chapter.caption if chapter else ""
    lines = [(exhibit.title, True), (caption, False)]
    return [
        Para(
            text=shortened(text, CAPTION, across, 2, bold=bold),
            points=CAPTION,
            bold=bold,
            tone="text" if bold else "muted",
            gap=2,
        )
        for text, bold in lines
        if text
    ]


def note_words(text: str, across: float) -> list[Para]:
    """Return what stands under an exhibit: source and n."""
    if not text:
        return []
    return [Para(text=shortened(text, NOTE, across - 0.1, 3), points=NOTE, tone="muted", gap=0)]
