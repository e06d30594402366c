"""The house look of slides: what a deck is made from where the consultant has no template.

The library's plain file of ten by seven and a half inches becomes a wide one with two layouts, in
the brand's colours.  Everything that stands on a slide refers to the theme, so that a template of
the consultant's own is used in the same way.
"""

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from workbook.charts.chart import FAINT, GREY, INK, PALE
from workbook.report.meta import ReportMeta
from workbook.report.office.office_font import office_font

WIDE = (13.333, 7.5)
"""Inches of a slide."""
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_TITLE, _CONTENT = 0, 1
"""Of the library's layouts, those that are kept."""
_MARGIN, _ACROSS = 0.6, 12.13
_BOXES = {
    "title": (_MARGIN, 0.5, _ACROSS, 1.0),
    "body": (_MARGIN, 1.6, _ACROSS, 5.15),
    "ftr": (_MARGIN, 6.95, 10.4, 0.3),
    "sldNum": (11.73, 6.95, 1.0, 0.3),
    "ctrTitle": (1.0, 2.0, 11.3, 1.7),
    "subTitle": (1.0, 3.85, 11.3, 2.6),
}
_LEVELS = (1600, 1400, 1400, 1200, 1200)
"""Type sizes of the levels of body text, in hundredths of a point."""


def house_deck(meta: ReportMeta) -> Any:
    """Return an empty presentation in the house look and the brand's colours."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = (Inches(side) for side in WIDE)
    for layout in list(deck.slide_layouts)[_CONTENT + 1 :]:
        deck.slide_layouts.remove(layout)
    master = deck.slide_master
    _theme(master, meta)
    _text_styles(master)
    _placeholders(master)
    for layout in deck.slide_layouts:
        _placeholders(layout)
    _bar(master, (_MARGIN, 0.34, 0.9, 0.06))
    _bar(deck.slide_layouts[_TITLE], (0, 0, 0.35, WIDE[1]))
    for shape in deck.slide_layouts[_TITLE].placeholders:
        _left(shape)
    deck.slide_layouts[_TITLE]._element.set("showMasterSp", "0")
    return deck


def _theme(master: Any, meta: ReportMeta) -> None:
    part = master.part.part_related_by(RT.THEME)
    theme = etree.fromstring(part.blob)
    colours = {
        "dk1": INK,
        "lt1": "#ffffff",
        "dk2": meta.accent,
        "lt2": FAINT,
        "accent1": meta.brand.primary,
        "accent2": meta.brand.secondary,
        "accent3": meta.brand.tertiary,
        "accent4": GREY,
        "accent5": INK,
        "accent6": PALE,
        "hlink": meta.accent,
        "folHlink": GREY,
    }
    scheme = theme.find(f".//{{{_A}}}clrScheme")
    scheme.set("name", "Report")
    for name, colour in colours.items():
        slot = scheme.find(f"{{{_A}}}{name}")
        for old in list(slot):
            slot.remove(old)
        etree.SubElement(slot, f"{{{_A}}}srgbClr").set("val", colour[1:].upper())
    for latin in theme.iterfind(f".//{{{_A}}}fontScheme/*/{{{_A}}}latin"):
        latin.set("typeface", office_font(meta))
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _text_styles(master: Any) -> None:
    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    words = title.find(qn("a:defRPr"))
    words.set("sz", "2400")
    words.set("b", "1")
    body = styles.find(qn("p:bodyStyle"))
    for level, size in enumerate(_LEVELS, start=1):
        body.find(qn(f"a:lvl{level}pPr")).find(qn("a:defRPr")).set("sz", str(size))


def _placeholders(holder: Any) -> None:
    """Set the places of a master's or a layout's placeholders; no date is shown."""
    for shape in list(holder.placeholders):
        kind = shape._element.find(f".//{qn('p:ph')}").get("type", "obj")
        if kind == "dt":
            shape._element.getparent().remove(shape._element)
            continue
        own = shape._element.spPr.find(qn("a:xfrm")) is not None
        if kind in _BOXES and own:
            left, top, width, height = (Inches(side) for side in _BOXES[kind])
            shape.left, shape.top, shape.width, shape.height = left, top, width, height
        if kind in ("title", "ctrTitle"):
            box = shape._element.txBody.find(qn("a:bodyPr"))
            box.set("anchor", "t" if kind == "title" else "b")
            box.set("lIns", "0")
        if kind == "ftr" and own:
            _left(shape)
            shape._element.txBody.find(qn("a:bodyPr")).set("lIns", "0")
        if kind in ("ftr", "sldNum") and own:
            for style in shape._element.iter(qn("a:defRPr")):
                style.set("sz", "900")
                etree.SubElement(style, qn("a:latin")).set("typeface", "+mn-lt")


def _left(shape: Any) -> None:
    for level in shape._element.iter(*(qn(f"a:lvl{n}pPr") for n in range(1, 10))):
        level.set("algn", "l")


def _bar(holder: Any, box: tuple[float, float, float, float]) -> None:
    """Draw a bar in the first colour of the theme behind everything."""
    left, top, width, height = (Emu(int(Inches(side))) for side in box)
    tree = holder.shapes._spTree
    taken = (int(e.get("id")) for e in tree.iter() if e.tag.endswith("}cNvPr"))
    bar = etree.fromstring(
        f'<p:sp xmlns:p="{_namespace("p")}" xmlns:a="{_A}"><p:nvSpPr>'
        f'<p:cNvPr id="{max(taken) + 1}" name="Bar"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/>'
        "</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    tree.insert(2, bar)


def _namespace(prefix: str) -> str:
    return str(qn(f"{prefix}:x")[1:].partition("}")[0])
