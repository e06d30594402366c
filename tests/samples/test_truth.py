"""The known truth agrees with simple counts in the files."""

from collections import Counter, defaultdict
from statistics import correlation, mean
from typing import Any

import pytest

ENGAGEMENTS = ("ural-tekhnika", "tatra-servis", "northbridge")
HEADLINE = {"tatra-servis": "2025-H2"}
Truth = dict[str, Any]
each = pytest.mark.parametrize("engagement", ENGAGEMENTS)


def _headline(rows: list[dict[str, str]], engagement: str) -> list[dict[str, str]]:
    wave = HEADLINE.get(engagement)
    return [row for row in rows if wave in (None, row.get("wave"))]


@each
@pytest.mark.parametrize(
    "table",
    [
        *("survey", "satisfaction", "touchpoints", "complaints", "customers", "sales"),
        "lost_customers",
    ],
)
def test_rows_and_copies_are_as_many_as_stated(
    engagement: str, table: str, rows: Any, clean: Any, truth: Truth
) -> None:
    stated = truth[engagement]["files"][table]
    assert len(clean(engagement, table)) == stated["rows"]
    assert len(rows(engagement, table)) == stated["rows"] + stated["duplicates"]


@each
def test_classes_of_the_headline_wave(engagement: str, clean: Any, truth: Truth) -> None:
    answers = _headline(clean(engagement, "survey"), engagement)
    scores = [int(row["score"]) for row in answers if row["score"]]
    stated = truth[engagement]["nps"]
    assert stated["n"] == len(scores)
    assert stated["detractors"] == sum(s <= 6 for s in scores)
    assert stated["promoters"] == sum(s >= 9 for s in scores)
    assert stated["missing"] == len(answers) - len(scores)


@each
def test_the_change_allows_the_verdict_that_was_planted(engagement: str, truth: Truth) -> None:
    assert truth[engagement]["change"]["verdict"] == truth[engagement]["expected_verdict"]


@each
def test_the_planted_driver_goes_with_the_score_most(
    engagement: str, clean: Any, truth: Truth
) -> None:
    answers = _headline(clean(engagement, "survey"), engagement)
    scores = {row["respondent_id"]: int(row["score"]) for row in answers if row["score"]}
    pairs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in clean(engagement, "satisfaction"):
        if row["respondent_id"] in scores:
            pairs[row["parameter"]].append((scores[row["respondent_id"]], int(row["mark"])))
    strength = {p: correlation(*zip(*marks, strict=True)) for p, marks in pairs.items()}
    enough = all(len(marks) >= 150 for marks in pairs.values())
    assert enough == (engagement != "northbridge")
    if enough:
        assert max(strength, key=lambda p: strength[p]) == truth[engagement]["driver"]


@each
def test_the_weakest_parameter_has_the_lowest_mean(
    engagement: str, clean: Any, truth: Truth
) -> None:
    marks: dict[str, list[int]] = defaultdict(list)
    customer = {"ural-tekhnika": "клиент", "tatra-servis": "zákazník", "northbridge": "customer"}
    for row in clean(engagement, "satisfaction"):
        if row["side"] == customer[engagement]:
            marks[row["parameter"]].append(int(row["mark"]))
    assert min(marks, key=lambda p: mean(marks[p])) == truth[engagement]["weakest"]
    stated = truth[engagement]["satisfaction"]["customer"]
    assert {p: round(mean(m), 6) for p, m in marks.items()} == {
        p: facts["mean"] for p, facts in stated.items()
    }


@each
def test_the_register_is_a_funnel(engagement: str, clean: Any, truth: Truth) -> None:
    yes = {"да", "áno", "yes"}
    steps = ("registered", "cause_found", "cause_removed", "process_mended")
    register = clean(engagement, "complaints")
    counts = [sum(row[step] in yes for row in register) for step in steps]
    assert counts == sorted(counts, reverse=True)
    assert counts == [truth[engagement]["complaints"]["all"][step] for step in steps]


@each
def test_touchpoints_of_four_categories_are_marked_by_every_rater(
    engagement: str, clean: Any, truth: Truth
) -> None:
    audit = clean(engagement, "touchpoints")
    raters = {row["rater"] for row in audit}
    points = Counter(row["touchpoint"] for row in audit)
    assert len({row["category"] for row in audit}) == 4
    assert set(points.values()) == {len(raters)}
    assert set(points) == set(truth[engagement]["touchpoints"])
    assert all(
        sum(marks.values()) == len(raters) for marks in truth[engagement]["touchpoints"].values()
    )


@each
def test_every_id_of_a_customer_is_in_the_table_of_customers(engagement: str, clean: Any) -> None:
    known = {row["customer_id"] for row in clean(engagement, "customers")}
    for table in ("survey", "sales", "complaints"):
        assert {row["customer_id"] for row in clean(engagement, table)} <= known


def test_deliveries_to_siberia_are_what_pulled_the_index_down(truth: Truth) -> None:
    ural = truth["ural-tekhnika"]
    assert ural["worst"]["segment"] == "Сибирь"
    assert ural["detractors_name_most"][0] == "delivery"


def test_nitra_is_the_worst_branch_in_every_wave(clean: Any) -> None:
    balance: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in clean("tatra-servis", "survey"):
        if row["score"]:
            score = int(row["score"])
            balance[row["wave"], row["segment"]].append((score >= 9) - (score <= 6))
    for wave in ("2024-H2", "2025-H1", "2025-H2"):
        branches = {b: mean(v) for (w, b), v in balance.items() if w == wave and len(v) >= 10}
        assert min(branches, key=lambda b: branches[b]) == "Nitra"


def test_the_largest_accounts_turn_the_weighted_index_over(clean: Any, truth: Truth) -> None:
    north = truth["northbridge"]
    assert north["nps"]["value"] > 20
    assert north["revenue_weighted_nps"] < -20
    assert len(clean("northbridge", "customers")) == 40


def test_the_small_firm_has_segments_below_the_anonymity_threshold(truth: Truth) -> None:
    sizes = [group["n"] for group in truth["northbridge"]["groups"]["segment"].values()]
    assert min(sizes) < 5 < max(sizes)
