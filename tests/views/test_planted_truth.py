"""The reports find what the generator planted in the samples.

``data_samples/truth.json`` is counted by the generator from its clean rows, never by the package;
the files that the package reads are dirty.
"""

import json
from dataclasses import replace

import pytest
from first_period import first_period
from opened_samples import SAMPLES, opened
from table_rows import rows_of

from workbook.diagnostics.churn_reasons.sources.taxonomy_file import load_taxonomy
from workbook.diagnostics.loyalty.complaints import register
from workbook.language.package_data import templates

TRUTH = json.loads((SAMPLES / "truth.json").read_text("utf-8"))


@pytest.fixture
def loyalty(book):
    return book.view.result, TRUTH[book.data.engagement.id]


@pytest.fixture
def churn(churn_book):
    """Return a sample as a first period: what was planted is in its own register."""
    name = churn_book.data.engagement.id
    return opened("churn_reasons", first_period(name)).view.result, TRUTH[name]["churn"]


@pytest.fixture
def matrix(matrix_book):
    """Return a sample as a first period: the year before is what was planted beside its own."""
    name = matrix_book.data.engagement.id
    return opened("segmentation_matrix", first_period(name)).view.result, TRUTH[name][
        "segmentation"
    ]


class TestLoyalty:
    def test_the_index_and_its_classes(self, loyalty):
        result, truth = loyalty
        for key in ("n", "detractors", "passives", "promoters", "missing"):
            assert getattr(result.nps, key) == truth["nps"][key]
        assert result.nps.value == pytest.approx(truth["nps"]["value"], abs=5e-5)

    def test_the_verdict_on_the_change(self, loyalty):
        result, truth = loyalty
        assert result.change.verdict.value == truth["expected_verdict"]
        assert result.change.difference == pytest.approx(truth["change"]["difference"], abs=1e-4)
        if not result.change.paired_n:  # the planted p is that of independent answers
            assert result.change.p_value == pytest.approx(truth["change"]["p_value"], abs=5e-4)

    def test_the_revenue_weighted_index(self, loyalty):
        result, truth = loyalty
        row = next(w for w in result.weighted if w.by == "revenue")
        assert row.value == pytest.approx(truth["revenue_weighted_nps"], abs=1)

    def test_the_weakest_parameter_and_the_strongest_driver(self, loyalty):
        result, truth = loyalty
        assert min(result.satisfaction, key=lambda s: s.mean).parameter == truth["weakest"]
        if result.drivers:
            assert max(result.drivers, key=lambda d: d.lmg).parameter == truth["driver"]

    def test_marks_by_customers_and_by_staff(self, loyalty):
        result, truth = loyalty
        for row in (s for s in result.satisfaction if not s.suppressed):
            planted = truth["satisfaction"]["customer"][row.parameter]
            assert (row.n, row.open, row.hidden) == tuple(
                planted[k] for k in ("n", "open", "hidden")
            )
            assert row.mean == pytest.approx(planted["mean"], abs=1e-5)
        for gap in (g for g in result.staff_gap if not g.suppressed):
            planted = truth["satisfaction"]["staff"][gap.parameter]
            assert gap.staff == pytest.approx(planted["mean"], abs=1e-5)

    def test_complaints_and_their_four_steps(self, loyalty, book):
        """Planted are those of 12 months: of a first period; after another one its own count."""
        result, truth = loyalty
        planted = truth["complaints"]
        alone = replace(book.data.inputs, previous=None, since=None)
        told = register(alone, None, book.view.params)
        for key in ("n", "registered", "cause_found", "cause_removed", "process_mended"):
            assert getattr(told, key) == planted["last_12_months"][key]
        assert told.complaining_customers == planted["last_12_months"]["customers"]
        if result.complaints.stock is not None:
            assert result.complaints.stock == planted["all"]["n"]
            assert result.complaints.n <= told.n

    def test_loyalty_criteria(self, loyalty):
        result, truth = loyalty
        planted = truth["criteria"]
        assert result.criteria.buyers == planted["customers"]
        assert result.criteria.repeat_customers == planted["repeat_customers"]
        assert result.existing_sales_share == pytest.approx(
            planted["existing_sales_share"], abs=1e-5
        )

    def test_touchpoints(self, loyalty):
        result, truth = loyalty
        for point in result.touchpoints:
            planted = truth["touchpoints"][point.touchpoint]
            assert (point.poor, point.normal, point.wow) == tuple(
                planted[k] for k in ("poor", "normal", "wow")
            )

    def test_what_detractors_write_about_is_among_what_was_planted(self, loyalty):
        """Machine coding is not perfect: the leading theme is one of the two true leaders."""
        result, truth = loyalty
        named = [t for t in result.themes if t.question == "reason" and t.detractors >= 3]
        if named and result.nps.detractors >= 30:
            first = max(named, key=lambda t: (t.detractors, t.n))
            assert first.theme in truth["detractors_name_most"][:2]


