"""A chain of twelve car service branches (Slovak).

Planted: communication during the repair drives the recommendation; after the chain began to
report on every repair the index rose; Nitra is the weakest branch, Poprad the best.
"""

from datetime import date

from data_samples.generate.engagements import (
    tatra_answers,
    tatra_churn,
    tatra_segments,
    tatra_statements,
)
from data_samples.generate.spec import (
    Audit,
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

BRANCHES = {
    "Bratislava – Ružinov": ("Ing. Peter Hrušovský", 0.15, 0.0),
    "Bratislava – Petržalka": ("Jana Kováčiková", 0.12, 0.0),
    "Trnava": ("Marek Oravec", 0.09, 0.1),
    "Nitra": ("Róbert Šimko", 0.09, -1.2),
    "Trenčín": ("Lucia Bednárová", 0.07, 0.1),
    "Žilina": ("Michal Gábor", 0.09, 0.0),
    "Martin": ("Tomáš Lacko", 0.06, -0.1),
    "Banská Bystrica": ("Zuzana Fábryová", 0.08, 0.2),
    "Zvolen": ("Ján Petrík", 0.05, 0.0),
    "Poprad": ("Katarína Slivková", 0.07, 0.75),
    "Košice – Juh": ("Štefan Varga", 0.08, -0.1),
    "Prešov": ("Ivana Hudáková", 0.05, -0.4),
}

MARKET = Market(
    count=1040,
    id_format="{:06d}",
    territories={branch: share for branch, (_, share, _) in BRANCHES.items()},
    segments=("Vozový park", "Firma", "Súkromná osoba", "Súkromná osoba", "Súkromná osoba"),
    industries=("Doprava", "Obchod", "Stavebníctvo", "Služby"),
    household="Domácnosť",
    names=(),
    concentration=0.42,
    orders_per_year=(0.9, 13.0),
    ticket=(0.8, 2.6),
    season=(0.8, 0.8, 1.3, 1.6, 1.0, 0.9, 0.8, 0.8, 0.9, 1.5, 1.6, 0.9),
    new_share=0.22,
    lost_share=0.14,
    recommended_share=0.3,
    round_to=1,
)

MANAGERS = tuple(
    Manager(name=name, territories=(branch,), effect=effect)
    for branch, (name, _, effect) in BRANCHES.items()
)

CARS = ("Fabiu", "Octaviu", "Golf", "Ceed", "Duster")
PRODUCTS = (
    Product(name="Mechanická oprava", models=CARS, low=90, high=780, share=1.6),
    Product(name="Pravidelný servis", models=CARS, low=110, high=390, share=1.8),
    Product(name="Pneuservis", models=CARS, low=35, high=420, share=1.6),
    Product(name="Klimatizácia", models=CARS, low=55, high=190, share=0.6),
    Product(name="Karoséria a lak", models=CARS, low=180, high=1600, share=0.5),
)

PARAMETERS = (
    Parameter(name="Komunikácia počas opravy", mean=3.7, weight=1.20, staff=4.5),
    Parameter(name="Cena", mean=3.4, weight=0.30, staff=3.7),
    Parameter(name="Rýchlosť vybavenia", mean=3.8, weight=0.40, staff=4.1),
    Parameter(name="Kvalita opravy", mean=4.3, weight=0.40, staff=4.6),
    Parameter(name="Odbornosť personálu", mean=4.2, weight=0.20, staff=4.5),
    Parameter(name="Doplnkové služby", mean=4.0, weight=0.10, staff=3.7),
)

WORRIES = {
    "communication": 0.2,
    "price": 0.22,
    "speed": 0.16,
    "quality": 0.12,
    "availability": 0.12,
    "competence": 0.06,
    "complaints": 0.03,
    "staff": 0.03,
    "digital": 0.02,
    "access": 0.02,
    "documents": 0.01,
    "payment": 0.01,
    "assortment": 0.01,
    "delivery": 0.01,
}
JOYS = {
    "staff": 0.22,
    "communication": 0.18,
    "quality": 0.18,
    "speed": 0.16,
    "competence": 0.08,
    "price": 0.06,
    "access": 0.04,
    "availability": 0.03,
    "digital": 0.03,
    "complaints": 0.02,
}

PLANNED = (
    Planned(
        question="reason",
        text="Nikto mi nezavolal. Moje číslo je +421 900 000 417, ozvite sa!",
        themes=("communication",),
    ),
    Planned(
        question="improvement",
        text="cenník poslať na jozef.vzor@priklad.example pred opravou",
        themes=("price",),
    ),
    Planned(question="improvement", text='=HYPERLINK("http://priklad.example";"klik")'),
    Planned(
        question="reason",
        text="<script>alert('drahé')</script> vtip, ale ceny nie sú",
        themes=("price",),
    ),
    Planned(question="reason", text="🚗🔧 dlhé čakanie 😡", themes=("speed",)),
    Planned(
        question="improvement",
        text="lepsia komunikacia, nizsie ceny a kratsie terminy",
        themes=("communication", "price", "availability"),
    ),
)

WAVES = (
    Wave(
        label="2024-H2",
        start=date(2024, 10, 1),
        end=date(2024, 11, 29),
        answers=285,
        base=8.15,
        missing=4,
        worries=WORRIES | {"communication": 0.34},
        joys=JOYS | {"communication": 0.08},
        effects={"Nitra": -0.3},
    ),
    Wave(
        label="2025-H1",
        start=date(2025, 4, 1),
        end=date(2025, 5, 30),
        answers=296,
        base=8.2,
        missing=5,
        worries=WORRIES | {"communication": 0.3},
        joys=JOYS | {"communication": 0.1},
        effects={"Nitra": -0.3},
    ),
    Wave(
        label="2025-H2",
        start=date(2025, 10, 1),
        end=date(2025, 11, 28),
        answers=324,
        base=8.75,
        missing=5,
        worries=WORRIES,
        joys=JOYS,
        effects={"Nitra": -0.3},
        planned=PLANNED,
    ),
)

POINTS = (
    ("Firma", "Web a online objednávka", -0.3, "Kalendár ponúkal termín, ktorý už bol obsadený"),
    ("Firma", "Telefonická linka", -0.1, ""),
    ("Firma", "Označenie a príjazd k pobočke", 0.3, ""),
    ("Firma", "Parkovanie", -0.5, "V Ružinove sa nedá zastaviť ani na preberanie"),
    ("Firma", "Čakáreň", 0.7, "Káva, zásuvky a výhľad na auto"),
    ("Firma", "Zákazkový list a faktúra", 0.0, ""),
    ("Produkt", "Vrátené auto – čistota", 0.4, ""),
    ("Produkt", "Obal a ukážka starých dielov", 0.6, "Staré diely ukázali bez vyzvania"),
    ("Produkt", "Záručný list", -0.2, ""),
    ("Produkt", "Servisná knižka", 0.1, ""),
    ("Služba", "Preberanie auta", -0.3, "Pri objednaní na ôsmu sa čakalo do pol deviatej"),
    ("Služba", "Správy o priebehu opravy", 0.7, "SMS s fotkou závady do hodiny"),
    ("Služba", "Cenová ponuka", -0.6, "Ponuka bez diagnostiky, doplatok až pri pokladni"),
    ("Služba", "Náhradné vozidlo", -0.7, ""),
    ("Služba", "Odovzdanie auta a vysvetlenie", 0.2, ""),
    ("Služba", "Vybavenie reklamácie", -0.2, ""),
    ("Zamestnanec", "Pozdrav a predstavenie", 0.5, ""),
    ("Zamestnanec", "Pracovný odev a menovka", 0.3, ""),
    ("Zamestnanec", "Odborné vysvetlenie", 0.4, ""),
    ("Zamestnanec", "Dodržanie sľubu", -0.1, ""),
    ("Zamestnanec", "Ochota pri zmene termínu", 0.1, ""),
)

BOOK = "intake.xlsx"
LAYOUTS = (
    Layout(
        table="survey",
        file=BOOK,
        sheet="Prieskum",
        columns=(
            *("respondent_id", "wave", "date", "customer_id", "segment", "manager", "product"),
            *("channel", "score", "reason", "improvement"),
        ),
        title="Prieskum spokojnosti zákazníkov – všetky pobočky",
        duplicates=4,
        blank_rows=2,
        untidy=0.04,
    ),
    Layout(
        table="satisfaction",
        file=BOOK,
        sheet="Spokojnosť",
        columns=("respondent_id", "date", "side", "customer_id", "product", "parameter", "mark"),
        title="Hodnotenie 1 (najhoršie) až 5 (najlepšie)",
    ),
    Layout(
        table="touchpoints",
        file=BOOK,
        sheet="Body kontaktu",
        columns=("rater", "date", "category", "touchpoint", "mark", "comment"),
    ),
    Layout(
        table="complaints",
        file=BOOK,
        sheet="Reklamácie",
        columns=(
            *("complaint_id", "customer_id", "date", "product", "category", "registered"),
            *("cause_found", "cause_removed", "process_mended", "closed_date"),
        ),
        untidy=0.03,
    ),
    Layout(
        table="customers",
        file=BOOK,
        sheet="Zákazníci",
        columns=(
            *("customer_id", "segment", "industry", "customer_type", "employees", "region"),
            *("manager", "registered_date"),
        ),
        blank_rows=1,
    ),
    Layout(
        table="sales",
        file=BOOK,
        sheet="Predaj",
        columns=(
            *("document_id", "date", "customer_id", "product", "amount", "kind", "manager"),
            "recommended_by",
        ),
        title="Vystavené doklady 2024 – 2025, EUR s DPH",
    ),
    tatra_churn.LAYOUT,
    *tatra_segments.LAYOUTS,
    tatra_answers.LAYOUT,
    tatra_statements.LAYOUT,
)

SPEC = Spec(
    id="tatra-servis",
    language="sk",
    as_of=date(2025, 12, 31),
    market=MARKET,
    managers=MANAGERS,
    products=PRODUCTS,
    parameters=PARAMETERS,
    waves=WAVES,
    channels={"SMS": 0.55, "E-mail": 0.3, "QR kód v pobočke": 0.15},
    survey_segment="region",
    respondent_format="Z{:05d}",
    comment_share=0.5,
    marked_share=0.8,
    staff_count=30,
    audit=Audit(
        raters=("MS1", "MS2", "MS3", "MS4"),
        day=date(2025, 11, 6),
        points=POINTS,
    ),
    register=Register(
        count=96,
        start=date(2024, 10, 1),
        categories={
            "Cena": 0.27,
            "Opakovaná porucha": 0.25,
            "Omeškanie": 0.2,
            "Komunikácia": 0.14,
            "Poškodenie vozidla": 0.08,
            "Správanie": 0.06,
        },
        steps=(0.9, 0.8, 0.74, 0.5),
    ),
    churn=tatra_churn.NOW,
    layouts=LAYOUTS,
    segmentation=tatra_segments.PLAN,
    answers=tatra_answers.PLAN,
    statements=tatra_statements.PLAN,
    expected_verdict="up",
    plain_ascii=0.35,
)
