"""Every diagnostic of the registry keeps the same promises; a new one is covered without edits."""

import re
import shutil
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import nbformat
import pytest

from workbook.diagnostics import all_diagnostics, diagnostic_named, outlines, param_types
from workbook.engagement.data import open_engagement
from workbook.intake.param_tables import build_params
from workbook.intake.schema_files import load_schema
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.language.package_data import notebooks
from workbook.report.plain_data import plain_data

SAMPLES = Path(__file__).resolve().parents[1] / "data_samples"
ENGAGEMENTS = sorted(p.parent for p in SAMPLES.glob("*/engagement.toml"))
RESULT_FILES = {
    "loyalty": {
        "nps": {"value", "ci_low", "ci_high", "tango_low", "tango_high", "n", "detractors",
                "passives", "promoters", "missing"},
        "groups": {"by", "group", "n", "value", "ci_low", "ci_high", "suppressed"},
        "weighted": {"customer"},
        "waves": {"wave", "n", "value", "ci_low", "ci_high"},
        "change": {"difference", "se", "p_value", "verdict"},
        "comment_bias": {"commented", "silent"},
        "themes": {"theme", "question", "n", "detractors", "passives", "promoters"},
        "uncoded_share": None,
        "loyalty_index": None,
        "recommended": {"n", "share"},
        "regular": {"n", "share"},
        "existing_sales_share": None,
        "satisfaction": {"product", "parameter", "n", "mean", "ci_low", "ci_high", "open",
                         "hidden", "coverage"},
        "staff_gap": {"parameter", "customer", "staff", "gap", "ci_low", "ci_high"},
        "drivers": {"parameter", "lmg", "ci_low", "ci_high"},
        "drivers_r2": None,
        "drivers_n": None,
        "touchpoints": {"category", "touchpoint", "n", "poor", "normal", "wow"},
        "complaints": {"n", "registered", "cause_found", "cause_removed", "process_mended",
                       "customers", "unhappy_estimate", "silent_estimate", "assumption_refuted"},
        "retention": {"before", "kept", "share", "ci_low", "ci_high", "revenue_before",
                      "revenue_kept", "revenue_share"},
        "earned_growth": {"value", "kept", "grown", "shrunk", "lost", "new_recommended",
                          "new_other"},
        "complaint_retention": {"handled", "n", "kept", "share", "ci_low", "ci_high"},
    },
    "churn_reasons": {
        "lost": {"n", "revenue"},
        "reasons": {"reason", "any", "fractional", "sole", "revenue", "share", "ci_low", "ci_high",
                    "preventable"},
        "pairs": {"a", "b", "n", "lift", "jaccard", "p_value", "p_holm"},
        "preventable": {"n", "share", "revenue", "judged", "unjudged", "low", "high"},
        "by": {"dimension", "group", "lost", "expected", "ratio", "shrunk", "ci_low", "ci_high",
               "revenue"},
        "survival": {"time", "at_risk", "lost", "survival", "se"},
        "survival_quartiles": None,
        "logrank": {"by", "chi2", "df", "p_value"},
        "cumulative_incidence": {"reason", "time", "value"},
        "cox": {"term", "coefficient", "se", "hazard_ratio", "p_value", "ph_p_value"},
        "watch_list": {"customer_id", "signals", "revenue_at_risk"},
        "signals": {"signal", "hit_rate", "false_alarm_rate", "lead_days", "n"},
        "winback": {"n", "returned", "rate", "ci_low", "ci_high"},
        "verified": {"n", "share", "differs"},
        "instruments": {"instrument", "record", "have", "of", "share"},
        "lost_definitions": {"register", "silent", "both", "register_still_buying",
                             "silent_not_in_register"},
    },
    "segmentation_matrix": {
        "segments": {"segment", "n", "mean_maturity", "pooled_maturity"},
        "assignment": {"customer_id", "segment", "near_misses", "also_matches"},
        "white_space": {"customer_id", "product", "value", "part"},
        "white_space_parts": {"open", "pipeline", "refused", "lost", "prospects"},
        "off_target": {"n"},
        "abc": {"customer_id", "total", "share_before", "class"},
        "abc_counts": {"A", "B", "C"},
        "xyz": {"customer_id", "n", "cv", "ci_low", "ci_high", "class"},
        "xyz_counts": {"X", "Y", "Z", "none"},
        "lifecycle_counts": {"potential", "new", "regular", "renewed", "lost"},
        "lifecycle": {"customer_id", "status"},
        "lifecycle_window": {"own_median_days", "share_longer", "share_returned", "fits",
                             "fitting_months"},
        "kpi_managers": {"manager", "potential", "primary", "lost", "renewed", "primary_sum",
                         "repeat_sum", "new_direction_sum"},
        "kpi_total": {"potential", "primary", "lost", "renewed", "primary_sum", "repeat_sum",
                      "new_direction_sum"},
        "migration": {"abc", "xyz", "lifecycle"},
        "board": {"customer_id", "product", "status", "date", "due_date", "overdue"},
        "funnel": {"stage", "entered", "advanced", "lost", "still", "back", "amount"},
        "refusals": {"stage", "reason", "n", "amount"},
        "warnings": {"code"},
    },
    "controllability": {"questionnaires": {"controllability"}},
    "financial_quartiles": {
        "organisations": {"organisation", "year", "ratios", "total", "n_scored", "verdict",
                          "change", "change_verdict", "articulation", "flip"},
        "base": {"hash", "built", "source", "synthetic"},
    },
}  # fmt: skip
"""Keys that scripts of users rely on; those of a new diagnostic are named when somebody does."""
PAGE_TWO = ("answer", "tiles", "findings", "refused_findings")
"""What every diagnostic tells first, and what its gates have stopped."""


