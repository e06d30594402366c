"""Forms of tables as they are sent out."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from filled_forms import row_by_key
from openpyxl import load_workbook
from table_engagement import opened

from workbook.forms.known_names import KnownNames, known_names
from workbook.forms.table_form import table_forms
from workbook.forms.table_form_writing import MOST_ROWS, table_form_book
from workbook.language.catalog import LANGUAGES


class TestWriting:
    """The forms as they are sent out."""

    @pytest.mark.parametrize("form", table_forms().values(), ids=lambda form: form.id)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_form_has_its_guide_its_lists_and_locked_wording(
        self, tmp_path: Path, form: Any, language: str
    ) -> None:
        made = table_form_book(form, language=language, sheets=2, products=["Pumps"])
        assert made == table_form_book(form, language=language, sheets=2, products=["Pumps"])
        path = tmp_path / "f.xlsx"
        path.write_bytes(made)
        book = load_workbook(path)
        assert len(book.sheetnames) == 3
        sheet = book.worksheets[0]
        heading = row_by_key(sheet)["columns"]
        assert sheet.protection.sheet
        assert sheet.column_dimensions["A"].hidden
        for at, name in enumerate(form.columns, start=2):
            first = sheet.cell(heading + 1, at)
            given = name in form.given and first.value is not None
            assert first.protection.locked is given, name
            assert sheet.cell(heading, at).value == form.column(name).headings[language]
            assert sheet.cell(heading, at).protection.locked
        lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
        assert lists

    def test_the_sources_touchpoints_are_asked_by_category(self) -> None:
        form = table_forms()["touchpoints"]
        assert {c.id: len(c.lines) for c in form.categories} == {
            "business": 12, "product": 7, "service": 7, "employee": 7,
        }  # fmt: skip
        for language in LANGUAGES:
            words = [w[language] for c in form.categories for w in c.lines.values()]
            assert len(set(words)) == 33

    def test_words_of_all_languages_mean_one_touchpoint_only(self) -> None:
        for language in LANGUAGES:
            words = table_forms()["touchpoints"].in_language(language)
            assert len(set(words["touchpoint"].values())) == 33
            assert set(words["category"].values()) == {"business", "product", "service", "employee"}

    @pytest.mark.parametrize("sheets", [0, 151])
    def test_a_form_has_a_sheet_at_least_and_not_too_many(self, sheets: int) -> None:
        with pytest.raises(ValueError, match="1 to 150 sheets"):
            table_form_book(table_forms()["nps"], language="en", sheets=sheets)

    def test_a_form_has_no_more_lines_than_anybody_marks(self) -> None:
        products = [f"P{n}" for n in range(MOST_ROWS // 6 + 1)]
        with pytest.raises(ValueError, match="lines"):
            table_form_book(
                table_forms()["satisfaction"], language="en", sheets=1, products=products
            )


class TestKnownNames:
    """What an engagement names is listed in its forms."""

    def test_names_come_from_the_tables(self, acme: Path) -> None:
        data = acme / "data"
        (data / "customers.csv").write_text("customer_id,name\nC-2,Beta\nC-1,Alpha\n", "utf-8")
        (data / "sales.csv").write_text(
            "customer_id,date,amount,product\nC-1,2025-01-02,5,Pumps\nC-1,2025-01-03,5,Valves\n",
            "utf-8",
        )
        (data / "lost_customers.csv").write_text(
            "Customer ID,Date lost,Reasons,Exit interview\n"
            "C-1,2025-09-30,price,yes\nC-2,2025-08-31,price,no\n",
            "utf-8",
        )
        names = known_names(opened(acme).tables)
        assert names.of("customer") == ("C-1", "C-2")
        assert names.of("product") == ("Pumps", "Valves")
        assert [(loss.customer_id, loss.lost_date) for loss in names.losses] == [
            ("C-2", "2025-08-31")
        ]
        made = acme / "f.xlsx"
        made.write_bytes(
            table_form_book(table_forms()["exit_interview"], language="en", sheets=1, names=names)
        )
        sheet = load_workbook(made).worksheets[0]
        first = row_by_key(sheet)["columns"] + 1
        assert (sheet.cell(first, 2).value, sheet.cell(first, 3).value) == (
            "C-2", datetime(2025, 8, 31),
        )  # fmt: skip
        assert sheet.cell(first, 2).comment.text.strip() == "Beta"

    def test_a_form_for_respondents_lists_nobody_else(self, tmp_path: Path) -> None:
        """Who is a customer, who has answered and who rates is no respondent's business."""
        things = ("customer", "respondent", "rater")
        names = KnownNames(by_thing=dict.fromkeys(things, ("SECRET",)))
        for form in ("satisfaction", "touchpoints"):
            path = tmp_path / f"{form}.xlsx"
            path.write_bytes(
                table_form_book(
                    table_forms()[form], language="en", sheets=1, names=names, products=["P"]
                )
            )
            rules = load_workbook(path).worksheets[0].data_validations.dataValidation
            assert "SECRET" not in "".join(str(rule.formula1) for rule in rules)
