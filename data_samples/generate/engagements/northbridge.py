"""A small engineering firm with exactly forty accounts (English).

Planted: the four largest accounts are critics, so the index weighted by revenue has the other
sign; with under thirty answers the change since last year cannot be told; the segments are
small; there are too few marks for key drivers.
"""

from datetime import date

from data_samples.generate.engagements import (
    northbridge_answers,
    northbridge_churn,
    northbridge_segments,
    northbridge_statements,
)
from data_samples.generate.spec import (
    Audit,
    Earlier,
    Layout,
    Manager,
    Market,
    Parameter,
    Planned,
    Product,
    Register,
    Spec,
    Wave,
)

MARKET = Market(
    count=40,
    id_format="NB{:03d}",
    territories={"North": 0.5, "Midlands": 0.3, "Scotland": 0.2},
    segments=("Key", "Core", "Occasional"),
    industries=("Food", "Food", "Food", "Pharma", "Personal care", "Brewing", "Logistics"),
    names=(
        *("Harrogate Provisions Ltd", "Calder Vale Foods plc", "Pennine Biscuits Ltd"),
        *("Strathmore Dairies Ltd", "Ribble Pharma Ltd", "Aire & Wharfe Brewing Co."),
        *("Tyneside Soaps Ltd", "Moorland Bakeries", "Eskdale Seafoods", "Trent Vitamins Ltd"),
        *("Holme Valley Pet Foods", "Lomond Spirits Ltd", "Kestrel Fulfilment", "Swale Pies"),
        *("Derwent Laboratories", "Nidd Confectionery", "Cheviot Cosmetics", "Ouse Cold Store"),
        *("Bramley Juices", "Clyde Ready Meals", "Peak Oats Ltd", "Solway Salads", "Don Skincare"),
        *(
            "Weardale Cheese",
            "Mersey Nutrition",
            "Teviot Candles",
            "Lune Logistics",
            "Bowland Eggs",
        ),
        *("Irwell Teas", "Forth Fishcakes", "Dove Farm Snacks", "Hexham Honey", "Tees Tablets"),
        *("Ayr Oatcakes", "Erewash Spices", "Colne Coffee", "Wyre Wellness", "Goyt Gluten Free"),
        *("Sark Sauces", "Leven Liqueurs"),
    ),
    concentration=0.8,
    orders_per_year=(3.0, 34.0),
    ticket=(0.5, 5.5),
    new_share=0.22,
    lost_share=0.06,
    recommended_share=0.5,
    round_to=10,
)

MANAGERS = (
    Manager(name="Priya Nair", territories=("North", "Scotland")),
    Manager(name="Tom Ashworth", territories=("North", "Midlands")),
    Manager(name="Fiona Baird", territories=("Scotland", "Midlands")),
)

PRODUCTS = (
    Product(name="Case packers", models=("line",), low=4_000, high=16_000),
    Product(name="Conveyors", models=("line",), low=2_500, high=9_000),
    Product(name="Service contract", models=("line",), low=900, high=3_200, share=2.0),
    Product(name="Spares", models=("line",), low=120, high=1_500, share=2.0),
)

PARAMETERS = (
    Parameter(name="Response time", mean=3.3, weight=0.8, staff=4.2),
    Parameter(name="Engineering quality", mean=4.3, weight=0.3, staff=4.4),
    Parameter(name="Price", mean=3.6, weight=0.2, staff=3.5),
    Parameter(name="Communication", mean=3.6, weight=0.5, staff=4.3),
    Parameter(name="Documentation", mean=3.8, weight=0.1, staff=3.4),
)

WORRIES = {
    "speed": 0.3,
    "communication": 0.25,
    "competence": 0.13,
    "price": 0.1,
    "delivery": 0.08,
    "availability": 0.05,
    "quality": 0.03,
    "documents": 0.02,
    "complaints": 0.01,
    "payment": 0.01,
    "access": 0.01,
    "digital": 0.01,
}
JOYS = {
    "competence": 0.3,
    "quality": 0.22,
    "staff": 0.15,
    "communication": 0.1,
    "speed": 0.08,
    "price": 0.05,
    "delivery": 0.05,
    "complaints": 0.05,
}

NOW = Wave(
    label="2025",
    start=date(2025, 10, 6),
    end=date(2025, 11, 14),
    answers=28,
    base=0,
    missing=0,
    worries=WORRIES,
    joys=JOYS,
    scores=(
        *(4, 6, 3, 8, 9, None, 7, 10, 9, 8, None, 9, 10, 7, None, 9, 8, None, 10, 9),
        *(None, 5, 9, 8, None, 10, None, 7, 9, None, 8, None, 9, 10, None, 6, None, 7, None, None),
    ),
    planned=(
        Planned(
            question="improvement",
            text="Ring me on 07700 900321 before the January shutdown, we need a service slot",
            themes=("availability",),
        ),
        Planned(
            question="reason",
            text="<img src=x onerror=alert(1)> sorry, the web form ate my comment. Slow call-outs.",
            themes=("speed",),
        ),
        Planned(question="improvement", text="=SUM(10;10) would do"),
    ),
)
BEFORE = Wave(
    label="2024",
    start=date(2024, 10, 7),
    end=date(2024, 11, 15),
    answers=26,
    base=0,
    missing=0,
    worries=WORRIES,
    joys=JOYS,
    scores=(
        *(6, 7, 5, 6, 9, 8, 7, 9, None, 8, 5, 9, None, 6, None, 9, 7, 8, 10, None),
        *(
            6,
            None,
            8,
            7,
            9,
            None,
            None,
            6,
            9,
            None,
            None,
            4,
            9,
            10,
            None,
            None,
            8,
            None,
            None,
            None,
        ),
    ),
)

