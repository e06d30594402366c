"""A report as slides: each with its conclusion as title and one exhibit that can be changed.

A slide has one message.  What does not fit is left to the speaker's notes and to the report; no
text is set below ten points and none runs out of its box.
"""

import copy
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from workbook.errors import RunError
from workbook.language.catalog import Texts, load_texts
from workbook.report.blocks import Tile
from workbook.report.meta import ReportMeta
from workbook.report.office.drawn_picture import png_of, proportion
from workbook.report.office.file_properties import set_properties, told_by_template
from workbook.report.office.house_deck import WIDE, house_deck
from workbook.report.office.native_chart import Colours, add_chart, has_native
from workbook.report.office.native_table import SetTable, add_table, set_table
from workbook.report.office.office_font import PROOFING
from workbook.report.office.same_bytes import settled
from workbook.report.office.slide_content import (
    TEXT,
    caption_words,
    chosen,
    commentary_words,
    fact,
    findings_fit,
    listed,
    note_words,
    readable,
    side_words,
    size_of,
    smaller,
    spoken,
    tile_words,
)
from workbook.report.office.slide_layout import Area, Layouts, layouts_of
from workbook.report.office.slide_shapes import (
    add_drawing,
    describe,
    drop_empty,
    next_id,
    set_in_theme_font,
)
from workbook.report.office.slide_words import (
    Para,
    add_words,
    fill_words,
    fitting,
    ground,
    height_of,
)
from workbook.report.office.storyline import (
    Box,
    Chapter,
    Grid,
    Line,
    Part,
    Picture,
    Storyline,
    TileRow,
)
from workbook.report.office.text_fit import LINE, largest, shortened

MOST_SLIDES = 15
_TITLE_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
_TABLE_SIZES = (15.0, 14.0, 13.0, 12.0, 11.0, 10.0)
_GAP = 0.16
"""Inches between things on a slide."""
_NARROW, _NARROWEST, _WIDEST = 0.66, 0.4, 0.72
"""Shares of the width of a chart beside words; a picture takes what its height needs."""
_COMMENTARY_SLIDES = 2
_MOST_ON_TWO = 12
"""Rows of a table that goes on to a second slide; of a longer one the first rows are shown."""


def to_pptx(story: Storyline, meta: ReportMeta) -> bytes:
    """Return the slides of a report; the same report gives the same bytes."""
    template = meta.brand.pptx_template
    deck = _emptied(template) if template else house_deck(meta)
    writer = _Deck(deck, story, meta)
    writer.write()
    _properties(deck, story, meta)
    made = io.BytesIO()
    deck.save(made)
    return settled(made.getvalue(), meta.created)


def _emptied(template: bytes) -> Any:
    """Return a template without its own slides and what they alone refer to."""
    try:
        deck = Presentation(io.BytesIO(template))
    except Exception as failure:
        raise RunError(f"brand.pptx_template: it cannot be used ({failure})") from failure
    listed = deck.slides._sldIdLst
    for entry in list(listed):
        deck.part.drop_rel(entry.rId)
        listed.remove(entry)
    for sections in deck.part._element.iter(
        "{http://schemas.microsoft.com/office/powerpoint/2010/main}sectionLst"
    ):
        sections.getparent().getparent().remove(sections.getparent())
    return deck


def _properties(deck: Any, story: Storyline, meta: ReportMeta) -> None:
    """Say whose the file is; what a template says of itself goes."""
    set_properties(deck.core_properties, story, meta)
    relations = deck.part.package._rels
    for key in told_by_template(relations.items()):
        relations.pop(key)
    for key, relation in list(deck.part.rels.items()):
        if relation.reltype == RT.PRINTER_SETTINGS:
            deck.part.rels.pop(key)


@dataclass(slots=True)
class _Place:
    """A slide, what is left of its room, and what is said beside it."""

    slide: Any
    area: Area
    spoken: list[str]


