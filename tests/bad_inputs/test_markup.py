"""Whole reports about hostile texts: in every place of every file they are text.

Where the texts stand (cells, headings, ids, names of files, notes, brand) is told in
``benchmarks.corpora.carriers``; what a file may hold is what reports about plain words hold.
"""

import ast
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from benchmarks.corpora.findings import findings, page_marks, pdf_findings, workbook_findings
from benchmarks.corpora.reports import Tally, try_texts
from benchmarks.corpora.texts import texts_of

pytestmark = pytest.mark.filterwarnings("ignore")  # of the libraries around the kernel

PACKAGE = Path(__file__).resolve().parents[2] / "workbook"
UNSAFE = {"great_tables", "plotly", "altair", "bokeh", "folium"}
SHOWING = {"Styler", *(f"IPython.display.{name}" for name in ("HTML", "Markdown", "Javascript"))}
TEXTS = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>"),
    *("<iframe srcdoc='<p>x'></iframe>", "<base href='http://evil.example/'>"),
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    *(
        "<style>@import url(http://evil.example/a.css)</style>",
        "<link rel=attachment href=file:///x>",
    ),
    *(
        "</script><script>alert(1)</ScRiPt ><!--",
        "</title></textarea></style><b>x</b>",
        "<!--",
        "]]>",
    ),
    *('" onmouseover="alert(1)" x="', "' autofocus onfocus=alert(1) '", "javascript:alert(1)"),
    *(
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "&lt;b&gt;",
        "<b>bold</b>",
        "<a href=//x>",
    ),
    *("[a](javascript:alert(1))", "![x](http://tracker.example/)", "# Heading", "`code` | cell"),
    *("<http://evil.example>", "[ref]: http://evil.example", "**bold**", "***", "> quote"),
    *("$x^2$", "\\href{javascript:alert(1)}{y}", "```mermaid", "\\input{/etc/passwd}"),
    *("{{7*7}}", "{% include 'x' %}", "{# x #}", "${7*7}", "#{7*7}", "%s %n", "{0.__class__}"),
    *('#read("/etc/passwd")', "#{panic()}", "*b* _i_ @ref <label> // c", '\\" ") #panic()'),
    *("=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example")', "+1+1", "@SUM(1)", "{=1}"),
    *("http://evil.example/", "mailto:a@evil.example", "\\\\evil.example\\x", "file:///etc/passwd"),
    *(
        "\u2028alert(1)",
        "gnp.\u202eexe",
        "Z̷̢̧a̴l̶g̸o̵",
        "👩‍👩‍👧",
        "客户",
        "ﷺ",
        "a" * 3_000,
        "_x000D_",
        "007",
    ),
    *("&", "<", ">", '"', "'", "\\", "null", "undefined", "True", "1e5", "../../etc/passwd"),
)


