"""Segments, needs, deals and control points of the IT firm."""

from datetime import date

from data_samples.generate.segmentation_spec import Contacts, Dealing, Segment, Segmentation

ERP, LICENCES = "Внедрение учётной системы", "Лицензии на ПО"
SUPPORT, CLOUD = "Техническая поддержка", "Облачный сервер"
SECURITY, INTEGRATION = "Информационная безопасность", "Доработка и интеграция"
TRAINING, REPORTING = "Обучение пользователей", "Управленческая отчётность"
PRODUCTS = (ERP, LICENCES, SUPPORT, CLOUD, SECURITY, INTEGRATION, TRAINING, REPORTING)

LARGE_MAKER = "Крупные производственные предприятия"
B2B, B2C = "Крупные торговые компании B2B", "Крупные торговые компании B2C"
CATERING, SMALL_TRADE = "Сети общественного питания", "Малые и средние торговые компании"
SMALL_MAKER, SCHOOLS = "Малые и средние производства", "Крупные учебные заведения"
RETAIL = "Мелкие розничные клиенты"

SEGMENTS = (
    Segment(
        name=LARGE_MAKER,
        purpose="Комплексные проекты: один подрядчик на учёт, поддержку и безопасность",
        conditions={"industry": "производство", "has_branches": "yes", "employees": ">1000"},
        target=(ERP, SUPPORT, SECURITY, INTEGRATION, REPORTING),
        optional=(LICENCES, TRAINING),
    ),
    Segment(
        name=B2B,
        purpose="Единый учёт филиалов и отчётность для собственника",
        conditions={
            "industry": "торговля",
            "has_branches": "yes",
            "employees": ">1000",
            "customer_type": "юридические лица",
        },
        target=(SUPPORT, INTEGRATION, CLOUD, REPORTING),
        optional=(SECURITY, LICENCES),
    ),
    Segment(
        name=B2C,
        purpose="Бесперебойная работа касс и защита данных покупателей",
        conditions={
            "industry": "торговля",
            "has_branches": "yes",
            "employees": ">1000",
            "customer_type": "физические лица",
        },
        target=(SUPPORT, CLOUD, SECURITY, REPORTING),
        optional=(LICENCES, INTEGRATION),
    ),
    Segment(
        name=CATERING,
        purpose="Быстрое открытие новых точек: облако и обучение под ключ",
        conditions={
            "industry": "общественное питание",
            "has_branches": "yes",
            "employees": ">500",
        },
        target=(SUPPORT, CLOUD, TRAINING),
        optional=(LICENCES, REPORTING),
    ),
    Segment(
        name=SMALL_TRADE,
        purpose="Типовое решение без собственного ИТ-отдела, продажа по телефону",
        conditions={"industry": "торговля", "employees": "<150"},
        target=(LICENCES, SUPPORT, CLOUD),
        optional=(TRAINING, INTEGRATION),
    ),
    Segment(
        name=SMALL_MAKER,
        purpose="Первая учётная система на производстве, вход через обследование",
        conditions={"industry": "производство", "employees": "<150"},
        target=(ERP, LICENCES, SUPPORT),
        optional=(TRAINING, INTEGRATION),
    ),
    Segment(
        name=SCHOOLS,
        purpose="Годовые контракты на лицензии и обучение, сезон — июнь и август",
        conditions={"industry": "образование", "founded_year": ">1990"},
        target=(LICENCES, TRAINING),
        optional=(SUPPORT, CLOUD),
    ),
    Segment(
        name=RETAIL,
        purpose=None,
        conditions={"employees": "<20"},
        target=(LICENCES,),
        optional=(SUPPORT,),
    ),
)

LARGE = (LARGE_MAKER, B2B, B2C, CATERING)
SMALL = (SMALL_TRADE, SMALL_MAKER, SCHOOLS, RETAIL)

DEALING = Dealing(
    since=date(2024, 2, 1),
    stages=(
        *("Презентация", "Коммерческое предложение", "Договор", "Оплата", "Поставка"),
        "Закрытие",
    ),
    recorded=0.85,
    lost=dict.fromkeys(LARGE, 0.5) | dict.fromkeys(SMALL, 0.45),
    open=dict.fromkeys(LARGE, 0.45) | dict.fromkeys(SMALL, 0.22),
    reasons=(
        {"Нет потребности": 0.5, "Нет бюджета": 0.3, "Не дошли до руководителя": 0.2},
        {
            "Дорого": 0.5,
            "Выбрали конкурента": 0.25,
            "Нет бюджета": 0.15,
            "Долго ждали": 0.1,
        },
        {"Не согласовали договор": 0.5, "Долго ждали": 0.3, "Выбрали конкурента": 0.2},
        {"Заморозили бюджет": 0.7, "Сменился руководитель": 0.3},
        {"Сорван срок": 0.6, "Не устроило качество": 0.4},
        {"Не устроило качество": 1.0},
    ),
    sources={
        "Действующий клиент": 0.45,
        "Рекомендация": 0.2,
        "Сайт": 0.15,
        "Выставка": 0.1,
        "Холодный звонок": 0.1,
    },
    competitors=("Собственный ИТ-отдел", "Местный интегратор", "Федеральный вендор", "Фрилансер"),
    overdue={"Денис Кочетков": 0.6, "Анна Мельник": 0.1},
    without_step=0.22,
    deal_format="С-{:04d}",
    untouched=((SMALL_TRADE, CLOUD),),
)

CONTACTS = Contacts(
    points=(
        ("Протокол встречи отправлен", False),
        ("Срок действия предложения", True),
        ("Срок оплаты счёта", True),
        ("Дата поставки или мероприятия", True),
        ("Опрос удовлетворённости", False),
        ("Дополнительное соглашение", True),
        ("Вторая попытка после неудачной презентации", True),
        ("Предельный интервал между контактами", False),
    ),
    count=380,
    overdue={"Денис Кочетков": 0.42, "Ольга Рябова": 0.05, "Игорь Савельев": 0.03},
)

PLAN = Segmentation(segments=SEGMENTS, products=PRODUCTS, dealing=DEALING, contacts=CONTACTS)
