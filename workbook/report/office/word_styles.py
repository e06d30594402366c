"""Styles and page of a Word document without a template."""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from workbook.charts.chart import INK
from workbook.report.meta import ReportMeta
from workbook.report.office.office_font import office_font


def set_house_styles(document: Any, meta: ReportMeta) -> None:
    """Set the library's plain styles in the brand's colours and font."""
    accent = RGBColor.from_string(meta.accent[1:].upper())
    ink = RGBColor.from_string(INK[1:].upper())
    sizes = {
        "Normal": (10.5, ink, False),
        "Title": (26, accent, True),
        "Subtitle": (13, ink, False),
        "Heading 1": (15, accent, True),
        "Heading 2": (12, ink, True),
        "Quote": (10.5, ink, False),
    }
    for name, (points, colour, bold) in sizes.items():
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(points), bold, colour
        style.font.italic = name == "Quote"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), office_font(meta))
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(20)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(6)
    document.styles["Title"].paragraph_format.space_after = Pt(18)
    border = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)


def set_page(document: Any) -> None:
    """Set the page: A4, upright, with the margins of a letter."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.0)