class TestChurn:
    def test_losses_and_their_revenue(self, churn):
        result, truth = churn
        assert result.lost.n == truth["n"]
        assert result.lost.revenue == pytest.approx(truth["revenue"], rel=1e-6)

    def test_each_reason_is_counted_in_full_however_it_is_spelt(self, churn):
        result, truth = churn
        counted = {r.reason: r.any for r in result.reasons}
        assert counted == {reason: planted["any"] for reason, planted in truth["reasons"].items()}
        assert result.unknown_reasons == ()
        taxonomy = load_taxonomy(templates() / "reasons.yaml")
        meant = {(m["typed"].lower(), taxonomy.find(m["meant"]).id) for m in truth["misspelt"]}
        assert {(m.found.lower(), m.reason) for m in result.mended_reasons} == meant

    def test_the_losses_that_could_have_been_prevented(self, churn):
        result, truth = churn
        assert (result.preventable.n, result.preventable.sole) == (
            truth["preventable"]["any"], truth["preventable"]["all"],
        )  # fmt: skip

    def test_the_most_frequent_reason_and_the_one_that_costs_most(self, churn):
        result, truth = churn
        assert max(result.reasons, key=lambda r: r.any).reason == truth["most_frequent"]
        if not result.small:
            costly = min(result.reasons, key=lambda r: r.revenue_rank)
            assert costly.reason == truth["revenue_driver"] != truth["most_frequent"]

    def test_the_planted_pair_stands_out(self, churn):
        result, truth = churn
        if result.small or not truth["pairs"]:
            return
        planted = max(truth["pairs"], key=lambda p: p["lift"])
        found = min(result.pairs, key=lambda p: p.p_holm)
        pairs = {frozenset((p["a"], p["b"])) for p in truth["pairs"] if p["lift"] > 2}
        assert frozenset((planted["a"], planted["b"])) in pairs
        assert frozenset((found.a, found.b)) in pairs
        assert found.lift > 2

    def test_the_raw_order_of_managers_is_wrong_and_the_adjusted_one_right(self, churn):
        result, truth = churn
        if result.small:
            return
        rows = {
            g.group: g
            for g in result.by
            if g.dimension == "manager" and g.group and g.expected is not None
        }
        planted = truth["portfolio"]["managers"]
        assert set(rows) == set(planted)
        for name, row in rows.items():
            assert row.lost == planted[name]["lost"]
            # Planted by heads; by time at risk those who leave early are expected to lose less.
            assert row.ratio == pytest.approx(planted[name]["ratio"], abs=0.1)
        raw = sorted(rows.values(), key=lambda g: g.rate)
        adjusted = sorted(rows.values(), key=lambda g: g.ratio)
        assert adjusted[0].group == truth["portfolio"]["adjusted_order"][0]
        assert [g.group for g in raw] != [g.group for g in adjusted]
        best = truth["portfolio"]["adjusted_order"][0]
        assert raw[0].group != best

    def test_the_signal_that_precedes_the_losses(self, churn):
        result, truth = churn
        if result.small:
            return
        falling = next(s for s in result.signals if s.signal.value == "turnover")
        planted = truth["signals"]["falling_turnover"]
        assert falling.hits >= 0.9 * planted["found"]
        # It precedes nearly every loss, and is on for half of those who stay as well.
        assert falling.ratio < 2
        assert not falling.useful
        assert 0 < falling.lead_days <= planted["lead_days"]["most"]

    def test_who_came_back(self, churn):
        result, truth = churn
        assert (result.winback.n, result.winback.returned) == tuple(
            truth["winback"]["all"][k] for k in ("n", "returned")
        )
        found = {d.destination or "blank": (d.n, d.returned) for d in result.destinations}
        planted = {k: (v["n"], v["returned"]) for k, v in truth["winback"].items() if k != "all"}
        assert found == planted

    def test_verified_reasons_that_differ_from_what_was_said(self, churn):
        result, truth = churn
        planted = truth["verified"]
        assert (result.verified.n, result.verified.compared, result.verified.differs) == tuple(
            planted[k] for k in ("n", "with_stated", "differs")
        )


