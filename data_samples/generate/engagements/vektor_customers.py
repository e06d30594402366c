"""Customers of the IT firm by kind, and those that are as they are on purpose."""

from data_samples.generate.business_spec import Kind

FIRMS, PEOPLE = "юридические лица", "физические лица"
MAKING = (
    ("Производство", "металлообработка"),
    ("Производство", "мебель"),
    ("Производство", "упаковка"),
    ("АПК", "производство"),
)
TRADING = (
    ("Торговля", "стройматериалы"),
    ("Торговля", "продукты питания"),
    ("Торговля", "автозапчасти"),
    ("Импорт", "торговля"),
)
FEEDING = (
    ("Общественное питание", "столовые"),
    ("Общественное питание", "кофейни"),
    ("Услуги", "общественное питание"),
)
TEACHING = (("Образование", "частный вуз"), ("Образование", "учебный центр"))
SERVING = (("Услуги", "ателье"), ("Услуги", "ремонт обуви"), ("Услуги", "фотостудия"))
OTHER = (("Строительство", "подряд"), ("Логистика", "перевозки"))

MAKERS = ("АО «Завод {}»", "ООО «{} Пром»", "АО «{}»", "ООО «ПК {}»")
TRADERS = ("ООО «ТД {}»", "ООО «{} Опт»", "ООО «{}»", "ООО «{} Снаб»")
SHOPS = ("АО «Сеть {}»", "ООО «{} Маркет»", "ООО «{} Ритейл»")
KITCHENS = ("ООО «Кафе {}»", "ООО «Столовые {}»", "ООО «{} Фуд»")
SCHOOLS = ("АНО ВО «Институт {}»", "ЧОУ «{}»", "АНО ДПО «Академия {}»")
WORKSHOPS = ("Ателье «{}»", "ООО «{} Сервис»", "Студия «{}»")
OTHERS = ("ООО «{} Строй»", "ООО «{} Логистик»")

KINDS = (
    Kind(
        count=13,
        fields=MAKING,
        employees=(1_050, 4_600),
        branches=1.0,
        types=(FIRMS,),
        founded=(1958, 2004),
        names=MAKERS,
    ),
    Kind(
        count=9,
        fields=TRADING,
        employees=(1_020, 3_100),
        branches=1.0,
        types=(FIRMS,),
        founded=(1993, 2008),
        names=TRADERS,
    ),
    Kind(
        count=8,
        fields=TRADING,
        employees=(1_100, 5_200),
        branches=1.0,
        types=(PEOPLE,),
        founded=(1994, 2011),
        names=SHOPS,
    ),
    Kind(
        count=12,
        fields=FEEDING,
        employees=(520, 1_900),
        branches=1.0,
        types=(PEOPLE,),
        founded=(1998, 2017),
        names=KITCHENS,
    ),
    Kind(
        count=40,
        fields=TRADING,
        employees=(12, 140),
        branches=0.25,
        types=(FIRMS, FIRMS, PEOPLE),
        founded=(1996, 2021),
        names=TRADERS,
    ),
    Kind(
        count=26,
        fields=MAKING,
        employees=(9, 145),
        branches=0.2,
        types=(FIRMS,),
        founded=(1992, 2020),
        names=MAKERS,
    ),
    Kind(
        count=11,
        fields=TEACHING,
        employees=(35, 420),
        branches=0.5,
        types=(PEOPLE,),
        founded=(1991, 2014),
        names=SCHOOLS,
    ),
    Kind(
        count=9,
        fields=SERVING,
        employees=(3, 18),
        branches=0.1,
        types=(PEOPLE,),
        founded=(2003, 2022),
        names=WORKSHOPS,
    ),
    Kind(
        count=7,
        fields=MAKING,
        employees=(190, 880),
        branches=0.5,
        types=(FIRMS,),
        founded=(1961, 2007),
        names=MAKERS,
    ),
    Kind(
        count=6,
        fields=OTHER,
        employees=(28, 340),
        branches=0.4,
        types=(FIRMS,),
        founded=(1995, 2016),
        names=OTHERS,
    ),
)
"""From the eight segments of the firm to the customers that its rules forget."""

GIVEN = (
    (11, {"employees": 1_000}),
    (12, {"has_branches": "no", "employees": 1_340}),
    (21, {"has_branches": None}),
    (20, {"customer_type": None}),
    (24, {"employees": 3_600, "has_branches": "yes"}),
    (40, {"employees": 500}),
    (41, {"has_branches": None, "employees": 640}),
    (76, {"employees": 150}),
    (77, {"employees": None}),
    (78, {"employees": None}),
    (79, {"industry": None, "activity": None}),
    (105, {"employees": 150}),
    (106, {"employees": None}),
    (107, {"employees": None}),
    (117, {"founded_year": 1990}),
    (118, {"founded_year": None}),
    (127, {"employees": 20}),
    (126, {"industry": None, "activity": None}),
    (140, {"employees": None}),
)
"""Exactly on a bound, one condition short, or unknown."""
