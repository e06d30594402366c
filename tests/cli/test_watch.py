"""``workbook watch``: what is made again, what the page is told, and who may read it."""

import asyncio
import http.client
import json
import threading
from contextlib import closing
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from here_and_now import HereAndNow

from workbook.batch.live.follow import Files, follow
from workbook.batch.live.server import LiveServer
from workbook.batch.live.shown import Board, shown_of
from workbook.batch.outcome import Outcome, ReportOutcome, Status
from workbook.batch.prepared_engagement import RunContext, RunOptions
from workbook.errors import Location, Problem

MANIFEST = ("acme", "2025-Q4", "manifest.json")


def followed(folder, out, services, changes):
    """Follow an engagement, changing something after each outcome; return the outcomes."""
    outcomes, left = [], list(changes)
    context = RunContext(services=services, workers=HereAndNow())

    async def until_done():
        def told(outcome):
            outcomes.append(outcome)
            if left:
                left.pop(0)()
            else:
                task.cancel()

        options = RunOptions(out=out, formats=("html",))
        task = asyncio.ensure_future(
            follow(folder, options, context, told=told, begins=begun.append, notify=str)
        )
        await asyncio.wait([task], timeout=30)
        assert task.cancelled(), "not everything was noticed"

    class Begun(list):
        def append(self):
            super().append(len(outcomes))

    begun = Begun()
    asyncio.run(until_done())
    return outcomes


def statuses(outcomes):
    return [
        outcome.stopped or [report.status for report in outcome.reports] for outcome in outcomes
    ]


def test_a_saved_file_makes_the_report_again(fake, make_engagement, out):
    folder = make_engagement()

    def note():
        (folder / "notes").mkdir()
        (folder / "notes" / "loyalty.md").write_text("Seen.", "utf-8")

    def more_data():
        (folder / "data" / "survey.csv").write_text("id,score\n1,9", "utf-8")

    found = followed(folder, out, fake.build(), [note, more_data])
    assert statuses(found) == [[Status.MADE]] * 3


def test_the_notebook_is_followed_too(fake, make_engagement, out):
    def change():
        (fake.notebooks / "loyalty.ipynb").write_text("{ }", "utf-8")

    assert len(followed(make_engagement(), out, fake.build(), [change])) == 2


def test_a_fault_is_told_and_its_mending_noticed(fake, make_engagement, out):
    folder = make_engagement()
    toml = folder / "engagement.toml"
    good = toml.read_text("utf-8")
    changes = [
        lambda: toml.write_text(good.replace("language", "langauge"), "utf-8"),
        lambda: toml.write_text(good, "utf-8"),
    ]
    found = followed(folder, out, fake.build(), changes)
    assert statuses(found) == [[Status.MADE], Status.BAD_INPUT, [Status.UP_TO_DATE]]


def test_what_changes_while_it_is_made_is_made_again_before_anything_is_told(
    fake, make_engagement, out
):
    folder, times = make_engagement(), []

    def change_once(job):
        if not times:
            (folder / "data" / "survey.csv").write_text("id,score\n1,9", "utf-8")
        times.append(job)

    fake.during = change_once
    assert statuses(followed(folder, out, fake.build(), [])) == [[Status.MADE]]
    assert len(times) == 2


def test_nothing_new_is_nothing_new(fake, make_engagement):
    files = Files(make_engagement(), fake.build())
    assert files.look() == files.look()


@pytest.fixture
def made(command, make_engagement, out):
    """Return the path of the manifest of a finished report."""
    command("run", make_engagement(), "--out", out)
    return out.joinpath(*MANIFEST)


GOOD = ReportOutcome(diagnostic="loyalty", status=Status.MADE)


def test_the_page_names_reports_and_hands_out_their_files_only(made):
    shown = shown_of(Outcome(folder=made.parent, reports=(GOOD,)), made)
    assert [report.name for report in shown["reports"]] == ["loyalty"]
    assert sorted(shown["files"]) == [
        *("index.html", "loyalty.html", "loyalty.pdf", "loyalty.xlsx")
    ]
    assert shown["problems"] == ()


