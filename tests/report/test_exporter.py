import base64
import copy
import re
from dataclasses import replace
from datetime import date

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import get_exporter
from report_samples import SVG, cell, chart, every_block, notebook_of, shown

from workbook.errors import RunError
from workbook.report.blocks import Heading, ReportLink, Text
from workbook.report.exporter import ReportExporter, to_html
from workbook.report.meta import ReportMeta

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"


def html_output(html: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("display_data", data={"text/html": html})


def page(meta: ReportMeta, *blocks: object) -> BeautifulSoup:
    return BeautifulSoup(to_html(notebook_of(*blocks), meta), "html.parser")


def test_the_exporter_is_found_by_its_entry_point() -> None:
    assert get_exporter("workbook") is ReportExporter


@pytest.mark.bad_input("E13")
def test_the_page_is_self_contained_and_small(meta: ReportMeta) -> None:
    html = to_html(notebook_of(*every_block()), meta)
    assert len(html.encode()) < 1_000_000
    assert f'content="{POLICY}"' in html
    assert "<script" not in html
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", html)
    assert not re.search(r"url\((?!data:)", html)
    assert "@import" not in html


def test_the_same_notebook_gives_the_same_page(meta: ReportMeta) -> None:
    notebook = notebook_of(*every_block())
    before = copy.deepcopy(notebook)
    assert to_html(notebook, meta) == to_html(notebook, meta)
    assert notebook == before


def test_contents_follow_the_cover_and_link_to_every_chapter(meta: ReportMeta) -> None:
    soup = page(meta, *every_block())
    links = soup.select("nav.wb-contents a")
    assert [(a["href"], a.get_text()) for a in links] == [
        ("#s1", "Итог"),
        ("#s2", "Полные таблицы"),
    ]
    assert all(soup.find(id=str(a["href"])[1:]).name == "h2" for a in links)
    nav = soup.select_one("nav.wb-contents")
    assert nav.find_previous_sibling("div").find("header") is not None


def test_a_line_leads_to_the_report_that_it_names(meta: ReportMeta) -> None:
    """Only the exporter makes links: one that a client's text holds does not pass the cleaning."""
    line = notebook_of(ReportLink(text="Полностью: <отчёт>", report="churn_reasons"))
    soup = BeautifulSoup(to_html(line, meta, beside={"index": "index.html"}), "html.parser")
    (link,) = soup.select("main p.wb-source a")
    assert (link["href"], link.get_text()) == ("index.html#churn_reasons", "Полностью: <отчёт>")
    assert not soup.select("[data-report]")


def test_a_page_leads_only_to_the_files_that_are_beside_it(meta: ReportMeta) -> None:
    blocks = notebook_of(*every_block(), ReportLink(text="More", report="loyalty"))
    alone = BeautifulSoup(to_html(blocks, meta), "html.parser")
    assert all(link["href"].startswith("#") for link in alone.select("a"))
    assert not alone.select("[data-report]")
    beside = {"index": "index.html", "pdf": "a b.pdf"}
    soup = BeautifulSoup(to_html(blocks, meta, beside=beside), "html.parser")
    bar = soup.select("nav.wb-bar a")
    assert [a["href"] for a in bar] == ["index.html", "#contents", "a b.pdf"]
    assert [a.get_text() for a in bar] == ["Все отчёты", "Содержание", "PDF"]
    assert soup.find(id="contents").name == "nav"


def test_heading_levels_never_skip(meta: ReportMeta) -> None:
    soup = page(meta, Heading(text="Part", level=3), Heading(text="Chapter"))
    assert [h.name for h in soup.find_all(re.compile("^h[1-6]$"))] == ["h2", "h2"]


def test_every_output_names_its_cell(meta: ReportMeta) -> None:
    soup = page(meta, Text(("one",)), Text(("two",)))
    assert [d["data-cell"] for d in soup.select("div.wb-cell")] == ["1", "2"]


def test_a_chart_keeps_its_words(meta: ReportMeta) -> None:
    figure = page(meta, chart()).select_one("figure.wb-chart")
    assert figure.figcaption.get_text() == "Shares"
    assert figure.img["alt"] == "A bar of 60%"
    assert figure.select_one(".wb-note").get_text() == "n\u00a0=\u00a0120"
    region = figure.select_one("div.wb-scroll")
    assert (region["role"], region["tabindex"], region["aria-label"]) == ("region", "0", "Shares")


def test_two_regions_of_the_same_name_are_told_apart(meta: ReportMeta) -> None:
    soup = page(meta, chart(), chart())
    names = [r["aria-label"] for r in soup.select("[role=region]")]
    assert names == ["Shares", "Shares (2)"]


@pytest.mark.bad_input("J13")
@pytest.mark.parametrize(("draft", "expected"), [(True, 1), (False, 0)])
def test_only_a_draft_has_a_watermark(draft: bool, expected: int) -> None:
    meta = ReportMeta(
        title="T", client="C", language="sk", period="P", as_of=date(2025, 1, 1), draft=draft
    )
    soup = page(meta, Text(("one",)))
    assert len(soup.select("div.wb-watermark[aria-hidden=true]")) == expected
    assert ("Pracovná verzia" in soup.get_text()) is draft


@pytest.mark.bad_input("J3")
def test_inputs_streams_parameters_and_plain_text_are_left_out(meta: ReportMeta) -> None:
    stream = nbformat.v4.new_output("stream", name="stderr", text="/home/user/secret")
    plain = nbformat.v4.new_output("execute_result", data={"text/plain": "<Secret at 0x1>"})
    tagged = cell(shown(Text(("secret",))), tags=["injected-parameters"])
    notebook = nbformat.v4.new_notebook(cells=[cell(stream, plain, shown(Text(("seen",)))), tagged])
    html = to_html(notebook, meta)
    assert "seen" in html
    assert "ecret" not in html
    assert "show()" not in html


def test_data_for_other_files_is_not_shown(meta: ReportMeta) -> None:
    data = {"application/vnd.workbook.file+json": {"name": "secret"}, "text/plain": "file"}
    output = nbformat.v4.new_output("display_data", data=data)
    html = to_html(nbformat.v4.new_notebook(cells=[cell(output), cell(shown(Text(("a",))))]), meta)
    assert "secret" not in html
    assert 'data-cell="2"' in html


@pytest.mark.bad_input("J3")
def test_an_error_output_is_never_shown(meta: ReportMeta) -> None:
    error = nbformat.v4.new_output("error", ename="KeyError", evalue="secret", traceback=["secret"])
    notebook = nbformat.v4.new_notebook(cells=[cell(shown(Text(("a",)))), cell(error)])
    with pytest.raises(RunError, match="cell 2 failed: KeyError") as caught:
        to_html(notebook, meta)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"image/png": "iVBORw0KGgo="}, "image/png"),
        ({"application/javascript": "alert(1)"}, "application/javascript"),
        ({"text/html": "<video src='x'></video>"}, "<video>"),
        ({"text/html": "<svg onload=alert(1)></svg>"}, "<svg>"),
        ({"image/svg+xml": "<svg><script/></svg>"}, "active"),
        ({"image/svg+xml": '<svg onload="x()"/>'}, "active"),
        ({"image/svg+xml": '<svg><image href="http://x/y.png"/></svg>'}, "active"),
        ({"image/svg+xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><svg/>"}, "entities"),
        ({"image/svg+xml": "<svg>"}, "well-formed"),
    ],
)
def test_what_a_report_cannot_carry_names_the_cell(
    data: dict[str, str], named: str, meta: ReportMeta
) -> None:
    metadata = {"image/svg+xml": {"alt": "a", "title": "", "note": "", "width": 6.7}}
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
    with pytest.raises(RunError, match="cell 1: .*" + re.escape(named)):
        to_html(nbformat.v4.new_notebook(cells=[cell(output)]), meta)


