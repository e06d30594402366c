import io
import re
from dataclasses import replace

import nbformat
import pytest
from pypdf import PdfReader
from report_samples import cell, chart, every_block, notebook_of, shown, table

from workbook.errors import RunError
from workbook.report.blocks import Block, Cover, Heading, Text
from workbook.report.columns import PAGE_WIDTH, SIZES, ColumnText, fit
from workbook.report.exporter import to_html
from workbook.report.meta import ReportMeta
from workbook.report.pdf import to_pdf, typst_source
from workbook.report.tree import parse
from workbook.report.typst_markup import typst_body
from workbook.report.typst_table import fits_together, table_code
from workbook.report.typst_text import breakable, literal


def read(meta: ReportMeta, *blocks: Block) -> PdfReader:
    pdf = to_pdf(to_html(notebook_of(*blocks), meta), meta)
    assert pdf.warnings == ()
    return PdfReader(io.BytesIO(pdf.data))


def words(reader: PdfReader) -> str:
    text = "\n".join(page.extract_text() for page in reader.pages)
    return text.replace("\u200b", "").replace("\u00a0", " ")


def test_a_report_with_every_block_is_pdf_ua_and_keeps_its_words(meta: ReportMeta) -> None:
    reader = read(meta, *every_block())
    text = words(reader)
    for part in ("Лояльность", "NPS вырос до 34", "Первый абзац.", "Мало ответов.", "n = 120"):
        assert part in text
    assert "Группа 39" in text
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_the_same_page_gives_the_same_bytes(meta: ReportMeta) -> None:
    html = to_html(notebook_of(*every_block()), meta)
    assert to_pdf(html, meta).data == to_pdf(html, meta).data


@pytest.mark.bad_input("J5")
def test_properties_come_from_the_engagement_and_the_brand(meta: ReportMeta) -> None:
    reader = read(meta, Text(("a",)))
    assert reader.metadata.title == meta.title
    assert reader.metadata.author == "Anna Kováčová"
    assert reader.metadata.creation_date == meta.created
    assert reader.trailer["/Root"]["/Lang"] == "ru"


def test_chapters_are_bookmarks_and_contents_carry_page_numbers(meta: ReportMeta) -> None:
    reader = read(meta, *every_block())
    top = [o.title for o in reader.outline if not isinstance(o, list)]
    assert top == ["NPS вырос до 34", "Полные таблицы"]
    assert re.search(r"Итог\s*2", words(reader).split("NPS вырос")[0])


@pytest.mark.bad_input("J13")
def test_every_page_of_a_draft_says_so_and_a_final_one_never(meta: ReportMeta) -> None:
    blocks = [Cover(title="T", client="C", facts=[]), table(40), Text(("Конец.",))]
    for page in read(meta, *blocks).pages:
        assert "ЧЕРНОВИК" in page.extract_text()
    assert "ЧЕРНОВИК" not in words(read(replace(meta, draft=False), *blocks))


def test_pages_are_numbered_and_name_client_and_diagnostic(meta: ReportMeta) -> None:
    reader = read(meta, Cover(title="T", client="C", facts=[]), Heading(text="H"), table(40))
    text = reader.pages[1].extract_text()
    assert f"Стр. 2 из {len(reader.pages)}" in text
    assert "ООО «Акме» · Customer loyalty" in text
    assert "Конфиденциально" in text


def test_the_header_of_a_table_repeats_on_each_page(meta: ReportMeta) -> None:
    pages = read(meta, table(40)).pages
    assert len(pages) > 1
    assert all("Сегмент" in p.extract_text() for p in pages[:2])


def test_a_character_that_no_font_has_is_a_box_and_not_a_gap(meta: ReportMeta) -> None:
    """A box is a character like others: the PDF stays accessible, and nothing vanishes."""
    client = replace(meta, client="客户")
    blocks = [
        Cover(title="T", client="客户", facts=[]),
        Heading(text="客"),
        Text(("Опт 中文 👍🏽.",)),
    ]
    pdf = to_pdf(to_html(notebook_of(*blocks), client), client)
    assert pdf.warnings == ()
    text = words(PdfReader(io.BytesIO(pdf.data)))
    assert "Опт □□ □." in text
    assert "客" not in text


@pytest.mark.parametrize("inner", ["<video>x</video>", "<p>a <u>b</u></p>"])
def test_an_unknown_element_is_an_error_that_names_the_cell(inner: str, meta: ReportMeta) -> None:
    html = f'<main><div class="wb-cell" data-cell="7">{inner}</div></main>'
    with pytest.raises(RunError, match=r"cell 7: the PDF cannot show the element <(video|u)>"):
        to_pdf(html, meta)


