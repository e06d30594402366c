"""Reports of a few lines that are what real ones are: a page with links, a tagged PDF, a table."""

from functools import cache

import typst

from workbook.batch.tasks import Published
from workbook.report.pdf import fonts

TITLES = {
    "en": {"loyalty": "Customer loyalty: 2024/2025?", "summary": "Summary"},
    "ru": {"loyalty": "Лояльность клиентов", "summary": "Сводный отчёт"},
    "sk": {"loyalty": "Lojalita zákazníkov", "summary": "Súhrnná správa"},
}
PAGE = """<!DOCTYPE html>
<html lang="{language}"><body><p>href="loyalty.pdf"</p><a class="wb-skip" href="#main">Skip</a>
<a href="index.html">Index</a> <a href="{name}.pdf">PDF</a> <a href="{name}.xlsx">Tables</a>
<a href="index.html#loyalty">By the index</a>
<a class="x" href="loyalty.html#main">Loyalty</a> <a href="https://example.com/loyalty.pdf">Site</a>
</body></html>"""
SOURCE = """#set document(title: "{title}")
= {title} has an answer
#table(columns: 2, table.header([Key], [Value]), [a], [1])
#link(<end>)[To the end]
#pagebreak()
== Its end <end>
Words"""


@cache
def pdf(title: str) -> bytes:
    """Return a tagged PDF of two pages with a heading on each."""
    source = SOURCE.format(title=title).encode("utf-8")
    data, _ = typst.Compiler(source, font_paths=fonts()).compile_with_warnings(format="pdf")
    return data


def publish(notebook, *, engagement, name, formats):
    title = TITLES[engagement.language].get(name, f"The {name}")
    page = PAGE.format(language=engagement.language, name=name)
    contents = {
        "html": page.encode("utf-8"),
        "pdf": pdf(title),
        "xlsx": b"tables",
        "json": b"{}",
    }
    folders = {fmt: "results" if fmt == "json" else "client" for fmt in formats}
    files = {f"{folders[fmt]}/{name}.{fmt}": (fmt, contents[fmt]) for fmt in formats}
    return Published(title=title, files=files, answer=f"{title} has an answer")
