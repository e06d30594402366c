"""Segments, needs, offers and control points of the Slovak car service.

Planted: only fleets and firms get offers; Nitra forgets its control points.
"""

from datetime import date

from data_samples.generate.segmentation_spec import Contacts, Dealing, Segment, Segmentation
from data_samples.generate.spec import Layout

REPAIR, UPKEEP, TYRES = "Mechanická oprava", "Pravidelný servis", "Pneuservis"
AIR, BODY = "Klimatizácia", "Karoséria a lak"
FLEETS, CARRIERS, BUILDERS = "Dopravcovia s veľkým parkom", "Malí dopravcovia", "Stavebné firmy"
TRADE, PRIVATE = "Obchod a služby s vlastnými autami", "Súkromné osoby"

SEGMENTS = (
    Segment(
        name=FLEETS,
        purpose="Zmluvný servis s termínom do 48 hodín a náhradným vozidlom",
        conditions={"industry": "Doprava", "employees": ">50"},
        target=(REPAIR, UPKEEP, TYRES),
        optional=(AIR, BODY),
    ),
    Segment(
        name=CARRIERS,
        purpose="Balík prezutia a prehliadky za paušál",
        conditions={"industry": "Doprava", "employees": "<50"},
        target=(REPAIR, TYRES),
        optional=(UPKEEP,),
    ),
    Segment(
        name=BUILDERS,
        purpose="Oprava počas zimnej prestávky, odvoz zo stavby",
        conditions={"industry": "Stavebníctvo"},
        target=(REPAIR, UPKEEP),
        optional=(TYRES, BODY),
    ),
    Segment(
        name=TRADE,
        purpose=None,
        conditions={"industry": "Obchod; Služby", "employees": ">20"},
        target=(UPKEEP, TYRES),
        optional=(AIR,),
    ),
    Segment(
        name=PRIVATE,
        purpose="Prezutie ako príležitosť na pravidelný servis",
        conditions={"customer_type": "fyzická osoba"},
        target=(UPKEEP, TYRES),
        optional=(REPAIR, AIR, BODY),
    ),
)

DEALING = Dealing(
    since=date(2025, 1, 7),
    stages=("Prezentácia", "Cenová ponuka", "Zmluva", "Platba", "Dodanie", "Uzavretie"),
    recorded=0.3,
    lost={FLEETS: 0.4, CARRIERS: 0.12, BUILDERS: 0.15, TRADE: 0.1},
    open={FLEETS: 0.35, CARRIERS: 0.1, BUILDERS: 0.12, TRADE: 0.1},
    reasons=(
        {"Nemá záujem": 0.7, "Má vlastnú dielňu": 0.3},
        {"Vysoká cena": 0.6, "Výhodnejšia ponuka inde": 0.4},
        {"Nedohodli sme sa na zmluve": 1.0},
        {"Odložené na budúci rok": 1.0},
        {"Nedodržaný termín": 1.0},
        {"Nedodržaný termín": 1.0},
    ),
    sources={"Stály zákazník": 0.6, "Odporúčanie": 0.2, "Web": 0.2},
    competitors=(),
    overdue={"Róbert Šimko": 0.5},
    round_to=10,
)

CONTACTS = Contacts(
    points=(
        ("Zápis zo stretnutia odoslaný", False),
        ("Platnosť cenovej ponuky", True),
        ("Splatnosť faktúry", True),
        ("Termín odovzdania vozidla", True),
        ("Prieskum spokojnosti", False),
        ("Dodatok k zmluve", False),
        ("Druhý pokus po neúspešnej prezentácii", True),
        ("Najdlhší čas bez kontaktu", False),
    ),
    count=160,
    overdue={"Róbert Šimko": 0.8},
    segments=(FLEETS, CARRIERS, BUILDERS),
)

PLAN = Segmentation(
    segments=SEGMENTS,
    products=(REPAIR, UPKEEP, TYRES, AIR, BODY),
    dealing=DEALING,
    contacts=CONTACTS,
    types=("právnická osoba", "fyzická osoba"),
)

BOOK = "intake.xlsx"
LAYOUTS = (
    Layout(
        table="segments",
        file=BOOK,
        sheet="Segmenty",
        columns=("order", "segment", "industry", "employees", "customer_type", "purpose"),
        title="Segmenty schválené vedením 14. 3. 2025",
    ),
    Layout(table="targets", file=BOOK, sheet="Cieľová matica", columns=("segment", *PLAN.products)),
    Layout(
        table="offers",
        file=BOOK,
        sheet="Ponuky",
        columns=(
            *("date", "customer_id", "product", "stage", "status", "manager", "due_date"),
            *("amount", "source", "reason"),
        ),
        blank_rows=1,
        untidy=0.03,
    ),
    Layout(
        table="control_points",
        file=BOOK,
        sheet="Kontrolné body",
        columns=("customer_id", "point", "product", "due_date", "done_date", "manager"),
        untidy=0.03,
        text_dates=0.1,
    ),
)
