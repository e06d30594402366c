"""The dealers that the Russian maker lost.

Planted: price is named most often, but late deliveries to the large Siberian dealers carry the
lost revenue; late delivery and silence about it come together.  Yudina works in Siberia, where
most dealers leave, and keeps them better than her colleague there; Sokolova has the quiet Urals
and loses more than it takes.
"""

from dataclasses import replace
from datetime import date

from data_samples.generate.churn_spec import Churn, Story
from data_samples.generate.spec import Layout

LAYOUT = Layout(
    table="lost_customers",
    file="lost_customers.csv",
    encoding="cp1251",
    columns=(
        *("customer_id", "segment", "region", "manager", "start_date", "lost_date", "stage"),
        *("stated_reasons", "reasons", "verified", "exit_interview", "complained"),
        *("destination", "competitor", "annual_revenue", "offer_used", "returned_date"),
    ),
    duplicates=1,
    blank_rows=2,
    untidy=0.05,
)

BIG, MIDDLE, SMALL = "Крупный дилер", "Средний дилер", "Малый дилер"
EAST = ("Сибирь", "Дальний Восток")
RIVAL = {"competitor": 0.9, "none": 0.1}
MIXED = {"competitor": 0.55, "freelancer": 0.3, "in_house": 0.15}
NOBODY = {"none": 1.0}

STORIES = (
    Story(
        reasons=("late_delivery", "information"),
        said=("price_high",),
        weight=2.4,
        where={"Сибирь": 3.0, BIG: 3.5, MIDDLE: 1.2, SMALL: 0.4},
        gone_to=RIVAL,
    ),
    Story(
        reasons=("late_delivery", "information"),
        weight=0.5,
        where={"Сибирь": 3.0, BIG: 3.0, SMALL: 0.5},
        gone_to=RIVAL,
    ),
    Story(
        reasons=("late_delivery",),
        weight=0.8,
        where={"Сибирь": 3.0, BIG: 6.0, MIDDLE: 1.5, SMALL: 0.4},
        gone_to=RIVAL,
    ),
    Story(reasons=("information", "payment_terms"), weight=0.25, gone_to=RIVAL),
    Story(
        reasons=("price_high",),
        weight=1.8,
        where={"Сибирь": 0.8, SMALL: 2.6, MIDDLE: 0.6, BIG: 0.05},
        gone_to=MIXED,
    ),
    Story(
        reasons=("price_high", "payment_terms"),
        weight=1.1,
        where={SMALL: 1.8, BIG: 0.3},
        gone_to={"competitor": 0.6, "freelancer": 0.4},
    ),
    Story(
        reasons=("after_sales", "product_quality"),
        said=("better_offer",),
        weight=1.1,
        where={SMALL: 1.4, BIG: 0.4},
        gone_to=MIXED,
    ),
    Story(reasons=("product_quality",), weight=0.5, gone_to=RIVAL),
    Story(
        reasons=("forgotten",),
        said=("price_high",),
        weight=1.2,
        where={"Урал": 2.0, "Поволжье": 1.5, BIG: 0.5},
        gone_to=RIVAL,
    ),
    Story(reasons=("rudeness",), said=("better_offer",), weight=0.35, gone_to=RIVAL),
    Story(
        reasons=("better_offer", "price_high"),
        weight=0.5,
        where={SMALL: 1.5, BIG: 0.3},
        gone_to={"competitor": 1.0},
    ),
    Story(
        reasons=("customer_closed",),
        weight=0.55,
        where={SMALL: 1.5, BIG: 0.0},
        gone_to=NOBODY,
        sudden=True,
    ),
    Story(
        reasons=("need_ended",),
        weight=0.4,
        where={BIG: 0.2},
        gone_to={"in_house": 0.3, "none": 0.7},
    ),
    Story(
        reasons=("need_ended", "price_high"),
        weight=0.3,
        where={BIG: 0.0},
        gone_to={"in_house": 1.0},
    ),
    Story(reasons=("unknown",), weight=0.4, where={BIG: 0.2}, gone_to=NOBODY, sudden=True),
)

