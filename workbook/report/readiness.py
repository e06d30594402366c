"""What every report needs once per process: readied before the process forks a child for each."""

from datetime import date

import nbformat

from workbook.language.catalog import LANGUAGES
from workbook.report.appendix import to_xlsx
from workbook.report.exporter import to_html
from workbook.report.meta import ReportMeta
from workbook.report.pdf import fonts

_WORDS = "# Words\n\n| a | b |\n|---|---|\n| 1 | **2** |\n"


def warm_up() -> None:
    """Build the exporter, compile its templates, read texts and fonts; start no thread.

    Typst starts threads when it sets its first page, and a process with threads must not fork:
    so its fonts are read, and nothing is set.
    """
    cell = nbformat.v4.new_markdown_cell(_WORDS)  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    for language in LANGUAGES:
        meta = ReportMeta(title="", client="", language=language, period="", as_of=date(2000, 1, 1))
        to_html(notebook, meta)
        to_xlsx([], meta)
    fonts()
