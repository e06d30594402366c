"""Sales, deals, losses, plans of accounting and CRM programs are mapped without an edit."""

from datetime import datetime

import pytest
from files import csv, engagement
from proposals import errors, mapped, read, recipe


def sales(n=24, sign="."):
    return [
        [f"{1 + i % 28:02d}{sign}03{sign}2025", f"Д-{i}", f"Клиент {i % 5}", 100 + i]
        for i in range(n)
    ]


HEAD = ["Дата документа", "Номер док.", "Контрагент (покупатель)", "Сумма с НДС"]


def test_months_across_become_rows_and_their_total_does_not(tmp_path):
    rows = [["Контрагент", "янв.25", "фев.25", "мар.25", "Итого"],
            *([f"К{i}", 10 + i, 20, 30, 60 + i] for i in range(8))]  # fmt: skip
    folder = engagement(tmp_path / "e", {"sales.xlsx": rows}, language="ru")
    assert recipe(folder, "sales")["melt"] == {
        "columns": ["янв.25", "фев.25", "мар.25"], "into": ["date", "amount"],
    }  # fmt: skip
    assert errors(folder) == []
    assert len(read(folder).tables["sales"].frame) == 24


def test_two_rows_of_months_and_measures_are_joined(tmp_path):
    rows = [
        ["Продажи по контрагентам"],
        ["Клиент", "Группа", "июль 25", None, "авг. 25", None],
        [None, None, "Количество", "Сумма", "Количество", "Сумма"],
        *([f"К{i}", "Иванова", 1, 100 + i, 2, 200 + i] for i in range(9)),
    ]
    folder = engagement(tmp_path / "e", {"Продажи.xlsx": rows}, language="ru")
    said = recipe(folder, "sales")
    assert said["header_row"] == [2, 3]
    assert said["melt"]["columns"] == "* / Сумма"
    assert errors(folder) == []
    assert read(folder).tables["sales"].frame["amount"].sum() == 9 * 300 + 2 * 36


def test_a_customer_above_its_documents_is_filled_down(tmp_path):
    rows = [["Контрагент", "Дата", "Документ", "Сумма"]]
    for i in range(6):
        rows += [[f"К{i}", None, None, 30]]
        rows += [[None, datetime(2025, 1 + m, 5), f"Р{i}{m}", 10] for m in range(3)]
    folder = engagement(tmp_path / "e", {"sales.xlsx": rows}, language="ru")
    assert recipe(folder, "sales")["fill_down"] == ["Контрагент"]
    assert errors(folder) == []
    assert len(read(folder).tables["sales"].frame) == 18


def test_rows_without_a_customer_below_a_document_are_left_out(tmp_path):
    rows = [["Документ продажи", "Дата", "Контрагент", "Сумма"]]
    for i in range(8):
        rows += [[f"Реализация {i}", datetime(2025, 1, 5 + i), f"К{i % 3}", 10],
                 [f"Счет {i}", None, None, 10]]  # fmt: skip
    folder = engagement(tmp_path / "e", {"sales.xlsx": rows}, language="ru")
    assert recipe(folder, "sales")["where"] == {"Контрагент": {"not": ""}}
    assert read(folder).tables["sales"].frame["amount"].sum() == 80


def test_files_of_every_month_are_one_table(tmp_path):
    files = {f"Отгрузки {m:02d}.2025.csv": csv(HEAD, sales(9), ";") for m in range(1, 4)}
    folder = engagement(tmp_path / "e", files, language="ru")
    assert recipe(folder, "sales")["files"] == "Отгрузки *.csv"
    assert (
        len(read(folder).tables["sales"].files) == 3
        if hasattr(read(folder).tables["sales"], "files")
        else True
    )


def test_another_currency_is_left_out_and_said(tmp_path):
    rows = [[*row, ("руб.", "руб.", "USD")[i % 3]] for i, row in enumerate(sales())]
    folder = engagement(
        tmp_path / "e", {"sales.csv": csv([*HEAD, "Валюта"], rows, ";")}, language="ru"
    )
    assert recipe(folder, "sales")["where"] == {"Валюта": "руб."}
    assert len(read(folder).tables["sales"].frame) == 16


def test_kinds_of_documents_are_sorted_to_ours(tmp_path):
    kinds = ["Реализация (акт, накладная)", "Возврат товаров от покупателя"]
    rows = [
        [day, number, who, amount, kinds[i % 4 == 3]]
        for i, (day, number, who, amount) in enumerate(sales())
    ]
    text = csv([*HEAD, "Вид документа"], rows, "\t")
    folder = engagement(tmp_path / "e", {"sales.csv": text}, language="ru")
    assert recipe(folder, "sales")["values"]["kind"] == {"sale": [kinds[0]], "return": [kinds[1]]}


def test_deleted_documents_are_left_out(tmp_path):
    rows = [[*row, "Да" if i % 6 == 0 else "Нет"] for i, row in enumerate(sales())]
    text = csv([*HEAD, "Пометка удаления"], rows, ";")
    folder = engagement(tmp_path / "e", {"sales.csv": text}, language="ru")
    assert recipe(folder, "sales")["where"] == {"Пометка удаления": {"not": "Да"}}


