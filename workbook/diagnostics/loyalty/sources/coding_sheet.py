"""The workbook in which people code open answers; made new in every run, filled in as a copy."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from workbook.diagnostics.loyalty.code_frame import CodeFrame
from workbook.diagnostics.loyalty.sources.coding_file import COLUMNS, NO_THEME
from workbook.language.catalog import Texts, load_texts
from workbook.stats.data_table import DataTable

_WIDTHS = (26, 24, 80, 30, 30, 16)
_CELL_LIMIT = 32_000
"""Excel holds 32,767 characters."""
_NEVER = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]")
"""What no workbook may hold."""
_EXAMPLES = 12
_CREATED = datetime(2000, 1, 1)  # fixed: the same bytes in every run
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def coding_sheet(answers: DataTable, *, frame: CodeFrame, language: str) -> bytes:
    """Return an XLSX with all answers, their proposed themes and those already confirmed.

    The same answers give the same bytes.  Text stays text: nothing becomes a formula or a link.

    Parameters
    ----------
    answers
        From :func:`workbook.diagnostics.loyalty.open_answers.coded_answers`.
    language
        Of headings, labels and instructions.
    """
    texts = load_texts("loyalty", language)
    buffer = io.BytesIO()
    import xlsxwriter  # who only checks what was filled in writes none

    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": texts("coding_sheet.sheet.title"), "created": _CREATED})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
        "fill": book.add_format(
            {"text_wrap": True, "valign": "top", "num_format": "@", "bg_color": "#FFF8E1"}
        ),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }
    _answers_sheet(book, formats, answers, frame=frame, texts=texts)
    _instructions_sheet(book, formats, frame=frame, texts=texts)
    book.close()
    return buffer.getvalue()


def _answers_sheet(
    book: Any,
    formats: dict[str, Any],
    answers: DataTable,
    *,
    frame: CodeFrame,
    texts: Texts,
) -> None:
    sheet = book.add_worksheet(texts("coding_sheet.sheet.answers"))
    _columns(sheet, _WIDTHS)
    _line(
        sheet, 0, [texts(f"coding_sheet.columns.{name}") for name in COLUMNS], [formats["head"]] * 6
    )
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(answers), 1), len(COLUMNS) - 1)
    styles = [formats["text"]] * 4 + [formats["fill"]] * 2
    for row, answer in enumerate(answers.records(), start=1):
        cells = [
            answer["answer_id"],
            texts(f"coding_sheet.questions.{answer['question']}"),
            answer["text"],
            _named(answer["proposed"], frame, texts.language),
            _confirmed(answer, frame, texts.language),
            answer["coder"],
        ]
        _line(sheet, row, cells, styles)


def _instructions_sheet(
    book: Any, formats: dict[str, Any], *, frame: CodeFrame, texts: Texts
) -> None:
    sheet = book.add_worksheet(texts("coding_sheet.sheet.instructions"))
    _columns(sheet, (34, 22, 90))
    sheet.write_string(0, 0, texts("coding_sheet.sheet.title"), formats["title"])
    row = 2
    while f"coding_sheet.steps.{row - 1}" in texts:
        text = f"{row - 1}. {texts(f'coding_sheet.steps.{row - 1}')}"
        sheet.merge_range(row, 0, row, 2, text, formats["text"])
        sheet.set_row(row, 34)
        row += 1
    names = [texts(f"coding_sheet.list.{name}") for name in ("label", "id", "words")]
    _line(sheet, row + 1, names, [formats["head"]] * 3)
    for place, theme in enumerate(frame.themes, start=row + 2):
        words = (
            " ".join(e) for e in theme.words[texts.language] if not set("*|") & set("".join(e))
        )
        cells = [theme.label[texts.language], theme.id, ", ".join(islice(words, _EXAMPLES))]
        _line(sheet, place, cells, [formats["text"]] * 3)


def _columns(sheet: Any, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def _line(sheet: Any, row: int, cells: Sequence[str], formats: Sequence[Any]) -> None:
    for column, (text, style) in enumerate(zip(cells, formats, strict=True)):
        if text:
            sheet.write_string(row, column, _fit(text), style)
        else:
            sheet.write_blank(row, column, None, style)


def _named(themes: Iterable[str], frame: CodeFrame, language: str) -> str:
    return "; ".join(frame.label(theme, language) for theme in themes)


def _confirmed(answer: Mapping[str, Any], frame: CodeFrame, language: str) -> str:
    """Return the themes people gave an answer; blank while nobody has, a dash for none."""
    return _named(answer["confirmed"], frame, language) or (NO_THEME if answer["coded"] else "")


def _fit(text: str) -> str:
    """Drop what no workbook may hold, and cut what no cell can."""
    plain = _NEVER.sub("", text)
    return plain if len(plain) <= _CELL_LIMIT else plain[:_CELL_LIMIT] + "…"
