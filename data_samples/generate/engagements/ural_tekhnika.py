"""A maker of small farm and garden machines that sells through dealers (Russian).

Planted: deliveries to Siberia got worse between the two waves, so the index fell; delivery
times drive the recommendation; the staff think better of deliveries than the dealers do.
"""

from datetime import date

from data_samples.generate.engagements import ural_churn
from data_samples.generate.engagements.ural_touchpoints import POINTS
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
    count=180,
    id_format="Д-{:03d}",
    territories={
        "Урал": 0.27,
        "Поволжье": 0.22,
        "Сибирь": 0.22,
        "Центр": 0.14,
        "Юг": 0.11,
        "Дальний Восток": 0.04,
    },
    segments=("Крупный дилер", "Средний дилер", "Малый дилер"),
    industries=("Магазин техники", "Садовый центр", "Стройматериалы", "Агроснабжение", "Сервис"),
    names=(),
    name_forms=(
        "ООО «{}»",
        "ООО «{}-Техника»",
        "ООО ТД «{}»",
        "ООО «{}-Агро»",
        "ИП, магазин «{}»",
        "ИП, садовый центр «{}»",
    ),
    name_stems=(
        *("Исеть", "Нива", "Пласт", "Увал", "Заречье", "Иртыш", "Кама", "Степь", "Хутор", "Рубеж"),
        *("Берёзка", "Родник", "Уклад", "Тобол", "Сосновка", "Каскад", "Вектор", "Меридиан"),
        *(
            "Хозяин",
            "Лугань",
            "Ермак",
            "Белая река",
            "Чусовая",
            "Полюс",
            "Кедр",
            "Магистраль",
            "Урожай",
        ),
        *("Алтын", "Борозда", "Усадьба", "Дачник"),
    ),
    concentration=0.62,
    orders_per_year=(3.0, 28.0),
    ticket=(0.7, 3.6),
    season=(0.5, 0.7, 1.4, 2.0, 2.2, 1.5, 1.0, 0.8, 0.8, 1.0, 0.9, 0.6),
    new_share=0.14,
    lost_share=0.09,
    people=(1, 4),
)

MANAGERS = (
    Manager(name="Соколова И. С.", territories=("Урал",), effect=0.9),
    Manager(name="Мальцев Д. Ю.", territories=("Урал", "Центр"), effect=0.1),
    Manager(name="Гарипов Р. Ф.", territories=("Поволжье",)),
    Manager(name="Никонова Е. А.", territories=("Поволжье", "Юг"), effect=0.2),
    Manager(name="Чернышёв П. В.", territories=("Сибирь", "Дальний Восток"), effect=-0.4),
    Manager(name="Юдина О. Н.", territories=("Сибирь",)),
    Manager(name="Лаптев К. М.", territories=("Центр", "Юг"), effect=-0.1),
)

PRODUCTS = (
    Product(name="Мотоблоки", models=("Искра-5", "Тайга-70"), low=38_000, high=210_000, share=1.4),
    Product(name="Культиваторы", models=("Норка-40М", "Пчёлка-3"), low=22_000, high=120_000),
    Product(name="Газонокосилки", models=("Луговая-46", "Ласточка-38"), low=18_000, high=140_000),
    Product(name="Снегоуборщики", models=("Пурга-60", "Метель-55"), low=45_000, high=240_000),
    Product(name="Навесное и запчасти", models=("Тайга-70", "Норка-40М"), low=6_000, high=70_000),
)

PARAMETERS = (
    Parameter(name="Сроки поставки", mean=3.5, weight=1.15, staff=4.4),
    Parameter(name="Цена", mean=3.7, weight=0.30, staff=3.6),
    Parameter(name="Ассортимент", mean=4.2, weight=0.10, staff=4.1),
    Parameter(name="Условия оплаты", mean=3.9, weight=0.15, staff=3.8),
    Parameter(name="Качество техники", mean=4.1, weight=0.45, staff=4.5),
    Parameter(name="Сервис и запчасти", mean=2.95, weight=0.30, staff=4.0),
    Parameter(name="Работа менеджера", mean=4.3, weight=0.20, staff=4.3),
)

WORRIES = {
    "delivery": 0.24,
    "availability": 0.16,
    "price": 0.14,
    "quality": 0.10,
    "communication": 0.09,
    "complaints": 0.08,
    "payment": 0.05,
    "staff": 0.03,
    "competence": 0.03,
    "speed": 0.03,
    "assortment": 0.02,
    "documents": 0.02,
    "digital": 0.02,
    "access": 0.01,
}
JOYS = {
    "quality": 0.26,
    "staff": 0.2,
    "delivery": 0.1,
    "price": 0.1,
    "assortment": 0.1,
    "communication": 0.1,
    "competence": 0.05,
    "complaints": 0.04,
    "payment": 0.04,
    "availability": 0.03,
    "speed": 0.03,
    "documents": 0.02,
    "digital": 0.02,
    "access": 0.01,
}

