"""The controllability report says one number in sentence, chart, table and result file."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from shown import chapters, sentences, whole

from workbook.charts.chart import Chart, Palette
from workbook.diagnostics.controllability.compute import Sources, compute
from workbook.diagnostics.controllability.contradictions import RULES
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.report import REPORT
from workbook.diagnostics.controllability.result import Result
from workbook.diagnostics.controllability.sources.questionnaire_file import load_questionnaires
from workbook.diagnostics.controllability.verdicts import alpha_reading
from workbook.diagnostics.inputs import Inputs
from workbook.engagement.settings import Engagement
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.language.package_data import templates
from workbook.report.blocks import Bullets, Callout, NotStudied, Tiles
from workbook.report.plain_data import plain_data
from workbook.report.table import Table
from workbook.report.view import View

AS_OF = date(2025, 12, 31)
PEOPLE = {
    "Ann": ("Commercial Director", "management"),
    "Bob": ("Head of Sales", "management"),
    "Cyd": ("Account Manager", "line"),
    "Dan": ("Account Manager", "line"),
    "Eve": ("Service Specialist", "line"),
}
ROLES = [role for role, _ in PEOPLE.values()]
CYCLES = {"Ann": "++h+-", "Cyd": "-h-?+", "Dan": "h-+-h", "Eve": "--hn+"}
"""Marks of each respondent in turn; Bob marks everything +."""
WORDS = {"+": "+", "h": "+/-", "-": "-", "?": "don't know", "n": "not applicable"}
CLAIMED = {"3.1", "4.4"}


@pytest.fixture(scope="module")
def questionnaires():
    found, problems = load_questionnaires(templates() / "questionnaires")
    assert problems == ()
    return found


def ids(questionnaires, name):
    return [i.id for q in questionnaires if q.id == name for i in q.asked().items]


def marked(person, place, item):
    if person == "Bob" or item in CLAIMED:
        return "+"
    return WORDS[CYCLES[person][place % 5]]


def answers(questionnaires, *, people=tuple(PEOPLE), mark=marked, name="controllability", wave=""):
    rows = [
        {
            "respondent": person,
            "role": PEOPLE[person][0],
            "level": PEOPLE[person][1],
            "item": item,
            "mark": mark(person, place, item),
            "questionnaire": name,
            "wave": wave,
        }
        for person in people
        for place, item in enumerate(ids(questionnaires, name))
    ]
    return pd.DataFrame(rows, dtype="str")


def offers(*, without_stage):
    """Forty lost deals, some of them without a stage."""
    return pd.DataFrame(
        {
            "deal_id": [f"D{i}" for i in range(40)],
            "customer_id": [f"C{i}" for i in range(40)],
            "product": "CRM",
            "stage": ["" if i < without_stage else "offer" for i in range(40)],
            "status": "lost",
            "date": pd.Timestamp("2025-10-01"),
        }
    )


@pytest.fixture(scope="module")
def view_of(questionnaires):
    def build(*frames, language="en", anonymity_threshold=1, **tables):
        inputs = Inputs(
            anonymity_threshold=anonymity_threshold,
            tables={"answers": pd.concat(frames, ignore_index=True), **tables},
            as_of=AS_OF,
            language=language,
            label="2025-Q4",
        )
        params = Params(bootstrap=200)
        return View(
            result=compute(inputs, params, Sources(questionnaires=questionnaires)),
            params=params,
            texts=load_texts("controllability", language),
            palette=Palette(),
            engagement=Engagement(
                folder=Path(), id="acme", client="Acme", language=language, currency="EUR",
                period="2025-Q4", as_of=AS_OF, anonymity_threshold=anonymity_threshold,
            ),
        )  # fmt: skip

    return build


@pytest.fixture(scope="module")
def rich(view_of, questionnaires):
    """Five respondents, two waves, offers that contradict a mark, a further questionnaire."""

    @cache
    def build(language):
        return view_of(
            answers(questionnaires, people=("Ann", "Cyd"), mark=lambda *_: "+/-", wave="2025-Q2"),
            answers(questionnaires, wave="2025-Q4"),
            answers(questionnaires, people=("Ann",), name="customer_care_rules", wave="2025-Q4"),
            language=language,
            offers=offers(without_stage=16),
        )

    return build


@pytest.fixture(scope="module")
def full(rich):
    return rich("en")


@pytest.fixture(scope="module")
def parts(full):
    """Return the chapters of the full report, drawn once."""
    return chapters(full, REPORT)


def table(blocks, name):
    (found,) = [b for b in blocks if isinstance(b, Table) and b.name == name]
    return found


def rows_of(shown):
    """Return the rows of a table by the heading of each column."""
    return [{c.heading: row.get(c.key) for c in shown.columns} for row in shown.rows]


def chart(blocks):
    return next(b for b in blocks if isinstance(b, Chart))


def told(blocks):
    return plain(" ".join(sentences(blocks)))


def plain(text):
    """Write no-break spaces as spaces."""
    return text.replace("\u00a0", " ")


class TestSummary:
    def test_the_answer_the_tile_the_chart_the_table_and_the_file_carry_one_index(
        self, full, parts
    ):
        index = plain_data(full.result)["questionnaires"]["controllability"]["index"]
        written = full.texts.write(index, "pct1")
        summary, sections = REPORT.summary(full), parts["sections"]
        assert written in summary[1].paragraphs[0]
        (tiles,) = [b for b in summary if isinstance(b, Tiles)]
        assert tiles.tiles[0].value == written
        assert written in chart(sections).alt
        assert rows_of(table(sections, "sections"))[-1]["Index"] == index

    def test_it_has_four_tiles_three_findings_and_one_recommendation(self, full):
        summary = REPORT.summary(full)
        (tiles,) = [b for b in summary if isinstance(b, Tiles)]
        (bullets,) = [b for b in summary if isinstance(b, Bullets)]
        assert len(tiles.tiles) == 4
        assert len(bullets.items) == 3
        assert len([b for b in summary if isinstance(b, Callout)]) == 1

    @pytest.mark.parametrize(
        ("mark", "wording"),
        [
            ("-", "mostly unmanaged"),
            ("+/-", "partly managed"),
            ("+", "say that customer work is managed"),
        ],
    )
    def test_the_index_has_words_and_no_level_of_maturity(
        self, view_of, questionnaires, mark, wording
    ):
        view = view_of(answers(questionnaires, mark=lambda *_: mark))
        assert wording in REPORT.summary(view)[0].text

    def test_a_questionnaire_whose_marks_mean_something_else_is_not_called_managed(
        self, view_of, questionnaires
    ):
        view = view_of(answers(questionnaires, name="customer_care_rules"))
        heading, lead, *_ = REPORT.summary(view)
        assert view.result.questionnaires[0].title in lead.paragraphs[0]
        assert "managed" not in heading.text + lead.paragraphs[0]


class TestChapters:
    def test_the_reference_profiles_stand_beside_the_index(self, full, parts):
        blocks = parts["sections"]
        titles = {p.id: p.title for p in full.result.questionnaires[0].profiles}
        whole_row = rows_of(table(blocks, "sections"))[-1]
        assert whole_row[titles["managed"]] == 1
        assert whole_row[titles["unmanaged"]] == pytest.approx(3.5 / 30)
        assert "11.7%" in told(blocks)
        assert "11.3% over all items of the original questionnaire (31)" in told(blocks)

    def test_whose_mapping_to_aspects_it_is_is_said(self, full, parts):
        note = full.result.questionnaires[0].aspects_note
        assert note
        assert note in told(parts["aspects"])

    def test_the_heading_of_the_marks_counts_what_the_appendix_lists(self, full, parts):
        heading = parts["marks"][0].text
        rows = rows_of(table(REPORT.method(full), "items_controllability"))
        marks = full.result.questionnaires[0].marks
        assert sum(row["+"] for row in rows) == marks["+"]
        assert sum(row["−"] for row in rows) == marks["-"]
        unknown = sum(row["Don’t know"] for row in rows)
        assert unknown == full.result.questionnaires[0].dont_know > 0
        assert f"{marks['+']} of {sum(marks.values())} marks are +" in heading

    def test_nobody_is_told_by_name_or_by_role(self, full):
        blocks = whole(full, REPORT)
        cells = [str(v) for b in blocks if isinstance(b, Table) for r in b.rows for v in r.values()]
        words = " ".join([*sentences(blocks), *cells])
        assert not any(role in words for role in ROLES)
        assert not any(name in words.split() for name in PEOPLE)

    def test_one_mark_everywhere_is_pointed_out_as_a_limitation(self, full, parts):
        (box,) = [
            b for b in parts["marks"]
            if isinstance(b, Callout) and b.kind.value == "limitation"
        ]  # fmt: skip
        assert "1 of 5 respondents gave the same mark" in " ".join(box.paragraphs)

    def test_the_list_of_gaps_is_whole_in_the_appendix_and_short_on_the_page(self, full, parts):
        gaps = table(parts["gaps"], "gaps")
        assert [r["Priority"] for r in rows_of(gaps)] == [
            g.priority for g in full.result.questionnaires[0].gaps
        ]
        assert gaps.shown <= 10 < len(gaps.rows)
        assert all(r["What to do"] and r["Figure that proves it"] for r in rows_of(gaps))

    def test_a_contradiction_is_shown_with_the_mark_and_the_measured_value(self, full, parts):
        blocks = parts["contradictions"]
        (bullets,) = [b for b in blocks if isinstance(b, Bullets)]
        assert any(
            "4.4" in b and "marked +" in b and "40% (16 of 40)" in plain(b) for b in bullets.items
        )
        rows = {r["What was measured"]: r for r in rows_of(table(blocks, "checks"))}
        assert plain(rows["Lost deals without a stage"]["Value"]) == "40% (16 of 40)"

    def test_every_check_is_listed_whether_it_could_be_made_or_not(self, full, parts):
        blocks = parts["contradictions"]
        listed = table(blocks, "checks").rows + table(blocks, "checks_not_made").rows
        assert len(listed) == len(full.result.questionnaires[0].checks) >= 8

    def test_a_further_questionnaire_has_its_own_index_in_its_own_chapter(self, full, parts):
        control, rules = full.result.questionnaires
        blocks = parts["others"]
        assert blocks[0].text == f"{rules.title}: index {full.texts.write(rules.index, 'pct1')}"
        whole_row = rows_of(table(blocks, "sections_customer_care_rules"))[-1]
        assert whole_row["+"] == rules.marks["+"]
        assert full.texts.write(control.index, "pct1") not in told(blocks)


class TestAgreement:
    def test_complete_agreement_is_said_and_no_coefficient_is_shown(self, view_of, questionnaires):
        view = view_of(answers(questionnaires, mark=lambda *_: "+"))
        parts = REPORT.chapters["agreement"](view)
        assert parts[0].text == "Complete agreement of 5 respondents, coefficient undefined"
        assert not [b for b in parts if isinstance(b, Chart)]
        (tiles,) = [b for b in REPORT.summary(view) if isinstance(b, Tiles)]
        assert (tiles.tiles[2].value, tiles.tiles[2].change) == (
            "complete", "coefficient undefined",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("alpha", "wording"),
        [(0.666, "not agree well enough"), (0.667, "tentative"), (0.799, "tentative"),
         (0.8, "Respondents agree")],
    )  # fmt: skip
    def test_alpha_has_its_conventional_reading(self, full, alpha, wording):
        first, *others = full.result.questionnaires
        reading = alpha_reading(alpha, "", full.params)
        known = replace(first, alpha=replace(first.alpha, value=alpha, reading=reading))
        view = replace(full, result=replace(full.result, questionnaires=(known, *others)))
        assert wording in REPORT.chapters["agreement"](view)[0].text

    def test_the_interval_is_told(self, full, parts):
        alpha = full.result.questionnaires[0].alpha
        blocks = parts["agreement"]
        interval = full.interval(alpha.ci_low, alpha.ci_high, "dec2")
        assert interval in told(blocks)


class TestAbsence:
    def test_levels_of_two_and_three_people_are_not_told(self, view_of, questionnaires):
        view = view_of(answers(questionnaires), anonymity_threshold=5)
        (one,) = view.result.questionnaires
        assert [level.suppressed for level in one.levels] == [True, True]
        assert {(i.management, i.line, i.management_n, i.line_n) for i in one.items} == {
            (None, None, None, None)
        }
        shown = chapters(view, REPORT)["levels"]
        assert "anonymity" in shown[0].text

    def test_one_respondent_alone_leaves_five_chapters_out(self, view_of, questionnaires):
        view = view_of(answers(questionnaires, people=("Cyd",)))
        shown = chapters(view, REPORT)
        short = [n for n, b in shown.items() if [type(x) for x in b] == [NotStudied]]
        assert short == ["levels", "agreement", "contradictions", "waves", "others"]
        assert "one person’s view" in told(shown["marks"])

    def test_no_answers_make_a_report_without_chapters(self, full):
        empty = Result()
        view = replace(full, result=empty)
        for name, blocks in chapters(view, REPORT).items():
            assert [type(b) for b in blocks] == [NotStudied], name
        assert REPORT.summary(view)[0].text == full.text("head.none")

    def test_all_plus_gives_no_gap_and_asks_for_evidence(self, view_of, questionnaires):
        view = view_of(answers(questionnaires, mark=lambda *_: "+"))
        assert "All 30 items" in REPORT.chapters["gaps"](view)[0].text
        (bullets,) = [b for b in REPORT.summary(view) if isinstance(b, Bullets)]
        assert len(bullets.items) == 2


@pytest.mark.parametrize("language", LANGUAGES)
class TestEveryLanguage:
    def test_whole_sentences_few_charts_and_tables_with_names_of_their_own(self, rich, language):
        blocks = whole(rich(language), REPORT)
        for sentence in sentences(blocks):
            assert not any(c in sentence for c in "{}"), sentence
            assert not {"None", "nan"} & set(sentence.split()), sentence
        names = [b.name for b in blocks if isinstance(b, Table)]
        assert len(names) == len(set(names))
        assert 3 <= len([b for b in blocks if isinstance(b, Chart)]) <= 8

    def test_every_check_and_all_that_it_needs_have_words(self, language):
        texts = load_texts("controllability", language)
        for rule in RULES:
            assert f"measured.{rule.check}" in texts
            for name in rule.needs:
                assert (f"need.{name}" if "." in name else f"need.{name}.all") in texts, name


def test_the_views_do_not_touch_the_result(full):
    before = repr(full.result)
    whole(full, REPORT)
    assert repr(full.result) == before
