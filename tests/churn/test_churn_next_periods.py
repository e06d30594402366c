"""Next periods of the samples: their churn reports tell of this period's losses."""

import pytest

from tests.periods.next_periods import northbridge, tatra
from workbook.diagnostics.churn_reasons.reasons_result import Basis
from workbook.diagnostics.churn_reasons.report import REPORT
from workbook.diagnostics.periods.changes import Course
from workbook.notebook import open_book
from workbook.report.blocks import Text


@pytest.fixture(scope="module")
def garage(tmp_path_factory):
    return open_book("churn_reasons", str(tatra(tmp_path_factory.mktemp("ts"))))


@pytest.fixture(scope="module")
def packaging(tmp_path_factory):
    return open_book("churn_reasons", str(northbridge(tmp_path_factory.mktemp("nb"))))


def test_a_register_carried_on_tells_102_losses_of_this_period(garage):
    result = garage.view.result
    assert (result.lost.n, result.register.n, result.basis) == (102, 252, Basis.PERIOD)
    assert result.lost.revenue < result.register.revenue
    assert result.register.not_returned == result.lost_definitions.register
    assert result.register.not_returned == result.winback.n - result.winback.returned
    page = REPORT.page_two(garage.view)
    assert page.tiles[0].value == "102"
    assert "252" in page.lead[0]


def test_broken_promises_fell_from_twelve_of_150_to_none(garage):
    """Fisher's p .0019 among eleven reasons."""
    change = next(c for c in garage.changed.changes if c.label == "Nedodržané sľuby")
    assert (change.before, change.before_n) == (0.08, 150)
    assert (change.now, change.now_n) == (0.0, 102)
    assert change.p_holm == pytest.approx(0.021, abs=0.001)
    assert change.course is Course.DOWN


def test_losses_are_counted_in_windows_of_equal_length(garage):
    """Of 150 losses of the period before 102 lie in its second half."""
    change = garage.changed.of("losses")
    assert (change.before, change.now, change.headline) == (102, 102, True)


def test_what_takes_time_rests_on_the_whole_register_and_says_so(garage):
    view = garage.view
    since = view.texts.write(view.result.register.since, "day_short")
    for name in ("lifetime", "warning", "winback"):
        heading = REPORT.chapters[name](view)[0]
        assert since in heading.caption
    for name in ("reasons", "prevention", "combinations"):
        assert since not in REPORT.chapters[name](view)[0].caption
    assert view.result.winback.n == 252


def test_nine_losses_beside_nine_are_told_and_their_reasons_are_of_the_register(packaging):
    view = packaging.view
    result = view.result
    assert (result.lost.n, result.register.n, result.basis) == (9, 18, Basis.REGISTER)
    told = [
        p for b in REPORT.chapters["reasons"](view) if isinstance(b, Text) for p in b.paragraphs
    ]
    assert any(p.startswith("Against 2025: 9 losses now") for p in told)
    assert "not compared" in " ".join(told)
    caption = REPORT.chapters["reasons"](view)[0].caption
    assert "18 customers; whole register since 20 Jan 2025" in caption
    page = REPORT.page_two(view)
    assert page.tiles[0].value == "9"
    assert page.limitation.startswith("Whole register (since 20 Jan 2025). For 6 of 18")
    assert packaging.changed.of("losses").before == 9


def test_no_sentence_of_the_register_stands_for_the_period(packaging):
    """Every finding that counts among all 18 losses says that it is of the register."""
    view = packaging.view
    for finding in REPORT.page_two(view).findings:
        if finding.claim.population in (13, 18):
            assert finding.text.startswith("Whole register")


def engagement(folder, year, rows, more=""):
    """Write an engagement of one year with a register alone."""
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.toml").write_text(
        f'schema_version = 1\nid = "one"\nclient = "One Ltd"\nlanguage = "en"\ncurrency = "GBP"\n'
        f'period = "{year}"\nas_of = {year}-12-31\nstatus = "final"\n{more}',
        encoding="utf-8",
    )
    lines = ["customer_id,lost_date,reasons", *(",".join(row) for row in rows)]
    (folder / "data" / "lost_customers.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_period_without_losses_tells_of_the_register_alone(tmp_path):
    rows = [(f"c{i}", f"2024-{i + 1:02d}-05", "Price") for i in range(12)]
    engagement(tmp_path / "then", 2024, rows)
    now = engagement(tmp_path / "now", 2025, rows, 'previous = "../then"\n')
    view = open_book("churn_reasons", str(now)).view
    page = REPORT.page_two(view)
    assert page.answer == view.text("head.none")
    assert page.lead[0].startswith("The register contains no loss dated 1 Jan 2025 or later.")
    assert "12 losses" in page.lead[0]
    assert page.tiles[0].value == "0"
    for chapter in REPORT.chapters.values():
        list(chapter(view))
