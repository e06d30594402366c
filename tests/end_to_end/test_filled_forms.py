"""Forms made by the command, filled in and put back: check names them, run reports on them."""

import json
from datetime import datetime

from command_line import here, workbook
from openpyxl import load_workbook

from workbook.forms.table_form import table_forms
from workbook.forms.table_layout import FIELD_VALUE, FIRST

ANSWERS, LOST, RATERS = 12, 4, 3


def fill(path, lines, **fields):
    """Write lines of cells below the headings of every sheet of a form, and its fields."""
    book = load_workbook(path)
    form = table_forms()[str(book.worksheets[0]["A1"].value).split(":")[1]]
    for number, sheet in enumerate(book.worksheets[:-1]):
        keys = {str(sheet.cell(row, 1).value): row for row in range(1, 12)}
        for name, value in fields.items():
            told = f"{value} {number}" if name == "rater" else value
            sheet.cell(keys[f"field:{name}"], FIELD_VALUE + 1).value = told
        for row, cells in enumerate(lines, start=keys["columns"] + 1):
            for name, value in cells.items():
                sheet.cell(row, FIRST + form.columns.index(name) + 1).value = value
    book.save(path)


def test_reports_are_made_of_nothing_but_filled_forms(tmp_path):
    language = "sk"
    made, out = tmp_path / "acme", tmp_path / "out"
    assert not here("init", made, "--language", language, "--period", "2025-Q4").returncode
    forms = made / "data" / "forms"
    forms.mkdir()
    for name, sheets in (("nps", 1), ("touchpoints", RATERS), ("exit_interview", 1)):
        done = here(
            "form", name, "--language", language, "--respondents", sheets,
            "--out", forms / f"{name}.xlsx",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    day = [datetime(2025, 10, 1 + n) for n in range(ANSWERS)]
    scores = [
        {"customer_id": f"C-{n}", "date": day[n], "score": 10 - n % 11} for n in range(ANSWERS)
    ]
    fill(forms / "nps.xlsx", scores)
    fill(forms / "touchpoints.xlsx", [{"mark": "zlé"}, {"mark": "wow"}], rater="A", date=day[0])
    losses = [
        {"customer_id": f"C-{n}", "lost_date": day[n], "reasons": "Vysoká cena"}
        for n in range(LOST)
    ]
    fill(forms / "exit_interview.xlsx", losses)
    checked = here("check", made, "--format", "json")
    assert checked.returncode == 0, checked.stdout
    [engagement] = json.loads(checked.stdout)["engagements"]
    assert {"loyalty", "churn_reasons"} <= set(engagement["diagnostics"])
    assert [p for p in engagement["problems"] if p["file"].startswith("data/forms/")] == []
    done = workbook(
        "run", made, "--only", "loyalty,churn_reasons", "--formats", "html,json", "--jobs", "1",
        "--out", out,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    period = out / "acme" / "2025-Q4"
    manifest = json.loads((period / "manifest.json").read_text("utf-8"))
    inputs = {one["file"]: one["rows"] for one in manifest["inputs"] if "rows" in one}
    assert inputs == {
        "data/forms/nps.xlsx": ANSWERS,
        "data/forms/touchpoints.xlsx": 2 * RATERS,
        "data/forms/exit_interview.xlsx": LOST,
    }
    results = period / "results"
    loyalty = json.loads((results / "loyalty.json").read_text("utf-8"))
    assert loyalty["nps"]["n"] == ANSWERS
    found = {(t["category"], t["touchpoint"]): t["n"] for t in loyalty["touchpoints"]}
    lines = table_forms()["touchpoints"].categories[0].lines
    assert found == {
        ("business", lines[name][language]): RATERS for name in ("website", "entrance")
    }
    churn = json.loads((results / "churn_reasons.json").read_text("utf-8"))
    assert churn["exit_interviews"]["share"] == 1.0
