"""The consultant's page: figures against the period before, warnings, a thousand engagements."""

import tracemalloc
from dataclasses import replace
from time import process_time

import pytest
from bs4 import BeautifulSoup

from workbook.batch.overview import consultant_index
from workbook.engagement.manifest import Entry, Manifest

ENTRY = Entry(
    fingerprint="",
    title="Loyalty",
    formats=("html",),
    rows={},
    warnings=(),
    figures=({"label": "NPS", "value": "+10", "change": ""},),
    answer="NPS is +10",
    made=(),
    seconds={},
    engine="",
)
MANIFEST = Manifest(
    version="1",
    engagement="acme",
    client="Acme",
    period="2025",
    as_of="2025-12-31",
    language="en",
    status="final",
    sources="",
    complete=True,
    inputs=(),
    seconds={},
    packages={},
    diagnostics={"loyalty": ENTRY},
    current=("loyalty",),
)


@pytest.fixture
def write(tmp_path):
    """Return a function that leaves what a run leaves of one engagement."""

    def written(id_="acme", period="2025", *, value="+10", entry=ENTRY, client="Acme"):
        figures = ({"label": "NPS", "value": value, "change": ""}, *entry.figures[1:])
        manifest = replace(
            MANIFEST,
            client=client,
            period=period,
            as_of=f"{period}-12-31",
            diagnostics={"loyalty": replace(entry, figures=figures)},
        )
        root = tmp_path / id_ / period
        root.mkdir(parents=True)
        (root / "manifest.json").write_bytes(manifest.to_bytes())

    return written


@pytest.fixture
def page(tmp_path):
    return lambda: BeautifulSoup(consultant_index(tmp_path), "html.parser")


def told(page):
    """Return by period what stands beside the label of each figure."""
    return {
        section.select_one(".facts").text.split("·")[1].strip(): [
            " ".join(dd.text.split()) for dd in section.select("dd")
        ]
        for section in page.select(".engagement")
    }


def test_a_figure_stands_beside_what_it_was_in_the_period_before(write, page):
    for period, value in (("2023", "+1"), ("2024", "+4"), ("2025", "+10")):
        write(period=period, value=value)
    assert told(page()) == {"2023": ["+1"], "2024": ["+1 → +4"], "2025": ["+4 → +10"]}


def test_the_period_before_may_have_another_id(write, page):
    write("acme-2024", "2024", value="+4")
    write("acme", "2025", value="+10")
    assert told(page()) == {"2024": ["+4"], "2025": ["+4 → +10"]}


def test_another_client_is_nobodys_period_before(write, page):
    write("beta", "2024", value="+4", client="Beta")
    write("acme", "2025", value="+10")
    assert told(page()) == {"2024": ["+4"], "2025": ["+10"]}


def test_a_figure_with_another_label_is_not_compared(write, page):
    other = replace(ENTRY, figures=(*ENTRY.figures, {"label": "Kept", "value": "9", "change": ""}))
    write(period="2024", value="+4")
    write(period="2025", value="+10", entry=other)
    assert told(page())["2025"] == ["+4 → +10", "9"]


def test_warnings_are_counted_and_their_texts_are_there(write, page):
    texts = [f"row {n}: <b>" for n in range(3)]
    warnings = tuple({"code": "x", "text": text} for text in (*texts, texts[0]))
    write(entry=replace(ENTRY, warnings=warnings))
    details = page().select_one("details")
    assert details.summary.text == "3 warnings on the client’s files"
    assert [li.text for li in details.select("li")] == texts


def test_of_many_warnings_the_rest_is_counted(write, page):
    warnings = tuple({"code": "x", "text": f"row {n}"} for n in range(100))
    write(entry=replace(ENTRY, warnings=warnings))
    details = page().select_one("details")
    assert details.summary.text.startswith("100 warnings")
    assert len(details.select("li")) == 12
    assert "and 88 more" in details.text


def test_a_manifest_of_an_earlier_version_is_read(write, page, tmp_path):
    write()
    file = tmp_path / "acme" / "2025" / "manifest.json"
    text = file.read_text("utf-8").replace('"current": [\n  "loyalty"\n ],\n', "")
    text = text.replace('"answer": "NPS is +10",\n', "")
    assert "current" not in text
    assert "answer" not in text
    file.write_text(text, "utf-8")
    assert page().select_one(".rows .badge").text == "stale"


def test_a_thousand_engagements_take_seconds_and_little_memory(write, page, tmp_path):
    warnings = tuple({"code": "x", "text": f"row {n} " + "w" * 150} for n in range(10))
    for n in range(1000):
        write(f"c{n:04}", client=f"Client {n}", entry=replace(ENTRY, warnings=warnings))
    begun = process_time()
    consultant_index(tmp_path)
    assert process_time() - begun < 5
    tracemalloc.start()
    made = consultant_index(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert made.count("<section") == 1000
    assert peak < 60e6
