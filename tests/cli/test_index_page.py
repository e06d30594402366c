"""The index pages: links that work, nothing internal on the client's, no markup from outside."""

import re
from urllib.parse import unquote

import pytest

from workbook.batch.prepared_engagement import RunOptions
from workbook.batch.session import run_session
from workbook.errors import RunError


@pytest.fixture
def session(fake, out):
    """Return a function that runs engagements and gives the two kinds of page."""

    def run(*folders):
        run_session(folders, RunOptions(out=out), fake.build())
        return (out / "index.html").read_text("utf-8")

    return run


def links(page):
    return [unquote(link) for link in re.findall(r'href="([^"]+)"', page)]


def client_page(out):
    return (out / "acme" / "2025-Q4" / "client" / "index.html").read_text("utf-8")


@pytest.mark.bad_input("G7")
def test_every_link_of_both_pages_leads_to_a_file(session, make_engagement, out):
    overview = session(make_engagement())
    assert len(links(overview)) == 5
    assert all((out / link).is_file() for link in links(overview))
    folder = out / "acme" / "2025-Q4" / "client"
    assert sorted(links(client_page(out))) == ["loyalty.html", "loyalty.pdf", "loyalty.xlsx"]
    assert all((folder / link).is_file() for link in links(client_page(out)))


def test_the_overview_shows_client_status_and_key_figures(session, make_engagement):
    page = session(make_engagement())
    for text in ("Acme &amp; Sons", "final", "NPS: <strong>+12.5</strong>", "The loyalty"):
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
        ("ru", ("Отчёты", "Черновик", "31 декабря 2025")),
        ("sk", ("Správy", "Koncept", "31. decembra 2025")),
        ("en", ("Reports", "Draft", "31 December 2025")),
    ],
)
def test_the_clients_page_speaks_the_reports_language(
    language, words, session, make_engagement, out
):
    session(make_engagement(language=language, status="draft"))
    page = client_page(out)
    assert f'<html lang="{language}">' in page
    assert all(word in page.replace("\u00a0", " ") for word in words)


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


def test_the_same_engagements_give_the_same_page(session, fake, make_engagement):
    folder = make_engagement()
    assert session(folder) == session(folder)
