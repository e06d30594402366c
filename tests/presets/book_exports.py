"""Sample exports of accounting programs and of registers of statements."""

from datetime import datetime

from exports import Export

from workbook.intake.recipe.presets import shipped_presets

_JOURNAL = [
    ["Дата", "Номер", "Контрагент", "Сумма", "Валюта", "Вид операции", "Ответственный", "Комментарий"],
    ["13.01.2025 12:00:00", "0000-000001", 'ООО "Клиент 0"', "12\xa0345,60", "руб.", "Услуги (акт)", "Иванова О. П.", ""],
    ["02.02.2025 0:00:00", "0000-000002", 'ООО "Клиент 1"', "13\xa0076,97", "руб.", "Товары (накладная)", "Иванова О. П.", ""],
    ["03.03.2025 12:00:00", "0000-000003", 'ООО "Клиент 0"', "500", "руб.", "Услуги (акт)", "Петров И. И.", ""],
]  # fmt: skip
_JOURNAL_FIRST = {
    "customer_id": 'ООО "Клиент 0"',
    "date": "2025-01-13",
    "amount": 12345.6,
    "document_id": "0000-000001",
    "manager": "Иванова О. П.",
}
_KINDS = [
    ["Дата", "Номер", "Вид документа", "Контрагент", "Сумма документа", "Проведен"],
    ["13.01.2025 12:00:00", "1", "Реализация (акт, накладная, УПД)", "ООО Север", 1000, "Да"],
    ["14.01.2025 12:00:00", "2", "Возврат товаров от покупателя", "ООО Север", 100, "Да"],
    ["15.01.2025 12:00:00", "3", "Реализация (акт, накладная, УПД)", "ООО Юг", 700, "Нет"],
]

_MONTHS = [
    ["Продажи по контрагентам"],
    ["Параметры:", "", "Период: 01.07.2025 - 31.08.2025"],
    [],
    ["Документ", "Дата", "Контрагент", "Менеджер", "июль 25", "", "авг. 25", ""],
    ["Документ.Основание", "", "", "", "Количество", "Сумма", "Количество", "Сумма"],
    ["Реализация (акт, накладная, УПД) № ФР150725/1 от 15.07.2025", datetime(2025, 7, 15), "КЛИЕНТ А",
     "Иванова О. П.", 10, 1000, "", ""],
    ["Счет покупателю 00БП-000500 от 10.07.2025", "", "", "", 10, 1000, "", ""],
    ["Реализация (акт, накладная, УПД) № ФР020825/1 от 02.08.2025", datetime(2025, 8, 2), "КЛИЕНТ Б",
     "Петров И. И.", "", "", 3, 350.5],
    ["Корректировка реализации № ФР030825/K1 от 03.08.2025", datetime(2025, 8, 3), "КЛИЕНТ А",
     "Иванова О. П.", "", "", -2, -200],
    ["", "", "", "", "", "", -2, -200],
    ["Итого", "", "", "", 10, 1000, 1, 150.5],
]  # fmt: skip

_TURNOVER = [
    ['ООО "Пример"'],
    ["Оборотно-сальдовая ведомость по счету 62 за 2025 г."],
    ["Выводимые данные:", "БУ (данные бухгалтерского учета)"],
    [],
    [
        "Счет",
        "Сальдо на начало периода",
        "",
        "Обороты за период",
        "",
        "Сальдо на конец периода",
        "",
    ],
    ["Контрагенты", "Дебет", "Кредит", "Дебет", "Кредит", "Дебет", "Кредит"],
    ["62", 0, "", 24002, 24001, "", ""],
    ["КЛИЕНТ 1", 0, "", 12000.5, 12000.5, "", ""],
    ["КЛИЕНТ 2", 0, "", 12001.5, 12000.5, "", ""],
    ["Итого", "", "", 24002, 24001, "", ""],
]
_CONTRACTS = [
    *_TURNOVER[:6],
    ["Договоры"],
    ["КЛИЕНТ 1", 0, "", 12000.5, 12000.5, "", ""],
    ["Основной договор", 0, "", 12000.5, 12000.5, "", ""],
    ["КЛИЕНТ 2", 0, "", 12001.5, 12000.5, "", ""],
    ["Договор № 5 от 01.02.2024", 0, "", 12001.5, 12000.5, "", ""],
    ["Итого", "", "", 24002, 24001, "", ""],
]

