"""Chapter: whether the rules of segments make a segmentation."""

from workbook.diagnostics.segmentation_matrix.matrix_result import Belonging, Rule, RuleCheck
from workbook.diagnostics.segmentation_matrix.report.matrix import named
from workbook.diagnostics.segmentation_matrix.report.shared import (
    MatrixView,
    attribute,
    customer_names,
    full_table,
    segment_name,
)
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, table_columns
from workbook.report.table import Table

NAMED = 5
NO_BREAK = "\u00a0"


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on the rules."""
    check = view.result.rule_check
    if check is None or not check.rules:
        return left_out(view, "rules")
    return [
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
    ]


def _heading(view: MatrixView, check: RuleCheck) -> str:
    assigned = sum(s.n for s in named(view))
    values = {"k": assigned, "n": view.result.customers_n}
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
        told.append(view.text("rules.text.no_purpose", names=_listed(view, check.no_purpose)))
    if check.never_reached:
        told.append(view.text("rules.text.never_reached", names=_listed(view, check.never_reached)))
    if check.empty:
        told.append(view.text("rules.text.empty", names=_listed(view, check.empty)))
    return told


def _listed(view: MatrixView, names: tuple[str, ...]) -> str:
    quoted = [view.text("quoted", name=n) for n in names[:NAMED]]
    return ", ".join(quoted) + (" …" if len(names) > NAMED else "")


def _test(view: MatrixView, column: str, test: str) -> str:
    words = {"yes": view.text("yes"), "no": view.text("no")}
    name = attribute(view, column)
    return f"{name}: {words.get(test, test).replace(' ', NO_BREAK)}"


def _rules(view: MatrixView, check: RuleCheck) -> Table:
    return Table(
        name="segment_rules",
        title=view.text("rules.table"),
        columns=table_columns(
            view,
            ("segment", "columns.segment", ""),
            ("conditions", "rules.columns.conditions", ""),
            ("holds", "rules.columns.holds", "count"),
            ("assigned", "rules.columns.assigned", "count"),
            ("unknown", "rules.columns.unknown", "count"),
            ("near", "rules.columns.near", "count"),
        ),
        rows=[_rule(view, rule) for rule in check.rules],
        texts=view.texts,
        shown=14,
        note=view.text("rules.note"),
    )


def _rule(view: MatrixView, rule: Rule) -> dict[str, str | int | None]:
    return {
        "segment": rule.segment,
        "conditions": "; ".join(_test(view, c.column, c.test) for c in rule.conditions) or "–",
        "holds": rule.holds,
        "assigned": rule.assigned,
        "unknown": rule.unknown,
        "near": rule.near,
    }


def _purposes(view: MatrixView, check: RuleCheck) -> Table:
    rows: list[dict[str, object]] = [
        {"order": r.order, "segment": r.segment, "purpose": r.purpose} for r in check.rules
    ]
    columns = (
        ("segment", "columns.segment", ""),
        ("order", "rules.columns.order", "count"),
        ("purpose", "rules.columns.purpose", ""),
    )
    return full_table(view, "purposes", columns, rows)


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
        names = customer_names(view)
        bound = list(dict.fromkeys(b.customer_id for b in check.bounds))
        listed = ", ".join(names.get(c, c) for c in bound[:NAMED])
        more = " …" if len(bound) > NAMED else ""
        told.append(view.text("rules.bounds", n=len(bound), names=listed + more))
    told += [
        view.text(
            "rules.missing", column=attribute(view, m.column), n=m.n,
            missing=m.missing,
        )
        for m in check.missing[:3]
    ]  # fmt: skip
    return view.limitation(*told)


def _assignment(view: MatrixView) -> Table:
    names = customer_names(view)
    rows: list[dict[str, object]] = [
        {
            "id": a.customer_id,
            "name": names.get(a.customer_id),
            "segment": segment_name(view, a.segment),
            "how": view.text(f"belonging.{a.belonging.value}"),
            "near": "; ".join(
                f"{m.segment} ({_test(view, m.column, m.test)} ≠ {m.found})" for m in a.near_misses
            ),
            "also": "; ".join(a.also_matches),
            "ask": ", ".join(attribute(view, u) for u in a.unknown)
            if a.belonging is Belonging.UNDETERMINED
            else "",
        }
        for a in view.result.assignment
    ]
    return full_table(
        view,
        "assignment",
        (
            ("id", "columns.id", ""),
            ("name", "columns.customer", ""),
            ("segment", "columns.segment", ""),
            ("how", "rules.columns.how", ""),
            ("near", "rules.columns.near_rules", ""),
            ("also", "rules.columns.also", ""),
            ("ask", "rules.columns.ask", ""),
        ),
        rows,
    )
