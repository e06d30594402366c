"""From a specification to the clean tables of its folders."""

from dataclasses import dataclass

from data_samples.generate import (
    attributes,
    complaints,
    customers,
    leavers,
    lost_customers,
    people,
    sales,
    segmentation,
    staff_answers,
    statements,
    survey,
    touchpoints,
)
from data_samples.generate.leavers import Leaver
from data_samples.generate.phrasebank import Bank
from data_samples.generate.rows import Row, Tables
from data_samples.generate.spec import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One engagement and the one before it, clean."""

    spec: Spec
    now: Tables
    before: Tables | None
    leavers: tuple[Leaver, ...]
    """The lost customers of the rows, with what no table says."""


def build(spec: Spec) -> Built:
    """Return every table of ``spec``; a new diagnostic's tables are added to ``rows`` here."""
    base = customers.build(spec)
    documents = sales.build(spec, base)
    everyone = people.build(spec, base)
    before = _before(spec, everyone)
    bank = Bank(spec.language, spec.products)
    answers = survey.build(spec, spec.waves, everyone, bank)
    _add_revenue(answers.rows["survey"], sales.yearly_revenue(documents, spec.as_of))
    rows = answers.rows | {
        "customers": sorted(base, key=lambda row: str(row["customer_id"])),
        "sales": documents,
        "touchpoints": touchpoints.build(spec.id, spec.audit),
        "complaints": complaints.build(spec, documents),
    }
    gone = leavers.build(spec, spec.churn, spec.id)
    _add_leavers(spec, rows, gone)
    if spec.segmentation:
        attributes.add(spec, rows["customers"])
        rows |= segmentation.build(spec.segmentation, rows, name=spec.id, as_of=spec.as_of)
    if spec.answers:
        rows["answers"] = staff_answers.build(spec.answers, spec.language)
    if spec.statements:
        rows["statements"] = statements.build(spec.statements)
    now = Tables(rows=rows, themes=answers.themes)
    return Built(spec=spec, now=now, before=before, leavers=tuple(gone))


def _add_leavers(spec: Spec, rows: dict[str, list[Row]], gone: list[Leaver]) -> None:
    """Add the lost customers: rows of their own, so that nobody else's change."""
    churn = spec.churn
    rows["lost_customers"] = lost_customers.build(churn, gone, spec.id)
    if not churn.in_books:
        return
    rows["customers"] = rows["customers"] + [leaver.customer for leaver in gone]
    rows["sales"] = sales.numbered(rows["sales"] + leavers.sales(spec, churn, gone))
    register = rows["complaints"] + leavers.complaints(spec, gone)
    rows["complaints"] = complaints.numbered(register)


def _before(spec: Spec, everyone: list[people.Person]) -> Tables | None:
    if spec.earlier is None:
        return None
    bank = Bank(spec.language, spec.products)
    answers = survey.build(spec, (spec.earlier.wave,), everyone, bank)
    audit, churn, name = spec.earlier.audit, spec.earlier.churn, spec.earlier.id
    seen = {"touchpoints": touchpoints.build(name, audit)} if audit else {}
    if churn:
        seen["lost_customers"] = lost_customers.build(churn, leavers.build(spec, churn, name), name)
    return Tables(rows=answers.rows | seen, themes=answers.themes)


def _add_revenue(answers: list[Row], revenue: dict[str, float]) -> None:
    for row in answers:
        row["revenue"] = max(0.0, revenue.get(str(row["customer_id"]), 0.0))
