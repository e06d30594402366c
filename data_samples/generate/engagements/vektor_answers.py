"""What the people of the IT firm say of their work with customers.

Planted: one manager gives every item ``+``; management sees a managed process where those who do
the work see none; two items are marked high although the list of deals says otherwise.
"""

from data_samples.generate.answers_spec import Answers, Respondent, Round
from data_samples.generate.spec import Layout

FORM, RULES_FORM = "opros.xlsx", "pravila.xlsx"
DIRECTOR, HEAD = "Пётр Звягин", "Лариса Дунаева"
CAREFREE, MANAGER, ENGINEER = "Денис Кочетков", "Анна Мельник", "Кирилл Осипов"

PEOPLE = (
    Respondent(
        name=DIRECTOR, role="Коммерческий директор", department="Дирекция", level="management"
    ),
    Respondent(
        name=HEAD, role="Руководитель отдела продаж", department="Продажи", level="management"
    ),
    Respondent(name=CAREFREE, role="Менеджер по продажам", department="Продажи", level="line"),
    Respondent(
        name=MANAGER, role="Ведущий менеджер", department="Продажи", level="line", form=FORM
    ),
    Respondent(
        name=ENGINEER,
        role="Инженер сопровождения",
        department="Сопровождение",
        level="line",
        form=FORM,
    ),
)

MARKS = {
    "1.1": "+ + + + ±",
    "1.2": "+ ± + ± ?",
    "1.3": "± + + ± -",
    "1.4": "- ± + - ?",
    "1.5": "+ + + - -",
    "1.6": "± + + ± ±",
    "1.7": "± ± + - ±",
    "1.8": "+ ± + - -",
    "1.9": "± ± + - -",
    "1.10": "+ + + - -",
    "1.11": "+ + + ± ±",
    "1.12": "+ + + + yyy",
    "1.13": "+ ± + - -",
    "1.14": "+ + + ± -",
    "2.1": "± - + - ?",
    "2.2": "± ± + - -",
    "2.4": "± + + - ?",
    "2.5": "- ± + - ?",
    "3.1": "± ± + + yny",
    "3.2": "- - + - -",
    "3.3": "+ + + - -",
    "3.4": "± ± + - yyn",
    "4.1": "+ ± + ± ?",
    "4.2": "+ + + + ±",
    "4.3": "+ + + + +",
    "4.4": "+ + + ± ?",
    "4.5": "- ± + ± nny",
    "4.6": "± ± + - -",
    "4.7": "- - + - x",
    "4.8": "+ ± + + ±",
}

CONTROL = Round(
    questionnaire="controllability",
    people=PEOPLE,
    marks=MARKS,
    evidence={
        ("1.5", DIRECTOR): "Регламент отдела сопровождения от 03.02.2025",
        ("1.10", MANAGER): "Историю клиента собираю сама: почта, 1С и блокнот",
        ("1.11", HEAD): "Карточка клиента в CRM",
        ("1.14", HEAD): "Планёрка по понедельникам",
        ("3.1", ENGINEER): "Заявки есть в сервис-деске, отчёта по ним нет",
        ("3.3", DIRECTOR): "Целевая матрица",
        ("3.3", MANAGER): "Матрицу показали в феврале, больше к ней не возвращались",
        ("4.3", ENGINEER): "Отчёт «Продажи по клиентам» в 1С",
    },
)

CARE = Round(
    questionnaire="customer_care_rules",
    people=tuple(
        Respondent(
            name=person.name,
            role=person.role,
            department=person.department,
            level=person.level,
            form=RULES_FORM,
        )
        for person in PEOPLE
        if person.name in (HEAD, MANAGER, ENGINEER)
    ),
    marks={
        "1.1": "+ ± ±",
        "1.2": "± - -",
        "1.3": "± + ±",
        "1.4": "+ + ±",
        "1.5": "+ + +",
        "1.6": "± ± -",
        "1.7": "+ ± +",
        "1.8": "+ + +",
        "1.9": "+ + +",
        "1.10": "± ? ±",
    },
    evidence={("1.2", ENGINEER): "Клиент звонит сам, чтобы узнать, где его заявка"},
)

PLAN = Answers(
    rounds=(CONTROL, CARE),
    spellings={
        "+": {"+": 0.9, "плюс": 0.1},
        "+/-": {"+/-": 0.7, "±": 0.2, "+ / -": 0.1},
        "-": {"-": 0.85, "–": 0.1, "минус": 0.05},
        "don't know": {"не знаю": 0.8, "Не знаю": 0.2},
    },
)

LAYOUT = Layout(
    table="answers",
    file="answers.csv",
    encoding="cp1251",
    columns=("respondent", "role", "department", "level", "item", "mark", "evidence"),
)
