"""A drawing written short shows the same: what it draws, what refers to what, its words."""

from xml.etree import ElementTree

import pytest

from workbook.charts.chart import draw
from workbook.charts.plot import Freehand
from workbook.report.compact_drawing import compacted

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def short(inside: str) -> str:
    """Return what is inside the drawing when it has been compacted."""
    made = compacted(ElementTree.fromstring(f"{HEAD}{inside}</svg>"))
    return made.removeprefix('<svg xmlns="http://www.w3.org/2000/svg">').removesuffix("</svg>")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('<path d="M 1 2 \nL 3.14159 -0.001 \nz\n"/>', '<path d="M1 2L3.14 -0z"/>'),
        ('<path d="M 1e-05 2"/>', '<path d="M1e-05 2"/>'),
        ('<rect x="1.23456" fill="#1f2933"/>', '<rect fill="#1f2933" x="1.23"/>'),
        ('<g transform="translate(1.239 2) scale(0.015625)"><path/></g>',
         '<g transform="translate(1.24 2) scale(0.015625)"><path/></g>'),
        ('<g id="a"><g><path/></g></g>', "<path/>"),
        ('<path id="long-name"/><use xlink:href="#long-name" transform="translate(40.67 0)"/>',
         '<path id="i0"/><use href="#i0" x="40.67"/>'),
        ('<clipPath id="clip"/><path clip-path="url(#clip)" style="fill: #abcdef"/>',
         '<clipPath id="i0"/><path clip-path="url(#i0)" style="fill:#abcdef"/>'),
        ("<text> a <tspan>b</tspan> c &lt; d</text>",
         "<text> a <tspan>b</tspan> c &lt; d</text>"),
        ('<image href="data:image/png;base64,AA"/>', '<image href="data:image/png;base64,AA"/>'),
        ('<style>#a{fill:red}</style><path id="a"/>', '<style>#a{fill:red}</style><path id="a"/>'),
        ("<g clip-path=\"url('#c')\"/><b id='c'/>", '<g clip-path="url(#i0)"/><b id="i0"/>'),
    ],
)  # fmt: skip
def test_what_draws_stays_and_what_does_not_goes(given: str, expected: str) -> None:
    assert short(given) == expected


def test_a_colour_that_is_called_like_an_id_stays_a_colour() -> None:
    drawn = short('<path id="abc"/><use href="#abc"/><path fill="#abc"/>')
    assert drawn == '<path id="i0"/><use href="#i0"/><path fill="#abc"/>'


def test_a_chart_is_a_third_shorter_and_compacting_again_changes_nothing() -> None:
    bars = Freehand(
        plot=lambda figure: figure.add_subplot().barh(["Alpha", "Beta"], [1, 2]), tall=2
    )
    chart = draw(bars, title="", alt="Bars", note="")
    once = compacted(ElementTree.fromstring(chart.svg))
    assert len(once) < 0.72 * len(chart.svg)
    assert compacted(ElementTree.fromstring(once)) == once
