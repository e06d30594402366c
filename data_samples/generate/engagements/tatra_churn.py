"""The customers that the Slovak car service lost.

Planted: price is named most often, but waiting for a slot takes the fleets and their revenue;
a bill above the quote and silence during the repair come together; most of those who went to an
independent mechanic came back.  Fleets leave most and private persons least: Zvolen, with the
most companies in its portfolio, keeps its customers best, which the plain shares do not show;
Nitra loses more than its portfolio explains.
"""

from datetime import date

from data_samples.generate.churn_spec import Churn, Story
from data_samples.generate.spec import Layout

LAYOUT = Layout(
    table="lost_customers",
    file="intake.xlsx",
    sheet="Stratení zákazníci",
    columns=(
        *("customer_id", "lost_date", "region", "manager", "segment", "start_date"),
        *("annual_revenue", "reasons", "stated_reasons", "verified", "stage", "destination"),
        *("competitor", "complained", "exit_interview", "offer_used", "returned_date"),
    ),
    title="Zákazníci stratení v roku 2025 – všetky pobočky",
    blank_rows=2,
    untidy=0.04,
)

FLEET, FIRM, PRIVATE = "Vozový park", "Firma", "Súkromná osoba"
WORKSHOP = {"competitor": 0.55, "freelancer": 0.45}

STORIES = (
    Story(
        reasons=("late_delivery",),
        said=("price_high",),
        weight=0.8,
        where={FLEET: 9.0, FIRM: 1.6, PRIVATE: 0.3},
        gone_to={"competitor": 0.7, "in_house": 0.3},
    ),
    Story(
        reasons=("late_delivery", "forgotten"),
        weight=0.4,
        where={FLEET: 9.0, FIRM: 1.4, PRIVATE: 0.2},
        gone_to={"competitor": 0.7, "in_house": 0.3},
    ),
    Story(reasons=("price_high",), weight=3.2, where={FLEET: 0.12, PRIVATE: 1.3}, gone_to=WORKSHOP),
    Story(
        reasons=("broken_promise", "information"),
        said=("price_high",),
        weight=1.0,
        where={"Nitra": 2.5, FLEET: 0.6},
        gone_to=WORKSHOP,
    ),
    Story(
        reasons=("broken_promise", "information"),
        weight=0.5,
        where={"Nitra": 2.0},
        gone_to=WORKSHOP,
    ),
    Story(reasons=("information",), weight=0.2, gone_to=WORKSHOP),
    Story(reasons=("service_quality",), weight=0.8, gone_to={"competitor": 0.7, "freelancer": 0.3}),
    Story(
        reasons=("rudeness", "service_quality"),
        said=("better_offer",),
        weight=0.3,
        where={"Nitra": 2.0},
        gone_to={"competitor": 1.0},
    ),
    Story(reasons=("better_offer", "price_high"), weight=0.6, gone_to={"competitor": 1.0}),
    Story(
        reasons=("need_ended",),
        weight=0.5,
        where={FLEET: 0.3, PRIVATE: 1.6},
        gone_to={"none": 1.0},
        sudden=True,
    ),
    Story(
        reasons=("moved_away",),
        weight=0.4,
        where={FLEET: 0.0, PRIVATE: 1.8},
        gone_to={"none": 1.0},
        sudden=True,
    ),
    Story(
        reasons=("customer_closed",),
        weight=0.35,
        where={PRIVATE: 0.0},
        gone_to={"none": 1.0},
        sudden=True,
    ),
    Story(
        reasons=("need_ended", "price_high"), weight=0.3, where={FLEET: 0.0}, gone_to={"none": 1.0}
    ),
    Story(reasons=("unknown",), weight=0.5, where={FLEET: 0.2}, gone_to={"none": 1.0}),
)

NOW = Churn(
    cells={
        ("Ing. Peter Hrušovský", "Bratislava – Ružinov"): (6, 4, 10),
        ("Jana Kováčiková", "Bratislava – Petržalka"): (5, 4, 7),
        ("Marek Oravec", "Trnava"): (3, 5, 5),
        ("Róbert Šimko", "Nitra"): (8, 9, 11),
        ("Lucia Bednárová", "Trenčín"): (1, 1, 6),
        ("Michal Gábor", "Žilina"): (3, 5, 6),
        ("Tomáš Lacko", "Martin"): (1, 1, 4),
        ("Zuzana Fábryová", "Banská Bystrica"): (4, 3, 4),
        ("Ján Petrík", "Zvolen"): (1, 4, 1),
        ("Katarína Slivková", "Poprad"): (2, 4, 5),
        ("Štefan Varga", "Košice – Juh"): (2, 3, 5),
        ("Ivana Hudáková", "Prešov"): (3, 1, 3),
    },
    first_number=1041,
    start=date(2025, 4, 1),
    end=date(2025, 12, 12),
    since=(2015, 2023),
    stories=STORIES,
    revenue={FLEET: (5_400, 14_800), FIRM: (1_300, 3_400), PRIVATE: (380, 1_150)},
    orders={FLEET: 17, FIRM: 10, PRIVATE: 6},
    lead=(140, 210),
    stages={
        "Objednanie termínu": 0.35,
        "Cenová ponuka": 0.25,
        "Opakovaná návšteva": 0.3,
        "Predĺženie rámcovej zmluvy": 0.1,
    },
    competitors={
        "AutoKlub Servis": 0.4,
        "Rýchly box": 0.3,
        "Karpaty Auto": 0.2,
        "MotoCentrum Váh": 0.1,
    },
    returns={"freelancer": 0.9, "competitor": 0.1, "in_house": 0.12},
    offers={
        "Predĺžená záruka na opravu": 0.4,
        "Pevná cena vopred": 0.3,
        "Náhradné vozidlo zdarma": 0.2,
        "Zľava 10 %": 0.1,
    },
    complained=0.11,
    interviewed={FLEET: 0.95, FIRM: 0.5, PRIVATE: 0.3},
    slips={"information": "Nedostatok inforácií", "service_quality": "Kvlita servisu"},
    strata=("segment",),
)