def test_one_column_of_stages_is_stage_and_outcome(tmp_path):
    stages = ["Сделка успешна", "Сделка провалена", "Переговоры", "Счёт выставлен"]
    rows = [[i, f"К{i}", stages[i % 4], f"{1 + i}.02.2025", 100 * i, "Обучение"] for i in range(20)]
    head = [
        "ID записи",
        "Клиент сделки",
        "Стадия сделки",
        "Дата изменения",
        "Сумма, руб.",
        "Продукт",
    ]
    folder = engagement(
        tmp_path / "e", {"Выгрузка сделок.csv": csv(head, rows, ";")}, language="ru"
    )
    said = recipe(folder, "offers")
    assert said["columns"]["stage"] == said["columns"]["status"] == "Стадия сделки"
    assert said["values"]["status"] == {
        "won": ["Сделка успешна"], "lost": ["Сделка провалена"], "open": "*",
    }  # fmt: skip
    assert errors(folder) == []
    assert read(folder).tables["offers"].frame["status"].value_counts()["open"] == 10


def test_lines_below_the_data_are_dropped_by_their_words(tmp_path):
    head = ["Account", "Opportunity", "Stage", "Close date", "Amount", "Product"]
    rows = [[f"A{i}", f"O{i}", "Closed Won", f"2025-03-{1 + i:02d}", i, "P"] for i in range(20)]
    text = csv(head, rows)
    folder = engagement(
        tmp_path / "e",
        {"deals.csv": text + "Confidential. Do not distribute\nPrinted by A. B. on 1 March\n"},
    )
    said = recipe(folder, "offers")
    assert said["drop_rows"] == ["Confidential. Do not distribute*", "Printed by A. B.*"]
    assert errors(folder) == []


def test_reasons_joined_by_commas_are_split(tmp_path):
    reasons = ["Цена", "Сроки поставки", "Цена, сроки поставки", "Сроки поставки, цена"]
    rows = [[f"К{i}", f"{1 + i}.03.2025", reasons[i % 4]] for i in range(20)]
    folder = engagement(
        tmp_path / "e",
        {"Ушли.csv": csv(["Компания", "Когда ушёл", "Почему ушёл"], rows)},
        language="ru",
    )
    said = recipe(folder, "lost_customers")
    assert said["split"] == ","
    assert said["columns"] == {
        "customer_id": "Компания", "lost_date": "Когда ушёл", "reasons": "Почему ушёл",
    }  # fmt: skip


def test_years_across_and_the_name_above_are_statements(tmp_path):
    rows = [
        ["Бухгалтерский баланс"],
        ["Организация", None, 'ООО "Пример"'],
        ["Показатель", "Код строки", "На 31 декабря 2024 г.", "На 31 декабря 2023 г."],
        ["АКТИВ", None, None, None],
        ["Основные средства", "1150", 12345, 11000],
        ["Запасы", "1210", 5000, 4000],
        ["Денежные средства", "1250", 1000, 900],
        ["БАЛАНС", "1600", 18345, 15900],
    ]
    folder = engagement(tmp_path / "e", {"Баланс.xlsx": rows}, language="ru")
    said = recipe(folder, "statements")
    assert said["melt"] == {"columns": "На 31 декабря * г.", "into": ["year", "value"]}
    assert said["columns"] == {"organisation": {"above": "Организация"}, "line": "Код строки"}
    assert errors(folder) == []
    frame = read(folder).tables["statements"].frame
    assert set(frame["year"]) == {2023, 2024}


@pytest.mark.parametrize(
    ("head", "table"),
    [
        (["Клиент", "Месяц", "План продаж"], "plans"),
        (["Клиент", "Месяц", "Затраты на обслуживание"], "service_costs"),
        (["Номер обращения", "Компания", "Дата обращения", "Тема", "Дата решения"], "complaints"),
    ],
)
def test_a_table_is_told_by_its_columns(tmp_path, head, table):
    cells = {
        "Клиент": "К{i}",
        "Месяц": "2025-0{d}",
        "План продаж": "{i}000",
        "Затраты на обслуживание": "{i}000",
        "Номер обращения": "N{i}",
        "Компания": "К{d}",
        "Дата обращения": "0{d}.02.2025",
        "Тема": "брак",
        "Дата решения": "1{d}.02.2025",
    }
    rows = [[cells[name].format(i=i, d=1 + i % 9) for name in head] for i in range(20)]
    folder = engagement(tmp_path / "e", {"выгрузка.csv": csv(head, rows, ";")}, language="ru")
    assert recipe(folder, table)["files"] == "выгрузка.csv"
    assert errors(folder) == []


def test_a_file_of_nothing_known_is_named(tmp_path):
    folder = engagement(tmp_path / "e", {"x.csv": csv(["Alpha", "Beta"], [[1, 2], [3, 4]])})
    assert mapped(folder).lines == ["data/x.csv: no table recognised"]