@dataclass(frozen=True)
class Made:
    """What was made of the texts, and where."""

    tally: Tally
    out: Path

    def files(self, suffix: str) -> Iterator[Path]:
        return self.out.rglob(f"*{suffix}")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Make the reports of the texts, and of plain words to compare them with."""
    home = tmp_path_factory.mktemp("markup")
    return Made(try_texts(TEXTS, home=home, look=False), home / "texts0" / "out")


@pytest.mark.bad_input("E1", "E2", "E3", "E4", "E5", "E9", "E13")
def test_no_text_becomes_an_element_an_address_or_a_formula(made: Made) -> None:
    assert made.tally.survivors == []
    assert made.tally.failed == []
    assert made.tally.files == {".html": 8, ".pdf": 6, ".xlsx": 6, ".json": 6}


@pytest.mark.bad_input("D11", "E1", "E9")
def test_nearly_every_text_is_accepted_and_seen_as_it_is(made: Made) -> None:
    """The rest are turned: a tab is a space, what no cell may hold is left out."""
    assert made.tally.refused == []
    assert made.tally.shown > 0.9 * len(TEXTS)


@pytest.mark.bad_input("E13")
def test_every_page_has_its_policy_and_loads_nothing(made: Made) -> None:
    pages = [BeautifulSoup(f.read_text("utf-8"), "html.parser") for f in made.files(".html")]
    assert len(pages) == 8
    for page in pages:
        policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert policy["content"].startswith("default-src 'none'")
        assert page.find(["script", "iframe", "object", "embed", "base", "link", "form"]) is None
        for tag in page.find_all(True):
            assert not any(name.lower().startswith("on") for name in tag.attrs)
            places = [tag.attrs[name] for name in ("src", "href") if name in tag.attrs]
            assert all(re.match(r"data:|#|[\w%./-]+(#\w+)?\Z", place) for place in places)


@pytest.mark.bad_input("E2", "E12")
def test_nothing_of_the_machine_is_read_into_a_report(made: Made) -> None:
    held = b"".join(
        file.read_bytes() for suffix in (".html", ".json") for file in made.files(suffix)
    )
    assert b"root:x:" not in held
    assert b"49 49" not in held


@pytest.mark.bad_input("J1", "J3")
def test_no_path_of_the_machine_is_in_what_is_sent(made: Made) -> None:
    for file in (f for f in made.out.rglob("client/*") if f.is_file()):
        content = file.read_bytes()
        if file.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                content = b"".join(map(book.read, book.namelist()))
        assert str(made.out.parent).encode() not in content, file


@pytest.mark.bad_input("E6", "E7")
def test_nothing_that_takes_text_for_markup_is_used() -> None:
    """Pandas' Styler, great_tables and the plotters of scripts would show a client's markup."""
    found = [
        f"{file.relative_to(PACKAGE)}: {name}"
        for file in PACKAGE.rglob("*.py")
        for name in _used(ast.parse(file.read_text("utf-8")))
        if name.split(".")[0] in UNSAFE or name in SHOWING
    ]
    assert found == []


def _used(tree: ast.AST) -> Iterator[str]:
    """Yield modules that are imported, what is taken from IPython, and every attribute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield node.attr


# What looks for faults finds them


@pytest.mark.parametrize(
    ("page", "mark"),
    [
        ("<p><script>x</script></p>", "script"),
        ("<p onclick=x>", "p onclick"),
        ('<img src="http://x/">', "src http://x/"),
        ('<a href="javascript:x">', "href javascript:x"),
        ('<p class="evil">', "p .evil"),
    ],
)
def test_marks_of_a_page_are_found(page: str, mark: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page, "utf-8")
    benign = frozenset(page_marks('<p class="wb-note"></p><img src="#"><a href="#">'))
    assert mark in findings(tmp_path / "a.html", benign)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/worksheets/sheet1.xml", b"<c><f>1+1</f></c>"),
        ("xl/externalLinks/externalLink1.xml", b"<ddeLink/>"),
        ("xl/worksheets/_rels/sheet1.xml.rels", b'<R Target="http://x" TargetMode="External"/>'),
        ("xl/vbaProject.bin", b"x"),
    ],
)
def test_what_runs_in_a_workbook_is_found(name: str, content: bytes) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr(name, content)
        book.writestr("xl/sharedStrings.xml", b"<t>&lt;f&gt;</t><t>ddeLink</t>")
    assert list(workbook_findings(buffer.getvalue()))


def test_actions_of_a_pdf_are_found() -> None:
    writer, buffer = PdfWriter(), io.BytesIO()
    writer.add_blank_page(10, 10)
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    writer.add_attachment("a.txt", b"x")
    writer.write(buffer)
    assert {"/JS", "/OpenAction", "/EmbeddedFiles"} <= set(pdf_findings(buffer.getvalue()))


def test_texts_of_collections_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("#\tcomment\n<b>\n\n \n<b>\n# c\n", "utf-8")
    (tmp_path / "b.json").write_text('[{"x": ["y\\nz"]}]', "utf-8")
    (tmp_path / "c.mjs").write_text('a = [{"payload": "<\\"q>"}]', "utf-8")
    assert texts_of([tmp_path]) == ["<b>", "# c", "x", "y z", '<"q>']
