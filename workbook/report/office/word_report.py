"""A report as a Word document: the body of the report with real headings, lists and tables.

The consultant's own words can be put in anywhere.  Method, data quality and glossary stay in the
PDF, whole tables in the XLSX.
"""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from workbook.errors import RunError
from workbook.language.catalog import Texts, load_texts
from workbook.report.blocks import Tile
from workbook.report.meta import ReportMeta
from workbook.report.office.drawn_picture import png_of, proportion
from workbook.report.office.file_properties import set_properties, told_by_template
from workbook.report.office.native_table import column_widths
from workbook.report.office.office_font import PROOFING
from workbook.report.office.same_bytes import settled
from workbook.report.office.storyline import (
    Box,
    Chapter,
    Grid,
    Item,
    Line,
    Part,
    Picture,
    Storyline,
    TileRow,
)
from workbook.report.office.word_marks import (
    bookmark,
    describe,
    instruction,
    link,
    order_paragraph,
    write_field,
    write_fields,
)
from workbook.report.office.word_styles import set_house_styles, set_page
from workbook.report.office.word_table import (
    ARIAL,
    _margins,
    is_roomy,
    keep_whole,
    keep_with_next,
    repeat_on_pages,
    rule_rows,
    set_widths,
    shade,
    write_cell,
    write_cells,
)

_MOST_ROWS = 40
"""Rows of a table in the document; all of them are in the XLSX."""
_TALLEST = 8.2
"""Inches of a picture on a page."""
_TABLE_SIZES = (9.5, 9.0, 8.5, 8.0)
_BAND = 2.6
"""Inches of the picture of the title page."""
_MUTED = "#5b6470"
_STYLES = {
    "text": "Normal",
    "lead": "Normal",
    "item": "List Bullet",
    "number": "List Number",
    "term": "Normal",
    "quote": "Quote",
    "small": "Normal",
}


def to_docx(story: Storyline, meta: ReportMeta) -> bytes:
    """Return the report as a Word document; the same report gives the same bytes."""
    template = meta.brand.docx_template
    document = _opened(template) if template else Document()
    _Writer(document, story, meta, own=bool(template)).write()
    made = io.BytesIO()
    document.save(made)
    return settled(made.getvalue(), meta.created)


def _opened(template: bytes) -> Any:
    try:
        return Document(io.BytesIO(template))
    except Exception as failure:
        raise RunError(f"brand.docx_template: Word cannot use it ({failure})") from failure


