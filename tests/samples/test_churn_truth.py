"""The truth planted in the lost customers agrees with simple counts in the files."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml

LANGUAGES = {"ural-tekhnika": "ru", "tatra-servis": "sk", "northbridge": "en"}
YES = {"да", "áno", "yes"}
SALE = {"продажа", "predaj", "sale"}
Truth = dict[str, Any]
Row = dict[str, Any]
each = pytest.mark.parametrize("engagement", list(LANGUAGES))
large = pytest.mark.parametrize("engagement", ["ural-tekhnika", "tatra-servis"])


@pytest.fixture(scope="module")
def ids(samples: Path, truth: Truth) -> Callable[[str, str], set[str]]:
    """Return a reader of a list of reasons: the ids that it names."""
    words = yaml.safe_load((samples / "generate" / "reasons.yaml").read_text("utf-8"))

    def read(engagement: str, text: str) -> set[str]:
        known = {word.casefold(): i for i, word in words[LANGUAGES[engagement]].items()}
        for slip in truth[engagement]["churn"]["misspelt"]:
            known[slip["typed"].casefold()] = known[slip["meant"].casefold()]
        return {known[part.strip().casefold()] for part in text.split(";") if part.strip()}

    return read


@pytest.fixture(scope="module")
def lost(clean: Any, ids: Any) -> Callable[[str], list[Row]]:
    """Return a reader of the lost customers with reasons, money and days as values."""

    def read(engagement: str) -> list[Row]:
        return [
            row
            | {
                "reasons": ids(engagement, row["reasons"]),
                "stated_reasons": ids(engagement, row["stated_reasons"]),
                "annual_revenue": _number(row["annual_revenue"]),
                "lost": _day(row["lost_date"]),
                "start": _day(row["start_date"]),
                "returned": _day(row["returned_date"]) if row["returned_date"] else None,
            }
            for row in clean(engagement, "lost_customers")
        ]

    return read


def _number(text: str) -> float:
    return float(re.sub(r"\s", "", text).replace(",", ".")) if text else 0.0


def _day(text: str) -> date:
    return datetime.strptime(text, "%d.%m.%Y").date()


@each
def test_three_counts_of_every_reason(engagement: str, lost: Any, truth: Truth) -> None:
    stated = truth[engagement]["churn"]
    rows = lost(engagement)
    assert len(rows) == stated["n"]
    assert sum(row["annual_revenue"] for row in rows) == pytest.approx(stated["revenue"])
    for reason, counts in stated["reasons"].items():
        named = [row for row in rows if reason in row["reasons"]]
        assert counts["any"] == len(named)
        assert counts["sole"] == sum(len(row["reasons"]) == 1 for row in named)
        parts = [1 / len(row["reasons"]) for row in named]
        assert counts["fractional"] == pytest.approx(sum(parts), abs=1e-5)
        money = [p * row["annual_revenue"] for p, row in zip(parts, named, strict=True)]
        assert counts["revenue_fractional"] == pytest.approx(sum(money), abs=0.01)
    assert sum(c["fractional"] for c in stated["reasons"].values()) == pytest.approx(len(rows))


@each
def test_the_reason_named_most_is_not_the_one_that_costs_most(
    engagement: str, truth: Truth
) -> None:
    stated = truth[engagement]["churn"]
    for count in ("any", "fractional", "sole"):
        assert _first(stated["reasons"], count) == stated["most_frequent"] == "price_high"
    for count in ("revenue_any", "revenue_fractional"):
        assert stated["reasons"][stated["revenue_driver"]][count] == max(
            counts[count] for counts in stated["reasons"].values()
        )
    assert stated["revenue_driver"] == "late_delivery"


def _first(counted: Truth, count: str) -> str:
    return max(counted, key=lambda reason: counted[reason][count])


@large
def test_two_reasons_come_together_more_than_twice_as_often_as_by_chance(
    engagement: str, lost: Any, truth: Truth
) -> None:
    rows = lost(engagement)
    single = Counter(reason for row in rows for reason in row["reasons"])
    double = Counter(p for row in rows for p in combinations(sorted(row["reasons"]), 2))
    pairs = truth[engagement]["churn"]["pairs"]
    assert {(p["a"], p["b"]): p["n"] for p in pairs} == {p: n for p, n in double.items() if n >= 5}
    for pair in pairs:
        a, b = single[pair["a"]], single[pair["b"]]
        assert pair["lift"] == pytest.approx(pair["n"] * len(rows) / (a * b), abs=1e-5)
    first = {"ural-tekhnika": "late_delivery", "tatra-servis": "broken_promise"}[engagement]
    assert pairs[0]["lift"] > 2
    assert first in (pairs[0]["a"], pairs[0]["b"])
    assert "information" in (pairs[0]["a"], pairs[0]["b"])


@large
def test_the_plain_order_of_the_managers_is_not_the_fair_one(
    engagement: str, lost: Any, clean: Any, truth: Truth
) -> None:
    stated = truth[engagement]["churn"]["portfolio"]
    columns = stated["standardised_by"]
    gone = {row["customer_id"] for row in lost(engagement)}
    every = clean(engagement, "customers")
    assert gone <= {row["customer_id"] for row in every}
    size = Counter(tuple(row[c] for c in columns) for row in every)
    left = [row for row in every if row["customer_id"] in gone]
    rate = Counter(tuple(row[c] for c in columns) for row in left)
    expected: dict[str, float] = defaultdict(float)
    for row in every:
        stratum = tuple(row[c] for c in columns)
        expected[row["manager"]] += rate[stratum] / size[stratum]
    for manager, facts in stated["managers"].items():
        own = [row for row in every if row["manager"] == manager]
        assert facts["portfolio"] == len(own)
        assert facts["lost"] == sum(row["customer_id"] in gone for row in own)
        assert facts["expected"] == pytest.approx(expected[manager], abs=1e-5)
        assert facts["ratio"] == pytest.approx(facts["lost"] / facts["expected"], abs=1e-5)
    assert stated["raw_order"][0] != stated["adjusted_order"][0]


def test_the_best_manager_holds_the_riskiest_region(truth: Truth) -> None:
    stated = truth["ural-tekhnika"]["churn"]["portfolio"]
    rates = stated["rates"]["region"]
    assert max(rates, key=lambda region: rates[region]) == "Сибирь"
    assert stated["adjusted_order"][0] == "Юдина О. Н."
    assert stated["raw_order"].index("Юдина О. Н.") == 5
    assert stated["raw_order"][0] == stated["adjusted_order"][-1] == "Соколова И. С."


def test_the_branch_with_most_companies_keeps_its_customers_best(truth: Truth) -> None:
    stated = truth["tatra-servis"]["churn"]["portfolio"]
    assert stated["adjusted_order"][0] == "Ján Petrík"
    assert stated["adjusted_order"].index(stated["raw_order"][0]) == 10
    assert stated["adjusted_order"][-1] == stated["raw_order"][-1] == "Róbert Šimko"


def _bought(engagement: str, clean: Any) -> dict[str, list[tuple[date, float]]]:
    found: dict[str, list[tuple[date, float]]] = defaultdict(list)
    for row in clean(engagement, "sales"):
        if row["kind"] in SALE:
            found[row["customer_id"]].append((_day(row["date"]), float(row["amount"])))
    return found


@large
def test_purchases_stop_with_the_loss_and_begin_again_with_the_return(
    engagement: str, lost: Any, clean: Any
) -> None:
    bought = _bought(engagement, clean)
    for row in lost(engagement):
        days = [day for day, _ in bought[row["customer_id"]]]
        assert min(days) < row["lost"]
        after = [day for day in days if day >= row["lost"]]
        assert all(row["returned"] and day >= row["returned"] for day in after)


@large
def test_turnover_falls_well_before_the_loss(
    engagement: str, lost: Any, clean: Any, truth: Truth
) -> None:
    """Half of the 60 days that end 30 days before the loss against the customer's own year."""
    stated = truth[engagement]["churn"]["signals"]["falling_turnover"]
    bought = _bought(engagement, clean)
    fallen = 0
    for row in lost(engagement):
        end = row["lost"] - timedelta(days=30)
        turn = end - timedelta(days=60)
        own = [(day, amount) for day, amount in bought[row["customer_id"]] if day < end]
        before = [(day, amount) for day, amount in own if day < turn]
        span = (turn - min(day for day, _ in own)).days
        usual = sum(amount for _, amount in before) / max(1, span) * 60
        fallen += sum(amount for day, amount in own if day >= turn) < 0.5 * usual
    assert fallen > 0.8 * stated["planted"]
    assert stated["found"] > 0.9 * stated["with_history"]
    assert stated["found"] / stated["with_history"] > stated["false_alarms"] / stated["looks"]
    assert 90 < stated["lead_days"]["median"] < 200