POINTS = (
    ("Business", "Website", 0.1, ""),
    ("Business", "Quotation", -0.2, "Quote took eighteen working days"),
    ("Business", "Switchboard", 0.4, ""),
    ("Business", "Delivery note and invoice", 0.0, ""),
    ("Business", "Leeds works tour", 0.8, "The tour sold the line better than the brochure"),
    ("Product", "Machine finish", 0.6, ""),
    ("Product", "Crating", 0.1, ""),
    ("Product", "Manuals", -0.5, "Manual shows a panel that is not on the machine"),
    ("Product", "CE file", -0.2, ""),
    ("Product", "Spares labelling", 0.2, ""),
    ("Service", "Breakdown call-out", -0.8, "Four days with the line standing"),
    ("Service", "Commissioning", 0.3, ""),
    ("Service", "Operator training", 0.7, "Hands-on, the night shift got its own session"),
    ("Service", "Progress reports", -0.6, ""),
    ("Service", "Remote support", -0.1, ""),
    ("Employee", "Knowledge of the customer's line", 0.4, ""),
    ("Employee", "Appearance and PPE", 0.3, ""),
    ("Employee", "Keeping promises", -0.3, "Call promised for Tuesday came on Friday"),
    ("Employee", "Courtesy on site", 0.8, ""),
    ("Employee", "Handover when people change", -0.6, ""),
)
RATERS = ("Auditor A", "Auditor B", "Auditor C")

SURVEY = (
    *("respondent_id", "customer_id", "date", "score", "reason", "improvement", "segment"),
    *("manager", "product", "channel", "revenue"),
)
AUDIT = ("category", "touchpoint", "mark", "rater", "date", "comment")

SPEC = Spec(
    id="northbridge",
    language="en",
    as_of=date(2025, 12, 31),
    market=MARKET,
    managers=MANAGERS,
    products=PRODUCTS,
    parameters=PARAMETERS,
    waves=(NOW,),
    channels={"Phone interview": 0.7, "Web form": 0.3},
    survey_segment="industry",
    respondent_format="R{:02d}",
    comment_share=0.8,
    marked_share=1.0,
    staff_count=9,
    audit=Audit(raters=RATERS, day=date(2025, 11, 25), points=POINTS),
    register=Register(
        count=23,
        start=date(2024, 11, 4),
        categories={
            "Call-out time": 0.4,
            "Missing parts": 0.25,
            "Paperwork": 0.2,
            "Workmanship": 0.15,
        },
        steps=(0.96, 0.8, 0.75, 0.45),
    ),
    layouts=(
        Layout(
            table="survey",
            file="survey.xlsx",
            sheet="Survey",
            columns=SURVEY,
            title="Northbridge customer interviews, autumn 2025",
            duplicates=1,
            blank_rows=1,
            untidy=0.05,
        ),
        Layout(
            table="satisfaction",
            file="satisfaction.xlsx",
            sheet="Satisfaction",
            columns=(
                *("respondent_id", "side", "customer_id", "date", "product", "parameter", "mark"),
            ),
        ),
        Layout(table="touchpoints", file="touchpoints.xlsx", sheet="Touchpoints", columns=AUDIT),
        Layout(
            table="complaints",
            file="complaints.xlsx",
            sheet="Complaints",
            columns=(
                *("complaint_id", "customer_id", "date", "product", "category", "registered"),
                *("cause_found", "cause_removed", "process_mended", "closed_date"),
            ),
        ),
        Layout(
            table="customers",
            file="customers.xlsx",
            sheet="Accounts",
            columns=(
                *("customer_id", "name", "segment", "industry", "employees", "founded_year"),
                *("region", "manager", "registered_date"),
            ),
        ),
        Layout(
            table="sales",
            file="sales.csv",
            columns=(
                *("document_id", "date", "customer_id", "product", "kind", "amount", "manager"),
                "recommended_by",
            ),
            iso_dates=True,
        ),
        northbridge_churn.LAYOUT,
        *northbridge_segments.LAYOUTS,
        northbridge_answers.LAYOUT,
        northbridge_statements.LAYOUT,
    ),
    segmentation=northbridge_segments.PLAN,
    answers=northbridge_answers.PLAN,
    statements=northbridge_statements.PLAN,
    churn=northbridge_churn.NOW,
    expected_verdict="cannot_tell",
    earlier=Earlier(
        id="northbridge-2024",
        wave=BEFORE,
        audit=Audit(
            raters=RATERS,
            day=date(2024, 11, 27),
            points=tuple(
                (category, point, lean + (-0.4 if point == "Operator training" else 0.1), "")
                for category, point, lean, _ in POINTS
            ),
        ),
        layouts=(
            Layout(table="survey", file="survey.xlsx", sheet="Survey", columns=SURVEY[:-1]),
            Layout(table="touchpoints", file="touchpoints.xlsx", sheet="Audit", columns=AUDIT),
        ),
    ),
)
