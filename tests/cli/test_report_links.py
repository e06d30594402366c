"""Links of report pages lead to files that are there, whatever of a run failed or was asked for."""

from urllib.parse import unquote

import nbformat
import pytest
from bs4 import BeautifulSoup

from workbook.batch import publish as publishing
from workbook.errors import RunError
from workbook.report.blocks import Cover, Heading, ReportLink, ResultData

from .conftest import diagnostic

ALL = ("loyalty", "churn_reasons", "toy", "summary")


def publish(notebook, *, engagement, name, formats):
    """Publish, as a run does, a report whose lines lead to all others."""
    blocks = [
        Cover(title=f"The {name}", client=engagement.client, facts=()),
        Heading(text="One"),
        *(ReportLink(text=f"More: {other}", report=other) for other in ALL),
        ResultData(diagnostic=name, data={}),
    ]
    cells = [
        nbformat.v4.new_code_cell("x", execution_count=1, outputs=[
            nbformat.v4.new_output("display_data", data=block._repr_mimebundle_()[0])
        ])
        for block in blocks
    ]  # fmt: skip
    shown = nbformat.v4.new_notebook(cells=cells)
    return publishing.publish(shown, engagement=engagement, name=name, formats=formats)


@pytest.fixture(autouse=True)
def four_reports(fake):
    fake.diagnostics = tuple(map(diagnostic, ALL))
    fake.publish = publish


@pytest.fixture
def client(out):
    return out / "acme" / "2025-Q4" / "client"


def pages(folder):
    found = folder.glob("*.html")
    return {page.name: BeautifulSoup(page.read_text("utf-8"), "html.parser") for page in found}


def links(page):
    return {unquote(a["href"]) for a in page.select("a[href]")}


def dead(folder):
    """Return the links of all pages in a folder that lead to no file, or to no place in a page."""
    read = pages(folder)
    return {
        (name, link)
        for name, page in read.items()
        for link in links(page)
        for file, _, place in [link.partition("#")]
        if not (folder / (file or name)).is_file()
        or (not file and place and not page.find(id=place))
    }


def test_every_report_leads_to_the_index_its_pdf_and_its_tables(
    command, make_engagement, out, client
):
    command("run", make_engagement(), "--out", out)
    assert dead(client) == set()
    read = pages(client)
    assert len(read) == 5
    bar = read["loyalty.html"].select("nav.wb-bar a")
    assert [a["href"] for a in bar] == ["index.html", "#contents", "loyalty.pdf", "loyalty.xlsx"]
    places = {element["id"] for element in read["index.html"].select("[id]")}
    assert set(ALL) <= places
    assert {f"index.html#{name}" for name in ALL} < links(read["summary.html"])


def test_no_link_is_dead_when_one_report_fails(command, make_engagement, fake, out, client):
    fake.failing["toy"] = RunError("toy failed")
    assert command("run", make_engagement(), "--out", out)[0] != 0
    assert not (client / "toy.html").exists()
    assert len(pages(client)) == 4
    assert dead(client) == set()


@pytest.mark.parametrize("formats", ["html", "html,pdf", "html,xlsx"])
def test_no_link_leads_to_a_format_that_was_not_asked_for(
    formats, command, make_engagement, out, client
):
    command("run", make_engagement(), "--out", out, "--formats", formats)
    assert dead(client) == set()
    own = {link for link in links(pages(client)["loyalty.html"]) if link.startswith("loyalty")}
    assert own == {f"loyalty.{fmt}" for fmt in formats.split(",")} - {"loyalty.html"}


def test_no_link_is_dead_after_one_report_alone_was_made_again_without_its_pdf(
    command, make_engagement, out, client
):
    folder = make_engagement()
    command("run", folder, "--out", out, "--formats", "html,pdf")
    command("run", folder, "--out", out, "--only", "toy", "--formats", "html", "--force")
    assert (client / "loyalty.pdf").is_file()
    assert dead(client) == set()


def test_only_the_summary_was_made(command, make_engagement, out, client):
    command("run", make_engagement(), "--out", out, "--only", "summary")
    assert sorted(pages(client)) == ["index.html", "summary.html"]
    assert dead(client) == set()