INNER = {
    ("controllability", "questionnaires", "controllability"): {
        "n_items", "n_respondents", "index", "index_sections", "marks", "sections", "aspects",
        "items", "alpha", "gaps", "contradictions",
    },
    ("controllability", "questionnaires", "controllability", "marks"): {"+", "+/-", "-"},
    ("controllability", "questionnaires", "controllability", "sections", 0): {"id", "index"},
    ("controllability", "questionnaires", "controllability", "aspects", 0): {"aspect", "index"},
    ("controllability", "questionnaires", "controllability", "items", 0): {
        "id", "n", "score", "agreement",
    },
    ("controllability", "questionnaires", "controllability", "alpha"): {
        "value", "ci_low", "ci_high", "undefined",
    },
    ("controllability", "questionnaires", "controllability", "gaps", 0): {"item", "priority"},
    ("controllability", "questionnaires", "controllability", "contradictions", 0): {
        "item", "mark", "measured", "value",
    },
    ("financial_quartiles", "organisations", 0, "ratios", 0): {
        "ratio", "value", "score", "all", "industry",
    },
    ("financial_quartiles", "organisations", 0, "ratios", 0, "all"): {
        "q1", "median", "q3", "n", "score",
    },
    ("financial_quartiles", "organisations", 0, "ratios", 0, "industry"): {
        "q1", "median", "q3", "n", "level", "score",
    },
    ("financial_quartiles", "organisations", 0, "total"): {"all", "industry"},
    ("financial_quartiles", "organisations", 0, "verdict"): {"all", "industry"},
}  # fmt: skip
"""Keys further inside: diagnostic, then the way to the record."""


def inside(data, way):
    """Return what stands at the end of the way; None where a list on it is empty."""
    for step in way:
        if not data or (step == 0 and not isinstance(data, list)):
            return None
        data = data[step]
    return data


def concerns(found, case):
    """Return whether the engagement has a table that the diagnostic's report needs."""
    return bool(set(found.needs_any) & set(case.tables))


@cache
def read(folder):
    """Return a sample engagement, read once."""
    return open_engagement(folder)


@pytest.fixture(scope="module", params=ENGAGEMENTS, ids=lambda p: p.name)
def case(request):
    return read(request.param)


@cache
def first_computed(name, folder):
    """Return the result of a diagnostic of a sample, and the tables that computing it changed."""
    case = read(folder)
    before = {table: frame.copy(deep=True) for table, frame in case.inputs.tables.items()}
    made = computed(diagnostic_named(name), case)
    changed = [t for t, frame in case.inputs.tables.items() if not frame.equals(before[t])]
    return made, changed


@pytest.fixture
def first(found, case):
    return first_computed(found.name, case.engagement.folder)


@pytest.fixture
def result(first):
    return first[0]