@large
def test_complaints_of_the_lost_came_first_and_found_no_answer(
    engagement: str, lost: Any, clean: Any, truth: Truth
) -> None:
    stated = truth[engagement]["churn"]["signals"]["complaint"]
    left = {row["customer_id"]: row for row in lost(engagement)}
    own = [row for row in clean(engagement, "complaints") if row["customer_id"] in left]
    leads = [(left[row["customer_id"]]["lost"] - _day(row["date"])).days for row in own]
    assert len(own) == stated["planted"]
    assert median(leads) == stated["lead_days"]["median"]
    assert sum(not row["closed_date"] for row in own) == stated["unanswered"] > len(own) / 2
    said = {name for name, row in left.items() if row["complained"] in YES}
    assert said == {row["customer_id"] for row in own}
    assert len(said) < 0.15 * len(left)


@each
def test_days_come_in_order(engagement: str, lost: Any) -> None:
    for row in lost(engagement):
        assert row["start"] < row["lost"] <= date(2025, 12, 31)
        assert row["returned"] is None or row["lost"] < row["returned"] <= date(2025, 12, 31)


@large
def test_most_who_went_to_a_freelancer_came_back_and_few_of_the_others(
    engagement: str, lost: Any, truth: Truth, words: Any
) -> None:
    stated = truth[engagement]["churn"]["winback"]
    choices = words[LANGUAGES[engagement]]["choices"]
    for name in ("competitor", "freelancer"):
        own = [row for row in lost(engagement) if row["destination"] == choices[name]]
        assert stated[name]["n"] == len(own)
        assert stated[name]["returned"] == sum(row["returned"] is not None for row in own)
    assert stated["freelancer"]["returned"] > 0.6 * stated["freelancer"]["n"]
    assert stated["competitor"]["returned"] < 0.25 * stated["competitor"]["n"]


