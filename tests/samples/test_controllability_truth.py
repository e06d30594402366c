"""The truth planted in the filled questionnaires agrees with the files and with the diagnostic."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from workbook.diagnostics import param_types
from workbook.diagnostics.controllability.compute import Sources, compute
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.result import Result
from workbook.diagnostics.controllability.sources.loading import check
from workbook.diagnostics.controllability.sources.questionnaire_file import load_questionnaires
from workbook.diagnostics.inputs import Inputs
from workbook.engagement.engagement_file import load_engagement
from workbook.forms.engagement_forms import read_with_forms
from workbook.intake.tables import Intake
from workbook.language.package_data import templates

PLANTED = {
    "tatra-servis": ["3.1", "4.8"],
    "northbridge": ["1.14", "4.8"],
    "vektor-it": ["1.11", "1.14"],
}
"""Items whose marks the client's own tables contradict."""
IT = "vektor-it"
SECOND = "customer_care_rules"
POINTS = {"+": 1.0, "+/-": 0.5, "-": 0.0}
Truth = dict[str, Any]
Reading = Callable[[str], Intake]
Finding = Callable[[str], Result]
each = pytest.mark.parametrize("engagement", PLANTED)


@pytest.fixture(scope="module")
def reading(samples: Path) -> Reading:
    """Return a reader of all tables of an engagement, filled forms included."""
    known: dict[str, Intake] = {}

    def read(engagement: str) -> Intake:
        if engagement not in known:
            folder = load_engagement(samples / engagement, param_types())
            known[engagement] = read_with_forms(folder)
        return known[engagement]

    return read


@pytest.fixture(scope="module")
def finding(reading: Reading) -> Finding:
    """Return what the diagnostic makes of an engagement."""
    known: dict[str, Result] = {}
    questionnaires, problems = load_questionnaires(templates() / "questionnaires")
    assert problems == ()

    def find(engagement: str) -> Result:
        if engagement not in known:
            tables = {name: t.frame for name, t in reading(engagement).tables.items()}
            inputs = Inputs(tables=tables, as_of=date(2025, 12, 31))
            known[engagement] = compute(inputs, Params(), Sources(questionnaires=questionnaires))
        return known[engagement]

    return find


def _rows(intake: Intake, *, wave: str = "") -> list[dict[str, Any]]:
    """Return the answers of a wave to ``controllability``."""
    frame = intake.tables["answers"].frame.astype(object)
    rows = frame.where(frame.notna(), None).to_dict("records")
    return [
        row
        for row in rows
        if (row.get("wave") or "") == wave and row.get("questionnaire") != SECOND
    ]


def _mark(row: Mapping[str, Any]) -> str:
    """Return the mark, or what the three questions come to."""
    if row["mark"]:
        return str(row["mark"])
    if not row["process"]:
        return "-"
    return "+" if row["reporting"] and row["data"] else "+/-"


def _wave(engagement: str) -> str:
    return "2025" if engagement == "northbridge" else ""


def _near(value: float) -> Any:
    return pytest.approx(value, abs=1e-6)


class TestFiles:
    @each
    def test_marks_counted_in_the_files_are_those_of_the_truth(
        self, engagement: str, reading: Reading, truth: Truth
    ) -> None:
        stated = truth[engagement]["controllability"]
        rows = _rows(reading(engagement), wave=_wave(engagement))
        counts = Counter(map(_mark, rows))
        assert {mark: counts[mark] for mark in POINTS} == stated["marks"]
        assert counts["don't know"] == stated["dont_know"] > 0
        assert counts["not applicable"] == stated["not_applicable"] > 0
        assert 30 * stated["respondents"] - len(rows) == stated["blank"]
        assert sum(row["mark"] is None for row in rows) == stated["derived"]
        assert sum(bool(row["evidence"]) for row in rows) == stated["evidence"] > 0

    @each
    def test_the_index_is_the_mean_of_the_items_means_in_the_files(
        self, engagement: str, reading: Reading, truth: Truth
    ) -> None:
        marks: dict[str, list[float]] = {}
        for row in _rows(reading(engagement), wave=_wave(engagement)):
            if _mark(row) in POINTS:
                marks.setdefault(row["item"], []).append(POINTS[_mark(row)])
        means = {item: sum(given) / len(given) for item, given in marks.items()}
        stated = truth[engagement]["controllability"]
        assert means == {item: _near(score) for item, score in stated["scores"].items()}
        assert sum(means.values()) / len(means) == _near(stated["index"])

    @each
    def test_five_people_of_two_levels_answer(
        self, engagement: str, reading: Reading, truth: Truth
    ) -> None:
        rows = _rows(reading(engagement), wave=_wave(engagement))
        levels = Counter(level for _, level in {(r["respondent"], r["level"]) for r in rows})
        assert levels == {"management": 2, "line": 3}
        assert truth[engagement]["controllability"]["respondents"] == 5

    def test_the_forms_hold_what_the_truth_says_and_nothing_twice(
        self, reading: Reading, truth: Truth
    ) -> None:
        intake = reading(IT)
        forms = {
            f.file.removeprefix("data/forms/"): f.rows for f in intake.files if "/forms/" in f.file
        }
        assert forms == truth[IT]["controllability"]["forms"]
        rows = truth[IT]["files"]["answers"]["rows"]
        assert intake.tables["answers"].rows_used == rows + sum(forms.values())

    def test_a_left_out_item_is_the_only_thing_that_is_warned_about(
        self, reading: Reading, samples: Path
    ) -> None:
        found = {}
        for engagement in PLANTED:
            folder = load_engagement(samples / engagement, param_types())
            problems = check(folder, reading(engagement).tables)
            found[engagement] = [(p.code, p.found, p.facts.get("items", "")) for p in problems]
        assert found == {
            "tatra-servis": [],
            "northbridge": [("answers_skipped", "", "4.5"), ("few_in_wave", "2024", "")],
            "vektor-it": [("few_respondents", SECOND, "")],
        }


