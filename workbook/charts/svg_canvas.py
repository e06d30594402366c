"""The canvas of charts: laid out once, drawn in one pass, its words glyph_run from memory.

matplotlib draws a figure twice to save it (once unseen, for the layout) and works out fonts,
sizes and outlines of each text anew.  Here the layout only measures, the picture is drawn once,
and what depends on words and their face alone is kept for the life of the process
(:mod:`workbook.charts.text_outlines`).
"""

import io
from typing import Any

from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.colors import rgb2hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from workbook.charts.text_outlines import (
    EM,
    FAMILIAR,
    POINTS,
    FontKey,
    defined,
    glyph_run,
    heights,
    number,
    size,
)
from workbook.language.glyphs import boxed


class Canvas(FigureCanvasSVG):
    """Lays a figure out and draws it, each once."""

    def __init__(self, figure: Figure) -> None:
        super().__init__(figure)
        self._measuring = self._renderer()

    def get_renderer(self) -> "_Renderer":
        """Return the renderer that measures (matplotlib asks for it by this name)."""
        return self._measuring

    def draw(self, *_: object, **__: object) -> None:
        """Take the figure for drawn: a library may want to see it before it is finished."""
        self.figure.stale = False

    def picture(self) -> str:
        """Return the finished figure as SVG."""
        engine = self.figure.get_layout_engine()
        if engine is not None:
            engine.execute(self.figure)
        self.figure.set_layout_engine("none")
        renderer = self._renderer()
        self.figure.draw(renderer)
        renderer.finalize()  # type: ignore[no-untyped-call]
        return renderer.file.getvalue()

    def _renderer(self) -> "_Renderer":
        width, height = self.figure.get_size_inches() * POINTS
        return _Renderer(width, height)


class _Renderer(RendererSVG):
    """Writes SVG as matplotlib does, but for words, which are glyph_run from memory."""

    def __init__(self, width: float, height: float) -> None:
        self.file = io.StringIO()
        unsigned = {"Date": None, "Creator": None}
        super().__init__(width, height, self.file, metadata=unsigned)  # type: ignore[no-untyped-call]
        self._defined: dict[str, Any] = getattr(self, "_glyph_map", {})  # matplotlib's own list

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | str
    ) -> tuple[float, float, float]:
        if ismath:
            stock: Any = super()
            width, height, descent = stock.get_text_width_height_descent(s, prop, ismath)
            return width, height, descent
        return size(boxed(s), FontKey.of(prop))

    def _get_font_height_metrics(
        self, prop: FontProperties
    ) -> tuple[float | None, float | None, float | None]:
        """Return ascent, descent and gap of lines (a version without this hook looks them up)."""
        return heights(FontKey.of(prop)) if FAMILIAR else (None, None, None)

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: FontProperties, angle: float,
        ismath: bool | str = False, mtext: Any = None,
    ) -> None:  # fmt: skip
        s = boxed(s)
        clipped = gc.get_clip_rectangle() is not None or gc.get_clip_path()[0] is not None
        if not FAMILIAR or ismath or clipped or gc.get_url() is not None:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]
            return
        words = glyph_run(s, FontKey.of(prop))
        new = [glyph for glyph in words.glyphs if glyph not in self._defined]
        self._defined.update(dict.fromkeys(new))
        scale = prop.get_size_in_points() / EM
        turn = f" rotate({number(-angle)})" if angle else ""
        place = f"translate({number(x)} {number(y)}){turn} scale({number(scale)} {number(-scale)})"
        writer: Any = self.writer
        writer.comment("words")  # closes the tag before; comments are left out in the end
        self.file.write(f'<g{_ink(gc)} transform="{place}">\n{defined(new)}{words.uses}</g>\n')


def _ink(gc: Any) -> str:
    """Return the style attribute of words; black and opaque is what has none."""
    colour = rgb2hex(gc.get_rgb())
    alpha = gc.get_alpha() if gc.get_forced_alpha() else gc.get_rgb()[3]
    style = [f"fill: {colour}"] * (colour != "#000000")
    style += [f"opacity: {number(alpha)}"] * (alpha != 1)
    return f' style="{"; ".join(style)}"' if style else ""
