"""Terms of the glossary in a page: linked at their first use, left out where they have none."""

import re

import pytest
from report_samples import chart, notebook_of, table

from workbook.diagnostics import all_diagnostics
from workbook.language.catalog import load_texts
from workbook.language.languages import all_languages
from workbook.report.blocks import (
    Block,
    Bullets,
    Cover,
    Glossary,
    Heading,
    Notes,
    Quotes,
    Text,
)
from workbook.report.exporter import to_html
from workbook.report.glossary_terms import pattern
from workbook.report.meta import ReportMeta
from workbook.report.pdf import to_pdf

NPS = ("NPS", "Промоутеры минус критики.", "nps", "NPS")
CRITIC = ("Критики", "Оценка 6 и ниже.", "promoter", "критик*")
CLIENT = ("Компания", "Она заказала работу.", "client", "")
LINK = re.compile(r'<a class="wb-term" href="#(g-\w+)">([^<]*)</a>')


def page(meta: ReportMeta, *blocks: Block, terms=(NPS, CRITIC, CLIENT)) -> str:
    appendix = (Heading(text="Приложение 1", new_page=True), Glossary(items=terms))
    return to_html(
        notebook_of(Heading(text="Ответ 1", new_page=True, alone=True), *blocks, *appendix), meta
    )


def links(html: str) -> list[tuple[str, str]]:
    return LINK.findall(html)


def test_the_first_use_of_a_term_leads_to_its_explanation(meta):
    html = page(meta, Text(("NPS вырос: критиков стало меньше.", "Критики и NPS снова.")))
    assert links(html) == [("g-nps", "NPS"), ("g-promoter", "критиков")]
    assert '<dt id="g-nps">' in html
    assert '<dt id="g-promoter">' in html


@pytest.mark.parametrize(
    "block",
    [
        Heading(text="У критиков 2 беды"),
        Quotes(title="Слова", quotes=(("Я из критиков", "оценка 3"),)),
        Notes(title="Комментарий", body="<p>О критиках.</p>"),
        Text(("Клиент «Союз критиков» молчит.",)),
        Text(("Мелко: критики.",), small=True),
        table(label="Критики"),
        chart(note="Критики молчат"),
    ],
    ids=lambda b: type(b).__name__,
)
def test_headings_names_quotes_and_exhibits_have_no_links_but_are_uses(block, meta):
    html = page(meta, block)
    assert links(html) == []
    assert "<dt>Критики" in html


def test_a_term_that_the_report_never_uses_is_not_explained(meta):
    html = page(meta, Bullets(("Число NPS выросло.",)))
    assert "Критики" not in html
    assert "Оценка 6 и ниже" not in html
    assert "Компания" in html  # explained in every report


def test_the_appendix_has_no_links(meta):
    html = page(meta, Heading(text="Метод 1", new_page=True), Text(("NPS считается так.",)))
    assert links(html) == []
    assert "<dt>NPS" in html


def test_a_word_within_a_word_is_no_use(meta):
    assert links(page(meta, Text(("Самокритика и NPSX.",)))) == []


def test_the_pdf_has_the_links_and_keeps_its_claim(meta):
    html = page(meta, Cover(title="T", client="C", facts=[]), Text(("NPS вырос.",)))
    pdf = to_pdf(html, meta)
    assert pdf.warnings == ()
    assert b"/Link" in pdf.data or b"/Annots" in pdf.data


@pytest.mark.parametrize("language", [one.code for one in all_languages()])
@pytest.mark.parametrize("found", all_diagnostics(), ids=lambda d: d.name)
def test_the_words_of_a_term_find_the_term_itself(found, language):
    texts = load_texts(found.name, language)
    for term in found.glossary:
        if f"glossary.{term}.find" in texts:
            find = pattern(texts(f"glossary.{term}.find"))
            assert find.search(texts(f"glossary.{term}.term")), term