class TestDiagnostic:
    @each
    def test_index_sections_marks_and_levels_are_found(
        self, engagement: str, finding: Finding, truth: Truth
    ) -> None:
        found, stated = finding(engagement).questionnaires[0], truth[engagement]["controllability"]
        assert (found.id, found.wave) == ("controllability", _wave(engagement))
        assert (found.n_items, found.n_respondents) == (stated["items"], stated["respondents"])
        assert found.index == _near(stated["index"])
        assert found.index_sections == _near(stated["index_sections"])
        assert {s.id: s.index for s in found.sections} == {
            name: _near(value) for name, value in stated["sections"].items()
        }
        assert dict(found.marks) == stated["marks"]
        assert {one.level: one.suppressed for one in found.levels} == dict.fromkeys(
            stated["levels"], True
        )  # two and three people

    @each
    def test_disagreement_is_found(self, engagement: str, finding: Finding, truth: Truth) -> None:
        found, stated = finding(engagement).questionnaires[0], truth[engagement]["controllability"]
        assert found.alpha.value == _near(stated["alpha"])
        assert 0 < stated["alpha"] < 0.4
        assert {item.gap for item in found.items} == {None}

    @each
    def test_the_planted_contradictions_are_found_and_no_others(
        self, engagement: str, finding: Finding, truth: Truth
    ) -> None:
        found = finding(engagement).questionnaires[0]
        stated = truth[engagement]["controllability"]["contradictions"]
        assert [c.item for c in found.contradictions] == PLANTED[engagement]
        assert [c["item"] for c in stated] == PLANTED[engagement]
        for contradiction, told in zip(found.contradictions, stated, strict=True):
            assert contradiction.check == told["check"]
            assert (contradiction.n, contradiction.base) == (told["n"], told["base"])
            assert (contradiction.score, contradiction.value) == (
                _near(told["score"]),
                _near(told["value"]),
            )

    @each
    def test_what_the_data_would_contradict_is_else_marked_below_the_claim(
        self, engagement: str, finding: Finding, truth: Truth
    ) -> None:
        checks = finding(engagement).questionnaires[0].checks
        against = {c.item: c.n for c in checks if c.value is not None and c.value >= c.bound}
        stated = truth[engagement]["controllability"]
        told = [*stated["contradictions"], *stated["not_claimed"]]
        assert against == {c["item"]: c["n"] for c in told}
        assert stated["not_claimed"]

    @each
    def test_some_claims_agree_with_the_data(self, engagement: str, finding: Finding) -> None:
        checks = finding(engagement).questionnaires[0].checks
        assert sum(c.status == "consistent" for c in checks) >= 6

    def test_one_line_respondent_alone_marks_everything_plus(
        self, finding: Finding, truth: Truth
    ) -> None:
        same = {name: finding(name).questionnaires[0].straight_respondents for name in PLANTED}
        [told] = truth[IT]["controllability"]["all_same"]
        assert same == {name: int(name == IT) for name in PLANTED}
        assert told["mark"] == "+"
        assert told["index_without"] < truth[IT]["controllability"]["index"] - 0.1

    def test_three_people_answer_the_second_questionnaire(
        self, finding: Finding, truth: Truth
    ) -> None:
        second = finding(IT).questionnaires[1]
        told = truth[IT]["controllability"]["others"][SECOND]
        assert (second.id, second.n_respondents) == (SECOND, 3)
        assert second.index == _near(told["index"])
        assert dict(second.marks) == told["marks"]
        assert second.alpha.value == _near(told["alpha"])

    def test_the_first_wave_of_the_engineering_firm_is_of_too_few_people_to_be_told(
        self, finding: Finding, truth: Truth
    ) -> None:
        found = finding("northbridge").questionnaires[0]
        stated = truth["northbridge"]["controllability"]["waves"]
        assert stated["2024"]["respondents"] < 5
        assert [(w.wave, w.n_respondents) for w in found.waves] == [("2025", 5)]
        assert (found.waves_left_out, found.change) == (("2024",), None)

    def test_the_others_have_one_wave(self, finding: Finding) -> None:
        assert finding(IT).questionnaires[0].change is None
        assert finding("tatra-servis").questionnaires[0].change is None
