"""The workbook that a client fills in, with what each report needs of it."""

from workbook.diagnostics import all_diagnostics
from workbook.forms.intake_book import intake_book
from workbook.forms.intake_guide import ReportNeeds
from workbook.intake.schema_files import all_schemas
from workbook.language.catalog import load_texts

INTAKE = "intake"
"""Its name among the forms."""


def intake_name(language: str) -> str:
    """Return the name of the workbook that is sent to the client.

    >>> intake_name("sk")
    'intake.sk.xlsx'
    """
    return f"{INTAKE}.{language}.xlsx"


def client_workbook(language: str) -> bytes:
    """Return the intake workbook in a language as an XLSX file."""
    needs = [
        ReportNeeds(
            title=load_texts(diagnostic.name, language)("title"),
            needs_any=diagnostic.needs_any,
            tables=diagnostic.tables,
        )
        for diagnostic in all_diagnostics()
    ]
    return intake_book(all_schemas(), language=language, needs=needs)
