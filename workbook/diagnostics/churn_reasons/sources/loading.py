"""Sources of the churn-reasons diagnostic: the taxonomy of reasons, and what it cannot read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from workbook.diagnostics.churn_reasons.compute import Sources
from workbook.diagnostics.churn_reasons.losses import find_losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import find_portfolio
from workbook.diagnostics.churn_reasons.reason_text import Given, given, joining_sign
from workbook.diagnostics.churn_reasons.sources.taxonomy_file import load_taxonomy
from workbook.diagnostics.churn_reasons.survival_curves import time_doubt
from workbook.diagnostics.churn_reasons.survival_result import TimeDoubt
from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy
from workbook.diagnostics.diagnostic import LoadedSources
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.plans import overlaps
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Location, Problem, Severity
from workbook.intake.config_errors import place as config_place
from workbook.intake.files.plain_file import is_there
from workbook.intake.param_tables import build_params
from workbook.intake.problems import cut, error, shown
from workbook.intake.table import InputTable
from workbook.language.lemmas import bare
from workbook.language.package_data import templates

REASONS = "reasons.yaml"
_COLUMNS = ("reasons", "stated_reasons")
_EXAMPLES = 3


def check(engagement: Engagement, tables: Mapping[str, InputTable]) -> tuple[Problem, ...]:
    """Return what is wrong with the taxonomy, and what the register says that it cannot read."""
    try:
        taxonomy = _taxonomy(engagement)
    except InputError as error:
        return error.problems
    plans = tables.get("plans")
    planned = [] if plans is None else _overlapping_plans(plans)
    table = tables.get("lost_customers")
    if table is None:
        return tuple(planned)
    return (
        *planned,
        *_asked_reason(table, taxonomy, engagement),
        *_unknown(table, taxonomy, engagement.language),
        *_lost_twice(table),
        *_register(engagement, tables, table),
    )


def load(engagement: Engagement, inputs: Inputs, params: Params) -> LoadedSources[Sources]:
    """Return the taxonomy.

    Raises
    ------
    InputError
        When the engagement's own file of reasons cannot be used.
    """
    taxonomy = replace(_taxonomy(engagement), verbatims=inputs.verbatims)
    return LoadedSources(sources=Sources(taxonomy=taxonomy))


_DOUBTS = {
    TimeDoubt.ONE_MONTH: "register_one_month",
    TimeDoubt.SHORT: "register_short",
    TimeDoubt.LATE: "register_late",
}


def _register(
    engagement: Engagement, tables: Mapping[str, InputTable], table: InputTable
) -> tuple[Problem, ...]:
    """Warn where the register is too short a history for durations."""
    params = build_params(engagement, "churn_reasons", Params)
    frames = {name: one.frame for name, one in tables.items()}
    losses = find_losses(Inputs(tables=frames, as_of=engagement.as_of), params)
    portfolio = find_portfolio(losses)
    doubt = None if portfolio is None else time_doubt(losses, portfolio, params)
    if doubt is None:
        return ()
    place = _place(table, None, "lost_date")
    facts = {"n": losses.n, "months": params.register_months}
    return (Problem(code=_DOUBTS[doubt], place=place, facts=facts, severity=Severity.WARNING),)


def _taxonomy(engagement: Engagement) -> Taxonomy:
    """Return the engagement's own reasons, or the shipped ones, and what separates several."""
    folder = engagement.folder
    if is_there(folder, REASONS):
        found = load_taxonomy(folder / REASONS, folder=folder)
    else:
        found = load_taxonomy(templates() / REASONS)
    return replace(found, split=engagement.intake.of("lost_customers").split)


def _place(table: InputTable, row: int | None, column: str) -> Location:
    """Return the place of a cell as the client's file shows it."""
    heading = table.columns.get(column, column)
    return Location(file=table.file, sheet=table.sheet, row=row, column=heading)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Odd:
    """Words of a column that the taxonomy does not know as they are written."""

    column: str
    given: Given
    row: int
    """The first one."""
    count: int
    sign: str
    """What seems to join several reasons in them; empty of one."""


def _unknown(table: InputTable, taxonomy: Taxonomy, language: str) -> list[Problem]:
    """Warn of words that the taxonomy does not know, and of those taken for a typing slip."""
    columns = [_odd_words(table, name, taxonomy) for name in _COLUMNS if name in table.frame]
    signs = dict.fromkeys([*taxonomy.split, *(odd.sign for words in columns for odd in words)])
    split = "".join(signs).replace("\\", "\\\\")
    problems: list[Problem] = []
    for words in columns:
        found = [_misread(table, odd, taxonomy, language) for odd in words if not odd.sign]
        problems += cut(found, count=len(found)) if found else []
        problems += _joined_reasons(table, [odd for odd in words if odd.sign], split)
    return problems


