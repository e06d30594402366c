import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from report_samples import chart, every_block, notebook_of

from workbook.report.blocks import Callout, CalloutKind, Cover, Heading, Quotes, Text, Tile, Tiles
from workbook.report.exporter import to_html
from workbook.report.tree import escaped, parse, quoted
from workbook.report.vocabulary import clean_html

TEXTS = st.text(st.sampled_from("aж &<>\"'/=\n\u00a0;#x27b") | st.characters(), max_size=20)


def canonical(html: str) -> str:
    return str(BeautifulSoup(html, "html.parser"))


@given(TEXTS, TEXTS)
def test_cleaned_html_is_read_and_written_as_by_a_full_parser(one, other):
    blocks = [
        Cover(title=one, client=other, facts=[(one, other)]),
        Heading(text=one, short=other, caption=one),
        Tiles((Tile(label=one, value=other),)),
        Callout(kind=CalloutKind.LIMITATION, title=one, paragraphs=(other,)),
        Quotes(title=one, quotes=((one, other),)),
        Text((one, other)),
    ]
    html = clean_html("".join(b.html() for b in blocks), cell=1)
    assert parse(html).html() == canonical(html)
    assert parse(html).text() == BeautifulSoup(html, "html.parser").get_text()


@pytest.mark.parametrize(
    "raw",
    [
        "<p>a<br>b<br/>c</p>",
        "<b>x</b> <i>y</i>",
        '<img alt="a > b" src="data:image/png;base64,AA==">',
        "<p>a<p>b</p><div>c",
        "a &amp;amp; b &copy; &nbsp;",
        "<!-- no --><p class='wb-note evil num'> </p>\n  <p>\t</p>",
        "<table><tr><td colspan=3>1<td>2</table>",
        "<ul><li>a<li>b</ul></p></div>x",
    ],
)
def test_html_of_other_origin_once_cleaned_is_read_as_by_a_full_parser(raw):
    html = clean_html(raw, cell=1)
    assert parse(html).html() == canonical(html)


def test_the_canonical_form_is_read_back_as_itself():
    html = parse('<p class="wb-note">a &lt; b</p><img alt=\'"R&amp;D"\'/>').html()
    assert parse(html).html() == html


def test_the_page_is_in_the_canonical_form(meta):
    odd = 'a "b" & <c>'
    blocks = [*every_block(), chart(title=odd, alt=odd, note=odd), chart(alt='it\'s "b"')]
    page = to_html(notebook_of(*blocks), meta)
    assert page == canonical(page)


def test_elements_know_what_they_are_in():
    tree = parse('<section><div class="wb-tiles num"><p>a</p> b</div></section>')
    paragraph = next(tree.named("p"))
    assert [e.name for e in paragraph.above()] == ["div", "section", ""]
    assert next(tree.of_class("num")).words() == "a b"
    assert [e.name for e in tree.elements] == ["section"]


@pytest.mark.parametrize(
    ("text", "between", "value"),
    [
        ("plain", "plain", '"plain"'),
        ("R&D <x>", "R&amp;D &lt;x&gt;", '"R&amp;D &lt;x&gt;"'),
        ('"a"', '"a"', "'\"a\"'"),
        ('"it\'s"', '"it\'s"', '"&quot;it\'s&quot;"'),
        ("a\x00\u202eb", "ab", '"ab"'),
    ],
)
def test_text_and_attributes_are_escaped_where_they_must_be(text, between, value):
    assert (escaped(text), quoted(text)) == (between, value)
