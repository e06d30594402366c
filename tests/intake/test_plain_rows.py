"""Rows that are told from their bytes at once: the same facts as the parser finds."""

import io
import re
from unittest.mock import patch
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.intake.files import plain_rows, sheet_xml
from workbook.intake.files.cell_styles import CURRENCY, PERCENT_SIGN, ZEROS
from workbook.intake.files.sheet_xml import UnsafeXmlError, scan_sheet

STYLES = {1: (PERCENT_SIGN, None), 2: (CURRENCY, "€"), 12: (ZEROS, 5)}
NO_HEAD = re.compile(rb"(?!)")
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def facts_of(xml, *, chunk=1 << 20, recalculates=False, styles=STYLES):
    """Return all that is noted of a sheet, or how its reading failed."""
    try:
        found = scan_sheet(io.BytesIO(xml).read, styles, recalculates=recalculates, chunk=chunk)
    except (expat.ExpatError, UnsafeXmlError, LookupError, ValueError) as error:
        return type(error).__name__
    return vars(found)


def by_the_parser(xml, **options):
    """Return the same, seen by the parser alone."""
    with patch.object(sheet_xml, "_HEAD", NO_HEAD):
        return facts_of(xml, **options)


def sheet(rows, *, head=DECLARED, before="", after="", name="worksheet"):
    return f"{head}<{name}>{before}<sheetData>{rows}</sheetData>{after}</{name}>".encode()


PLAIN = (
    '<row r="2" spans="1:3"><c r="B2" t="s"><v>0</v></c><c r="C2" s="1"><v>0.5</v></c></row>'
    '<row r="3"><c r="A3" s="4"/><c r="B3" t="inlineStr"><is><t>Tom &amp; Co</t></is></c></row>'
    '<row r="7" ht="15.5" customHeight="1"><c r="D7" s="12"><v>42</v></c>'
    '<c r="E7" s="2"><f>D7*2</f><v>84</v></c></row>'
)


def test_plain_rows_are_not_seen_by_the_parser():
    with patch.object(sheet_xml.PlainRows, "note", autospec=True) as noted:
        facts_of(sheet(PLAIN))
    ((rows, *_),) = (call.args for call in noted.call_args_list)
    assert rows.last == 7


def test_what_is_noted_of_plain_rows():
    found = facts_of(sheet(PLAIN))
    assert (found["first_row"], found["first_column"]) == (2, 2)
    assert (found["last_row"], found["last_column"], found["cells"]) == (7, 5, 5)
    assert found["percents"] == {3: [2]}
    assert found["padded"] == {4: {7: 5}}
    assert found["currencies"] == {5: {"€": [1, 7]}}
    assert found["formulas"] == {5: [1, 7]}
    assert found == by_the_parser(sheet(PLAIN))


def test_a_calculation_that_is_still_to_be_made_is_for_the_parser():
    xml = sheet(PLAIN + '<row r="9"><c r="A9"><f>1-1</f><v>0</v></c></row>')
    found = facts_of(xml, recalculates=True)
    assert found["uncalculated"] == [(9, 1)]
    assert found == by_the_parser(xml, recalculates=True)


TWICE = '<row r="1" s="1" ht="9" s="1"><c r="A1"><v>1</v></c></row>'
FORMULA_TWICE = '<row r="1"><c r="A1"><f t="shared" si="0" t="shared"/><v>1</v></c></row>'
PREFIXED = '<row r="1" spans="1:1" x14ac:dyDescent="0.25"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize("rows", [TWICE, FORMULA_TWICE, PREFIXED, PLAIN + PREFIXED])
def test_attributes_that_are_no_xml_are_refused(rows):
    assert facts_of(sheet(rows)) == by_the_parser(sheet(rows)) == "ExpatError"


def test_a_prefix_that_is_declared_is_plain():
    xml = sheet(PREFIXED).replace(b"<worksheet", b'<worksheet xmlns:x14ac="x"', 1)
    with patch.object(sheet_xml.PlainRows, "note", autospec=True) as noted:
        facts_of(xml)
    assert noted.called
    assert facts_of(xml) == by_the_parser(xml)


