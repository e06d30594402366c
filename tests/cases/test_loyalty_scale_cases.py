"""Scales, waves, groups, ties and coverage of the loyalty report, each from a small table."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from workbook.charts.chart import Chart
from workbook.diagnostics.loyalty.report import REPORT
from workbook.diagnostics.loyalty.survey_result import Verdict
from workbook.engagement.data import open_engagement
from workbook.errors import InputError
from workbook.language.problems import line
from workbook.notebook import open_book
from workbook.report.blocks import Bullets, Callout, Definitions, Heading, Text, Tiles
from workbook.report.table import Table

HEAD = """schema_version = 1
id = "case"
client = "Case Ltd"
language = "{language}"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
anonymity_threshold = 1
"""


@pytest.fixture
def engagement(tmp_path):
    """Build an engagement of literal tables and options."""

    def build(language="en", options="", **tables):
        (tmp_path / "data").mkdir(exist_ok=True)
        for name, (head, rows) in tables.items():
            with (tmp_path / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows([head.split(), *rows])
        text = HEAD.format(language=language) + f"\n[params.loyalty]\n{options}\n"
        (tmp_path / "engagement.toml").write_text(text, "utf-8")
        return tmp_path

    return build


def opened(folder: Path):
    return open_book("loyalty", str(folder))


def words(blocks):
    """Return what blocks say, headings and notes included."""
    told = []
    for block in blocks:
        match block:
            case Heading():
                told += [block.text, block.caption or ""]
            case Text() | Callout():
                told += block.paragraphs
            case Bullets():
                told += block.items
            case Tiles():
                told += [f"{t.label} {t.value} {t.change} {t.base}" for t in block.tiles]
            case Definitions():
                told += [f"{name}: {text}" for name, text in block.items]
            case Chart():
                told += [block.title, block.alt, block.note]
            case Table():
                told += [block.title, block.note, *(c.heading for c in block.columns)]
    return [one for one in told if one]


def chapter(book, name):
    return words(REPORT.chapters[name](book.view))


def everything(book):
    view = book.view
    body = [block for part in REPORT.chapters.values() for block in part(view)]
    return words([*REPORT.summary(view), *body, *REPORT.actions(view), *REPORT.method(view)])


def survey(*parts, column="wave"):
    """Return a survey of (label, first day, scores)."""
    rows = [
        (f"r{i}-{label}", day, score, label)
        for label, day, scores in parts
        for i, score in enumerate(scores)
    ]
    return f"respondent_id date score {column}", rows


def marks(values, **columns):
    """Return marks of one parameter, one respondent and customer each."""
    rows = [(f"R{i}", f"C{i}", "2025-06-01", "A", "Price", v) for i, v in enumerate(values)]
    return "respondent_id customer_id date product parameter mark", rows


def refused(folder):
    with pytest.raises(InputError) as caught:
        opened(folder)
    return caught.value.problems


# the scale of the score


@pytest.mark.parametrize("language", ["en", "ru", "sk"])
def test_a_survey_from_1_to_10_never_speaks_of_0_to_6(engagement, language):
    """A 1-10 survey has detractors 1-6 in every chapter, chart, table and in the method box."""
    folder = engagement(
        language, 'scale = "1-10"', survey=survey(("a", "2025-06-01", [9, 10, 8, 6] * 10))
    )
    book = opened(folder)
    nps = book.view.result.nps
    assert (nps.scale, nps.classes.detractors, nps.classes.promoters) == ("1-10", (1, 6), (9, 10))
    told = " ".join(everything(book))
    assert "1–6" in told
    assert "0–6" not in told
    assert "0–10" not in told


def test_a_zero_on_a_1_to_10_scale_is_refused_with_its_row(engagement):
    folder = engagement(
        options='scale = "1-10"', survey=survey(("a", "2025-06-01", [9, 0, 8, 6] * 5))
    )
    (problem,) = refused(folder)
    assert (problem.code, problem.place.row, problem.found) == ("score_off_scale", 3, "0")


# waves


WAVES = (
    ("Q1", "2025-02-15", [6] * 14 + [8] * 44 + [9] * 2),
    ("Q2", "2025-05-15", [6] * 1 + [8] * 21 + [9] * 38),
    ("Q3", "2025-08-15", [9, 10]),
)


def test_a_newest_wave_that_has_just_begun_hides_no_change(engagement):
    """Q1 and Q2 carry an index, Q3 has two answers: Q2 is compared with Q1, Q3 is named."""
    book = opened(engagement(survey=survey(*WAVES)))
    change = book.view.result.change
    assert [w.value for w in book.view.result.waves] == [
        -20,
        pytest.approx(61.6667, abs=1e-4),
        None,
    ]
    assert (change.wave, change.against, change.verdict) == ("Q2", "Q1", Verdict.UP)
    assert change.difference == pytest.approx(81.6667, abs=1e-4)
    told = chapter(book, "waves")
    assert told[0] == "NPS rose by 81.7 points: Q2 against Q1"
    assert any("Q3 (n = 2)" in one for one in told)
    head = words(REPORT.summary(book.view))[0]
    assert head.startswith("NPS rose by 81.7 points to +61.7: ")
    assert head.endswith("make what has improved since Q1 the standard everywhere")


def test_the_latest_headline_is_the_latest_wave_that_carries_an_index(engagement):
    book = opened(engagement(options='headline = "latest"', survey=survey(*WAVES)))
    assert book.view.result.nps.n == 60
    assert book.view.result.nps.value == pytest.approx(61.6667, abs=1e-4)


def test_a_thin_wave_in_the_middle_is_passed_over(engagement):
    """Of 18 monthly waves two are thin: the 16 others make 15 changes, and all are shown."""
    parts = [
        (
            f"M{k:02d}",
            (date(2024, 7, 1) + timedelta(days=30 * k)).isoformat(),
            [9, 8, 6] * (1 if k in (7, 17) else 10),
        )
        for k in range(18)
    ]
    book = opened(engagement(survey=survey(*parts)))
    result = book.view.result
    assert len(result.waves) == 18
    assert len(result.changes) == 15
    assert (result.change.wave, result.change.against) == ("M16", "M15")
    assert ("M08", "M06") in {(c.wave, c.against) for c in result.changes}
    assert "M07 (n = 3), M17 (n = 3)" in " ".join(chapter(book, "waves"))


def test_two_waves_too_thin_for_an_index_are_said_to_be(engagement):
    folder = engagement(survey=survey(("a", "2025-01-01", [9] * 12), ("b", "2025-02-01", [9] * 3)))
    book = opened(folder)
    assert book.view.result.change is None
    assert chapter(book, "waves")[0] == (
        "NPS cannot be compared over time: fewer than two of 2 waves have at least 10 answers"
    )


def test_the_headline_wave_has_one_interval_on_every_page(engagement):
    """With 40 customers known, the chart of waves narrows its interval as page 2 does."""
    folder = engagement(
        options='population = 40\nheadline = "latest"',
        survey=survey(
            ("a", "2025-01-01", [9] * 13 + [8] * 9 + [5] * 5),
            ("b", "2025-06-01", [9] * 13 + [8] * 9 + [5] * 5),
        ),
    )
    result = opened(folder).view.result
    assert (result.waves[-1].ci_low, result.waves[-1].ci_high) == (
        result.nps.ci_low,
        result.nps.ci_high,
    )


# marks


@pytest.mark.parametrize("values", [[6, 7, 8, 9, 10], [8] * 12, [3, 4, 9, 10]])
def test_marks_to_ten_without_a_sign_are_never_percentages(engagement, values):
    """The message names the values and the option; set as it says, the marks are read as given."""
    (problem,) = refused(engagement(satisfaction=marks(values)))
    assert problem.code == "marks_to_ten"
    told = line(problem, "en")
    assert 'under [intake.satisfaction] in engagement.toml: scale = "1-10"' in told
    assert ", ".join(str(v) for v in sorted(set(values))) in told
    folder = engagement(options='satisfaction_scale = "1-10"', satisfaction=marks(values))
    book = opened(folder)
    assert book.view.result.mark_bounds.scale == "1-10"
    assert book.view.result.satisfaction[0].mean == pytest.approx(sum(values) / len(values))


@pytest.mark.parametrize("language", ["en", "ru", "sk"])
def test_low_marks_of_ten_are_those_up_to_6(engagement, language):
    folder = engagement(
        language,
        'satisfaction_scale = "1-10"',
        satisfaction=marks([1, 4, 5, 6, 7, 8, 9, 10]),
    )
    book = opened(folder)
    (row,) = book.view.result.satisfaction
    assert (row.open, row.hidden, row.good, row.best) == (2, 2, 2, 2)
    assert book.view.result.low_marks == 4
    told = " ".join(chapter(book, "satisfaction"))
    assert "1–4" in told
    assert "5–6" in told
    assert "1–2" not in told


@pytest.mark.parametrize(
    ("values", "means"),
    [
        (["80%", "60 %", "61%"], 0.67),
        ([80, 60, 61], 0.67),
        ([0, 25, 50, 75, 100], 0.5),
    ],
)
def test_percentages_are_read_by_sign_or_by_size(engagement, values, means):
    book = opened(engagement(satisfaction=marks(values)))
    assert book.view.result.mark_bounds.scale == "percent"
    assert book.view.result.satisfaction[0].mean == pytest.approx(means)
    assert "60%" in " ".join(chapter(book, "satisfaction"))


def test_a_mark_of_ten_with_a_slip_makes_no_percentages(engagement):
    (problem,) = refused(engagement(satisfaction=marks([6, 7, 8, 9, 10, 88])))
    assert problem.code == "marks_unclear"


def test_bounds_of_low_marks_may_be_set_and_are_told(engagement):
    folder = engagement(
        options='satisfaction_scale = "1-10"\nopen_mark = 5\nhidden_mark = 7',
        satisfaction=marks([5, 7, 8, 9]),
    )
    book = opened(folder)
    assert book.view.result.low_marks == 2
    assert any("2 marks of 7 or below" in one for one in chapter(book, "satisfaction"))


def test_bounds_off_the_scale_are_refused(engagement):
    folder = engagement(options="open_mark = 4\nhidden_mark = 6", satisfaction=marks([1, 2, 3]))
    (problem,) = refused(folder)
    assert problem.code == "mark_bounds_off_scale"


def test_equal_means_name_no_lowest_parameter(engagement):
    head, rows = marks([4, 4, 5])
    rows = rows + [(*row[:4], "Speed", row[5]) for row in rows]
    book = opened(engagement(satisfaction=(head, rows)))
    told = chapter(book, "satisfaction")
    assert told[0].startswith("“Price”, “Speed” have the same mean mark, 4.33")
    assert not any("highest mark" in one for one in told)


def test_a_gap_of_staff_without_any_spread_is_a_gap(engagement):
    """Twelve customers give 8, their staff 7 each: that is no accident."""
    head, rows = marks([8] * 12)
    rows = [(*row, "customer") for row in rows] + [
        (f"S{row[0]}", *row[1:5], 7, "staff") for row in rows
    ]
    folder = engagement(options='satisfaction_scale = "1-10"', satisfaction=(f"{head} side", rows))
    book = opened(folder)
    (gap,) = book.view.result.staff_gap
    assert (gap.gap, gap.differs) == (-1, Verdict.DOWN)
    assert "Staff rate “Price” lower than customers do: 7.00 against 8.00" in chapter(
        book, "satisfaction"
    )


# coverage


SALES = "customer_id date amount product"


def test_coverage_is_of_those_who_bought_in_the_year(engagement):
    """Of ten listed customers four bought, two of these gave a mark: 2 of 4."""
    sales = [(f"C{i}", "2025-03-01", 100, "A") for i in range(4)]
    folder = engagement(
        satisfaction=marks([4, 5]),
        sales=(SALES, sales),
        customers=("customer_id", [(f"C{i}",) for i in range(10)]),
    )
    book = opened(folder)
    covered = book.view.result.coverage
    assert (covered.n, covered.base, covered.of) == (2, 4, "buyers")
    assert any("Of 4 customers who bought" in one for one in chapter(book, "satisfaction"))


def test_coverage_of_a_product_leaves_out_marks_before_the_purchase(engagement):
    sales = [("C0", "2025-05-01", 100, "A"), ("C1", "2025-07-01", 100, "A")]
    book = opened(engagement(satisfaction=marks([4, 5]), sales=(SALES, sales)))
    (row,) = book.view.result.satisfaction_by_product
    assert row.coverage == pytest.approx(1 / 2)


def test_new_customers_of_a_product_are_those_of_a_first_purchase(engagement):
    """C0 is rated in time, C1 too late, C2 bought before, C3 bought too lately to be asked."""
    sales = [
        ("C9", "2024-01-10", 100, "B"),
        ("C0", "2025-04-01", 100, "A"),
        ("C1", "2025-01-15", 100, "A"),
        ("C2", "2024-03-01", 100, "A"),
        ("C2", "2025-04-01", 100, "A"),
        ("C3", "2025-12-01", 100, "A"),
    ]
    book = opened(engagement(satisfaction=marks([4, 5, 4, 4]), sales=(SALES, sales)))
    (row,) = book.view.result.new_coverage
    assert (row.product, row.n, row.rated) == ("A", 2, 1)
    assert any(
        "After 2 first purchases of a product, 1 were followed" in one
        for one in chapter(book, "satisfaction")
    )


def test_a_first_purchase_is_not_known_from_one_year_of_sales(engagement):
    sales = [("C0", "2025-04-01", 100, "A")]
    book = opened(engagement(satisfaction=marks([4]), sales=(SALES, sales)))
    assert book.view.result.new_coverage == ()


# groups


def by(*parts):
    """Return a survey of (manager, segment, scores)."""
    rows = [
        (f"r{manager}{segment}{i}", "2025-06-01", score, manager, segment)
        for manager, segment, scores in parts
        for i, score in enumerate(scores)
    ]
    return "respondent_id date score manager segment", rows


def test_a_manager_is_not_named_for_what_the_segment_tells(engagement):
    """Both managers of the south are low because the south is: only the segment is named."""
    folder = engagement(
        survey=by(
            ("Ann", "south", [3] * 25),
            ("Bob", "south", [3] * 25),
            ("Cyd", "north", [9] * 40),
            ("Dan", "north", [9] * 10 + [8] * 30),
        )
    )
    book = opened(folder)
    groups = {(g.by, g.group): g for g in book.view.result.groups}
    assert groups["manager", "Ann"].differs is Verdict.DOWN
    assert groups["manager", "Ann"].repeats == "segment"
    told = " ".join(words(REPORT.summary(book.view)) + chapter(book, "groups")[:4])
    assert "south" in told
    assert "Ann" not in told
    assert "Bob" not in told


def test_all_cuts_are_one_family_of_tests(engagement):
    """Adding a second cut makes the test of the first stricter, never milder."""
    rows = [("Ann", "x", [3] * 8 + [9] * 7), ("Bob", "y", [9] * 11 + [3] * 4)] * 1
    one = by(*rows)
    both = opened(engagement(survey=one)).view.result.groups
    p = {(g.by, g.group): g.p_holm for g in both}
    assert p["manager", "Ann"] == p["segment", "x"]


def test_groups_below_min_n_are_said_to_be_untested(engagement):
    book = opened(engagement(survey=by(("Ann", "x", [9] * 6), ("Bob", "y", [3] * 6))))
    assert chapter(book, "groups")[0] == (
        "No group has enough answers to be compared with the others"
    )


# ties


def test_seven_against_six_is_a_tie_of_themes():
    """Price with 7 answers and communication with 6 are told as a tie; 19 against 9 is none.

    One answer on quality is not told from seven either: of three equal themes with 14 answers
    some pair is as far apart in one survey of ten.
    """
    from workbook.diagnostics.loyalty.params import Params
    from workbook.diagnostics.loyalty.result import Theme
    from workbook.diagnostics.loyalty.theme_lead import leading_themes

    def theme(name, n):
        return Theme(
            theme=name, label=name, question="reason", n=n, detractors=n, passives=0, promoters=0,
            revenue=None, quotes=(),
        )  # fmt: skip

    close = [theme("price", 7), theme("communication", 6), theme("quality", 1)]
    clear = [theme("delivery", 19), theme("price", 9), theme("speed", 9)]
    assert leading_themes(close, Params()).detractors == ("price", "communication", "quality")
    assert leading_themes(clear, Params()).detractors == ("delivery",)


def test_equal_drivers_are_told_as_a_tie(engagement):
    """Two parameters of the same weight: neither is named before the other."""
    rows, scores = [], []
    for i in range(60):
        a, b = 1 + i % 5, 1 + (i // 5) % 5
        scores.append((f"R{i}", "2025-06-01", min(10, a + b)))
        rows += [(f"R{i}", "2025-06-01", "A", "Price", a), (f"R{i}", "2025-06-01", "A", "Speed", b)]
    folder = engagement(
        survey=("respondent_id date score", scores),
        satisfaction=("respondent_id date product parameter mark", rows),
    )
    book = opened(folder)
    assert set(book.view.result.driver_leaders) == {"Price", "Speed"}
    assert chapter(book, "drivers")[0].startswith("None of the 2 parameters is measurably more")


def test_a_published_index_stands_beside_the_own_one_with_its_source(engagement):
    book = opened(engagement(survey=survey(("a", "2025-06-01", [9, 10, 8, 6] * 10))))
    told = chapter(book, "recommendation")
    note = next(one for one in told if "Published indices" in one)
    assert "year not known" in note
    assert "not targets" in note
    assert any("Apple +73.0" in one for one in told)


def test_more_answers_than_customers_are_found_before_a_report_is_begun(engagement):
    """What `check` passes, a run does not refuse."""
    head = "respondent_id customer_id date score"
    rows = [(f"R{i}", f"C{i}", "2025-06-01", 9) for i in range(12)]
    folder = engagement(options="population = 11", survey=(head, rows))
    (problem,) = open_engagement(folder, only=("loyalty",)).errors
    assert (problem.code, problem.found) == ("population_too_small", "11")
    assert problem.facts["answered"] == 12
    folder = engagement(options="population = 12", survey=(head, rows))
    assert open_engagement(folder, only=("loyalty",)).errors == ()
