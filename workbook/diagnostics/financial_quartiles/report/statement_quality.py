"""Chapter: how far the statements can be trusted, and what to ask for."""

from workbook.diagnostics.financial_quartiles.report.figures import Figures
from workbook.diagnostics.financial_quartiles.report.shared import (
    SHOWN,
    FinancialView,
    all_listed,
    points,
    source_line,
)
from workbook.diagnostics.financial_quartiles.result import (
    ArticulationCheck,
    Organisation,
    RatioRow,
    Undefined,
)
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, table_columns
from workbook.report.table import Table, Value


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on the statements themselves."""
    rows = view.result.organisations
    if not rows:
        return left_out(view, "trust")
    return [
        Heading(
            text=_heading(view),
            short=view.text("short.trust"),
            caption=view.text("trust.caption", n=len(rows)),
        ),
        Text((_reading(view),)),
        *view.limitation(*_limits(view)),
        *_checks(view),
        *_contradictions(view),
        *_undefined(view),
    ]


def broken(view: FinancialView) -> list[tuple[Organisation, ArticulationCheck]]:
    """Return the checks that do not close, the latest year first."""
    found = [
        (row, c) for row in view.result.organisations for c in row.articulation if not c.closes
    ]
    return sorted(found, key=lambda pair: -pair[0].year)


def checks_made(view: FinancialView) -> int:
    """Return how many checks the statements allow."""
    return sum(len(row.articulation) for row in view.result.organisations)


def advice(view: FinancialView, check: ArticulationCheck) -> str:
    """Say what would make a check close."""
    if check.wrong_sign_labels:
        return view.text("trust.sign", lines=all_listed(view, check.wrong_sign_labels))
    return view.text("trust.no_sign")


def rounded(view: FinancialView) -> list[tuple[Organisation, RatioRow]]:
    """Return the ratios of the last years whose score depends on the rounding of the base."""
    return [(row, r) for row in view.result.latest for r in row.ratios if r.rounding_decides]


def _heading(view: FinancialView) -> str:
    n, k = checks_made(view), len(broken(view))
    if not n:
        return view.text("trust.heading.none", n=len(view.result.organisations))
    return view.text("trust.heading.broken" if k else "trust.heading.close", k=k, n=n)


def _reading(view: FinancialView) -> str:
    told = [
        view.text(
            "trust.text.counts",
            statements=len(view.result.organisations),
            n=checks_made(view),
            k=len(broken(view)),
            tolerance=view.result.thresholds.tolerance,
        )
    ]
    contradicted = len(view.result.prior_contradictions)
    told.append(view.text("trust.text.contradictions", n=contradicted))
    return " ".join(told)


def _limits(view: FinancialView) -> list[str]:
    told = [
        view.text(
            "trust.refused", organisation=row.organisation, year=row.year,
            lines=all_listed(view, row.refused_labels),
        )
        for row in view.result.organisations
        if row.refused
    ]  # fmt: skip
    for row, ratio in rounded(view):
        found = ratio.industry or ratio.all
        scores = [] if found is None else [points(view, s) for s in found.possible_scores]
        told.append(
            view.text(
                "trust.rounding", organisation=row.organisation, ratio=ratio.label,
                value=Figures.of(view, ratio).value(ratio.value),
                scores=view.text("money.or").join(scores), score=points(view, ratio.score),
            )
        )  # fmt: skip
    return told


def _checks(view: FinancialView) -> list[Block]:
    found = broken(view)
    if not found:
        return []
    table = Table(
        name="broken_checks",
        title=view.text("trust.table"),
        columns=table_columns(
            view,
            ("organisation", "columns.organisation", ""),
            ("year", "columns.year", ""),
            ("check", "trust.columns.check", ""),
            ("difference", "trust.columns.difference", "money"),
            ("advice", "trust.columns.advice", ""),
        ),
        rows=[
            {
                "organisation": row.organisation,
                "year": str(row.year),
                "check": check.check,
                "difference": check.difference,
                "advice": advice(view, check),
            }
            for row, check in found
        ],
        texts=view.texts,
        shown=SHOWN,
        note=source_line(view, view.text("trust.note"), compared=False),
    )
    return [table]


def _contradictions(view: FinancialView) -> list[Block]:
    found = view.result.prior_contradictions
    if not found:
        return []
    table = Table(
        name="prior_contradictions",
        title=view.text("trust.contradictions.table"),
        columns=table_columns(
            view,
            ("organisation", "columns.organisation", ""),
            ("line", "columns.line", ""),
            ("year", "columns.year", ""),
            ("own", "trust.contradictions.own", "money_full"),
            ("given", "trust.contradictions.given", "money_full"),
        ),
        rows=[
            {
                "organisation": c.organisation,
                "line": c.label,
                "year": str(c.year),
                "own": c.own,
                "given": c.given,
            }
            for c in found
        ],
        texts=view.texts,
        shown=SHOWN,
        note=source_line(view, compared=False),
    )
    return [table]


def _undefined(view: FinancialView) -> list[Block]:
    rows = [line for row in view.result.latest for line in _lines(view, row)]
    if not rows:
        return []
    table = Table(
        name="undefined_ratios",
        title=view.text("trust.undefined.table"),
        columns=table_columns(
            view,
            ("organisation", "columns.organisation", ""),
            ("ratios", "trust.undefined.ratios", ""),
            ("why", "trust.undefined.why", ""),
            ("ask", "trust.undefined.ask", ""),
        ),
        rows=rows,
        texts=view.texts,
        shown=SHOWN,
        note=source_line(view, compared=False),
    )
    return [table]


def _lines(view: FinancialView, row: Organisation) -> list[dict[str, Value]]:
    """Return a line for each reason why ratios of an organisation have no value."""
    by_reason: dict[Undefined, list[RatioRow]] = {}
    for ratio in row.ratios:
        if ratio.undefined is not None:
            by_reason.setdefault(ratio.undefined, []).append(ratio)
    return [
        {
            "organisation": view.text("in_year", organisation=row.organisation, year=row.year),
            "ratios": "; ".join(ratio.label for ratio in ratios),
            "why": view.text(f"undefined.{reason}"),
            "ask": _ask(view, reason, ratios),
        }
        for reason, ratios in by_reason.items()
    ]


def _ask(view: FinancialView, reason: Undefined, ratios: list[RatioRow]) -> str:
    if reason is Undefined.NO_PREVIOUS_YEAR:
        return view.text("trust.undefined.previous_year")
    labels = dict.fromkeys(label for ratio in ratios for label in ratio.missing_labels)
    return "; ".join(labels) or "–"