def test_problems_stand_in_the_order_of_their_weight(made):
    place = Location(file="data/survey.csv", row=2)
    facts = {"name": "score", "low": 0, "high": 10}
    bad = Problem(code="out_of_range", place=place, found="11", facts=facts)
    outcome = Outcome(folder=made.parent, problems=(bad,), stopped=Status.BAD_INPUT)
    ((kind, text),) = shown_of(outcome, made)["problems"]
    assert (kind, "line 2" in text) == ("error", True)
    failed = replace(GOOD, status=Status.FAILED, reason="cell 3 failed")
    told = shown_of(replace(outcome, stopped=None, reports=(failed,)), made)["problems"]
    assert [kind for kind, _ in told] == ["failed", "error"]


@pytest.fixture
def page(made):
    """Return a function that asks the server of a finished report: status, headers, content."""
    board = Board()
    board.put(working="", **shown_of(Outcome(folder=made.parent, reports=(GOOD,)), made))
    with LiveServer(board, "a<b>c") as server:
        address = urlsplit(server.address)

        def ask(path="", *, token=address.path, host=address.netloc, method="GET"):
            connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
            connection.request(method, f"{token}{path}", headers={"Host": host})
            with closing(connection), connection.getresponse() as answer:
                return answer.status, answer.headers, answer.read()

        ask.board, ask.address = board, address
        yield ask


def test_the_server_listens_on_this_machine_alone(page):
    assert page.address.hostname == "127.0.0.1"


def test_the_page_runs_its_own_script_only_and_escapes_the_folder(page):
    status, headers, content = page()
    assert status == 200
    policy = headers["Content-Security-Policy"]
    nonce = policy.split("script-src 'nonce-")[1].split("'")[0]
    assert f'<script nonce="{nonce}">'.encode() in content
    assert content.count(b"<script") == 1
    assert b"a&lt;b&gt;c" in content
    assert page()[1]["Content-Security-Policy"] != policy


def test_reports_are_served_as_made_and_may_load_nothing(page, made):
    status, headers, content = page("loyalty.html?0123")
    assert (status, content) == (200, (made.parent / "client" / "loyalty.html").read_bytes())
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; img-src data:")
    assert "script" not in headers["Content-Security-Policy"]
    assert page("loyalty.pdf")[1]["Content-Type"] == "application/pdf"
    assert page("index.html")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["manifest.json", "../manifest.json", "..%2fmanifest.json", "/etc/passwd", "%2e%2e/x", "x\0"],
)
def test_nothing_else_is_served(path, page):
    assert page(path.replace("\0", "%00"))[0] == 404


def test_without_the_token_or_for_another_host_there_is_nothing(page):
    assert page(token="/")[0] == 404
    assert page(token="/wrong/")[0] == 404
    assert page(token="/%D0%BF/")[0] == 404
    assert page(host="evil.example")[0] == 404
    assert page(host=f"localhost:{page.address.port}")[0] == 200
    assert page(method="POST")[0] == 501


def test_answers_are_not_kept_by_the_browser(page):
    for path in ("", "news", "loyalty.html", "nowhere"):
        headers = page(path)[1]
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Python" not in headers["Server"]


def test_news_wait_for_the_next_version(page):
    first = json.loads(page("news")[2])
    assert [report["file"] for report in first["reports"]] == ["loyalty.html"]
    later = threading.Timer(0.2, lambda: page.board.put(working="loyalty"))
    later.start()
    second = json.loads(page(f"news?since={first['version']}")[2])
    assert (second["version"], second["working"]) == (first["version"] + 1, "loyalty")
    assert json.loads(page("news?since=nonsense")[2])["version"] == second["version"]


def test_a_report_that_was_removed_is_not_there(page, made):
    (made.parent / "client" / "loyalty.html").unlink()
    assert page("loyalty.html")[0] == 404


def test_watching_asks_for_one_engagement(command, make_engagement, tmp_path):
    parent = make_engagement("a").parent
    make_engagement("b", id="b")
    code, _, told = command("watch", parent)
    assert (code, "one engagement only" in told) == (2, True)
    code, _, told = command("watch", parent / "a", "--only", "loyalti")
    assert (code, "did you mean 'loyalty'?" in told) == (2, True)
    code, _, told = command("watch", parent / "a", "--out", parent / "a" / "reports")
    assert (code, "inside the engagement folder" in told) == (2, True)