PLANNED = (
    Planned(question="improvement", text="=1+1 десятка :)"),
    Planned(question="reason", text="<b>ДОСТАВКА!!!</b> ждём с октября", themes=("delivery",)),
    Planned(
        question="improvement",
        text="Верните скидку {{7*7}} % и отсрочку",
        themes=("price", "payment"),
    ),
    Planned(
        question="improvement",
        text="Перезвоните мне по поводу возврата брака: +7 912 555-01-23, Сергей",
        themes=("complaints",),
    ),
    Planned(
        question="reason",
        text="Путаница в документах, счета шлите на sklad@agro-primer.example",
        themes=("documents",),
    ),
    Planned(
        question="reason",
        text='- «Пурга-60» хороша; доставка — никуда; запчастей "нет в наличии"',
        themes=("quality", "delivery", "availability"),
    ),
)

NOW = Wave(
    label="2025-Q4",
    start=date(2025, 10, 13),
    end=date(2025, 12, 5),
    answers=322,
    base=8.45,
    missing=6,
    worries=WORRIES,
    joys=JOYS,
    effects={"Сибирь": -1.3, "Дальний Восток": -0.5},
    planned=PLANNED,
)
BEFORE = Wave(
    label="2025-Q2",
    start=date(2025, 4, 14),
    end=date(2025, 6, 6),
    answers=306,
    base=8.8,
    missing=4,
    worries=WORRIES | {"delivery": 0.10, "price": 0.2},
    joys=JOYS,
    effects={"Дальний Восток": -0.4},
)

SURVEY = (
    *("respondent_id", "date", "customer_id", "segment", "manager", "product", "channel"),
    *("score", "reason", "improvement", "revenue"),
)
MARKS = ("respondent_id", "side", "customer_id", "date", "product", "parameter", "mark")

LAYOUTS = (
    Layout(
        table="survey",
        file="survey.csv",
        columns=SURVEY,
        encoding="cp1251",
        title="Опрос дилеров, IV квартал 2025 года",
        duplicates=5,
        blank_rows=3,
        untidy=0.06,
    ),
    Layout(table="satisfaction", file="satisfaction.csv", columns=MARKS, encoding="utf-8-sig"),
    Layout(
        table="touchpoints",
        file="touchpoints.xlsx",
        sheet="Точки контакта",
        columns=("category", "touchpoint", "rater", "date", "mark", "comment"),
        title="Аудит точек контакта: три тайных покупателя",
    ),
    Layout(
        table="complaints",
        file="complaints.csv",
        encoding="cp1251",
        columns=(
            *("complaint_id", "date", "customer_id", "product", "category", "registered"),
            *("cause_found", "cause_removed", "process_mended", "closed_date"),
        ),
        untidy=0.03,
    ),
    Layout(
        table="customers",
        file="customers.csv",
        columns=(
            *("customer_id", "name", "segment", "industry", "employees", "founded_year"),
            *("region", "manager", "registered_date"),
        ),
        untidy=0.02,
        blank_rows=1,
    ),
    Layout(
        table="sales",
        file="sales.xlsx",
        sheet="Продажи",
        columns=(
            *("date", "document_id", "kind", "customer_id", "product", "manager", "amount"),
            "recommended_by",
        ),
        title="Отгрузки дилерам, 2024–2025, руб. с НДС",
        total="Итого",
    ),
    ural_churn.LAYOUT,
)

SPEC = Spec(
    id="ural-tekhnika",
    language="ru",
    as_of=date(2025, 12, 31),
    market=MARKET,
    managers=MANAGERS,
    products=PRODUCTS,
    parameters=PARAMETERS,
    waves=(NOW,),
    channels={"Телефон": 0.5, "Электронная почта": 0.35, "Личная встреча": 0.15},
    survey_segment="region",
    respondent_format="{:04d}",
    comment_share=0.62,
    marked_share=0.72,
    staff_count=22,
    audit=Audit(raters=("ТП-1", "ТП-2", "ТП-3"), day=date(2025, 11, 20), points=POINTS),
    register=Register(
        count=148,
        start=date(2024, 9, 2),
        categories={
            "Срок поставки": 0.38,
            "Брак": 0.22,
            "Нет запчастей": 0.16,
            "Комплектность": 0.1,
            "Документы": 0.08,
            "Поведение сотрудника": 0.06,
        },
        steps=(0.86, 0.72, 0.66, 0.4),
    ),
    churn=ural_churn.NOW,
    layouts=LAYOUTS,
    expected_verdict="down",
    earlier=Earlier(
        id="ural-tekhnika-2025-q2",
        wave=BEFORE,
        audit=Audit(
            raters=("ТП-1", "ТП-2", "ТП-3"),
            day=date(2025, 5, 22),
            points=tuple(
                (category, point, lean + (0.6 if point.startswith("Доставка") else 0.05), "")
                for category, point, lean, _ in POINTS
            ),
        ),
        layouts=(
            Layout(
                table="survey",
                file="survey.csv",
                columns=SURVEY[:-1],
                encoding="cp1251",
                duplicates=2,
                untidy=0.05,
            ),
            Layout(
                table="touchpoints",
                file="touchpoints.xlsx",
                sheet="Точки контакта",
                columns=("category", "touchpoint", "rater", "date", "mark", "comment"),
            ),
            ural_churn.LAYOUT,
        ),
        churn=ural_churn.BEFORE,
    ),
    coders=("Панкратова", "Юсупов"),
    coded_share=0.3,
)