CELL = st.sampled_from(
    [
        '<c r="A{r}"><v>1</v></c>',
        '<c r="B{r}" s="1"><v>0.5</v></c>',
        '<c r="C{r}" s="3"/>',
        '<c r="D{r}" s="12" t="n"><v>7</v></c>',
        '<c r="AA{r}" t="s"><v>3</v></c>',
        '<c r="E{r}" t="inlineStr"><is><t xml:space="preserve"> ж </t></is></c>',
        '<c r="E{r}" t="inlineStr"><is><t></t></is></c>',
        '<c r="F{r}" t="b"><v>1</v></c>',
        '<c r="G{r}"><f>A{r}*2</f><v>2</v></c>',
        '<c r="G{r}" s="2"><f>1</f><v>2</v></c>',
        '<c r="G{r}" s="1"><f t="shared" si="0"/><v>2</v></c>',
        '<c r="G{r}"><f t="shared" ref="G1:G9" si="0">1</f><v>2</v></c>',
        '<c r="H{r}"></c>',
        # what is not plain
        '<c r="G{r}"><f si="0" si="0"/><v>2</v></c>',
        '<c r="A{r}" t="e"><v>#N/A</v></c>',
        '<c r="G{r}"><f>1</f></c>',
        "<c><v>5</v></c>",
        '<c r="B{r}" t="str"><f>""</f><v></v></c>',
        '<c r="B{r}"><v/></c>',
        '<c t="s" r="C{r}"><v>1</v></c>',
        '<c r="D{r}"><v>&#65;</v></c>',
        '<c r="D{r}"><v>&nbsp;</v></c>',
        '<c r="E{r}"><v><![CDATA[1]]></v></c>',
        '<c r="A{r}"><!-- <v>1</v></c></row><row r="9"> --><v>2</v></c>',
        '<c r="A99"><v>1</v></c>',
        '<x:c xmlns:x="x" r="B{r}"><x:v>1</x:v></x:c>',
        '<c r="E{r}" t="s"><is><t>a</t></is></c>',
        '<c r="A{r}"><v>a]]></v></c>',
        '<c r="A{r}"><v>\ufffe</v></c>',
        '<c r="A{r}"><v>\x01</v></c>',
        '<c r="A{r}" s="0001"><v>1</v></c>',
        '<c r="ZZZ{r}"><v>1</v></c>',
        '<c r="A{r}"><v>1</v>',
        "<c r='B{r}'><v>1</v></c>",
        '<row r="5"><c r="A5"><v>1</v></c></row>',
    ]
)
OPENING = st.sampled_from(
    [
        *('<row r="{r}">', '<row r="{r}" spans="1:9" ht="15">'),
        *('<row r="{r}" ht="15" x14ac:dyDescent="0.2">', '<row r="{r}" ht="15" ht="15">'),
        *('<row r="{r}">', '<row r="{r}" hidden="1">', "<row>", '<row r="1">'),
    ]
)
ROW = st.tuples(OPENING, st.lists(CELL, max_size=5)).map(
    lambda drawn: drawn[0] + "".join(drawn[1]) + "</row>"
)
BETWEEN = st.sampled_from(["", "", "", "\n", "<!-- <row r=", " --> "])
ROWS = st.lists(st.tuples(BETWEEN, ROW), max_size=8).map(
    lambda drawn: "".join(
        between + row.replace("{r}", str(number + 1)) for number, (between, row) in enumerate(drawn)
    )
)


def one_cell(cell, rest=PLAIN):
    return f'<row r="1">{cell}</row>{rest}'


@pytest.mark.parametrize(
    "rows",
    [
        one_cell('<c r="A1"><v>a]]></v></c>'),
        one_cell('<c r="A1"><v>\ufffe</v></c>'),
        one_cell('<c r="A1"><v>5</v></c>', PLAIN + PLAIN),
        one_cell('<c r="A1"><v>5</v></c>', '<row r="9"><c r="A9"><v>1</v></c></row>' + PLAIN),
        one_cell('<c r="A1"><!-- <v>1</v></c>', PLAIN + "--></row>"),
        one_cell('<c r="A1"><![CDATA[', PLAIN + "]]></c></row>"),
        one_cell("<!-- ", PLAIN + " --></row>"),
        one_cell('<c r="A1"><v>1<row r="1"></row>', PLAIN + "</v></c></row>"),
        one_cell('<c r="A1" t="e"><v>#N/A</v></c>', PLAIN + "<row><c><v>1</v></c></row>"),
    ],
)
@pytest.mark.parametrize("chunk", [60, 1 << 20])
def test_what_looks_plain_and_is_not(rows, chunk):
    assert facts_of(sheet(rows), chunk=chunk) == by_the_parser(sheet(rows), chunk=chunk)


@given(
    rows=ROWS,
    chunk=st.sampled_from([40, 150, 1 << 20]),
    recalculates=st.booleans(),
    head=st.sampled_from(
        [
            *(DECLARED, "", "<?xml version='1.0'?>", '<?xml version="1.0" encoding="latin-1"?>'),
            *("<!DOCTYPE a>", "<!-- <sheetData> -->"),
        ]
    ),
    before=st.sampled_from(["", '<cols><col min="2" max="3" hidden="1"/></cols>', "<!-- -->"]),
    after=st.sampled_from(["", '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', "<broken>"]),
)
def test_the_parser_alone_finds_the_same(rows, chunk, recalculates, head, before, after):
    xml = sheet(rows, head=head, before=before, after=after)
    options = {"chunk": chunk, "recalculates": recalculates}
    assert facts_of(xml, **options) == by_the_parser(xml, **options)


@given(
    place=st.integers(0, 400),
    gone=st.integers(0, 12),
    new=st.sampled_from([b"", b"<", b">", b"&", b'"', b"</row>", b"<row>", b"\xff", b"<!--"]),
    chunk=st.sampled_from([40, 150, 1 << 20]),
)  # fmt: skip
def test_a_sheet_with_a_fault_is_refused_or_read_as_by_the_parser(place, gone, new, chunk):
    xml = sheet(PLAIN)
    damaged = xml[:place] + new + xml[place + gone :]
    assert facts_of(damaged, chunk=chunk) == by_the_parser(damaged, chunk=chunk)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings(encoding):
    xml = sheet(PLAIN, head="").decode().encode(encoding)
    assert facts_of(xml)["cells"] == 5
    assert facts_of(xml) == by_the_parser(xml)


def test_a_style_that_cells_have_without_saying_so_is_for_the_parser():
    xml, styles = sheet('<row r="1"><c r="A1"><v>1</v></c></row>'), {0: (PERCENT_SIGN, None)}
    assert facts_of(xml, styles=styles)["percents"] == {1: [1]}


def test_a_row_without_an_end_is_not_searched_for_ever():
    with patch.object(sheet_xml, "_LONGEST_ROW", 100):
        xml = sheet('<row r="1">' + '<c r="A1"><v>1</v></c>' * 40 + "</row>")
        assert facts_of(xml, chunk=30)["cells"] == 40


def test_the_end_of_plain_rows():
    block = PLAIN.encode()
    assert plain_rows.plain_end(block, 0) == len(block)
    assert plain_rows.plain_end(block + b'<row r="8" hidden="1"/>', 0) == len(block)
    assert plain_rows.plain_end(b" " + block, 0) == 0