@pytest.mark.bad_input("E12")
def test_pictures_only_come_from_the_page_itself() -> None:
    html = '<main><div class="wb-cell" data-cell="3"><img src="file:///etc/passwd"></div></main>'
    with pytest.raises(RunError, match="cell 3: a picture is not part of the page"):
        typst_body(html)


@pytest.mark.bad_input("E6")
def test_a_frame_of_pandas_is_set_as_a_table(meta: ReportMeta) -> None:
    raw = (
        '<div><table border="1" class="dataframe"><thead><tr style="x"><th></th><th>a</th></tr>'
        "</thead><tbody><tr><th>0</th><td>12.5</td></tr></tbody></table></div>"
    )
    output = nbformat.v4.new_output("display_data", data={"text/html": raw})
    html = to_html(nbformat.v4.new_notebook(cells=[cell(output)]), meta)
    assert "12.5" in words(PdfReader(io.BytesIO(to_pdf(html, meta).data)))


def test_a_chart_taller_than_the_page_is_made_narrower(meta: ReportMeta) -> None:
    tall = replace(chart(), svg='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 1500"/>')
    html = to_html(nbformat.v4.new_notebook(cells=[cell(shown(tall))]), meta)
    assert ", 40%)" in typst_source(html, meta)
    assert len(read(meta, tall).pages) == 1


def test_the_drawing_for_a_phone_is_not_printed(meta: ReportMeta) -> None:
    wide = typst_body(to_html(notebook_of(chart()), meta))
    narrow = replace(chart(), narrow=chart().svg.replace("480", "240"))
    assert typst_body(to_html(notebook_of(narrow), meta)) == wide


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("plain", '"plain"'),
        ('a "b"', '"a \\"b\\""'),
        ("\\", '"\\\\"'),
        ("a\nb", '"a\\u{a}b"'),
        ("#{x}", '"#{x}"'),
    ],
)
def test_text_becomes_a_string_literal(given: str, expected: str) -> None:
    assert literal(given) == expected


def test_only_words_that_no_line_could_hold_get_zero_width_spaces() -> None:
    assert breakable("an ordinary sentence") == "an ordinary sentence"
    assert "\u200b" in breakable("x" * 40)


def test_columns_fill_the_page_and_few_of_them_keep_the_largest_type() -> None:
    names = ColumnText(heading="Segment", cells=["Large chains"], whole=False)
    figure = ColumnText(heading="n", cells=["1 234"], whole=True)
    fitted = fit([names, figure])
    assert fitted.size == SIZES[0]
    assert sum(fitted.widths) == pytest.approx(PAGE_WIDTH)


def test_many_columns_get_smaller_type_and_too_many_are_squeezed() -> None:
    figure = ColumnText(heading="n", cells=["1 234 567 890"], whole=True)
    assert SIZES[0] > fit([figure] * 7).size >= 8
    assert fit([figure] * 12).squeezed
    assert sum(fit([figure] * 12).widths) == pytest.approx(PAGE_WIDTH)


@pytest.mark.parametrize(
    ("rows", "words", "together"), [(4, 10, True), (6, 10, True), (4, 300, False), (30, 10, False)]
)
def test_a_short_table_is_kept_on_one_page_and_a_tall_one_may_break(rows, words, together):
    row = f"<tr><th>{'word ' * (words // 5)}</th><td>1</td></tr>"
    table = next(parse(f"<table>{row * rows}</table>").named("table"))
    assert fits_together(table) is together


def test_the_heading_of_a_group_of_rows_reaches_over_all_columns():
    group = '<tr><th scope="rowgroup" colspan="2">Large enterprises</th></tr>'
    row = '<tr><th scope="row">Alpha</th><td class="num">1</td></tr>'
    code = table_code(next(parse(f"<table>{group}{row}</table>").named("table")))
    assert "table.cell(colspan: 2" in code


def test_words_of_names_are_whole_while_there_is_room_and_broken_at_a_syllable_where_not(
    meta: ReportMeta,
) -> None:
    word = "недоудовлетворенностью"

    def set_in(columns: int) -> str:
        row = f"<tr>{f'<td>{word}</td>' * columns}</tr>"
        html = f'<main><div class="wb-cell" data-cell="1"><table>{row}</table></div></main>'
        return PdfReader(io.BytesIO(to_pdf(html, meta).data)).pages[0].extract_text()

    assert set_in(3).split().count(word) == 3
    assert word not in set_in(6).split()
