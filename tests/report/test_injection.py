"""What a client's file may contain, in every place of the report that shows it."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from report_samples import chart, notebook_of, table

from workbook.engagement.settings import Brand
from workbook.report.appendix import to_xlsx
from workbook.report.blocks import (
    Block,
    Bullets,
    Callout,
    CalloutKind,
    Cover,
    Definitions,
    Heading,
    Quotes,
    Text,
    Tile,
    Tiles,
)
from workbook.report.document import tables_of
from workbook.report.exporter import to_html
from workbook.report.meta import ReportMeta
from workbook.report.pdf import to_pdf, typst_source
from workbook.report.vocabulary import TAGS

SOURCES = {
    "script": "<script>alert(1)</script>",
    "handler": "<img src=x onerror=alert(1)>",
    "svg": "<svg onload=alert(1)>",
    "frame": "<iframe srcdoc='<p>x'></iframe>",
    "base": "<base href='http://evil.example/'>",
    "refresh": "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "import": "<style>@import url(http://evil.example/a.css)</style>",
    "island": "</script><script>alert(1)</ScRiPt ><!--",
    "title": "</title></textarea></style><b>x</b>",
    "breakout": '" onmouseover="alert(1)" x="',
    "address": "javascript:alert(1)",
    "markdown": "[a](javascript:alert(1)) ![x](http://tracker.example) # `b` | c",
    "mathematics": "$x^2$ \\href{javascript:alert(1)}{y}",
    "jinja": "{{7*7}} {% include 'conf.json' %} {# x #}",
    "latex": "\\input{/etc/passwd} \\write18{ls}",
    "typst": '#read("/etc/passwd") #{panic()} $x$ *b* _i_ @ref <label> // c',
    "quotes": '\\" \\\\" \') #panic()',
    "attachment": "<link rel=attachment href='file:///etc/passwd'>",
    "entity": "&lt;b&gt; &#60;script&#62; &amp;",
    "formula": '=HYPERLINK("http://evil.example","x")',
}
SINKS: dict[str, Callable[[str], Block]] = {
    "client": lambda s: Cover(title="T", client=s, facts=[]),
    "cover": lambda s: Cover(title=s, client="C", facts=[(s, s)]),
    "heading": lambda s: Heading(text=s, caption=s, short=s),
    "text": lambda s: Text((s,)),
    "bullet": lambda s: Bullets((s,)),
    "tile": lambda s: Tiles((Tile(label=s, value="1", change=s, base=s),)),
    "callout": lambda s: Callout(kind=CalloutKind.LIMITATION, title=s, paragraphs=(s,)),
    "comment": lambda s: Quotes(title=s, quotes=((s, s),)),
    "definition": lambda s: Definitions(items=((s, s),)),
    "chart": lambda s: chart(title=s, alt=s, note=s),
    "cell": lambda s: table(2, label=s, title=s),
}


def scan(html: str) -> BeautifulSoup:
    """Check that nothing in the page runs or is fetched; return it parsed."""
    soup = BeautifulSoup(html, "html.parser")
    allowed = TAGS | {"html", "head", "meta", "title", "style", "body", "a", "main", "nav"}
    allowed |= {"footer", "span"}
    for tag in soup.find_all(True):
        assert tag.name in allowed
        for name, value in tag.attrs.items():
            assert not name.lower().startswith("on")
            assert name != "style"
            if name in ("href", "src"):
                assert value.startswith(("#", "data:image/svg+xml;base64,"))
    assert len(soup.find_all("meta", attrs={"http-equiv": True})) == 1
    assert len(soup.find_all("style")) == 1
    assert not re.search(r"url\((?!data:)|@import", soup.style.get_text())
    return soup


def squeezed(text: str) -> str:
    """Text without what line breaking adds or takes away, and without quotes, which are set."""
    return re.sub("[\\s\u200b\u2060\u00ad\u2010\"'«»„“”‘’-]", "", text)


@pytest.mark.bad_input("E1", "E2", "E3", "E4", "E5", "E9")
@pytest.mark.parametrize("source", SOURCES)
def test_clients_text_is_inert_and_visible_in_html(source: str, meta: ReportMeta) -> None:
    text = SOURCES[source]
    blocks = [make(text) for make in SINKS.values()]
    soup = scan(to_html(notebook_of(*blocks), meta))
    for number, sink in enumerate(SINKS, start=1):
        seen = soup.select_one(f'[data-cell="{number}"]').get_text()
        assert squeezed(text) in squeezed(seen), sink


@pytest.mark.bad_input("E1", "E4", "E5", "E9", "E11")
@pytest.mark.parametrize("source", SOURCES)
def test_clients_text_is_inert_and_visible_in_pdf(source: str, meta: ReportMeta) -> None:
    text = SOURCES[source]
    blocks = [make(text) for make in SINKS.values()]
    pdf = to_pdf(to_html(notebook_of(*blocks), replace(meta, draft=False)), meta)
    assert pdf.warnings == ()
    reader = PdfReader(io.BytesIO(pdf.data))
    found = squeezed("".join(p.extract_text() for p in reader.pages))
    assert found.count(squeezed(text)) >= len(SINKS)
    assert "root:x" not in found


@pytest.mark.bad_input("E11")
@pytest.mark.parametrize("source", SOURCES)
def test_clients_text_is_only_in_string_literals_of_the_typst_source(
    source: str, meta: ReportMeta
) -> None:
    blocks = [make(SOURCES[source]) for make in SINKS.values()]
    body = typst_source(to_html(notebook_of(*blocks), meta), meta).split("#show: wb-report", 1)[1]
    code = re.sub(r'"(?:[^"\\]|\\.)*"', "", body, flags=re.S)
    assert set(re.findall(r"#.*", code)) <= {"#{"}
    assert re.fullmatch(r"(?:[\w\s.,:;(){}\[\]%#-]|=>)*", code)


@pytest.mark.bad_input("E1", "E3", "E9")
@pytest.mark.parametrize("source", SOURCES)
def test_titles_and_names_of_the_engagement_are_inert(source: str) -> None:
    text = SOURCES[source]
    meta = ReportMeta(
        title=text,
        client=text,
        language="en",
        period=text,
        as_of=date(2025, 12, 31),
        brand=Brand(name=text, author=text),
    )
    html = to_html(notebook_of(Cover(title="T", client="C", facts=[]), Heading(text="H")), meta)
    soup = scan(html)
    assert soup.title.get_text() == f"{text} · {text}"
    pdf = to_pdf(html, meta)
    assert PdfReader(io.BytesIO(pdf.data)).metadata.title == text


@pytest.mark.bad_input("F1", "F3")
@pytest.mark.parametrize("source", SOURCES)
def test_clients_text_is_a_plain_string_in_the_appendix(source: str, meta: ReportMeta) -> None:
    text = SOURCES[source]
    data = to_xlsx(tables_of(notebook_of(table(1, label=text, title=text))), meta)
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[1]
    assert (page["A1"].value, page["A1"].data_type) == (text, "s")
    assert (page["A5"].value, page["A5"].data_type) == (f"{text} 0", "s")
    assert page["A5"].hyperlink is None


@pytest.mark.bad_input("E10")
@pytest.mark.parametrize(
    "colour", ["red;}body{display:none", "#12345", "url(http://x)", "#0b5394\n"]
)
def test_a_colour_is_six_hexadecimal_digits_or_nothing(colour: str, meta: ReportMeta) -> None:
    with pytest.raises(ValueError, match="is not #rrggbb"):
        replace(meta, brand=Brand(primary=colour))


@pytest.mark.bad_input("D11", "E5")
def test_controls_and_overrides_never_reach_a_document(meta: ReportMeta) -> None:
    html = to_html(
        notebook_of(Text(("a\x00\x07\u202eb\ud800\ufffe",)), Heading(text="h\x0b")), meta
    )
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\ud800-\udfff\ufffe]", html)
    assert "<p>ab</p>" in html