def _odd_words(table: InputTable, column: str, taxonomy: Taxonomy) -> list[_Odd]:
    """Return the odd words of a column, most frequent first."""
    first: dict[str, tuple[Given, int]] = {}
    counts: Counter[str] = Counter()
    cells = table.frame[column].dropna()
    odd = {cell: _odd(cell, taxonomy) for cell in cells.unique()}
    for row, cell in cells.items():
        for one in odd[cell]:
            counts[bare(one.text)] += 1
            first.setdefault(bare(one.text), (one, int(str(row))))
    return [
        _Odd(
            column=column,
            given=first[name][0],
            row=first[name][1],
            count=n,
            sign="" if first[name][0].known else joining_sign(first[name][0].text),
        )
        for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _odd(cell: str, taxonomy: Taxonomy) -> list[Given]:
    """Return what a cell names that the taxonomy does not know as it is written, each once."""
    each = {bare(one.text): one for one in given(cell, taxonomy)}
    return [one for one in each.values() if one.known is None or one.slip]


def _misread(table: InputTable, odd: _Odd, taxonomy: Taxonomy, language: str) -> Problem:
    """Say of words what they are counted as, or what they might mean."""
    known = odd.given.known
    near = known.label[language] if known else taxonomy.nearest(odd.given.text, language)
    return Problem(
        code="reason_misspelt" if odd.given.slip else "reason_unknown",
        place=_place(table, odd.row, odd.column),
        found=shown(odd.given.text),
        facts={"count": odd.count, "nearest": near},
        severity=Severity.WARNING,
    )


def _joined_reasons(table: InputTable, lists: Sequence[_Odd], split: str) -> list[Problem]:
    """Warn once per column of cells that seem to hold several reasons."""
    if not lists:
        return []
    return [
        Problem(
            code="reasons_joined",
            place=_place(table, min(odd.row for odd in lists), lists[0].column),
            facts={
                "count": sum(odd.count for odd in lists),
                "sign": " ".join(dict.fromkeys(odd.sign for odd in lists)),
                "split": split,
                "names": "; ".join(shown(odd.given.text) for odd in lists[:_EXAMPLES])
                + (" …" if len(lists) > _EXAMPLES else ""),
                "table": table.name,
            },
            severity=Severity.WARNING,
        )
    ]


def _asked_reason(table: InputTable, taxonomy: Taxonomy, engagement: Engagement) -> list[Problem]:
    """Return the problem of a reason of [whatif] that no loss can name.

    Known are ids, names in the report's language, and words of the register that the taxonomy does
    not know; under pseudonyms such words are told nowhere.
    """
    asked, language = engagement.whatif.reason, engagement.language
    if asked is None:
        return []
    names = {name for r in taxonomy.reasons for name in (r.id, r.label[language])}
    if not engagement.anonymise and "reasons" in table.frame:
        cells = table.frame["reasons"].dropna().unique()
        odd = (one for cell in cells for one in _odd(cell, taxonomy))
        names |= {one.text for one in odd if one.known is None}
    if bare(asked.reason) in map(bare, names):
        return []
    meant = taxonomy.find(asked.reason)
    near = meant.label[language] if meant else taxonomy.nearest(asked.reason, language)
    facts = {"nearest": near, "example": taxonomy.reasons[0].label[language]}
    return [error("whatif_reason", config_place("whatif.reason.reason"), asked.reason, **facts)]


def _lost_twice(table: InputTable) -> list[Problem]:
    """Warn of customers lost again without a return: only the later loss counts."""
    columns = ["customer_id", "lost_date"]
    frame = table.frame
    rows = frame.loc[frame["customer_id"].notna()].sort_values(columns, kind="stable")
    following = rows.groupby("customer_id")["lost_date"].shift(-1)
    later = pd.Series(rows.index, index=rows.index).groupby(rows["customer_id"]).shift(-1)
    back = rows["returned_date"] if "returned_date" in rows else pd.Series(pd.NaT, rows.index)
    twice = following.notna() & ~(back <= following)
    found = [
        Problem(
            code="lost_twice",
            place=_place(table, int(str(row)), "customer_id"),
            found=shown(rows.at[row, "customer_id"]),
            facts={"other": int(later[row])},
            severity=Severity.WARNING,
        )
        for row in rows.index[twice]
    ]
    return cut(found, count=len(found)) if found else []


def _overlapping_plans(table: InputTable) -> list[Problem]:
    """Return plans of one customer whose periods overlap: they would count the same sales twice."""
    frame = table.frame
    found = [
        Problem(
            code="plans_overlap",
            place=Location(
                file=table.file,
                sheet=table.sheet,
                row=second,
                column=table.columns.get("period", "period"),
            ),
            found=shown(frame.at[second, "period"]),
            facts={"other": first, "period": frame.at[first, "period"]},
        )
        for first, second in overlaps(frame.loc[frame["period"].notna()])
    ]
    return cut(found, count=len(found)) if found else []
