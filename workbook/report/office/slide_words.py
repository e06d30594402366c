"""Words on a slide: paragraphs of a known size in boxes of a known size."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pptx.enum.dml import MSO_THEME_COLOR as THEME
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from workbook.report.office.slide_layout import Area
from workbook.report.office.text_fit import LINE, wrapped

Tone = Literal["text", "muted", "accent"]
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_INDENT = 0.24
"""Inches that the text of a list stands in."""
_PADDING = 0.0
_MUTED = (75_000, 25_000)
"""Shares of the text colour and of white in muted text, in thousandths of a per cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """One paragraph."""

    text: str
    points: float
    bold: bool = False
    tone: Tone = "text"
    lead: str = ""
    """Words in bold before it."""
    mark: Literal["", "bullet", "number", "indent"] = ""
    gap: float = 4
    """Points under it."""

    def height(self, across: float) -> float:
        """Return the inches that it takes in a box of that width."""
        inner = across - (_INDENT if self.mark else 0) - 2 * _PADDING
        text = f"{self.lead} {self.text}" if self.lead else self.text
        lines = len(wrapped(text, self.points, inner, bold=self.bold or bool(self.lead)))
        return (lines * self.points * LINE + self.gap) / 72


def height_of(paras: Sequence[Para], across: float) -> float:
    """Return the inches that paragraphs take in a box of that width."""
    return sum(para.height(across) for para in paras)


def fitting(paras: Sequence[Para], across: float, high: float) -> int:
    """Return how many of the paragraphs fit, from the first."""
    taken = 0.0
    for count, para in enumerate(paras):
        taken += para.height(across)
        if taken > high:
            return count
    return len(paras)


def add_words(shapes: Any, paras: Sequence[Para], area: Area, *, name: str = "") -> Any:
    """Write paragraphs into a new box of text and return it."""
    box = shapes.add_textbox(*area.emu())
    if name:
        box.name = name
    fill_words(box, paras)
    return box


def fill_words(shape: Any, paras: Sequence[Para]) -> None:
    """Write paragraphs into a shape in place of what is in it."""
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = Inches(_PADDING)
    frame.margin_top = frame.margin_bottom = 0
    frame.clear()
    for place, para in enumerate(paras):
        made = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        _write(made, para)


def _write(made: Any, para: Para) -> None:
    made.space_before = Pt(0)
    made.space_after = Pt(para.gap)
    made.line_spacing = 1.0
    _mark(made, para)
    if para.lead:
        run = made.add_run()
        run.text = f"{para.lead} "
        _look(run.font, para, bold=True)
    run = made.add_run()
    run.text = para.text
    _look(run.font, para, bold=para.bold)


def _mark(made: Any, para: Para) -> None:
    properties = made._p.get_or_add_pPr()
    indent = round(_INDENT * 914_400) if para.mark else 0
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent if para.mark in ("bullet", "number") else 0))
    kind = {
        "bullet": '<a:buChar xmlns:a="{}" char="•"/>',
        "number": '<a:buAutoNum xmlns:a="{}" type="arabicPeriod"/>',
    }.get(para.mark, '<a:buNone xmlns:a="{}"/>')
    properties.append(parse_xml(kind.format(_A)))


def _look(font: Any, para: Para, *, bold: bool) -> None:
    font.size = Pt(para.points)
    font.bold = bold
    if para.tone == "accent":
        font.color.theme_color = THEME.TEXT_2
    elif para.tone == "muted":
        mute(font)
    else:
        font.color.theme_color = THEME.TEXT_1


def mute(font: Any) -> None:
    """Set text in the colour of text, lightened."""
    font.color.theme_color = THEME.TEXT_1
    colour = font._rPr.find(f"{qn('a:solidFill')}/{qn('a:schemeClr')}")
    keep, lighten = _MUTED
    for name, value in (("lumMod", keep), ("lumOff", lighten)):
        colour.append(parse_xml(f'<a:{name} xmlns:a="{_A}" val="{value}"/>'))


def ground(shape: Any, tone: Literal["accent", "pale"]) -> None:
    """Give a shape a ground: the first accent's bar is drawn by its line, the rest is pale."""
    fill = shape.fill
    fill.solid()
    fill.fore_color.theme_color = THEME.BACKGROUND_2 if tone == "pale" else THEME.ACCENT_1
