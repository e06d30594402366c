"""The nine accounts that the English firm lost: too few for more than counts.

Closed accounts are taken out of the account list and the ledger, as the firm does.
"""

from datetime import date

from data_samples.generate.churn_spec import Churn, Story
from data_samples.generate.spec import Layout

LAYOUT = Layout(
    table="lost_customers",
    file="lost_customers.xlsx",
    sheet="Lost accounts",
    columns=(
        *("customer_id", "lost_date", "start_date", "segment", "region", "manager"),
        *("reasons", "stated_reasons", "verified", "stage", "destination", "competitor"),
        *("annual_revenue", "complained", "exit_interview", "returned_date", "offer_used"),
    ),
    title="Accounts closed in 2025",
    blank_rows=1,
    untidy=0.05,
)

STORIES = (
    Story(
        reasons=("late_delivery", "information"),
        said=("price_high",),
        weight=1.0,
        where={"Key": 5.0, "Occasional": 0.2},
        gone_to={"competitor": 0.8, "in_house": 0.2},
    ),
    Story(
        reasons=("late_delivery",),
        weight=0.5,
        where={"Key": 5.0, "Occasional": 0.2},
        gone_to={"competitor": 1.0},
    ),
    Story(
        reasons=("price_high",),
        weight=1.2,
        where={"Key": 0.0, "Occasional": 1.6},
        gone_to={"competitor": 0.6, "freelancer": 0.4},
    ),
    Story(
        reasons=("better_offer", "price_high"),
        weight=0.5,
        where={"Key": 0.0},
        gone_to={"competitor": 1.0},
    ),
    Story(reasons=("forgotten",), weight=0.7, where={"Key": 0.1}, gone_to={"competitor": 1.0}),
    Story(reasons=("customer_closed",), weight=1.0, where={"Key": 0.0}, gone_to={"none": 1.0}),
)

NOW = Churn(
    cells={
        ("Priya Nair", "North"): (0, 1, 2),
        ("Tom Ashworth", "North"): (1, 0, 1),
        ("Tom Ashworth", "Midlands"): (0, 1, 1),
        ("Fiona Baird", "Scotland"): (1, 0, 1),
    },
    first_number=41,
    start=date(2025, 1, 20),
    end=date(2025, 11, 28),
    since=(2012, 2022),
    stories=STORIES,
    revenue={"Key": (180_000, 320_000), "Core": (32_000, 90_000), "Occasional": (3_500, 14_000)},
    orders={"Key": 20, "Core": 12, "Occasional": 5},
    lead=(90, 150),
    stages={"Renewal": 0.5, "Quotation": 0.3, "Service visit": 0.2},
    competitors={"Packline Midlands": 0.6, "Vireo Automation": 0.4},
    returns={"freelancer": 0.9, "competitor": 0.1},
    offers={"Guaranteed call-out time": 0.6, "Extended warranty": 0.4},
    complained=0.15,
    interviewed={"Key": 1.0, "Core": 0.6, "Occasional": 0.5},
    slips={"late_delivery": "Late delivrey"},
    strata=("region", "segment"),
    in_books=False,
)
