"""The periods of a diagnostic computed alike; what its last report had otherwise, and why."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import pandas as pd
import pytest
from pydantic.dataclasses import dataclass

from workbook.diagnostics.compared import changes_of
from workbook.diagnostics.diagnostic import Diagnostic, nothing_to_compare
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.outline import Outline
from workbook.diagnostics.periods.changes import Changes, Course
from workbook.diagnostics.periods.measure import Measure, Unit
from workbook.engagement.settings import Engagement


@dataclass(frozen=True)
class Params:
    """Options of a diagnostic that adds up sales."""

    how: Literal["sum", "mean"] = "sum"
    least: int = 1


def measures(period):
    """Yield the sum or the mean of amounts, and how often it was computed."""
    COMPUTED.append(period.label)
    amounts = period.inputs.tables["sales"]["amount"]
    if len(amounts) < period.params.least:
        raise ValueError("too few sales")
    value = float(amounts.sum() if period.params.how == "sum" else amounts.mean())
    yield Measure(name="amount", value=value, unit=Unit.MONEY, headline=True)
    yield Measure(name="rows", value=float(len(amounts)), unit=Unit.COUNT)


COMPUTED: list[str] = []
TOY = Diagnostic(
    outline=Outline(name="toy", tables=("sales",), needs_any=("sales",), params=Params),
    compute=lambda inputs, params, sources: SimpleNamespace(families=()),
    key_figures=lambda result: (),
    report=lambda: None,
    measures=measures,
)
DAYS = [date(2025, 12, 31), date(2025, 6, 30), date(2024, 12, 31), date(2024, 6, 30)]
LABELS = ["2025-H2", "2025-H1", "2024-H2", "2024-H1"]


def sold(*amounts):
    return {"sales": pd.DataFrame({"amount": list(map(float, amounts))})}


def engagement_of(place, **toy):
    return Engagement(
        folder=Path(), id="acme", client="Acme", language="en", currency="EUR",
        period=LABELS[place], as_of=DAYS[place], params={"toy": toy} if toy else {},
    )  # fmt: skip


def chain(*tables, **toy):
    """Return the newest engagement with its inputs, earlier ones in them; newest first."""
    engagement, inputs = None, None
    for place in reversed(range(len(tables))):
        engagement = replace(engagement_of(place, **toy), before=engagement)
        inputs = Inputs(tables=tables[place], as_of=DAYS[place], previous=inputs)
    return engagement, inputs


def found(engagement, inputs, diagnostic=TOY, **options):
    COMPUTED.clear()
    return changes_of(
        diagnostic, engagement, inputs, params=Params(**options), sources=None, result=None
    )


def test_a_first_period_is_not_computed_again():
    assert found(*chain(sold(1, 2))) == Changes()
    assert COMPUTED == []


def test_a_diagnostic_without_measures_compares_nothing():
    bare = replace(TOY, measures=nothing_to_compare)
    assert found(*chain(sold(1), sold(2)), bare) == Changes()


def test_all_periods_are_computed_under_the_options_of_this_one():
    made = found(*chain(sold(4, 4), sold(1, 2), sold(1), how="mean"), how="mean")
    assert made.periods == ("2024-H2", "2025-H1", "2025-H2")
    amount = made.of("amount")
    assert (amount.before, amount.now, amount.course) == (1.5, 4.0, Course.NOT_TESTED)
    assert [point.value for point in amount.series] == [1.0, 1.5, 4.0]
    assert made.restated == ()
    assert sorted(COMPUTED) == ["2024-H2", "2025-H1", "2025-H2"]


def test_a_period_that_cannot_be_computed_is_left_out_and_named():
    made = found(*chain(sold(1, 2, 3), sold(1), sold(1, 2), least=2), least=2)
    assert (made.against, made.unusable) == ("2024-H2", ("2025-H1",))


def test_without_any_that_can_be_only_these_are_named():
    made = found(*chain(sold(1, 2, 3), sold(1), least=2), least=2)
    assert made == Changes(unusable=("2025-H1",))


def test_a_period_without_the_table_is_passed_over():
    made = found(*chain(sold(5), {}, sold(3)))
    assert (made.against, made.unusable, made.of("amount").before) == ("2024-H2", (), 3.0)


def restated(made_with=None, rows=None, **options):
    """Return what of the last period, 1 and 2, its own report had otherwise."""
    engagement, inputs = chain(sold(5), sold(1, 2), **options)
    own = None if made_with is None else engagement_of(1, **made_with)
    before = replace(engagement.before, as_made=own)
    was = None if rows is None else replace(inputs.previous, tables=sold(*rows))
    inputs = replace(inputs, previous=replace(inputs.previous, as_made=was))
    return found(replace(engagement, before=before), inputs, **options).restated


@pytest.mark.parametrize(
    ("given", "printed", "options", "tables"),
    [
        ({"made_with": {"how": "mean"}}, 1.5, ("how",), ()),
        ({"rows": (1,)}, 1.0, (), ("sales",)),
        ({"made_with": {"how": "mean"}, "rows": (4,)}, 4.0, (), ("sales",)),
        ({"made_with": {"how": "mean"}, "rows": (2, 6)}, 4.0, ("how",), ("sales",)),
    ],
)
def test_what_the_last_report_had_otherwise_is_listed_with_the_reason(
    given, printed, options, tables
):
    (one,) = restated(**given)
    assert (one.name, one.printed, one.now) == ("amount", printed, 3.0)
    assert (one.options, one.tables) == (options, tables)


def test_what_this_periods_files_tell_otherwise_is_listed_too():
    """Accounts that were restated: the earlier period is told by the newest files."""

    def ahead(period):
        value = 1.0 if period.newest is None else 9.0
        yield Measure(name="amount", value=value, unit=Unit.MONEY, headline=True)

    engagement, inputs = chain(sold(5), sold(1, 2))
    toy = replace(TOY, measures=ahead, looks_ahead=True)
    (one,) = found(engagement, inputs, toy).restated
    assert (one.printed, one.now, one.newer) == (1.0, 9.0, True)
    assert (one.options, one.tables) == ((), ())


def test_other_rows_and_options_that_change_nothing_are_not_listed():
    assert restated(rows=(2, 1)) == ()
    assert restated(made_with={"least": 2}) == ()
    assert restated(rows=(3,)) == ()


def test_nothing_is_computed_twice_where_nothing_differs():
    assert restated(made_with={}) == ()
    assert sorted(COMPUTED) == ["2025-H1", "2025-H2"]


def test_what_its_own_settings_cannot_compute_is_not_listed():
    assert restated(made_with={"least": 3}) == ()


def test_no_period_is_computed_twice_for_one_report():
    """What was printed, and what it would be with today's rows, need two results: no third."""
    seen = []

    def compute(inputs, params, sources):
        seen.append(list(inputs.tables["sales"]["amount"]))
        return SimpleNamespace(families=(), total=float(sum(seen[-1])))

    def totals(period):
        yield Measure(name="amount", value=period.result.total, unit=Unit.MONEY, headline=True)

    engagement, inputs = chain(sold(4), sold(1, 2))
    before = replace(inputs.previous, as_made=replace(inputs.previous, tables=sold(1)))
    toy = replace(TOY, compute=compute, measures=totals)
    now = SimpleNamespace(families=(), total=4.0)
    made = changes_of(
        toy, engagement, replace(inputs, previous=before), params=Params(), sources=None, result=now
    )
    assert [(one.printed, one.now, one.tables) for one in made.restated] == [(1.0, 3.0, ("sales",))]
    assert seen == [[1.0, 2.0], [1.0]]
