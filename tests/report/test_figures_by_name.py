"""Figures by name: what a name leads to, how it is written, and how it is refused."""

from pathlib import Path
from typing import Any

import pytest

from workbook.errors import Problem
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.language.problems import line
from workbook.report.figure_formats import format_by_name, in_points
from workbook.report.figures_by_name import FigureError, Figures, filled, uses_figures
from workbook.report.own_words import own_words

RESULT: dict[str, Any] = {
    "nps": {"value": 4.43, "ci_low": -4.59, "n": 316, "worst_low": None, "interval": "sample"},
    "waves": [{"wave": "2025-Q2", "value": 29.14}, {"wave": "2025-Q4", "value": 4.43}],
    "groups": [
        {"by": "region", "group": "North", "value": -47.14, "n": 70},
        {"by": "manager", "group": "North", "value": 2.0, "n": 9},
        {"by": "region", "group": "South", "value": 20.0, "n": 30},
    ],
    "lost": {"n": 68, "revenue": 156_308_300.0, "rate": 0.2742, "first": "2025-02-10"},
    "reasons": [
        {"reason": "late_delivery", "label": "Late delivery", "revenue": 69e6, "share": 0.338},
        {"reason": "price_high", "label": "Price too high", "revenue": 25e6, "share": 0.485},
    ],
    "items": [{"id": "1.1", "score": 0.5}, {"id": "1.14", "score": 0.8}],
    "answer": {"id": "down", "count": 3, "figures": {"difference": -24.71, "count": 7}},
    "findings": [{"id": "group", "figures": {"expected": 17.85, "group": "North"}}],
    "absent": [],
    "told": True,
    "satisfaction": [{"parameter": "Price", "mean": 3.724, "ci_low": 3.6}],
    "change": {"difference": -24.71},
    "year": 2024,
}


def figures(language: str = "en", currency: str = "GBP") -> Figures:
    return Figures(load=lambda: RESULT, texts=load_texts("common", language, currency))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("nps.value", "+4.4"),
        ("nps.value:dec2", "4.43"),
        (" nps . value : points ", "+4.4"),
        ("nps.n", "316"),
        ("nps.interval", "sample"),
        ("waves.0.value", "+29.1"),
        ("waves.2025-Q4.value", "+4.4"),
        ("groups.South.value", "+20.0"),
        ("groups.region.North.value", "\u221247.1"),
        ("lost.revenue", "£156M"),
        ("lost.revenue:money_full", "£156,308,300"),
        ("lost.rate", "27%"),
        ("lost.first", "10 February 2025"),
        ("lost.first:day_short", "10 Feb 2025"),
        ("reasons.late_delivery.revenue", "£69M"),
        ("reasons.Late Delivery.share", "34%"),
        ("reasons.price_high.label", "Price too high"),
        ("items.1.1.score", "0.50"),
        ("items.1.14.score", "0.80"),
        ("answer.difference", "\u221224.7"),
        ("answer.count", "7"),
        ("answer.id", "down"),
        ("findings.group.expected", "17.9"),
        ("satisfaction.Price.mean", "3.72"),
        ("satisfaction.Price.ci_low", "3.60"),
        ("year", "2024"),
    ],
)
def test_a_name_is_written_as_the_report_writes_it(name: str, written: str) -> None:
    assert figures().written(name) == written