_GIRBO = {
    "Balance": [
        ["Бухгалтерский баланс"],
        ["на 31 декабря 2024 г."],
        ["Организация", "", 'ООО "Пример"'],
        ["Единица измерения: тыс. руб."],
        [],
        ["Наименование показателя", "Код строки", "На 31 декабря 2024 г.", "На 31 декабря 2023 г.",
         "На 31 декабря 2022 г."],
        ["АКТИВ"],
        ["I. ВНЕОБОРОТНЫЕ АКТИВЫ"],
        ["Основные средства", "1150", "12 345", "11 000", "10 000"],
        ["Итого по разделу I", "1100", "12 345", "11 000", "10 000"],
        ["II. ОБОРОТНЫЕ АКТИВЫ"],
        ["Запасы", "1210", "5 000", "4 000", "-"],
        ["Итого по разделу II", "1200", "5 000", "4 000", "-"],
        ["БАЛАНС", "1600", "17 345", "15 000", "10 000"],
    ],
    "Financial Result": [
        ["Отчет о финансовых результатах"],
        ["за 2024 г."],
        ["Организация", "", 'ООО "Пример"'],
        ["Единица измерения: тыс. руб."],
        [],
        ["Наименование показателя", "Код строки", "За 2024 г.", "За 2023 г."],
        ["Выручка", "2110", "20 000", "18 000"],
        ["Себестоимость продаж", "2120", "(15 000)", "(14 000)"],
    ],
    "Capital Change": [["Отчет об изменениях капитала"], ["Наименование показателя", "Код", "Уставный капитал"]],
}  # fmt: skip

_ROSSTAT = shipped_presets()["rosstat"].tables["statements"].recipe["headings"]


def _rosstat(name: str, inn: str, unit: str, lines: dict[str, str]) -> list[str]:
    facts = {"Наименование": name, "ОКПО": "1", "ОКОПФ": "12300", "ОКФС": "16", "ОКВЭД": "45.20",
             "ИНН": inn, "Код единицы измерения": unit, "Тип отчета": "2", "Дата актуализации": "20190510"}  # fmt: skip
    return [facts.get(column, lines.get(column, "0")) for column in _ROSSTAT]


_RUZ_HEAD = [
    *("Účtovná jednotka", "Rok", "Označenie", "STRANA AKTÍV", "Číslo riadku", "Brutto", "Korekcia"),
    *("Netto", "Netto predchádzajúce"),
]


def _ruz(mark: str, text: str, row: str, *amounts: object) -> list[object]:
    return ["Firma s.r.o.", 2024, mark, text, row, *amounts]


_RUZ = {
    "Súvaha": [
        _RUZ_HEAD,
        _ruz("", "SPOLU MAJETOK r. 02 + r. 33 + r. 74", "01", 200000, 50000, 150000, 140000),
        _ruz("A.", "Neobežný majetok r. 03 + r. 11 + r. 21", "02", 120000, 50000, 70000, 75000),
        _ruz("A.II.", "Dlhodobý hmotný majetok súčet (r. 12 až r. 20)", "11", 120000, 50000, 70000, 75000),
        _ruz("B.", "Obežný majetok r. 34 + r. 41 + r. 53 + r. 66 + r. 71", "33", 78000, 0, 78000, 65000),
        _ruz("B.III.", "Krátkodobé pohľadávky súčet (r. 54 + r. 58 až r. 65)", "53", 30000, 0, 30000, 25000),
        _ruz("B.V.", "Finančné účty r. 72 + r. 73", "71", 48000, 0, 48000, 40000),
        _ruz("C.", "Časové rozlíšenie súčet (r. 75 až r. 78)", "74", 2000, 0, 2000, ""),
        _ruz("", "SPOLU VLASTNÉ IMANIE A ZÁVÄZKY r. 80 + r. 101 + r. 141", "79", "", "", 150000, 140000),
        _ruz("A.", "Vlastné imanie r. 81 + r. 85 + r. 86", "80", "", "", 60000, 50000),
        _ruz("A.VIII.", "Výsledok hospodárenia za účtovné obdobie po zdanení /+-/", "100", "", "", 9000, 7000),
        _ruz("B.II.", "Dlhodobé rezervy r. 119 + r. 120", "118", "", "", "", ""),
        _ruz("B.III.", "Dlhodobé bankové úvery (461A, 46XA)", "121", "", "", 40000, 45000),
        _ruz("B.IV.", "Krátkodobé záväzky súčet (r. 123 + r. 127 až r. 135)", "122", "", "", 48000, 44000),
        _ruz("B.V.", "Krátkodobé rezervy r. 137 + r. 138", "136", "", "", 1500, 1000),
        _ruz("B.VI.", "Bežné bankové úvery (221A, 231, 232)", "139", "", "", "", ""),
        _ruz("B.VII.", "Krátkodobé finančné výpomoci (241, 249)", "140", "", "", "", ""),
        _ruz("C.", "Časové rozlíšenie súčet (r. 142 až r. 145)", "141", "", "", 500, ""),
    ],
    "Výkaz ziskov a strát": [
        ["Účtovná jednotka", "Rok", "Označenie", "Text", "Číslo riadku", "Bežné účtovné obdobie",
         "Bezprostredne predchádzajúce účtovné obdobie"],
        _ruz("*", "Čistý obrat (časť účt. tr. 6 podľa zákona)", "01", 300000, 280000),
        _ruz("**", "Výnosy z hospodárskej činnosti spolu súčet", "02", 301000, 281000),
        _ruz("***", "Výsledok hospodárenia z hospodárskej činnosti (+/-) (r. 02 - r. 10)", "27", 15000, 12000),
        _ruz("****", "Výsledok hospodárenia za účtovné obdobie pred zdanením (+/-)", "56", 12000, 9500),
        _ruz("****", "Výsledok hospodárenia za účtovné obdobie po zdanení (+/-) (r. 56 - r. 57)", "61", 9000, 7000),
    ],
}  # fmt: skip