class _Writer:
    """Writes one document."""

    def __init__(self, document: Any, story: Storyline, meta: ReportMeta, *, own: bool) -> None:
        self._document = document
        self._story = story
        self._meta = meta
        self._texts: Texts = load_texts("report", meta.language, meta.currency, meta.own)
        self._own = own
        self._marks = 0
        self._lists = 0

    def write(self) -> None:
        """Write everything."""
        self._empty()
        if not self._own:
            set_house_styles(self._document, self._meta)
            set_page(self._document)
        self._proofing()
        chapters = [c for c in (self._story.front, self._story.commentary) if c]
        chapters += self._story.chapters
        self._cover(chapters)
        for number, chapter in enumerate(chapters):
            self._chapter(chapter, fresh=number <= 1)
        self._closing()
        self._footer()
        self._properties()

    # The document

    def _empty(self) -> None:
        """Take out what a template shows, but not its page set-up, headers and footers."""
        body = self._document.element.body
        for element in list(body):
            if element.tag != qn("w:sectPr"):
                body.remove(element)
        settings = self._document.part._settings_part
        for attached in list(settings.element.iter(qn("w:attachedTemplate"))):
            attached.getparent().remove(attached)
        relations = settings.rels
        for key, relation in list(relations.items()):
            if relation.is_external:
                relations.pop(key)  # a path of the machine that the template comes from

    def _proofing(self) -> None:
        """Say in which language the words are."""
        code = PROOFING.get(self._meta.language, self._meta.language)
        styles = self._document.styles.element
        defaults = styles.find(qn("w:docDefaults"))
        if defaults is None:
            defaults = OxmlElement("w:docDefaults")
            styles.insert(0, defaults)
        held = defaults
        for tag in ("w:rPrDefault", "w:rPr"):
            found = held.find(qn(tag))
            if found is None:
                found = OxmlElement(tag)
                held.insert(0, found)
            held = found
        for old in list(styles.iter(qn("w:lang"))):
            old.getparent().remove(old)
        lang = OxmlElement("w:lang")
        lang.set(qn("w:val"), code)
        lang.set(qn("w:eastAsia"), code)
        held.append(lang)

    def _properties(self) -> None:
        set_properties(self._document.core_properties, self._story, self._meta)
        relations = self._document.part.package.rels
        for key in told_by_template(relations.items()):
            relations.pop(key)

    def _footer(self) -> None:
        """Write whose report it is and the number of the page, unless the template does."""
        meta = self._meta
        for section in self._document.sections:
            footer = section.footer
            if self._own and any(p.text.strip() for p in footer.paragraphs):
                continue
            footer.is_linked_to_previous = False
            line = footer.paragraphs[0]
            for run in list(line.runs):
                run._r.getparent().remove(run._r)
            parts = (self._story.client, self._story.title, meta.period_told, meta.status)
            line.add_run(" · ".join(p for p in parts if p) + " · ")
            page = self._texts("report.page", page="{page}", pages="{pages}")
            write_fields(line, page)
            if meta.brand.footer:
                line.add_run().add_break()
                line.add_run(meta.brand.footer)
            for run in line.runs:
                run.font.size = Pt(8.5)

    # The parts of the report

    def _cover(self, chapters: Sequence[Chapter]) -> None:
        story = self._story
        self._logo()
        self._paragraph(story.client, "Subtitle")
        self._paragraph(story.title, "Title")
        for label, value in story.facts:
            text = "" if value.startswith(label) else f"{label}: "
            line = self._paragraph("", "Normal")
            line.add_run(text).bold = True
            line.add_run(value)
        self._contents(chapters)

    def _logo(self) -> None:
        kind, data = self._story.logo
        if self._own:
            return
        self._band()
        if not data:
            return
        if kind == "svg+xml":
            data = png_of(data.decode("utf-8"), 2.0)
        line = self._paragraph("", "Normal")
        shape = line.add_run().add_picture(io.BytesIO(data))
        scale = min(Cm(6) / shape.width, Cm(2.2) / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        describe(shape, self._meta.brand.name or self._meta.author)

    def _band(self) -> None:
        """Put the firm's picture on top of the first page."""
        kind, data = self._story.picture
        if not data:
            return
        if kind == "svg+xml":
            data = png_of(data.decode("utf-8"), self._across)
        shape = self._paragraph("", "Normal").add_run().add_picture(io.BytesIO(data))
        scale = min(self._across * 914_400 / shape.width, _BAND * 914_400 / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        describe(shape, "")

    def _contents(self, chapters: Sequence[Chapter]) -> None:
        """Write a table of contents that Word can make anew, filled with the chapters."""
        title = self._paragraph(self._texts("report.contents"), "Normal")
        title.paragraph_format.space_before = Pt(24)
        for run in title.runs:
            run.bold = True
        lines = [chapter.short or chapter.heading for chapter in chapters]
        for number, text in enumerate(lines, start=1):
            line = self._paragraph("", "Normal")
            line.paragraph_format.space_after = Pt(3)
            if number == 1:
                write_field(line, "begin")
                code = line.add_run()
                code._r.append(instruction(' TOC \\o "1-1" \\n \\h \\z '))
                write_field(line, "separate")
            line._p.append(link(f"_s{number}", text))
            if number == len(lines):
                write_field(line, "end")

    def _chapter(self, chapter: Chapter, *, fresh: bool) -> None:
        heading = self._paragraph(chapter.heading, "Heading 1")
        heading.paragraph_format.page_break_before = fresh
        self._marks += 1
        bookmark(heading, f"_s{self._marks}", self._marks)
        if chapter.caption:
            self._muted(chapter.caption)
        for place, item in enumerate(chapter.items):
            previous = chapter.items[place - 1] if place else None
            self._item(item, previous)

    def _item(self, item: Item, previous: Item | None) -> None:
        if isinstance(item, Part):
            self._paragraph(item.text, "Heading 2")
        elif isinstance(item, Line):
            self._line(item, previous)
        elif isinstance(item, Box):
            self._box(item)
        elif isinstance(item, TileRow):
            self._tiles(item.tiles)
        elif isinstance(item, Picture):
            self._picture(item)
        elif item.rows:
            self._table(item)

    def _line(self, line: Line, previous: Item | None) -> None:
        if line.style == "small":
            self._muted(line.text)
            return
        made = self._paragraph("", _STYLES[line.style])
        if line.style == "term" and line.before:
            made.add_run(f"{line.before}. ").bold = True
        run = made.add_run(line.text)
        if line.style == "lead":
            run.font.size = Pt(12)
        if line.style == "quote" and line.before:
            made.add_run(f" — {line.before}")
        if line.style == "number":
            goes_on = isinstance(previous, Line) and previous.style in ("number", "small")
            self._number(made, fresh=not goes_on)

    def _number(self, made: Any, *, fresh: bool) -> None:
        """Count a list from one where it begins."""
        style = made.style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if style is None:
            return
        numbering = self._document.part.numbering_part.element
        if fresh or not self._lists:
            own = next(n for n in numbering.num_lst if n.numId == int(style.get(qn("w:val"))))
            num = numbering.add_num(own.abstractNumId.val)
            num.add_lvlOverride(ilvl=0).add_startOverride(1)
            self._lists = num.numId
        properties = made._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self._lists

    def _box(self, box: Box) -> None:
        """Write a remark with a bar at its left."""
        for place, text in enumerate(box.paragraphs):
            line = self._paragraph("", "Normal")
            if place == 0:
                line.add_run(f"{box.title.rstrip('.:')}. ").bold = True
            line.add_run(text)
            line.paragraph_format.left_indent = Cm(0.4)
            line._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="18" w:space="8" '
                    f'w:color="{self._accent}"/></w:pBdr>'
                )
            )
            order_paragraph(line)

    def _tiles(self, tiles: Sequence[Tile]) -> None:
        """Write key figures beside each other, as a table without rules."""
        table = self._document.add_table(rows=1, cols=len(tiles))
        table.autofit = False
        across = self._across / len(tiles)
        for cell, tile in zip(table.rows[0].cells, tiles, strict=True):
            cell.width = Pt(across * 72)
            shade(cell, "F1F3F6")
            label = cell.paragraphs[0]
            label.style = self._style("Normal")
            label.add_run(tile.label).font.size = Pt(9)
            value = cell.add_paragraph(style=self._style("Normal"))
            figure = value.add_run(tile.value)
            figure.bold = True
            figure.font.size = Pt(17)
            for text in (tile.change, tile.base):
                if text:
                    under = cell.add_paragraph(style=self._style("Normal"))
                    under.add_run(text).font.size = Pt(8.5)
            for line in cell.paragraphs:
                line.paragraph_format.space_after = Pt(1)
        _margins(table)
        self._grid_words(table, self._meta.texts("report.contents"), head=False)
        self._paragraph("", "Normal").paragraph_format.space_after = Pt(2)

    def _picture(self, picture: Picture) -> None:
        self._title(picture.title)
        tall = proportion(picture.svg)
        across = min(self._across, _TALLEST / tall)
        line = self._paragraph("", "Normal")
        line.paragraph_format.keep_with_next = bool(picture.note)
        png = io.BytesIO(png_of(picture.svg, across))
        shape = line.add_run().add_picture(png, width=Pt(across * 72))
        describe(shape, picture.alt)
        self._muted(picture.note)

    def _table(self, grid: Grid) -> None:
        self._title(grid.title)
        shown = grid.rows[:_MOST_ROWS]
        points = next(
            (p for p in _TABLE_SIZES if is_roomy(grid, self._across, p)), _TABLE_SIZES[-1]
        )
        widths = column_widths(grid, self._across, points * ARIAL)
        table = self._document.add_table(rows=1 + len(shown), cols=len(grid.heads))
        table.autofit = False
        cells = table._cells
        count = len(grid.heads)
        set_widths(table, widths)
        for place, head in enumerate(grid.heads):
            write_cell(cells[place], head.text, points, right=head.numeric, bold=True)
        repeat_on_pages(table.rows[0])
        keep_with_next(cells[:count])
        for number, row in enumerate(shown, start=1):
            write_cells(cells[number * count : (number + 1) * count], row, grid.heads, points)
            if row.group:
                keep_with_next(cells[number * count : (number + 1) * count])
        for row in table.rows:
            keep_whole(row)
        rule_rows(table)
        self._grid_words(table, grid.title, head=True)
        told = sum(not row.group for row in shown)
        more = self._texts("table.more", shown=told, n=grid.total) if told < grid.total else ""
        self._muted(f"{more} {grid.note}".strip() or " ")

    def _grid_words(self, table: Any, title: str, *, head: bool) -> None:
        """Say what a table is, and whether its first row is a heading."""
        properties = table._tbl.tblPr
        look = properties.find(qn("w:tblLook"))
        if look is not None:
            for name in ("firstRow", "firstColumn", "lastRow", "lastColumn"):
                look.set(qn(f"w:{name}"), "1" if head and name.startswith("first") else "0")
        if head and title:
            caption = OxmlElement("w:tblCaption")
            caption.set(qn("w:val"), title)
            properties.append(caption)

    def _closing(self) -> None:
        texts = self._texts
        self._paragraph(texts("report.office.rest"), "Heading 1")
        for key in ("report.office.pdf", "report.office.xlsx"):
            self._paragraph(texts(key), "List Bullet")
        for lines in self._meta.imprint:
            for line in lines:
                self._muted(line)

    # Words

    def _title(self, text: str) -> None:
        if text:
            line = self._paragraph("", "Normal")
            line.add_run(text).bold = True
            line.paragraph_format.space_before = Pt(8)
            line.paragraph_format.keep_with_next = True

    def _muted(self, text: str) -> None:
        if not text:
            return
        line = self._paragraph("", "Normal")
        run = line.add_run(text)
        run.font.size = Pt(8.5)
        run.font.color.rgb = RGBColor.from_string(_MUTED[1:].upper())

    def _paragraph(self, text: str, style: str) -> Any:
        return self._document.add_paragraph(text, style=self._style(style))

    def _style(self, name: str) -> Any:
        """Return a style of the document; one that a template lacks is made plain."""
        styles = self._document.styles
        if name in styles and styles[name].type == WD_STYLE_TYPE.PARAGRAPH:
            return styles[name]
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        level = name.removeprefix("Heading ")
        if level.isdigit():
            made.font.bold = True
            made.font.size = Pt({"1": 16, "2": 12}.get(level, 11))
            outline = OxmlElement("w:outlineLvl")
            outline.set(qn("w:val"), str(int(level) - 1))
            made.element.get_or_add_pPr().append(outline)
        return made

    @property
    def _across(self) -> float:
        """Inches between the margins of the page."""
        section = self._document.sections[-1]
        return float((section.page_width - section.left_margin - section.right_margin) / 914_400)

    @property
    def _accent(self) -> str:
        return self._meta.accent[1:].upper()
