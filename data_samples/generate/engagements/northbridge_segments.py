"""Segments, needs, offers and control points of the English engineering firm.

Planted: hauliers fit no segment; Tom Ashworth leaves most control points undone.
"""

from datetime import date

from data_samples.generate.segmentation_spec import Contacts, Dealing, Segment, Segmentation
from data_samples.generate.spec import Layout

PACKERS, CONVEYORS, CONTRACT, SPARES = "Case packers", "Conveyors", "Service contract", "Spares"
LINES, MAKERS, BREWERS = "Food lines", "Small food makers", "Brewers"
REGULATED = "Regulated makers"

SEGMENTS = (
    Segment(
        name=LINES,
        purpose="Whole lines under a service contract, so that spares come by themselves",
        conditions={"industry": "Food", "employees": ">15"},
        target=(PACKERS, CONVEYORS, CONTRACT, SPARES),
    ),
    Segment(
        name=MAKERS,
        purpose=None,
        conditions={"industry": "Food", "employees": "<15"},
        target=(CONTRACT, SPARES),
        optional=(CONVEYORS,),
    ),
    Segment(
        name=BREWERS,
        purpose="Conveyors first: glass breaks on the old ones",
        conditions={"industry": "Brewing"},
        target=(CONVEYORS, CONTRACT),
        optional=(PACKERS, SPARES),
    ),
    Segment(
        name=REGULATED,
        purpose="Documented upkeep for audits, sold to the quality manager",
        conditions={"industry": "Pharma; Personal care"},
        target=(PACKERS, CONTRACT),
        optional=(SPARES,),
    ),
)

DEALING = Dealing(
    since=date(2024, 4, 8),
    stages=("Presentation", "Proposal", "Contract", "Payment", "Delivery", "Closing"),
    recorded=0.6,
    lost={LINES: 0.3, MAKERS: 0.35, BREWERS: 0.4, REGULATED: 0.3},
    open={LINES: 0.5, MAKERS: 0.35, BREWERS: 0.4, REGULATED: 0.5},
    reasons=(
        {"No need": 0.6, "No budget": 0.4},
        {"Too expensive": 0.6, "Quote took too long": 0.4},
        {"Terms not agreed": 1.0},
        {"Budget frozen": 1.0},
        {"Delivery too late": 1.0},
        {"Delivery too late": 1.0},
    ),
    sources={"Existing account": 0.6, "Trade fair": 0.25, "Website": 0.15},
    competitors=("Used machine dealer", "Continental maker"),
    overdue={"Tom Ashworth": 0.4},
    deal_format="OP-{:03d}",
    round_to=50,
)

CONTACTS = Contacts(
    points=(
        ("Minutes sent", False),
        ("Proposal expires", True),
        ("Invoice due", True),
        ("Delivery date", True),
        ("Satisfaction call", False),
        ("Contract addendum", True),
        ("Second attempt after a failed presentation", True),
        ("Longest time without contact", False),
    ),
    count=64,
    overdue={"Tom Ashworth": 0.45},
)

PLAN = Segmentation(
    segments=SEGMENTS,
    products=(PACKERS, CONVEYORS, CONTRACT, SPARES),
    dealing=DEALING,
    contacts=CONTACTS,
)

LAYOUTS = (
    Layout(
        table="segments",
        file="segments.xlsx",
        sheet="Rules",
        columns=("order", "segment", "industry", "employees", "purpose"),
    ),
    Layout(
        table="targets",
        file="targets.csv",
        columns=("segment", *PLAN.products),
        untidy=0.1,
    ),
    Layout(
        table="offers",
        file="offers.csv",
        columns=(
            *("deal_id", "date", "customer_id", "product", "stage", "status", "due_date"),
            *("amount", "manager", "source", "reason", "competitor"),
        ),
        iso_dates=True,
    ),
    Layout(
        table="control_points",
        file="control_points.xlsx",
        sheet="Control points",
        columns=("customer_id", "point", "due_date", "done_date", "manager", "product"),
        blank_rows=1,
    ),
)
