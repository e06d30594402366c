"""From a specification to the clean tables of its folders."""

from dataclasses import dataclass

from data_samples.generate import complaints, customers, people, sales, survey, touchpoints
from data_samples.generate.phrasebank import Bank
from data_samples.generate.rows import Row, Tables
from data_samples.generate.spec import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One engagement and the one before it, clean."""

    spec: Spec
    now: Tables
    before: Tables | None


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
    return Built(spec=spec, now=Tables(rows=rows, themes=answers.themes), before=before)


def _before(spec: Spec, everyone: list[people.Person]) -> Tables | None:
    if spec.earlier is None:
        return None
    bank = Bank(spec.language, spec.products)
    answers = survey.build(spec, (spec.earlier.wave,), everyone, bank)
    audit = spec.earlier.audit
    seen = {"touchpoints": touchpoints.build(spec.earlier.id, audit)} if audit else {}
    return Tables(rows=answers.rows | seen, themes=answers.themes)


def _add_revenue(answers: list[Row], revenue: dict[str, float]) -> None:
    for row in answers:
        row["revenue"] = max(0.0, revenue.get(str(row["customer_id"]), 0.0))
