"""An invented firm's look and words stand in every format of a report, as text and inside it."""

import io
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from workbook.diagnostics import param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.report.appendix import to_xlsx
from workbook.report.blocks import Heading, Text
from workbook.report.exporter import to_html
from workbook.report.frame import cover
from workbook.report.meta import ReportMeta, meta_of
from workbook.report.pdf import Pdf, to_pdf

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report"))

from report_samples import notebook_of

from workbook.language.catalog import load_texts


@pytest.fixture
def meta(firm: Path) -> ReportMeta:
    return meta_of(load_engagement(firm / "acme", param_types()), "Loyalty", version="1")


@pytest.fixture
def page(firm: Path, meta: ReportMeta) -> str:
    engagement = load_engagement(firm / "acme", param_types())
    chapters = [Heading(text=f"Chapter {n}", new_page=True) for n in (1, 2)]
    front = cover(engagement, load_texts("loyalty", "en"))
    return to_html(notebook_of(front, chapters[0], Text(("Words Ж",)), chapters[1]), meta)


@pytest.fixture
def pdf(page: str, meta: ReportMeta) -> Pdf:
    return to_pdf(page, meta)


def test_the_page_has_the_firm_its_words_and_its_font_and_asks_for_nothing(page: str) -> None:
    assert "Ingrid Halden, Halden &amp; Partners" in page
    assert "Registered in England" in page
    assert "&lt;b&gt;No&lt;/b&gt; promise = 1+1." in page
    assert page.count('@font-face{font-family:"Halden Sans"') == 2
    assert 'class="wb-cover-picture"' in page
    assert "--primary:#5b1a3a" in page
    assert not re.search(r"(?:src=\"|url\()(?!data:)", page)


def test_every_page_of_the_pdf_names_the_firm(pdf: Pdf) -> None:
    pages = [
        " ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf.data)).pages
    ]
    assert pdf.warnings == ()
    assert len(pages) == 3
    assert all("Halden & Partners" in text for text in pages)
    assert all("Registered in England" in text for text in pages[1:])
    assert "ingrid@halden.example" in pages[-1]
    assert "<b>No</b> promise = 1+1." in " ".join(pages[-1].split())


def test_the_pdf_is_set_in_the_firms_font(pdf: Pdf) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(io.BytesIO(pdf.data)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("HaldenSans" in font for font in fonts)
    assert not any("Inter-Regular" in font for font in fonts)


def test_the_same_brand_gives_the_same_bytes(page: str, pdf: Pdf, meta: ReportMeta) -> None:
    assert to_pdf(page, meta).data == pdf.data


def test_without_a_word_of_the_firm_nothing_is_added(meta: ReportMeta) -> None:
    plain = ReportMeta(title="T", client="C", language="en", period="2025", as_of=date(2025, 1, 1))
    html = to_html(notebook_of(Heading(text="A")), plain)
    assert '<section class="wb-imprint' not in html
    assert 'wb-cover-picture"' not in html
    told = replace(plain, brand=replace(plain.brand, contact="Ask us"))
    assert '<section class="wb-imprint' in to_html(notebook_of(Heading(text="A")), told)


def test_the_workbook_of_tables_has_the_firms_words_as_text(meta: ReportMeta) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(to_xlsx([], meta)))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert "Halden & Partners" in cells
    assert "For the client only. <b>No</b> promise = 1+1." in cells
    assert book.properties.creator == "Ingrid Halden"
