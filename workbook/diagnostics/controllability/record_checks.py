"""Checks against customers, sales, complaints, surveys and lost customers."""

from datetime import date

import pandas as pd

from workbook.diagnostics.cells import dates, texts, truths
from workbook.diagnostics.controllability.check_rule import CheckRule, Measured, Records, share

_SERVED_DAYS = 90
"""A customer that bought within so many days is served now: the project's own default."""
_MONTH = 365.25 / 12


def customers_without_segment(records: Records) -> Measured:
    """Count customers without a segment."""
    return share(texts(records.tables["customers"], "segment") == "")


def competitor_unnamed(records: Records) -> Measured:
    """Count customers that left for a competitor nobody can name."""
    frame = records.tables["lost_customers"]
    left = texts(frame, "destination") == "competitor"
    return share(texts(frame, "competitor") == "", left)


def served_without_contract(records: Records) -> Measured:
    """Count customers that bought lately after the end of their contract, of those with one."""
    sold = _sold(records)
    last = dates(sold, "date").groupby(texts(sold, "customer_id")).max()
    frame = records.tables["customers"]
    bought = texts(frame, "customer_id").map(last)
    end = dates(frame, "contract_end")
    lately = bought > pd.Timestamp(records.as_of) - pd.Timedelta(days=_SERVED_DAYS)
    return share(bought > end, lately & end.notna())


def months_since_marks(records: Records) -> Measured:
    """Return the age of the last mark of satisfaction, months."""
    return _age(dates(records.tables["satisfaction"], "date"), records.as_of)


def months_since_survey(records: Records) -> Measured:
    """Return the age of the last answer to the survey, months."""
    return _age(dates(records.tables["survey"], "date"), records.as_of)


def lost_without_reason(records: Records) -> Measured:
    """Count lost customers without a reason."""
    return share(texts(records.tables["lost_customers"], "reasons") == "")


def sales_without_document(records: Records) -> Measured:
    """Count sales without the number of a document."""
    return share(texts(_sold(records), "document_id") == "")


def process_not_mended(records: Records) -> Measured:
    """Count complaints whose cause was found and whose process was not mended."""
    frame = records.tables["complaints"]
    return share(truths(frame, "process_mended") != 1, truths(frame, "cause_found") == 1)


def complaints_without_cause(records: Records) -> Measured:
    """Count complaints without a cause found."""
    return share(truths(records.tables["complaints"], "cause_found") != 1)


def sales_without_product(records: Records) -> Measured:
    """Count sales without a product."""
    return share(texts(_sold(records), "product") == "")


def sales_of_strangers(records: Records) -> Measured:
    """Count sales to customers that the register of customers does not have."""
    known = set(texts(records.tables["customers"], "customer_id"))
    return share(~texts(_sold(records), "customer_id").isin(known))


def complaints_without_category(records: Records) -> Measured:
    """Count complaints without a category."""
    return share(texts(records.tables["complaints"], "category") == "")


def _sold(records: Records) -> pd.DataFrame:
    """Return the sales without returns and cancelled ones."""
    frame = records.tables["sales"]
    return frame.loc[texts(frame, "kind").isin(["sale", ""])]


def _age(given: "pd.Series[pd.Timestamp]", as_of: date) -> Measured:
    known = given.dropna()
    if known.empty:
        return Measured(value=None, n=0, base=0)
    days = (pd.Timestamp(as_of) - known.max()).days
    return Measured(value=max(days, 0) / _MONTH, n=0, base=len(known))


RECORD_RULES = (
    CheckRule(
        check="customers_without_segment",
        item="1.1",
        needs=("customers", "customers.segment"),
        measure=customers_without_segment,
        bound="missing_share",
        of_customers=True,
    ),
    CheckRule(
        check="competitor_unnamed",
        item="1.4",
        needs=("lost_customers", "lost_customers.destination", "lost_customers.competitor"),
        measure=competitor_unnamed,
        bound="missing_share",
        of_customers=True,
    ),
    CheckRule(
        check="served_without_contract",
        item="1.6",
        needs=("customers", "customers.contract_end", "sales"),
        measure=served_without_contract,
        bound="late_share",
        of_customers=True,
    ),
    CheckRule(
        check="satisfaction_age",
        item="1.9",
        needs=("satisfaction",),
        measure=months_since_marks,
        bound="survey_months",
        unit="months",
        scarce=True,
    ),
    CheckRule(
        check="lost_customers_without_reason",
        item="1.10",
        needs=("lost_customers", "lost_customers.reasons"),
        measure=lost_without_reason,
        bound="missing_share",
        of_customers=True,
    ),
    CheckRule(
        check="sales_without_document",
        item="1.12",
        needs=("sales", "sales.document_id"),
        measure=sales_without_document,
        bound="missing_share",
    ),
    CheckRule(
        check="process_not_mended",
        item="1.13",
        needs=("complaints", "complaints.cause_found", "complaints.process_mended"),
        measure=process_not_mended,
        bound="unmended_share",
    ),
    CheckRule(
        check="complaints_without_cause",
        item="3.1",
        needs=("complaints", "complaints.cause_found"),
        measure=complaints_without_cause,
        bound="missing_share",
    ),
    CheckRule(
        check="survey_age",
        item="3.2",
        needs=("survey",),
        measure=months_since_survey,
        bound="survey_months",
        unit="months",
        scarce=True,
    ),
    CheckRule(
        check="sales_without_product",
        item="4.2",
        needs=("sales", "sales.product"),
        measure=sales_without_product,
        bound="missing_share",
    ),
    CheckRule(
        check="sales_of_strangers",
        item="4.3",
        needs=("sales", "customers"),
        measure=sales_of_strangers,
        bound="missing_share",
    ),
    CheckRule(
        check="complaints_without_category",
        item="4.5",
        needs=("complaints", "complaints.category"),
        measure=complaints_without_category,
        bound="missing_share",
    ),
)
"""Checks of this module, by item."""