@each
def test_verified_reasons_differ_from_the_stated_ones(
    engagement: str, lost: Any, truth: Truth
) -> None:
    stated = truth[engagement]["churn"]["verified"]
    checked = [row for row in lost(engagement) if row["verified"] in YES]
    both = [row for row in checked if row["stated_reasons"]]
    assert (len(checked), len(both)) == (stated["n"], stated["with_stated"])
    assert sum(r["reasons"] != r["stated_reasons"] for r in both) == stated["differs"] > 0
    assert sum(move["n"] for move in stated["moves"]) == stated["differs"]
    behind = Counter({m["true"]: m["n"] for m in stated["moves"] if m["stated"] == "price_high"})
    assert "late_delivery" in behind.most_common(1)[0][0]


@each
def test_the_preventable_part(engagement: str, lost: Any, truth: Truth, samples: Path) -> None:
    words = yaml.safe_load((samples / "generate" / "reasons.yaml").read_text("utf-8"))
    stated = truth[engagement]["churn"]["preventable"]
    rows = [[words["preventable"][reason] for reason in r["reasons"]] for r in lost(engagement)]
    assert stated["any"] == sum(any(row) for row in rows)
    assert stated["all"] == sum(all(row) for row in rows)
    assert stated["fractional"] == pytest.approx(sum(sum(row) / len(row) for row in rows), abs=1e-5)


def test_the_small_firm_lost_too_few_for_more_than_counts(truth: Truth) -> None:
    stated = truth["northbridge"]["churn"]
    assert stated["n"] == 9
    assert stated["signals"] is None
    assert stated["pairs"] == []


def test_late_delivery_grew_from_one_wave_to_the_next(truth: Truth) -> None:
    now, before = truth["ural-tekhnika"]["churn"], truth["ural-tekhnika"]["churn_before"]
    share = [t["reasons"]["late_delivery"]["any"] / t["n"] for t in (before, now)]
    assert share[0] < 0.12
    assert share[1] > 0.3
    price = [t["reasons"]["price_high"]["any"] / t["n"] for t in (before, now)]
    assert abs(price[0] - price[1]) < 0.1


def test_nobody_is_lost_in_both_waves(samples: Path, clean: Any) -> None:
    path = samples / "previous" / "ural-tekhnika-2025-q2" / "data" / "lost_customers.csv"
    earlier = set(re.findall(r"Д-\d+", path.read_bytes().decode("cp1251")))
    now = {row["customer_id"] for row in clean("ural-tekhnika", "lost_customers")}
    assert len(earlier) == 39
    assert not earlier & now
