"""The Word document: the report's body with real headings, lists, tables and described pictures."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from office_samples import REASONS, chart, meta, notebook_of, report, table

from workbook.report.blocks import Heading
from workbook.report.office.storyline import storyline_of
from workbook.report.office.word_report import to_docx


def written(notebook, language="en", **brand):
    return to_docx(storyline_of(notebook, language), meta(language, **brand))


def opened(data):
    return Document(io.BytesIO(data))


@pytest.fixture(scope="module")
def document():
    return opened(written(report()))


def styled(document, style):
    return [p.text for p in document.paragraphs if p.style.name == style]


def test_headings_are_real_and_page_two_comes_first(document):
    assert styled(document, "Title") == ["Loyalty"]
    assert styled(document, "Heading 1") == [
        "Bring the warehouse back",
        "Commentary",
        "Bring the warehouse back 1",
        "Bring the warehouse back 2",
        "Bring the warehouse back 3",
        "Where the rest is: the whole report and its tables",
    ]
    assert "Main findings" in styled(document, "Heading 2")


def test_findings_are_a_numbered_list(document):
    assert styled(document, "List Number") == ["Bring the warehouse back"] * 3


def test_each_numbered_list_begins_at_one():
    from workbook.report.blocks import Bullets

    lists = [Bullets(("a", "b"), ordered=True), Heading(text="Next"), Bullets(("c",), ordered=True)]
    made = opened(written(notebook_of(Heading(text="Answer"), *lists)))
    numbers = [p._p.pPr.numPr.numId.val for p in made.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_the_contents_are_a_field_that_word_can_make_anew(document):
    code = "".join(e.text for e in document.element.iter(qn("w:instrText")))
    assert "TOC" in code
    marks = {e.get(qn("w:name")) for e in document.element.iter(qn("w:bookmarkStart"))}
    links = {e.get(qn("w:anchor")) for e in document.element.iter(qn("w:hyperlink"))}
    assert links
    assert links <= marks


def test_a_table_is_native_repeats_its_heading_and_says_what_is_left_out(document):
    tables = [t for t in document.tables if t.cell(0, 0).text == "Segment"]
    assert [len(t.rows) for t in tables] == [41]
    assert tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert tables[0]._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Segments"
    assert any("of 60 rows" in p.text for p in document.paragraphs)


def test_charts_are_pictures_with_words(document):
    assert [s._inline.docPr.get("descr") for s in document.inline_shapes] == [
        "Price leads",
        "The share falls",
    ]
    across = document.sections[0].page_width
    assert all(0 < shape.width < across for shape in document.inline_shapes)


def test_every_page_has_its_number_and_the_status(document):
    footer = document.sections[0].footer._element
    codes = "".join(e.text for e in footer.iter(qn("w:instrText")))
    assert ("PAGE" in codes, "NUMPAGES" in codes) == (True, True)
    assert "Draft" in document.sections[0].footer.paragraphs[0].text


@pytest.mark.parametrize(("language", "code"), [("en", "en-GB"), ("ru", "ru-RU"), ("sk", "sk-SK")])
def test_words_are_proofread_in_the_language_of_the_report(language, code):
    document = opened(written(report(language), language))
    assert {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))} == {code}


def test_properties_say_whose_it_is(document):
    core = document.core_properties
    assert (core.title, core.author, core.subject) == (
        "Loyalty · Acme",
        "Anna Kováčová",
        "Q4\u00a02025",
    )
    assert core.created.isoformat()[:10] == core.modified.isoformat()[:10] == "2025-12-31"


def test_the_same_report_gives_the_same_bytes():
    assert written(report()) == written(report())


def test_hostile_text_stays_text():
    words = "<w:p/> &amp; =1+1 {PAGE} \x07\u202e]]>"
    data = written(report(words=words))
    assert "<w:p/> &amp; =1+1 {PAGE} ]]>" in styled(opened(data), "Heading 1")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rels = b"".join(archive.read(n) for n in archive.namelist() if n.endswith(".rels"))
    assert b"External" not in rels


def template():
    document = Document()
    document.styles["Heading 1"].font.name = "Georgia"
    document.add_paragraph("OLD TEXT")
    document.sections[0].header.paragraphs[0].text = "The firm"
    document.core_properties.author = "Somebody"
    for name in ("Quote", "List Bullet"):
        style = document.styles[name].element
        style.getparent().remove(style)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_a_template_gives_styles_and_headers_and_keeps_none_of_its_words():
    notebook = notebook_of(
        Heading(text="Answer"), Heading(text="Why"), chart(data=REASONS), table()
    )
    data = written(notebook, docx_template=template())
    document = opened(data)
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert document.sections[0].header.paragraphs[0].text == "The firm"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"OLD TEXT" not in everything
    assert b"Somebody" not in everything
    assert styled(document, "Heading 1")[:2] == ["Answer", "Why"]
