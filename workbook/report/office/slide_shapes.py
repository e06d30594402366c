"""Shapes of a slide: drawings, their words, the theme's font."""

import io
from typing import Any

from pptx.oxml import parse_xml

from workbook.report.office.drawn_picture import png_of, proportion
from workbook.report.office.slide_layout import Area
from workbook.report.office.storyline import (
    Picture,
)

_THEME_FONT = (
    '<a:latin xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" typeface="+mn-lt"/>'
)


def add_drawing(shapes: Any, picture: Picture, area: Area) -> Any:
    """Put the picture of the page into an area as large as it fits, at its left."""
    tall = proportion(picture.svg)
    across = min(area.width, area.height / tall)
    high = across * tall
    fitted = Area(left=area.left, top=area.top, width=across, height=high)
    return shapes.add_picture(io.BytesIO(png_of(picture.svg, across)), *fitted.emu())


def describe(frame: Any, alt: str) -> None:
    """Give a picture, chart or table its words for those who do not see it."""
    frame._element.xpath("./*[1]/p:cNvPr")[0].set("descr", alt)


def set_in_theme_font(paragraph: Any) -> None:
    """Set a line in the theme's font where a program does not take it from the master."""
    for run in paragraph.runs:
        run.font._element.insert(0, parse_xml(_THEME_FONT))


def drop_empty(slide: Any) -> None:
    """Take off boxes that nothing was written into: they would ask for a click."""
    for holder in list(slide.placeholders):
        if holder.has_text_frame and not holder.text_frame.text and holder != slide.shapes.title:
            holder._element.getparent().remove(holder._element)


def next_id(slide: Any) -> int:
    """Return a number that no shape of a slide has."""
    return 1 + max(int(e.get("id")) for e in slide._element.iter() if e.tag.endswith("}cNvPr"))
