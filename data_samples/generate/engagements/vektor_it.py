"""An IT firm that sells software and its upkeep to companies (Russian).

Planted: some small trading companies keep their accounts in the cloud and nobody offers it to the
others; the growth of one manager is repeat sales alone; a large retail chain that was invoiced
every month has been silent since summer; one manager forgets control points; small makers cost
more to serve than they bring.
"""

from datetime import date

from data_samples.generate.business_spec import (
    Business,
    CostToServe,
    Lives,
    Pocket,
    Seller,
    Service,
    Silent,
)
from data_samples.generate.engagements import vektor_answers
from data_samples.generate.engagements import vektor_deals as deals
from data_samples.generate.engagements.vektor_customers import GIVEN, KINDS
from data_samples.generate.engagements.vektor_names import STEMS
from data_samples.generate.spec import Layout

SERVICES = (
    Service(name=deals.ERP, rhythm="project", price=1_500_000, power=0.5, margin=0.38),
    Service(name=deals.LICENCES, rhythm="yearly", price=210_000, power=0.6, margin=0.14),
    Service(
        name=deals.SUPPORT, rhythm="monthly", price=44_000, power=0.6, margin=0.47, spread=0.05
    ),
    Service(name=deals.CLOUD, rhythm="monthly", price=46_000, power=0.42, margin=0.31, spread=0.04),
    Service(
        name=deals.SECURITY, rhythm="monthly", price=40_000, power=0.55, margin=0.42, spread=0.06
    ),
    Service(
        name=deals.INTEGRATION,
        rhythm="occasional",
        price=160_000,
        power=0.55,
        margin=0.44,
        spread=0.5,
    ),
    Service(
        name=deals.TRAINING, rhythm="occasional", price=64_000, power=0.4, margin=0.52, spread=0.3
    ),
    Service(
        name=deals.REPORTING, rhythm="monthly", price=46_000, power=0.5, margin=0.45, spread=0.06
    ),
)

SELLERS = (
    Seller(name="Ольга Рябова", weight=1.0, growth=1.01),
    Seller(name="Игорь Савельев", weight=2.2, growth=1.13, settled=True),
    Seller(name="Анна Мельник", weight=1.1, growth=1.02),
    Seller(name="Денис Кочетков", weight=1.0, growth=0.97),
    Seller(name="Тимур Галеев", weight=1.0, growth=1.0),
)

LAYOUTS = (
    Layout(
        table="customers",
        file="customers.xlsx",
        sheet="Контрагенты",
        columns=(
            *("customer_id", "name", "industry", "activity", "customer_type", "has_branches"),
            *("employees", "founded_year", "region", "manager", "registered_date"),
        ),
        headings={"manager": "Ответственный", "employees": "Численность"},
        title="Контрагенты, выгрузка из CRM 12.01.2026",
        duplicates=2,
        blank_rows=2,
        untidy=0.05,
        text_dates=0.2,
    ),
    Layout(
        table="sales",
        file="sales.csv",
        encoding="cp1251",
        columns=(
            *("document_id", "date", "customer_id", "product", "kind", "amount", "margin"),
            "manager",
        ),
        headings={
            "date": "Дата",
            "document_id": "Документ",
            "customer_id": "Контрагент",
            "product": "Услуга",
            "amount": "Сумма продажи",
            "kind": "Операция",
            "manager": "Ответственный",
        },
        blank_rows=3,
        untidy=0.02,
    ),
    Layout(
        table="segments",
        file="segments.xlsx",
        sheet="Правила",
        columns=(
            *("order", "segment", "industry", "has_branches", "employees", "customer_type"),
            *("founded_year", "purpose"),
        ),
        headings={"order": "№ п/п", "industry": "Отрасль/деятельность", "purpose": "Зачем"},
        title="Сегменты компании, утверждены 03.02.2025",
    ),
    Layout(
        table="targets",
        file="targets.xlsx",
        sheet="Матрица",
        columns=("segment", *deals.PRODUCTS),
        untidy=0.1,
    ),
    Layout(
        table="offers",
        file="offers.xlsx",
        sheet="Сделки",
        columns=(
            *("deal_id", "date", "customer_id", "product", "stage", "status", "manager"),
            *("due_date", "amount", "source", "reason", "competitor"),
        ),
        title="События сделок, 2024–2025",
        untidy=0.03,
        text_dates=0.15,
    ),
    Layout(
        table="control_points",
        file="control_points.csv",
        encoding="cp1251",
        columns=("point", "customer_id", "product", "manager", "due_date", "done_date"),
        untidy=0.03,
        blank_rows=1,
    ),
    Layout(
        table="service_costs",
        file="service_costs.csv",
        encoding="cp1251",
        columns=("customer_id", "period", "amount"),
    ),
    vektor_answers.LAYOUT,
)

BUSINESS = Business(
    id="vektor-it",
    language="ru",
    as_of=date(2025, 12, 31),
    first_day=date(2023, 1, 1),
    id_format="{:05d}",
    kinds=KINDS,
    given=GIVEN,
    stems=STEMS,
    regions={
        "Нижний Новгород": 0.35,
        "Казань": 0.2,
        "Самара": 0.15,
        "Чебоксары": 0.12,
        "Пенза": 0.1,
        "Владимир": 0.08,
    },
    services=SERVICES,
    default=deals.SUPPORT,
    sellers=SELLERS,
    lives=Lives(potential=9, new=6, renewed=6, joined=16, left=17, leaver_size=450),
    silent=Silent(
        rank=24,
        manager="Тимур Галеев",
        last=date(2025, 7, 31),
        services=(deals.SUPPORT, deals.CLOUD, deals.SECURITY, deals.REPORTING, deals.INTEGRATION),
    ),
    pocket=Pocket(segment=deals.SMALL_TRADE, service=deals.CLOUD, buyers=9),
    plan=deals.PLAN,
    answers=vektor_answers.PLAN,
    costs=CostToServe(usual=(0.12, 0.4), segment=deals.SMALL_MAKER, dear=(0.9, 1.6)),
    layouts=LAYOUTS,
)