def computed(found, case):
    params = build_params(case.engagement, found.name, found.params)
    prepared = found.sources(case.engagement, case.inputs, params)
    return found.compute(case.inputs, params, prepared.sources)


def test_a_sample_engagement_exists_for_every_language():
    assert {read(e).engagement.language for e in ENGAGEMENTS} == set(LANGUAGES)


def test_an_unknown_diagnostic_is_a_key_error():
    with pytest.raises(KeyError):
        diagnostic_named("no-such")


@pytest.mark.parametrize("found", all_diagnostics(), ids=lambda d: d.name)
class TestDiagnostic:
    def test_has_a_name_that_is_unique_and_a_notebook(self, found):
        assert [d.name for d in all_diagnostics()].count(found.name) == 1
        assert (notebooks() / f"{found.name}.ipynb").is_file()

    def test_has_frozen_options_with_defaults(self, found):
        assert is_dataclass(found.params)
        assert found.params.__dataclass_params__.frozen
        assert found.params() == found.params()
        assert param_types()[found.name] is found.params

    def test_is_told_of_by_its_outline_alone(self, found):
        assert found.outline is next(one for one in outlines() if one.name == found.name)
        assert found.params.__module__.endswith(f"diagnostics.{found.name}.params")

    def test_reads_tables_that_are_defined(self, found):
        assert set(found.needs_any) <= set(found.tables)
        for table in found.tables:
            assert load_schema(table).name == table

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_has_title_and_glossary_in_every_language(self, found, language):
        texts = load_texts(found.name, language)
        assert texts("title")
        for term in found.glossary:
            assert texts(f"glossary.{term}.term")
            assert texts(f"glossary.{term}.text")

    def test_shows_every_chapter_once_in_its_notebook(self, found):
        notebook = nbformat.read(notebooks() / f"{found.name}.ipynb", as_version=4)
        source = "\n".join(c.source for c in notebook.cells if c.cell_type == "code")
        calls = re.findall(r"book\.chapter\(([^)]*)\)", source)
        named = [n for call in calls for n in re.findall(r'"(\w+)"', call)]
        assert named == list(found.report().chapters)
        for part in ("cover", "summary", "commentary", "actions", "appendix", "finish"):
            assert f"book.{part}()" in source

    def test_gives_the_keys_of_the_result_file(self, found, case, result):
        result = plain_data(result)
        relied_on = RESULT_FILES.get(found.name, {})
        assert set(relied_on) <= set(result)
        assert set(PAGE_TWO) <= set(result)
        assert all(set(refused) == {"id", "gate"} for refused in result["refused_findings"])
        for (name, *way), keys in INNER.items():
            record = inside(result, way) if name == found.name else None
            assert record is None or keys <= set(record), way
        for key, inner in relied_on.items():
            value = result[key]
            row = value[0] if isinstance(value, list) and value else value
            if inner and isinstance(row, dict) and (row or concerns(found, case)):
                assert inner <= set(row), key

    def test_is_shown_by_at_least_three_samples(self, found):
        assert sum(concerns(found, read(e)) for e in ENGAGEMENTS) >= 3

    def test_leaves_its_inputs_as_they_were(self, first):
        _, changed = first
        assert changed == []

    def test_gives_equal_results_for_equal_input(self, found, case, result):
        assert plain_data(computed(found, case)) == plain_data(result)

    def test_result_is_frozen_and_has_no_frames(self, found, case, result):
        assert result.__dataclass_params__.frozen
        assert all(type(getattr(result, f.name)).__name__ != "DataFrame" for f in fields(result))

    def test_an_engagement_of_one_table_gives_a_result(self, found, case, tmp_path):
        for table in found.needs_any:
            if table not in case.tables:
                continue
            folder = tmp_path / f"only-{table}"
            (folder / "data").mkdir(parents=True)
            text = (case.engagement.folder / "engagement.toml").read_text("utf-8")
            text = re.sub(r"(?m)^previous.*\n", "", text)
            text = re.sub(r"(?ms)^\[brand\].*?(?=^\[|\Z)", "", text)
            (folder / "engagement.toml").write_text(text, "utf-8")
            case.tables[table].frame.to_csv(folder / "data" / f"{table}.csv", index=False)
            alone = open_engagement(folder)
            if not alone.errors:
                plain_data(computed(found, alone))
            assert shutil.rmtree(folder) is None