class TestSegmentation:
    def test_turnover_classes_and_statuses(self, matrix):
        result, truth = matrix
        assert result.turnover.total == pytest.approx(truth["turnover"]["amount"])
        assert result.turnover.total_before == pytest.approx(truth["turnover_before"])
        for name, n in truth["abc_counts"].items():
            assert getattr(result.abc_counts, name) == n
        for name, n in truth["lifecycle_counts"].items():
            assert getattr(result.lifecycle_counts, name) == n

    def test_managers_by_kind_of_sale(self, matrix):
        result, truth = matrix
        told = {m.manager: m for m in result.turnover_managers if m.manager and m.total}
        assert set(told) == {name for name, m in truth["managers"].items() if m["total"]}
        for name, manager in told.items():
            for key, planted in truth["managers"][name].items():
                assert getattr(manager, key) == pytest.approx(planted), (name, key)

    def test_segments_and_who_has_none(self, matrix):
        result, truth = matrix
        if "rules" not in truth:
            assert result.rule_check is None
            return
        rules = truth["rules"]
        assert {s.segment: s.n for s in result.segments if s.segment} == rules["sizes"]
        for belonging in ("unassigned", "undetermined"):
            ids = [a.customer_id for a in rows_of(result.assignment) if a.belonging == belonging]
            assert sorted(ids) == rules[f"{belonging}_ids"]
        assert sorted(set(result.rule_check.bounds["customer_id"])) == rules["on_a_bound"]
        assert list(result.rule_check.no_purpose) == rules["no_purpose"]

    def test_target_products_in_use(self, matrix):
        result, truth = matrix
        told = {s.segment: s for s in result.segments}
        for segment, planted in truth.get("matrix", {}).items():
            assert (told[segment].covered, told[segment].wanted) == (
                planted["covered"], planted["wanted"],
            )  # fmt: skip

    def test_what_is_overdue(self, matrix):
        result, truth = matrix
        if "offers" not in truth:
            assert "funnel" in result.absent
            return
        offers, points = truth["offers"], truth["control_points"]
        assert sum(s.n for s in result.snapshot) == offers["open"]
        assert sum(s.overdue for s in result.snapshot) == offers["overdue"]
        assert sum(s.no_next_step for s in result.snapshot) == offers["no_next_step"]
        assert sum(r.n for r in result.refusals) == offers["lost"]
        late = {m.manager: m.overdue for m in result.manager_points if m.overdue}
        assert late == points["overdue_by_manager"]

    def test_the_three_stories_of_the_firm(self):
        result = opened("segmentation_matrix", SAMPLES / "vektor-it").view.result
        stories = TRUTH["vektor-it"]["segmentation"]["stories"]
        pocket = result.neighbours[0]
        assert (pocket.segment, pocket.product) == (
            stories["pocket"]["segment"], stories["pocket"]["product"],
        )  # fmt: skip
        (manager,) = result.only_repeat
        assert manager.manager == stories["only_repeat"]["manager"]
        assert [(s.customer_id, s.silent_days) for s in rows_of(result.silent)] == [
            (s["customer_id"], s["silent_days"]) for s in stories["silent"]
        ]
