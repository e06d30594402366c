"""From the specification of a business to its clean tables and their known truth."""

from data_samples.generate import (
    accounts,
    answers_truth,
    invoices,
    segmentation,
    segmentation_truth,
    service_costs,
    staff_answers,
)
from data_samples.generate.business_spec import Business
from data_samples.generate.segmentation import Tables
from data_samples.generate.truth import Truth, files


def build(spec: Business) -> Tables:
    """Return every table of ``spec``; a further one is added here."""
    found = accounts.build(spec)
    rows = {
        "customers": sorted((a.row for a in found), key=lambda row: str(row["customer_id"])),
        "sales": invoices.build(spec, found),
        "answers": staff_answers.build(spec.answers, spec.language),
    }
    facts = {"name": spec.id, "as_of": spec.as_of}
    costs = service_costs.build(spec.costs, spec.plan, rows, **facts)
    return rows | segmentation.build(spec.plan, rows, **facts) | {"service_costs": costs}


def truth(spec: Business, rows: Tables) -> Truth:
    """Return the known truth of ``spec``."""
    found = segmentation_truth.truth(spec.plan, rows, spec.as_of)
    found["contribution"] = service_costs.truth(spec.plan, rows, spec.as_of)
    return {
        "segmentation": found | {"stories": segmentation_truth.stories(spec, rows)},
        "controllability": answers_truth.truth(spec.answers, rows, spec.as_of),
        "files": files(spec.layouts, rows),
    }