EXPORTS = (
    Export(
        name="1c_journal-xlsx",
        preset="1c_journal",
        table="sales",
        language="ru",
        currency="RUB",
        file="sales.xlsx",
        rows={"TDSheet": _JOURNAL},
        count=3,
        first=_JOURNAL_FIRST,
        totals={"amount": 25922.57},
    ),
    Export(
        name="1c_journal-csv",
        preset="1c_journal",
        table="sales",
        language="ru",
        currency="RUB",
        rows=_JOURNAL,
        delimiter=";",
        encoding="cp1251",
        count=3,
        first=_JOURNAL_FIRST,
    ),
    Export(
        name="1c_journal-kinds",
        preset="1c_journal",
        table="sales",
        language="ru",
        currency="RUB",
        file="sales.xlsx",
        rows={"TDSheet": _KINDS},
        count=2,
        first={"kind": "sale", "amount": 1000, "customer_id": "ООО Север"},
        told=("rows_left_by_where",),
    ),
    Export(
        name="1c_sales_months",
        preset="1c_sales_months",
        table="sales",
        language="ru",
        currency="RUB",
        file="sales.xlsx",
        rows={"Лист_1": _MONTHS},
        heads=(4, 5),
        count=3,
        first={"customer_id": "КЛИЕНТ А", "date": "2025-07-31", "amount": 1000, "manager": "Иванова О. П."},
        totals={"amount": 1150.5},
        told=("rows_left_by_where",),
    ),
    Export(
        name="1c_turnover_62",
        preset="1c_turnover_62",
        table="sales",
        language="ru",
        currency="RUB",
        file="sales.xlsx",
        rows={"TDSheet": _TURNOVER},
        heads=(5, 6),
        lines='columns = {date = {value = "2025-12-31"}}\n',
        count=2,
        first={"customer_id": "КЛИЕНТ 1", "date": "2025-12-31", "amount": 12000.5},
        totals={"amount": 24002},
        told=("rows_dropped_by_words",),
    ),
    Export(
        name="1c_turnover_62-contracts",
        preset="1c_turnover_62",
        table="sales",
        language="ru",
        currency="RUB",
        file="sales.xlsx",
        rows={"TDSheet": _CONTRACTS},
        heads=(5, 6),
        lines='columns = {date = {value = "2025-12-31"}}\n',
        count=2,
        first={"customer_id": "КЛИЕНТ 1", "amount": 12000.5},
        totals={"amount": 24002},
        told=("rows_dropped_by_words",),
    ),
    Export(
        name="girbo",
        preset="girbo",
        table="statements",
        language="ru",
        currency="RUB",
        file="statements.xlsx",
        rows=_GIRBO,
        heads=6,
        count=5 * 3 + 2 * 2,
        first={"organisation": 'ООО "Пример"', "year": 2024, "line": "1150", "value": 12345},
        totals={"value": 12345 * 2 + 11000 * 2 + 10000 * 2 + 5000 * 2 + 4000 * 2 + 42345 + 38000 - 29000},
        told=("rows_left_by_where",),
    ),
    Export(
        name="rosstat",
        preset="rosstat",
        table="statements",
        language="ru",
        currency="RUB",
        rows=[
            _rosstat("ООО Север", "5900000001", "384", {"11003": "70", "16003": "150", "21103": "300", "16004": "140"}),
            _rosstat("ООО Юг", "5900000002", "385", {"16003": "9"}),
        ],
        heads=0,
        delimiter=";",
        encoding="cp1251",
        lines='columns = {year = {value = "2018"}}\n',
        count=1,
        first={
            "organisation": "ООО Север 5900000001",
            "year": 2018,
            "okved": "45.20",
            "line_1100": 70,
            "line_1600": 150,
            "line_2110": 300,
        },
        told=("rows_left_by_where",),
    ),
    Export(
        name="registeruz",
        preset="registeruz",
        table="statements",
        language="sk",
        currency="EUR",
        file="statements.xlsx",
        rows=_RUZ,
        count=18,
        first={"organisation": "Firma s.r.o.", "year": 2024, "line": "assets", "value": 150000, "prior_value": 140000},
        told=("rows_left_by_where",),
    ),
)  # fmt: skip
