"""Chapter: whether the rules of segments make a segmentation."""

from collections.abc import Sequence
from functools import partial

from workbook.diagnostics.segmentation_matrix.report.matrix import named
from workbook.diagnostics.segmentation_matrix.report.names import (
    MatrixView,
    attribute,
    customer_names,
    customers_of,
    in_words,
    listed,
    segment_name,
)
from workbook.diagnostics.segmentation_matrix.rules_result import NearMiss, Rule, RuleCheck
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table

NAMED = 5
NO_BREAK = "\u00a0"


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on the rules: a check of the segmentation, all of it detail."""
    check = view.result.rule_check
    if check is None or not check.rules:
        return view.left_out("rules")
    return details(
        Heading(
            text=_heading(view, check),
            short=view.text("short.rules"),
            caption=view.text("rules.caption", n=len(check.rules)),
        ),
        Text(tuple(_reading(view, check))),
        *_doubts(view, check),
        _rules(view, check),
        _purposes(view, check),
        _assignment(view),
    )


def _heading(view: MatrixView, check: RuleCheck) -> str:
    assigned = sum(s.n for s in named(view))
    values = {"k": assigned, "n": len(view.result.assignment)}
    if check.missing:
        ask = attribute(view, check.missing[0].column)
        return view.text("rules.heading.ask", undetermined=check.undetermined, column=ask, **values)
    return view.text("rules.heading.plain", **values)


def _reading(view: MatrixView, check: RuleCheck) -> list[str]:
    told = [
        view.text(
            "rules.text.counts",
            unassigned=check.unassigned,
            undetermined=check.undetermined,
            near=check.near,
        )
    ]
    if check.no_purpose:
        told.append(view.text("rules.text.no_purpose", names=_quoted(view, check.no_purpose)))
    if check.never_reached:
        told.append(view.text("rules.text.never_reached", names=_quoted(view, check.never_reached)))
    if check.empty:
        told.append(view.text("rules.text.empty", names=_quoted(view, check.empty)))
    return told


def _quoted(view: MatrixView, names: tuple[str, ...]) -> str:
    return listed([view.text("quoted", name=n) for n in names], NAMED)


def _test(view: MatrixView, column: str, test: str) -> str:
    words = {"yes": view.text("yes"), "no": view.text("no")}
    name = attribute(view, column)
    return f"{name}: {words.get(test, test).replace(' ', NO_BREAK)}"


def _rules(view: MatrixView, check: RuleCheck) -> Table:
    return view.table(
        "segment_rules",
        check.rules,
        ("columns.segment", lambda r: r.segment, ""),
        ("rules.columns.conditions", lambda r: _conditions(view, r), ""),
        ("rules.columns.holds", lambda r: r.holds, "count"),
        ("rules.columns.assigned", lambda r: r.assigned, "count"),
        ("rules.columns.unknown", lambda r: r.unknown, "count"),
        ("rules.columns.near", lambda r: r.near, "count"),
        title=view.text("rules.table"),
        shown=14,
        note=view.text("rules.note"),
    )


def _conditions(view: MatrixView, rule: Rule) -> str:
    return "; ".join(_test(view, c.column, c.test) for c in rule.conditions) or "–"


def _purposes(view: MatrixView, check: RuleCheck) -> Table:
    return view.table(
        "purposes",
        check.rules,
        ("columns.segment", lambda r: r.segment, ""),
        ("rules.columns.order", lambda r: r.order, "count"),
        ("rules.columns.purpose", lambda r: r.purpose, ""),
        title=view.text("full.purposes"),
        appendix_only=True,
    )


def _doubts(view: MatrixView, check: RuleCheck) -> list[Block]:
    """Return the overlaps, customers on a bound and attributes to ask for, in one line each."""
    told = []
    if check.overlaps:
        worst = max(check.overlaps, key=lambda o: o.n)
        told.append(
            view.text(
                "rules.overlap", n=len(check.overlaps), first=worst.first, second=worst.second,
                customers=worst.n,
            )
        )  # fmt: skip
    if check.bounds:
        bounds = check.bounds.where(~check.bounds["customer_id"].duplicated())
        names = listed(customers_of(view, bounds), NAMED)
        told.append(view.text("rules.bounds", n=len(bounds), names=names))
    told += [
        view.text(
            "rules.missing", column=attribute(view, m.column), n=m.n,
            missing=m.missing,
        )
        for m in check.missing[:3]
    ]  # fmt: skip
    return view.limitation(*told)


def _assignment(view: MatrixView) -> Table:
    rows, names = view.result.assignment, customer_names(view)
    ids = rows.values("customer_id")
    return view.table(
        "assignment",
        rows,
        ("columns.id", ids, ""),
        ("columns.customer", [names.get(customer) for customer in ids], ""),
        ("columns.segment", in_words(rows.values("segment"), partial(segment_name, view)), ""),
        (
            "rules.columns.how",
            in_words(rows.values("belonging"), lambda how: view.text(f"belonging.{how}")),
            "",
        ),
        (
            "rules.columns.near_rules",
            [_near(view, cell) for cell in rows.values("near_misses")],
            "",
        ),
        ("rules.columns.also", in_words(rows.values("also_matches"), "; ".join), ""),
        (
            "rules.columns.ask",
            in_words(
                rows.values("unknown"), lambda cell: ", ".join(attribute(view, u) for u in cell)
            ),
            "",
        ),
        title=view.text("full.assignment"),
        appendix_only=True,
    )


def _near(view: MatrixView, misses: Sequence[NearMiss]) -> str:
    return "; ".join(f"{m.segment} ({_test(view, m.column, m.test)} ≠ {m.found})" for m in misses)