@pytest.mark.parametrize(
    ("language", "currency", "written"),
    [
        ("ru", "RUB", "156 млн ₽; 27 %; +4,4"),
        ("sk", "EUR", "156 mil. €; 27 %; +4,4"),
        ("en", "GBP", "£156M; 27%; +4.4"),
    ],
)
def test_figures_are_written_in_the_language(language: str, currency: str, written: str) -> None:
    found = filled("{lost.revenue}; {lost.rate}; {nps.value}", figures(language, currency))
    assert found.written(found.marked).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("name", "code", "fact"),
    [
        ("nps.valeu", "figure_unknown", ("nearest", "nps.value")),
        ("npc.value", "figure_unknown", ("nearest", "nps.value")),
        ("reasons.late.revenue", "figure_unknown", ("nearest", "reasons.late_delivery.revenue")),
        ("reasons.late_delivry.revenue", "figure_unknown", ("nearest",
            "reasons.late_delivery.revenue")),
        ("waves.7.value", "figure_unknown", ("known", "2025-Q2, 2025-Q4")),
        ("nps.value.more", "figure_unknown", ("after", "nps.value")),
        ("nps", "figure_not_one", ("known", "value, ci_low, n, worst_low, interval")),
        ("told", "figure_not_one", ("known", "")),
        ("absent", "figure_not_one", ("known", "")),
        ("groups.North", "figure_several", ("known", "region, manager")),
        ("groups.North.value", "figure_several", ("known", "region, manager")),
        ("nps.worst_low", "figure_no_value", None),
        ("nps.value:point", "figure_format", ("nearest", "points")),
        ("nps.value:", "figure_format", ("format", "")),
        ("nps.value:day", "figure_format_unfit", ("format", "day")),
        ("lost.first:pct", "figure_format_unfit", ("format", "pct")),
        ("nps.interval:pct", "figure_format_unfit", ("format", "pct")),
        ("nps.", "figure_name", None),
        ("nps..value", "figure_name", None),
        (".".join("a" * 50), "figure_name", None),
        ("__class__.__init__", "figure_unknown", None),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused(
    name: str, code: str, fact: tuple[str, str] | None
) -> None:
    with pytest.raises(FigureError) as refused:
        figures().written(name)
    assert refused.value.code == code
    assert fact is None or refused.value.facts[fact[0]] == fact[1]
    problem = Problem(code=code, found=name, facts=refused.value.facts)
    assert all(code not in line(problem, language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("{{nps.value}}", "{nps.value}"),
        ("{{{nps.value}}}", "{+4.4}"),
        ("a {{ b }} c", "a { b } c"),
        ("no braces", "no braces"),
        ("${7*7} {} { {7} {% raw %} } {see p. 4}", "${7*7} {} { {7} {% raw %} } {see p. 4}"),
        ("\U000f0000{nps.n}\U000f0001", "316"),
    ],
)
def test_two_braces_are_a_brace(text: str, written: str) -> None:
    found = filled(text, figures())
    assert (found.written(found.marked), found.faults) == (written, ())


@pytest.mark.parametrize("text", ["{nps.value", "{nps.value and more", "{nps.value\n}"])
def test_a_figure_without_an_end_is_refused(text: str) -> None:
    assert [fault.code for fault in filled(text, figures()).faults] == ["figure_brace"]


def test_whether_a_text_names_figures_is_told_without_a_result() -> None:
    assert uses_figures("NPS {nps.value}")
    assert not uses_figures("{{nps.value}}")
    assert filled("NPS {nps.value} {", None).faults == ()


def test_faults_have_their_lines(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "loyalty.md").write_text(
        "---\nanswer: >\n  NPS is\n  {nps.valeu} now\nfindings:\n  - '{nps.n} of {x}'\n---\n"
        "Fine.\n\nNot {lost.m}.\n"
    )
    found = own_words(tmp_path, "loyalty").problems(figures())
    assert [(p.found, p.place.row) for p in found] == [("nps.valeu", 4), ("x", 6), ("lost.m", 10)]


def test_a_figure_that_begins_a_line_of_the_commentary_makes_no_list(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "loyalty.md").write_text("{nps.n}. is a number\n\n**{nps.value}**\n")
    html = own_words(tmp_path, "loyalty").commentary(figures())
    assert html == "<p>316. is a number</p>\n<p><strong>+4.4</strong></p>"


def test_a_pseudonym_is_found_by_the_name_that_the_consultant_writes() -> None:
    hidden = Figures(
        load=lambda: {"groups": [{"group": "Manager K7F2X", "n": 9}]},
        texts=load_texts("common", "en"),
        shown=lambda text: text.replace("Tom Ashworth", "Manager K7F2X"),
    )
    assert hidden.written("groups.Tom Ashworth.n") == "9"


@pytest.mark.parametrize(
    ("path", "value", "name"),
    [
        (("lost", "n"), 12_000, "count"),
        (("lost", "revenue_known"), 7, "count"),
        (("reasons", "x", "revenue_share"), 0.2, "pct"),
        (("reasons", "x", "revenue_ci_low"), 0.2, "pct"),
        (("questionnaires", "c", "index"), 0.508, "pct1"),
        (("turnover", "growth"), 0.22, "pct"),
        (("findings", "only_repeat", "growth"), 23_438_419.45, "money"),
        (("white_space_parts", "open", "value"), 340.5, "money"),
        (("change", "p_value"), 0.0004, "p"),
        (("satisfaction", "x", "mean"), 3.24, "dec2"),
        (("lost", "first"), "2025-02-10", "day"),
        (("nps", "interval"), "2025-Q4", ""),
    ],
)
def test_the_format_is_chosen_by_name_and_type(
    path: tuple[str, ...], value: object, name: str
) -> None:
    assert format_by_name(path, value) == name


def test_points_are_only_those_of_an_index() -> None:
    assert in_points({"groups": [{"group": "a", "value": 0.5}]}) == frozenset()
    assert in_points(RESULT) >= {4.43, 29.14, -47.14, -24.71, -4.59}
