"""A file of very many cells is compressed at a level of its own."""

import io
import random
import zipfile
from pathlib import Path

import xlsxwriter

from workbook.report import large_book
from workbook.report.large_book import LargeBook


def _file(kind: type[xlsxwriter.Workbook], folder: Path) -> bytes:
    buffer, drawn = io.BytesIO(), random.Random(5)
    book = kind(buffer, {"tmpdir": str(folder)})
    page = book.add_worksheet()
    for row in range(300):
        page.write_number(row, row % 5, drawn.random())
    book.close()
    return buffer.getvalue()


def test_it_has_the_parts_of_the_librarys_own(tmp_path: Path) -> None:
    own, large = _file(xlsxwriter.Workbook, tmp_path), _file(LargeBook, tmp_path)
    with zipfile.ZipFile(io.BytesIO(own)) as a, zipfile.ZipFile(io.BytesIO(large)) as b:
        assert a.namelist() == b.namelist()
        assert all(a.read(name) == b.read(name) for name in a.namelist())
    assert len(large) > len(own)


def test_the_library_keeps_its_own_level(tmp_path: Path) -> None:
    assert large_book.library.ZipFile is zipfile.ZipFile
    before = _file(xlsxwriter.Workbook, tmp_path)
    _file(LargeBook, tmp_path)
    assert _file(xlsxwriter.Workbook, tmp_path) == before