def test_a_chart_without_alt_text_is_refused(meta: ReportMeta) -> None:
    output = nbformat.v4.new_output("display_data", data={"image/svg+xml": "<svg/>"})
    with pytest.raises(RunError, match="cell 1: the chart has no text"):
        to_html(nbformat.v4.new_notebook(cells=[cell(output)]), meta)


@pytest.mark.bad_input("E6")
def test_html_of_other_origin_is_cut_down_to_the_vocabulary(meta: ReportMeta) -> None:
    raw = (
        '<style>p{color:red}</style><p style="color:red" onclick="x()" id="a" class="wb-note evil">'
        'A<a href="javascript:x()">link</a></p><script>alert(1)</script>'
        '<img src="https://tracker/x.png" alt="gone"><table border="1"><tr><td>1</td></tr></table>'
    )
    html = to_html(nbformat.v4.new_notebook(cells=[cell(html_output(raw))]), meta)
    main = BeautifulSoup(html, "html.parser").main
    assert str(main.p) == '<p class="wb-note">Alink</p>'
    assert main.img.attrs == {"alt": "gone"}
    assert "alert(1)" not in html
    assert main.td.get_text() == "1"


def test_a_markdown_cell_becomes_headings_and_words(meta: ReportMeta) -> None:
    source = (
        "# Our view\n\nSee [our site](https://x) [x](javascript:x()) "
        "![pic](http://x/y.png) <b>bold</b> **yes**"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(source)])
    soup = BeautifulSoup(to_html(notebook, meta), "html.parser")
    assert soup.h2["id"] == "s1"
    assert soup.main.find("a", href=re.compile("script|http")) is None
    assert "See our site [x](javascript:x()) pic <b>bold</b> yes" in soup.main.get_text()
    assert soup.main.img is None


