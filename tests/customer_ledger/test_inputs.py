"""All reports of an engagement read one ledger, made by one window."""

import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

from workbook.diagnostics import param_types
from workbook.diagnostics.customer_ledger.rules import LedgerRules
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.fingerprint import fingerprint, hash_files
from workbook.errors import InputError
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

TOML = """schema_version = 1
id = "one"
client = "Client"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    sales = "customer_id,date,amount\na,2025-07-01,10\nb,2025-12-01,20\n"
    (tmp_path / "data" / "sales.csv").write_text(sales, "utf-8")

    def write(more=""):
        (tmp_path / "engagement.toml").write_text(TOML + more, "utf-8")
        return tmp_path

    return write


def test_the_ledger_is_made_once_and_carried_with_what_was_read(folder):
    data = read_engagement(load_engagement(folder(), param_types()))
    kept = pickle.loads(pickle.dumps(data)).inputs
    assert kept._ledger is not None
    assert kept.ledger is kept.ledger
    assert kept.ledger.counts == data.inputs.ledger.counts


def test_inputs_do_not_change_and_other_tables_have_another_ledger(table, inputs):
    one = inputs(customers=table(customer_id=["a", "b"]))
    assert one.ledger.counts.customers == 2
    two = replace(one, tables={"customers": table(customer_id="a")})
    assert two.ledger.counts.customers == 1
    with pytest.raises(FrozenInstanceError):
        one.rules = LedgerRules()


@pytest.mark.parametrize(
    ("options", "months"),
    [
        ("", 3),
        ("[params.segmentation_matrix]\nlifecycle_months = 6\n", 6),
        ("[params.churn_reasons]\nsilent_months = 6\n", 6),
        (
            "[params.segmentation_matrix]\nlifecycle_months = 6\n"
            "[params.churn_reasons]\nsilent_months = 6\n",
            6,
        ),
    ],
)
def test_one_window_wherever_it_is_stated(folder, options, months):
    """Customer a bought six months ago, to the day: silent by three months, not by six."""
    engagement = load_engagement(folder(options), param_types())
    data = read_engagement(engagement)
    assert data.inputs.rules.lifecycle_months == months
    assert data.inputs.ledger.counts.silent == (1 if months == 3 else 0)
    one = engagement.params.get("segmentation_matrix", {}).get("lifecycle_months")
    other = engagement.params.get("churn_reasons", {}).get("silent_months")
    assert (one, other) == ((months, months) if options else (None, None))


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_windows_are_refused_in_words(folder, language):
    options = (
        "[params.segmentation_matrix]\nlifecycle_months = 4\n"
        "[params.churn_reasons]\nsilent_months = 6\n"
    )
    with pytest.raises(InputError) as refused:
        load_engagement(folder(options), param_types())
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.column) == (
        "said_twice", "params.churn_reasons.silent_months"
    )  # fmt: skip
    told = line(problem, language)
    assert "lifecycle_months = 4" in told
    assert "[params.segmentation_matrix]" in told


def test_a_report_of_customers_is_made_again_when_any_table_of_the_ledger_changes(folder):
    notebook = folder() / "engagement.toml"
    losses = folder() / "data" / "lost_customers.csv"

    def now(tables):
        files = hash_files(load_engagement(folder(), param_types()))
        return fingerprint(
            files, diagnostic="loyalty", tables=tables, notebook=notebook, joins=False
        )

    before = now(("survey",)), now(("statements",))
    losses.write_text("customer_id,lost_date,reasons\na,2025-08-01,price\n", "utf-8")
    after = now(("survey",)), now(("statements",))
    assert (before[0] != after[0], before[1] == after[1]) == (True, True)
