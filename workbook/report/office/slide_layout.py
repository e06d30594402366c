"""Where things go on a slide: the layouts of a presentation, found by the kinds of their boxes.

Names of layouts differ by language and by template; kinds of placeholders do not.
"""

import re
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

_EMU = 914_400
_TITLES = (KIND.TITLE, KIND.CENTER_TITLE)
_CONTENTS = (KIND.OBJECT, KIND.BODY, KIND.CHART, KIND.TABLE)
_FURNITURE = (KIND.DATE, KIND.FOOTER, KIND.SLIDE_NUMBER, KIND.HEADER)
_DEFAULT_TITLE = 44.0
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    def below(self, taken: float) -> "Area":
        """Return what is left under so many inches."""
        return Area(
            left=self.left, top=self.top + taken, width=self.width, height=self.height - taken
        )

    def above(self, taken: float) -> "Area":
        """Return what is left over the last so many inches."""
        return Area(left=self.left, top=self.top, width=self.width, height=self.height - taken)

    def columns(self, share: float, gap: float) -> "tuple[Area, Area]":
        """Return two areas beside each other, the first with that share of the width."""
        first = (self.width - gap) * share
        second = self.width - gap - first
        return (
            Area(left=self.left, top=self.top, width=first, height=self.height),
            Area(left=self.left + first + gap, top=self.top, width=second, height=self.height),
        )

    def emu(self) -> tuple[int, int, int, int]:
        """Return left, top, width and height in the units of the file."""
        left, top, width, height = (
            round(side * _EMU) for side in (self.left, self.top, self.width, self.height)
        )
        return left, top, width, height


@dataclass(frozen=True, slots=True, kw_only=True)
class Layouts:
    """What a presentation offers."""

    cover: Any
    """Layout of the first slide."""
    content: Any
    """Layout of all others."""
    area: Area
    """Where their content goes."""
    content_index: int | None
    """Number of the placeholder that holds it; None: there is none."""
    title: Area
    title_points: float
    """Type size of titles as the layout has it."""
    accents: tuple[str, str]
    """The first two accent colours of the theme, ``#rrggbb``."""


def layouts_of(deck: Any) -> Layouts:
    """Return the layouts that slides are made from.

    Raises
    ------
    ValueError
        When no layout has a title.
    """
    found = list(deck.slide_layouts)
    titled = [layout for layout in found if _of_kind(layout, *_TITLES)]
    if not titled:
        raise ValueError("no layout has a title")
    cover = next((x for x in found if _of_kind(x, KIND.CENTER_TITLE)), None) or next(
        (x for x in titled if _of_kind(x, KIND.SUBTITLE)), titled[0]
    )
    content = min((x for x in titled if x is not cover), key=_strangeness, default=titled[0])
    title = _area(_of_kind(content, *_TITLES)[0])
    holder = next(iter(_of_kind(content, *_CONTENTS)), None)
    return Layouts(
        cover=cover,
        content=content,
        area=_area(holder) if holder is not None else _under(deck, title),
        content_index=None if holder is None else holder.placeholder_format.idx,
        title=title,
        title_points=_title_points(content),
        accents=_accents(content.slide_master),
    )


def _of_kind(layout: Any, *kinds: Any) -> list[Any]:
    return [p for p in layout.placeholders if p.placeholder_format.type in kinds]


def _strangeness(layout: Any) -> tuple[int, int]:
    """Return how far a layout is from a title and one box of content, the best first."""
    boxes = [p for p in layout.placeholders if p.placeholder_format.type not in _FURNITURE]
    rest = [p for p in boxes if p.placeholder_format.type not in _TITLES]
    objects = [p for p in rest if p.placeholder_format.type is KIND.OBJECT]
    if len(rest) == 1 and objects:
        return 0, 0
    if not rest:
        return 1, 0
    return 2, len(rest)


def _area(shape: Any) -> Area:
    left, top, width, height = shape.left, shape.top, shape.width, shape.height
    return Area(left=left / _EMU, top=top / _EMU, width=width / _EMU, height=height / _EMU)


def _under(deck: Any, title: Area) -> Area:
    """Return the room under a title down to the foot of the slide."""
    top = title.top + title.height + 0.15
    return Area(
        left=title.left,
        top=top,
        width=title.width,
        height=max(1.0, deck.slide_height / _EMU - top - 0.75),
    )


def _title_points(layout: Any) -> float:
    """Return the size of a title: the layout's own, its master's box, or its master's style."""
    master = layout.slide_master
    boxes = [p for holder in (layout, master) for p in _of_kind(holder, *_TITLES)]
    styles = [box._element.txBody.find(qn("a:lstStyle")) for box in boxes]
    styles.append(master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}"))
    for style in styles:
        first = None if style is None else style.find(f"{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
        if first is not None and first.get("sz"):
            return int(first.get("sz")) / 100
    return _DEFAULT_TITLE


def _accents(master: Any) -> tuple[str, str]:
    theme = parse_xml(master.part.part_related_by(RT.THEME).blob)

    def colour(name: str) -> str:
        slot = theme.find(f".//{{{_A}}}clrScheme/{{{_A}}}{name}")
        value = "" if slot is None or not len(slot) else slot[0].get("val", "")
        return f"#{value}" if re.fullmatch("[0-9A-Fa-f]{6}", value) else "#000000"

    return colour("accent1"), colour("accent2")
