"""The index pages: links that work, nothing internal on the client's, no markup from outside."""

import re
from itertools import pairwise
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from workbook.batch.prepared_engagement import RunOptions
from workbook.batch.session import run_session, write_index
from workbook.errors import RunError

from .conftest import diagnostic


@pytest.fixture
def session(fake, out):
    """Return a function that runs engagements and gives the consultant's page."""

    def run(*folders, **options):
        run_session(folders, RunOptions(out=out, **options), fake.build())
        return (out / "index.html").read_text("utf-8")

    return run


def links(page):
    found = (unquote(link) for link in re.findall(r'href="([^"]+)"', page))
    return [link for link in found if not link.startswith("#")]


def client_page(out):
    return (out / "acme" / "2025-Q4" / "client" / "index.html").read_text("utf-8")


def parsed(page):
    return BeautifulSoup(page, "html.parser")


@pytest.mark.bad_input("G7")
def test_every_link_of_both_pages_leads_to_a_file(session, make_engagement, out):
    overview = session(make_engagement())
    assert len(links(overview)) == 5
    assert all((out / link).is_file() for link in links(overview))
    folder = out / "acme" / "2025-Q4" / "client"
    assert sorted(links(client_page(out))) == ["loyalty.html", "loyalty.pdf", "loyalty.xlsx"]
    assert all((folder / link).is_file() for link in links(client_page(out)))


def test_the_overview_shows_client_status_answer_and_key_figures(session, make_engagement):
    page = session(make_engagement())
    for text in ("Acme &amp; Sons", "final", "<strong>+12.5</strong>", "The loyalty is &lt;so&gt;"):
        assert text in page


@pytest.mark.bad_input("J11")
def test_the_client_sees_neither_folders_nor_figures_of_others(session, make_engagement, out):
    session(make_engagement(), make_engagement("b", id="b", client="Secret Ltd"))
    page = client_page(out)
    for text in ("Secret", "internal", "manifest", "json", str(out), ".."):
        assert text not in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("Отчёты", "Черновик", "31 декабря 2025", "Конфиденциально")),
        ("sk", ("Správy", "Pracovná verzia", "31. decembra 2025", "Dôverné")),
        ("en", ("Reports", "Draft", "31 December 2025", "Confidential")),
    ],
)
def test_the_clients_page_speaks_the_reports_language(
    language, words, session, make_engagement, out
):
    session(make_engagement(language=language, status="draft"))
    page = client_page(out)
    assert f'<html lang="{language}">' in page
    assert all(word in page.replace("\u00a0", " ") for word in words)


def test_only_a_draft_bears_the_mark_of_one(session, make_engagement, out):
    session(make_engagement(status="draft"))
    assert parsed(client_page(out)).select_one(".watermark")["data-mark"] == "Draft"
    session(make_engagement("b", status="final"))
    assert not parsed(client_page(out)).select(".watermark, .badge")


def test_the_page_begins_with_the_answer_and_the_key_figures_of_the_first_report(
    session, make_engagement, out
):
    session(make_engagement())
    page = parsed(client_page(out))
    assert page.select_one(".first .answer").text == "The loyalty is <so>"
    figure = page.select_one(".first .figures")
    assert figure.dt.text == "NPS"
    assert figure.dd.text == "+12.5 up by 3"


def test_a_new_diagnostic_is_listed_in_its_place_and_the_summary_first(
    session, fake, make_engagement, out
):
    """Nothing but the list of diagnostics says that they are there."""
    fake.diagnostics = tuple(map(diagnostic, ("loyalty", "churn_reasons", "toy", "summary")))
    overview = session(make_engagement())
    titles = ["The summary", "The loyalty", "The churn_reasons", "The toy"]
    page = parsed(client_page(out))
    assert [li.h2.find_all(string=True)[1].strip() for li in page.select(".reports > li")] == titles
    assert [n.text for n in page.select(".number")] == ["1", "2", "3", "4"]
    assert [p.text for p in page.select(".answer")] == [f"{title} is <so>" for title in titles]
    assert [li["class"] for li in page.select(".reports > li") if li.get("class")] == [["first"]]
    assert [h.text for h in parsed(overview).select("h3")] == titles


def test_a_report_that_is_not_of_todays_files_is_not_the_clients(
    session, fake, make_engagement, out
):
    fake.diagnostics = (diagnostic("loyalty"), diagnostic("toy"))
    folder = make_engagement()
    session(folder)
    (folder / "data" / "survey.csv").write_text("id,score\n1,9")
    overview = parsed(session(folder, only=("toy",)))
    assert links(client_page(out)) == ["toy.html", "toy.pdf", "toy.xlsx"]
    states = [badge.text for badge in overview.select(".rows .badge")]
    assert states == ["made", "stale"]
    assert overview.select_one(".facts .badge").text == "stale"


def test_the_overview_tells_a_file_that_is_gone(session, make_engagement, out):
    session(make_engagement())
    (out / "acme" / "2025-Q4" / "results" / "loyalty.json").unlink()
    write_index(out)
    page = (out / "index.html").read_text("utf-8")
    assert "missing or was changed" in page
    assert parsed(page).select_one(".facts .badge").text == "stale"


@pytest.mark.parametrize("at", ["index.html", "acme/2025-Q4/client/index.html"])
def test_a_screen_reader_finds_its_way(at, session, make_engagement, out):
    session(make_engagement(status="draft"))
    page = parsed((out / at).read_text("utf-8"))
    assert page.html["lang"]
    assert [len(page.select(name)) for name in ("h1", "main", "title")] == [1, 1, 1]
    levels = [int(h.name[1]) for h in page.find_all(re.compile("^h[1-6]$"))]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {e["aria-labelledby"] for e in page.select("[aria-labelledby]")} <= set(ids)
    for link in page.select("a[aria-label]"):
        assert link.text.strip().casefold() in link["aria-label"].casefold()
    outside = [one for one in page.body.find_all(string=True) if one.strip() and not landmark(one)]
    assert outside == []


def landmark(text):
    return text.find_parent(["main", "header", "footer"])


def test_a_clients_name_is_text(session, make_engagement, out):
    name = "<script>alert(1)</script>{{7*7}}"
    for page in (session(make_engagement(client=name)), client_page(out)):
        assert "<script" not in page
        assert "{{7*7}}" in page


@pytest.mark.bad_input("J2")
def test_a_failure_is_on_the_overview_beside_the_last_good_report(
    session, fake, make_engagement, out
):
    folder = make_engagement()
    session(folder)
    (folder / "data" / "survey.csv").write_text("id,score\n1,9")
    fake.failing["loyalty"] = RunError("cell 3 failed")
    page = session(folder)
    assert "of the last good run" in page
    assert "cell 3 failed" in page


def test_an_engagement_that_never_succeeded_is_on_the_overview(session, fake, make_engagement):
    fake.failing["loyalty"] = RunError("cell 3 failed")
    assert "cell 3 failed" in session(make_engagement())


def test_what_is_wrong_is_named_at_the_top_with_a_link_to_it(session, fake, make_engagement):
    fake.failing["b"] = RunError("cell 3 failed")
    page = parsed(session(make_engagement(), make_engagement("b", id="b", client="Bad")))
    (link,) = page.select("nav a")
    assert link.text == "b, 2025-Q4"
    assert page.select_one(link["href"]).h2.text == "b"
    assert "2 engagements: 1 final, 0 draft, 0 stale, 1 failed" in " ".join(page.text.split())


def test_the_same_engagements_give_the_same_page(session, fake, make_engagement):
    folder = make_engagement()
    assert session(folder) == session(folder)