NOW = Churn(
    cells={
        ("Юдина О. Н.", "Сибирь"): (3, 3, 4),
        ("Чернышёв П. В.", "Сибирь"): (3, 8, 15),
        ("Чернышёв П. В.", "Дальний Восток"): (0, 2, 1),
        ("Соколова И. С.", "Урал"): (1, 1, 2),
        ("Мальцев Д. Ю.", "Урал"): (0, 1, 1),
        ("Мальцев Д. Ю.", "Центр"): (1, 1, 2),
        ("Лаптев К. М.", "Центр"): (0, 1, 2),
        ("Лаптев К. М.", "Юг"): (0, 1, 3),
        ("Никонова Е. А.", "Юг"): (0, 1, 2),
        ("Никонова Е. А.", "Поволжье"): (1, 1, 3),
        ("Гарипов Р. Ф.", "Поволжье"): (0, 1, 3),
    },
    first_number=181,
    start=date(2025, 2, 10),
    end=date(2025, 12, 12),
    since=(2014, 2023),
    stories=STORIES,
    revenue={
        BIG: (5_200_000, 12_400_000),
        MIDDLE: (1_500_000, 3_600_000),
        SMALL: (260_000, 980_000),
    },
    orders={BIG: 22, MIDDLE: 15, SMALL: 11},
    lead=(95, 150),
    stages={
        "Повторная закупка": 0.5,
        "Согласование графика поставок": 0.2,
        "Продление договора": 0.2,
        "Коммерческое предложение": 0.1,
    },
    competitors={
        "ТД «Садовник-Опт»": 0.4,
        "ГК «Техномир»": 0.3,
        "«Агромоторс»": 0.2,
        "«Сибсадтехника»": 0.1,
    },
    returns={"freelancer": 0.88, "competitor": 0.08, "in_house": 0.2},
    offers={
        "Гарантия срока поставки": 0.4,
        "Отсрочка 30 дней": 0.3,
        "Скидка 5 %": 0.2,
        "Выезд сервисной бригады": 0.1,
    },
    complained=0.13,
    interviewed={BIG: 1.0, MIDDLE: 0.85, SMALL: 0.55},
    slips={"late_delivery": "Срыв сроков потсавки", "product_quality": "Качесво продукта"},
    strata=("region", "segment"),
    name_stems=(
        *("Ангара", "Бирюса", "Васюган", "Горизонт", "Енисей", "Заимка", "Колос", "Лесная речка"),
        *("Мокша", "Оазис", "Подворье", "Саяны"),
    ),
)

BEFORE = Churn(
    cells={
        ("Юдина О. Н.", "Сибирь"): (0, 2, 4),
        ("Чернышёв П. В.", "Сибирь"): (0, 2, 5),
        ("Соколова И. С.", "Урал"): (0, 1, 5),
        ("Мальцев Д. Ю.", "Урал"): (0, 2, 4),
        ("Лаптев К. М.", "Центр"): (0, 2, 3),
        ("Никонова Е. А.", "Поволжье"): (1, 1, 3),
        ("Гарипов Р. Ф.", "Поволжье"): (0, 1, 3),
    },
    first_number=301,
    start=date(2024, 1, 15),
    end=date(2024, 12, 20),
    since=NOW.since,
    stories=tuple(
        replace(story, weight=0.3 * story.weight) if "late_delivery" in story.reasons else story
        for story in STORIES
    ),
    revenue=NOW.revenue,
    orders=NOW.orders,
    lead=NOW.lead,
    stages=NOW.stages,
    competitors=NOW.competitors,
    returns=NOW.returns,
    offers=NOW.offers,
    complained=NOW.complained,
    interviewed={BIG: 1.0, MIDDLE: 0.4, SMALL: 0.3},
    slips={},
    strata=NOW.strata,
    in_books=False,
)
