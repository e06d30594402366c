"""The formats of a form's cells: what is filled in is unlocked and tinted."""

from dataclasses import dataclass
from typing import Any

_FILL = "#FFF8E1"
_LINE = "#BFBFBF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """Formats by what a cell is."""

    title: Any
    text: Any
    strong: Any
    small: Any
    label: Any
    head: Any
    section: Any
    fill: Any
    """Free text to fill in."""
    choice: Any
    """A choice to fill in."""


def add_styles(book: Any) -> Styles:
    """Add the formats to a workbook; all cells hold text."""

    def style(**properties: object) -> Any:
        return book.add_format({"num_format": "@", "valign": "top", **properties})

    wrapped = {"text_wrap": True}
    fill = {**wrapped, "locked": False, "bg_color": _FILL, "border": 1, "border_color": _LINE}
    return Styles(
        title=style(bold=True, font_size=14),
        text=style(**wrapped),
        strong=style(**wrapped, bold=True),
        small=style(font_size=9, font_color="#595959"),
        label=style(align="right", bold=True),
        head=style(**wrapped, bold=True, bottom=1, bg_color="#E7EEF5"),
        section=style(bold=True, bg_color="#F2F2F2"),
        fill=style(**fill),
        choice=style(**fill, align="center"),
    )


def fill_format(book: Any, number_format: str) -> Any:
    """Add the format of a cell to fill in that holds a number, a day or a text."""
    return book.add_format(
        {
            "num_format": number_format,
            "valign": "top",
            "text_wrap": True,
            "locked": False,
            "bg_color": _FILL,
            "border": 1,
            "border_color": _LINE,
        }
    )