def test_without_meta_the_page_is_a_draft_named_after_the_notebook() -> None:
    html, _ = ReportExporter().from_notebook_node(
        notebook_of(Text(("a",))), {"metadata": {"name": "loyalty"}}
    )
    assert "<title>loyalty</title>" in html
    assert "wb-watermark" in html


def test_the_font_of_the_brand_is_embedded_and_comes_first(meta: ReportMeta) -> None:
    branded = replace(meta, brand=replace(meta.brand, font="DejaVu Sans"))
    html = to_html(notebook_of(Text(("Слова",))), branded)
    assert '@font-face{font-family:"DejaVu Sans"' in html
    assert '--font:"DejaVu Sans"' in html
    assert '@font-face{font-family:"Inter"' not in html


def test_a_phone_gets_the_drawing_that_is_made_for_it(meta: ReportMeta) -> None:
    narrow = SVG.replace("480", "240")
    soup = page(meta, replace(chart(), narrow=narrow))
    (picture,) = soup.select("figure.wb-chart > picture")
    assert [e.name for e in picture.find_all(True)] == ["source", "img"]
    assert picture.source["media"] == "screen and (max-width:36rem)"
    kind, _, data = picture.source["srcset"].partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert 'viewBox="0 0 240 200"' in base64.b64decode(data).decode()
    assert picture.img["alt"] == "A bar of 60%"
    assert not soup.select("figure.wb-chart [role=region]")


@pytest.mark.bad_input("E6")
def test_the_drawing_for_a_phone_is_checked_as_the_other(meta: ReportMeta) -> None:
    with pytest.raises(RunError, match=r"cell 1: .*active"):
        page(meta, replace(chart(), narrow="<svg><script/></svg>"))


def test_client_text_in_the_style_sheet_stays_a_string(meta: ReportMeta) -> None:
    evil = replace(meta, client='A"}</style><b>', title="\\22 ;x{}*/")
    html = to_html(notebook_of(Text(("one",))), evil)
    style = html[html.index("<style>") : html.index("</style>")]
    assert r"A\22 \7d \3c \2f style\3e \3c b\3e " in style
    assert html.count("</style>") == 1
    assert r"\5c 22 \3b x\7b \7d \2a \2f " in style


def test_a_browser_numbers_the_pages_that_it_prints_in_the_language(meta: ReportMeta) -> None:
    html = to_html(notebook_of(Text(("one",))), meta)
    assert '@bottom-right{content:"Стр. " counter(page) " из " counter(pages)}' in html
