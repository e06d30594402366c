from pathlib import Path

import pytest
from report_samples import notebook_of

from workbook.errors import InputError
from workbook.report.blocks import Notes
from workbook.report.exporter import to_html
from workbook.report.meta import ReportMeta
from workbook.report.notes import MAX_BYTES, MAX_PARAGRAPH, markdown_html
from workbook.report.own_words import own_words
from workbook.report.pdf import to_pdf


def html(source: str) -> str:
    return markdown_html(source, headings=False)


def commentary(folder: Path) -> str:
    return own_words(folder, "loyalty").commentary(None)


def notes(folder: Path, content: bytes) -> Path:
    (folder / "notes").mkdir()
    (folder / "notes" / "loyalty.md").write_bytes(content)
    return folder


def refusal(folder: Path) -> tuple[str, str, int | None]:
    with pytest.raises(InputError) as refused:
        commentary(folder)
    (problem,) = refused.value.problems
    return problem.code, problem.place.file, problem.place.row


def test_a_missing_file_is_no_commentary(tmp_path: Path) -> None:
    assert commentary(tmp_path) == ""


def test_the_file_is_read_as_utf_8_with_or_without_a_mark(tmp_path: Path) -> None:
    assert commentary(notes(tmp_path, "\ufeffМнение".encode())) == "<p>Мнение</p>"


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = notes(tmp_path, "View\n\nМнение".encode("cp1251"))
    assert refusal(folder) == ("notes_not_utf8", "notes/loyalty.md", 3)


def test_a_file_that_nobody_has_written_is_refused(tmp_path: Path) -> None:
    folder = notes(tmp_path, b"a\n\n" * MAX_BYTES)
    assert refusal(folder) == ("file_too_many_kb", "notes/loyalty.md", None)


def test_a_paragraph_without_an_end_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = notes(tmp_path, b"View\n\n" + b"[a](<b" * (MAX_PARAGRAPH // 6 + 1))
    assert refusal(folder) == ("notes_long_paragraph", "notes/loyalty.md", 3)
    (folder / "notes" / "loyalty.md").write_bytes(b"word " * 3_000 + b"\n\n" + b"word " * 3_000)
    assert commentary(folder).count("<p>") == 2


@pytest.mark.bad_input("E4")
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# View", '<p class="wb-subheading">View</p>'),
        ("**a** *b*", "<p><strong>a</strong> <em>b</em></p>"),
        ("[site](https://x.y)", "<p>site</p>"),
        ("![chart](http://x/y.png)", "<p>chart</p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("`x < y`", "<p>x &lt; y</p>"),
        ("```\na\nb\n```", "<p>a<br>b</p>"),
        ("$x$ {{7*7}}", "<p>$x$ {{7*7}}</p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("a\u202eb\x07", "<p>ab</p>"),
    ],
)
def test_markdown_becomes_the_blocks_vocabulary(source: str, expected: str) -> None:
    assert html(source) == expected


def test_commentary_with_lists_tables_and_quotes_reaches_the_pdf(meta: ReportMeta) -> None:
    source = (
        "## A\n\n1. one\n   - two\n\n- x\n\n  y\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n> q\n\n---\n"
    )
    page = to_html(notebook_of(Notes(title="Notes", body=html(source))), meta)
    assert to_pdf(page, meta).warnings == ()
