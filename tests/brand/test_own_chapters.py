"""Chapters are hidden, moved and headed as the consultant says, however the notebook is run."""

import pytest

from workbook.engagement.settings import OwnTitle, ReportShape
from workbook.language.catalog import load_texts
from workbook.report.blocks import Heading, Text
from workbook.report.figures_by_name import Figures
from workbook.report.own_chapters import arranged, chapter_problems, title_problems, titled

FIGURES = Figures(load=lambda: {"nps": {"value": 29.6}}, texts=load_texts("loyalty", "en"))


@pytest.mark.parametrize(
    ("order", "hide", "shown"),
    [
        ((), (), "abcd"),
        (("c",), (), "cabd"),
        (("d", "b"), (), "dbac"),
        ((), ("b", "d"), "ac"),
        (("c", "b"), ("c",), "bad"),
    ],
)
def test_those_named_come_first_and_hidden_ones_are_left_out(
    order: tuple[str, ...], hide: tuple[str, ...], shown: str
) -> None:
    places = arranged("abcd", ReportShape(order=order, hide=hide))
    assert list(places) == list("abcd")
    assert "".join(places.values()) == shown


def test_a_heading_may_name_a_figure_and_is_text() -> None:
    own = OwnTitle(title="<b>Now</b> {nps.value}")
    blocks = [Heading(text="Ours", short="O"), Text(("x",)), Heading(text="Ours too")]
    first, _, last = titled(blocks, own, FIGURES)
    assert (first.text, first.short) == ("<b>Now</b> +29.6", "")
    assert "&lt;b&gt;" in first.html()
    assert last.text == "Ours too"
    assert blocks[0].text == "Ours"


def test_a_chapter_without_own_heading_is_as_it_was() -> None:
    blocks = [Heading(text="Ours")]
    assert titled(blocks, None, FIGURES) == blocks


@pytest.mark.bad_input("H2")
def test_a_name_of_no_chapter_is_told_with_the_nearest() -> None:
    shape = ReportShape(
        hide=("touchpoint", "appendix"), order=("wavez",), titles={"page_two": OwnTitle(title="x")}
    )
    found = list(chapter_problems(shape, "loyalty", ["waves", "touchpoints"]))
    assert [(p.code, p.place.column, p.facts.get("nearest", "")) for p in found] == [
        ("unknown_chapter", "report.loyalty.hide", "touchpoints"),
        ("no_chapter", "report.loyalty.hide", ""),
        ("unknown_chapter", "report.loyalty.order", "waves"),
        ("no_chapter", "report.loyalty.titles.page_two", ""),
    ]


def test_a_figure_that_is_not_there_is_told_of_the_key() -> None:
    shape = ReportShape(titles={"waves": OwnTitle(title="{nps.valu}", file="../workbook.toml")})
    [problem] = title_problems(shape, "loyalty", FIGURES)
    assert (problem.code, problem.place.file) == ("figure_unknown", "../workbook.toml")
    assert problem.facts["nearest"] == "nps.value"
