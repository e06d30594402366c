"""The consultant's page: a client's periods in a row, with the reports' own changes."""

from dataclasses import replace
from time import process_time

import pytest
from bs4 import BeautifulSoup

from workbook.batch.overview import consultant_index
from workbook.engagement.manifest import read

from .test_index_overview import ENTRY, MANIFEST


def told(values, course="up", difference="+6", judged="better", figure="NPS", measure=""):
    return {
        "measure": measure or figure, "figure": figure, "values": values,
        "difference": difference, "course": course, "judged": judged,
    }  # fmt: skip


@pytest.fixture
def write(tmp_path):
    """Return a function that leaves the manifest of one engagement and period."""

    def written(id_, period, *changes, client="Acme", previous="", title="Loyalty", as_of=""):
        entry = replace(ENTRY, changes=changes, title=title)
        manifest = replace(
            MANIFEST, engagement=id_, client=client, period=period, previous=previous,
            as_of=as_of or f"{period}-12-31", diagnostics={"loyalty": entry},
        )  # fmt: skip
        root = tmp_path / id_ / period
        root.mkdir(parents=True)
        (root / "manifest.json").write_bytes(manifest.to_bytes())
        return root

    return written


@pytest.fixture
def page(tmp_path):
    return lambda: BeautifulSoup(consultant_index(tmp_path), "html.parser")


def rows(page):
    """Return the rows of the table of periods, with the heads of its columns before them."""
    table = page.select_one(".over")
    heads = [th.text for th in table.select("thead th")]
    body = table.select("tbody tr")
    return [
        heads,
        *([" ".join(c.get_text(" ").split()) for c in tr.select("th, td")] for tr in body),
    ]


def test_periods_stand_from_the_oldest_to_the_newest_with_changes_and_verdicts(write, page):
    write("acme", "2025", told({"2024": "+4", "2025": "+10"}, "cannot_tell", judged=""))
    write("acme", "2024", told({"2023": "+1", "2024": "+5"}, difference="+4"))
    write("acme", "2023")
    assert rows(page()) == [
        ["Figure", "2023", "2024", "2025"],
        ["Loyalty"],
        ["NPS", "+1", "+4 +4 ▲ rose, better", "+10 +6 cannot tell"],
    ]


def test_values_are_those_of_the_newest_report_that_knows_the_period(write, page):
    """Like stands beside like: the last report computed all periods under one set of options."""
    write("acme", "2023")
    write("acme", "2024", told({"2023": "+1", "2024": "+33"}))
    write("acme", "2025", told({"2023": "+2", "2024": "+15", "2025": "+44"}))
    assert [cell.split()[0] for cell in rows(page())[2][1:]] == ["+2", "+15", "+44"]


def test_a_figure_whose_words_name_its_years_is_one_row(write, page):
    write("acme", "2023")
    write("acme", "2024", told({"2023": "+1", "2024": "+4"}, figure="(2023)", measure="score|"))
    write("acme", "2025", told({"2024": "+4", "2025": "+9"}, figure="(2024)", measure="score|"))
    assert [row[0] for row in rows(page())[2:]] == ["(2024)"]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ({"id_": "acme"}, {"id_": "acme", "client": "Acme Holding"}),
        ({"id_": "acme-2024"}, {"id_": "acme-2025", "client": " ACME "}),
        ({"id_": "a"}, {"id_": "b", "client": "Another name", "previous": "a/2024"}),
    ],
)
def test_periods_belong_together_by_id_name_or_chain(write, page, then, now):
    write(period="2024", **then)
    write(**{"period": "2025"} | now)
    assert page().select_one(".client h2").text.endswith(": 2 periods")


def test_another_client_is_apart(write, page):
    write("acme", "2024")
    write("beta", "2025", client="Beta")
    assert page().select(".client") == []


def test_each_period_leads_to_its_page_or_its_part_of_this_one(write, page):
    made = write("acme", "2024")
    (made / "client").mkdir()
    (made / "client" / "index.html").write_text("page")
    write("acme", "2025", told({"2024": "+4", "2025": "+10"}))
    seen = page()
    assert [a["href"] for a in seen.select(".over thead a")] == [
        "acme/2024/client/index.html", "#acme-2025",
    ]  # fmt: skip
    assert seen.select_one("#acme-2025") is not None


def test_one_label_twice_is_not_mixed_up(write, page):
    write("acme", "2024", client="Acme")
    write("other", "2024", client="Acme", as_of="2024-06-30")
    write("acme", "2025", told({"2024": "+4", "2025": "+10"}))
    heads, _, row = rows(page())
    assert heads == ["Figure", "2024", "2024", "2025"]
    assert row[:3] == ["NPS", "–", "–"]


def test_without_changes_the_periods_are_named(write, page):
    write("acme", "2024")
    write("acme", "2025")
    seen = page()
    assert seen.select(".over") == []
    assert [a.text for a in seen.select(".client a")] == ["2024", "2025"]


def test_of_many_periods_the_last_eight_stand_in_a_row(write, page):
    labels = [str(year) for year in range(2010, 2022)]
    for label in labels:
        write("acme", label, told(dict.fromkeys(labels, "1")))
    assert rows(page())[0] == ["Figure", *labels[-8:]]


def test_what_a_client_wrote_is_text(write, page):
    write("acme", "2024", client="<b>A & B</b>")
    write("acme", "2025", told({"2024": "<i>", "2025": "2"}, figure="<u>x"), client="<b>A & B</b>")
    seen = page()
    assert not seen.select("b, i, u")
    assert "<b>A & B</b>: 2 periods" in seen.text


def test_a_manifest_keeps_what_the_report_tells(write):
    found = read(
        write("acme", "2025", told({"2024": "+4"}), previous="acme/2024") / "manifest.json"
    )
    assert found.previous == "acme/2024"
    assert found.diagnostics["loyalty"].changes == (told({"2024": "+4"}),)


def test_a_thousand_periods_take_a_second_and_the_page_stays_small(write, tmp_path):
    for client in range(334):
        for year in ("2023", "2024", "2025"):
            figures = [
                told(dict.fromkeys(("2023", "2024", "2025"), "+1"), figure=f"F{n}")
                for n in range(4)
            ]
            write(f"c{client:03}", year, *figures, client=f"Client {client}")
    begun = process_time()
    made = consultant_index(tmp_path)
    assert process_time() - begun < 5
    assert len(made) < 3e6