class _Deck:
    """Writes the slides of one report."""

    def __init__(self, deck: Any, story: Storyline, meta: ReportMeta) -> None:
        self._deck = deck
        self._story = story
        self._meta = meta
        self._texts: Texts = load_texts("report", meta.language, meta.currency, meta.own)
        self._layouts: Layouts = layouts_of(deck)
        self._colours = Colours(brand=meta.brand, accents=self._layouts.accents)

    def write(self) -> None:
        """Write all slides."""
        self._cover()
        if self._story.front:
            self._front(self._story.front)
        if self._story.commentary:
            self._commentary(self._story.commentary)
        rest = MOST_SLIDES - len(self._deck.slides) - 1
        told = chosen(self._story.chapters, rest)
        for chapter in told:
            self._chapter(chapter)
        self._closing([c for c in self._story.chapters if c not in told])
        for number, slide in enumerate(self._deck.slides):
            drop_empty(slide)
            if number:
                self._foot(slide)
            self._language(slide)

    # The slides

    def _cover(self) -> None:
        story, layout = self._story, self._layouts.cover
        slide = self._deck.slides.add_slide(layout)
        slide.shapes.title.text_frame.text = story.title or self._meta.title
        holders = [p for p in slide.placeholders if p.placeholder_format.idx != 0]
        under = next(iter(holders), None)
        lines = [story.client, *(fact(label, value) for label, value in story.facts)]
        if under is None:
            title = slide.shapes.title
            area = Area(
                left=title.left / 914_400,
                top=(title.top + title.height) / 914_400 + _GAP,
                width=title.width / 914_400,
                height=2.0,
            )
            under = slide.shapes.add_textbox(*area.emu())
        across, high = under.width / 914_400, under.height / 914_400
        size = largest(lines, (16, 14, 12, 11, 10), across - 0.1, high, gap=6, bold=True) or 10.0
        paras = [
            Para(text=text, points=size + 4 if n == 0 else size, bold=n == 0, gap=5)
            for n, text in enumerate(lines)
        ]
        count = max(1, fitting(paras, across, high))
        fill_words(under, paras[:count])
        for other in holders[1:]:
            other._element.getparent().remove(other._element)
        if not self._meta.brand.pptx_template:
            self._band(slide)
            self._logo(slide)

    def _band(self, slide: Any) -> None:
        """Put the firm's picture over the title of the first slide, cut to its band."""
        kind, data = self._story.picture
        if not data:
            return
        across, high = WIDE[0] - 0.35, 1.8
        if kind == "svg+xml":
            data = png_of(data.decode("utf-8"), across)
        band = Area(left=0.35, top=0, width=across, height=high)
        picture = slide.shapes.add_picture(io.BytesIO(data), *band.emu())
        wide, tall = picture.image.size
        kept = min(1.0, high / across * wide / tall)
        picture.crop_top = picture.crop_bottom = (1 - kept) / 2
        if kept == 1.0:
            shown = across / high * tall / wide
            picture.crop_left = picture.crop_right = (1 - min(1.0, shown)) / 2
        describe(picture, "")

    def _logo(self, slide: Any) -> None:
        kind, data = self._story.logo
        if not data:
            return
        if kind == "svg+xml":
            svg = data.decode("utf-8")
            data = png_of(svg, 2.0)
        picture = slide.shapes.add_picture(io.BytesIO(data), 0, 0)
        scale = min(2.4 * 914_400 / picture.width, 0.9 * 914_400 / picture.height)
        picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
        picture.left = round(self._deck.slide_width - picture.width - 0.6 * 914_400)
        low = self._deck.slide_height - picture.height
        picture.top = round(low - 0.6 * 914_400 if self._story.picture[1] else 0.6 * 914_400)
        describe(picture, self._meta.brand.name or self._meta.author)

    def _front(self, front: Chapter) -> None:
        """Write page 2: the answer, key figures, findings, first steps and the limitation."""
        place = self._titled(front.heading)
        steps = next((i for i in front.items if isinstance(i, Grid)), None)
        limit = next((i for i in front.items if isinstance(i, Box)), None)
        tiles = next((i.tiles for i in front.items if isinstance(i, TileRow)), ())
        parts = [i.text for i in front.items if isinstance(i, Part)]
        place.spoken += spoken(front)
        self._tiles(place, tiles)
        if limit:
            self._limit(place, limit)
        head = [Para(text=parts[0], points=TEXT, bold=True, tone="accent")] if parts else []
        lines = [i for i in front.items if isinstance(i, Line) and i.style in ("number", "small")]
        set_steps = self._beside(place, head, lines, steps) if steps else None
        if steps and set_steps is None:
            self._findings(place, place.area, head, lines)
            after = self._titled(steps.title)
            self._exhibit(after, replace(steps, title=""))

    def _beside(
        self, place: _Place, head: list[Para], lines: Sequence[Line], steps: Grid
    ) -> SetTable | None:
        """Write findings and first steps beside each other; None where they do not fit."""
        left, right = place.area.columns(0.44, 0.35)
        title = [Para(text=steps.title, points=TEXT, bold=True, tone="accent")]
        under = right.below(height_of(title, right.width))
        table = set_table(steps, right.width, under.height, (12.0, 11.0, 10.0))
        cut = any(cell.endswith("…") for row in table.grid.rows for cell in row.cells)
        whole = table.shown == sum(not r.group for r in steps.rows) and not cut
        if not whole or table.height > under.height or not findings_fit(head, lines, left):
            return None
        self._findings(place, left, head, lines)
        add_words(place.slide.shapes, title, right)
        frame = add_table(place.slide.shapes, table, under)
        describe(frame, steps.title)
        return table

    def _findings(self, place: _Place, area: Area, head: list[Para], lines: Sequence[Line]) -> None:
        paras = head + listed(lines, size_of(head, lines, area))
        count = fitting(paras, area.width, area.height)
        place.spoken += [p.text for p in paras[count:]]
        if paras[:count]:
            self._content_words(place.slide, paras[:count], area)

    def _tiles(self, place: _Place, tiles: Sequence[Tile]) -> None:
        if not tiles:
            return
        area, gap = place.area, 0.18
        across = (area.width - gap * (len(tiles) - 1)) / len(tiles)
        sets = [tile_words(tile, across - 0.24) for tile in tiles]
        high = max(height_of(words, across - 0.24) for words in sets) + 0.14
        for number, words in enumerate(sets):
            box = Area(
                left=area.left + number * (across + gap), top=area.top, width=across, height=high
            )
            self._tile(place.slide, box, words)
        place.area = area.below(high + _GAP)

    def _tile(self, slide: Any, box: Area, words: list[Para]) -> None:
        shape = slide.shapes.add_textbox(*box.emu())
        shape.name = "Key figure"
        fill_words(shape, words)
        ground(shape, "pale")
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = round(0.12 * 914_400)
        frame.margin_top = round(0.08 * 914_400)

    def _limit(self, place: _Place, limit: Box) -> None:
        area = place.area
        text = shortened(" ".join(limit.paragraphs), 12, area.width - 1.6, 3)
        words = [Para(text=text, lead=f"{limit.title.rstrip('.:')}:", points=12, gap=0)]
        high = height_of(words, area.width) + 0.04
        foot = Area(
            left=area.left, top=area.top + area.height - high, width=area.width, height=high
        )
        add_words(place.slide.shapes, words, foot, name="Limitation")
        place.area = area.above(high + _GAP)

    def _commentary(self, own: Chapter) -> None:
        paras = [p for item in own.items for p in commentary_words(item)]
        paras = smaller(paras, self._layouts.area)
        for number in range(_COMMENTARY_SLIDES):
            if not paras:
                return
            place = self._titled(own.heading if number == 0 else f"{own.heading} (2)")
            count = max(1, fitting(paras, place.area.width, place.area.height))
            self._content_words(place.slide, paras[:count], place.area)
            paras = paras[count:]
            if paras and number == _COMMENTARY_SLIDES - 1:
                place.spoken += [p.text for p in paras]
            self._speak(place)

    def _chapter(self, chapter: Chapter) -> None:
        place = self._titled(chapter.heading)
        exhibit = readable(chapter)
        if exhibit is None:
            paras = [replace(p, points=p.points + 4) for p in side_words(chapter)]
            count = fitting(paras, place.area.width, place.area.height)
            if paras[:count]:
                self._content_words(place.slide, paras[:count], place.area)
            place.spoken += spoken(chapter)
            self._speak(place)
            return
        place.spoken += spoken(chapter)
        if isinstance(exhibit, Picture):
            place.spoken.append(self._texts("report.office.shown", alt=exhibit.alt))
        self._exhibit(place, exhibit, chapter)

    def _closing(self, untold: Sequence[Chapter]) -> None:
        """Say where the rest is."""
        story, texts = self._story, self._texts
        place = self._titled(texts("report.office.rest"))
        paras = [Para(text=texts("report.office.pdf"), points=16, mark="bullet", gap=6)]
        paras += [Para(text=text, points=TEXT, mark="indent", gap=3) for text in story.appendix]
        paras.append(Para(text=texts("report.office.xlsx"), points=16, mark="bullet", gap=6))
        if untold:
            paras.append(Para(text=texts("report.office.also"), points=16, mark="bullet", gap=6))
            paras += [
                Para(text=chapter.heading, points=TEXT, mark="indent", gap=3) for chapter in untold
            ]
        for lines in self._meta.imprint:
            paras += [Para(text=line, points=11, tone="muted", gap=2) for line in lines]
        count = fitting(paras, place.area.width, place.area.height)
        self._content_words(place.slide, paras[:count], place.area)

    # Parts of a slide

    def _titled(self, text: str) -> _Place:
        """Begin a slide under its title, which is cut where it cannot fit."""
        layouts = self._layouts
        slide = self._deck.slides.add_slide(layouts.content)
        for holder in list(slide.placeholders):
            if holder.placeholder_format.idx not in (0, layouts.content_index):
                holder._element.getparent().remove(holder._element)
        most = min(layouts.title_points, _TITLE_SIZES[0])
        sizes = [most, *(s for s in _TITLE_SIZES if s < most)]
        inner, high = layouts.title.width - 0.22, layouts.title.height - 0.1
        size = largest([text], sizes, inner, high, bold=True)
        place = _Place(slide=slide, area=layouts.area, spoken=[])
        if size is None:
            size = sizes[-1]
            place.spoken.append(text)
            text = shortened(text, size, inner, max(1, int(high * 72 / size / LINE)), bold=True)
        frame = slide.shapes.title.text_frame
        frame.text = text
        if size != layouts.title_points:
            for run in frame.paragraphs[0].runs:
                run.font.size = round(size * 12_700)
        self._holder(slide, remove=False)
        return place

    def _holder(self, slide: Any, *, remove: bool) -> Any:
        """Return the placeholder of content; take it off the slide where it is not needed."""
        index = self._layouts.content_index
        for holder in slide.placeholders:
            if index is not None and holder.placeholder_format.idx == index:
                if remove:
                    holder._element.getparent().remove(holder._element)
                return holder
        return None

    def _content_words(self, slide: Any, paras: Sequence[Para], area: Area) -> None:
        """Write into the placeholder of content, where there is one, at a place of its own."""
        holder = self._holder(slide, remove=False)
        if holder is None:
            add_words(slide.shapes, paras, area)
            return
        left, top, width, height = area.emu()
        holder.left, holder.top, holder.width, holder.height = left, top, width, height
        fill_words(holder, paras)

    def _exhibit(
        self, place: _Place, exhibit: Picture | Grid, chapter: Chapter | None = None
    ) -> None:
        """Put an exhibit under what says what it shows, over its source."""
        shapes, area = place.slide.shapes, place.area
        self._holder(place.slide, remove=True)
        top = caption_words(exhibit, chapter, area.width)
        if top:
            add_words(shapes, top, area, name="Caption")
            area = area.below(height_of(top, area.width) + 0.06)
        if isinstance(exhibit, Grid):
            self._table(place, area, exhibit, chapter)
        else:
            foot = note_words(exhibit.note, area.width)
            rest = area.above(height_of(foot, area.width) + _GAP if foot else 0)
            self._picture(place, rest, exhibit, chapter)
            self._source(place, area, foot)
        self._speak(place)

    def _source(self, place: _Place, area: Area, foot: list[Para]) -> None:
        if foot:
            high = height_of(foot, area.width)
            line = Area(
                left=area.left, top=area.top + area.height - high, width=area.width, height=high
            )
            add_words(place.slide.shapes, foot, line, name="Source")

    def _table(self, place: _Place, area: Area, grid: Grid, chapter: Chapter | None) -> None:
        sentence = self._texts("table.more", shown=grid.total, n=grid.total)
        room = height_of(note_words(f"{sentence} {grid.note}", area.width), area.width) + _GAP
        table = set_table(grid, area.width, area.height - room, _TABLE_SIZES)
        frame = add_table(place.slide.shapes, table, area)
        describe(frame, grid.title or (chapter.heading if chapter else ""))
        self._take_place(frame)
        rest = grid.rows[len(table.grid.rows) :] if grid.total <= _MOST_ON_TWO else ()
        cut = table.shown < grid.total and not rest
        more = self._texts("table.more", shown=table.shown, n=grid.total) if cut else ""
        foot = note_words(f"{more} {grid.note}".strip(), area.width)
        self._source(place, area, foot)
        left = area.below(table.height + _GAP).above(height_of(foot, area.width) + _GAP)
        words = side_words(chapter) if chapter else []
        count = fitting(words, left.width, left.height)
        if words[:count] and not rest:
            add_words(place.slide.shapes, words[:count], left, name="Words")
        if rest:
            title = place.slide.shapes.title.text_frame.text
            more_rows = replace(grid, rows=rest, total=sum(not row.group for row in rest))
            self._exhibit(self._titled(f"{title} (2)"), more_rows)

    def _picture(
        self, place: _Place, area: Area, picture: Picture, chapter: Chapter | None
    ) -> None:
        words = side_words(chapter) if chapter else []
        tall = proportion(picture.svg)
        native = has_native(picture.data)
        share = _NARROW if native else min(_WIDEST, area.height / tall / area.width)
        first, second = area.columns(max(_NARROWEST, share), 0.35)
        count = fitting(words, second.width, second.height)
        if words[:count]:
            add_words(place.slide.shapes, words[:count], second, name="Words")
            area = first
        if native and picture.data is not None:
            frame = add_chart(
                place.slide.shapes, picture.data, area, self._colours, self._texts.write
            )
        else:
            frame = add_drawing(place.slide.shapes, picture, area)
        describe(frame, picture.alt)
        self._take_place(frame)

    def _take_place(self, frame: Any) -> None:
        """Make an exhibit the content of the layout's placeholder."""
        index = self._layouts.content_index
        if index is None:
            return
        properties = frame._element.xpath("./*[1]/p:nvPr")[0]
        if properties.find(qn("p:ph")) is None:
            space = properties.nsmap["p"]
            properties.insert(0, parse_xml(f'<p:ph xmlns:p="{space}" idx="{index}"/>'))

    def _speak(self, place: _Place) -> None:
        said = [text for text in dict.fromkeys(place.spoken) if text]
        if said:
            place.slide.notes_slide.notes_text_frame.text = "\n".join(said)

    def _foot(self, slide: Any) -> None:
        """Fill the footer and the number of a slide as the layout has them."""
        meta = self._meta
        parts = (self._story.client, self._story.title, meta.period_told, meta.status)
        line = " · ".join(part for part in parts if part)
        for holder in self._layouts.content.placeholders:
            kind = holder.placeholder_format.type
            if kind not in (KIND.FOOTER, KIND.SLIDE_NUMBER):
                continue
            made = copy.deepcopy(holder._element)
            for own in list(made.spPr):
                made.spPr.remove(own)
            made.nvSpPr.cNvPr.set("id", str(next_id(slide)))
            slide.shapes._spTree.append(made)
            if kind is KIND.FOOTER:
                across = holder.width / 914_400 - 0.2
                shape = slide.shapes[-1]
                shape.text_frame.text = shortened(line, 12, across, 1)
                for paragraph in shape.text_frame.paragraphs:
                    set_in_theme_font(paragraph)

    def _language(self, slide: Any) -> None:
        """Say in which language the words are, for proofing."""
        code = PROOFING.get(self._meta.language, self._meta.language)
        trees = [slide._element]
        if slide.has_notes_slide:
            trees.append(slide.notes_slide._element)
        for tree in trees:
            for run in tree.iter(qn("a:r"), qn("a:fld")):
                run.get_or_add_rPr().set("lang", code) if run.tag == qn("a:r") else None
            for properties in tree.iter(qn("a:rPr"), qn("a:endParaRPr")):
                properties.set("lang", code)
