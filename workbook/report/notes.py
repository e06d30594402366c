"""Markdown that people write beside the numbers: commentary files and notebook cells.

CommonMark with tables.  Raw HTML stays visible text; links and pictures are reduced to their
words, code to its text: a report makes no request and runs nothing.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from workbook.blocks import clean
from workbook.errors import RunError
from workbook.report.vocabulary import clean_html

MAX_BYTES = 1_000_000


def read_notes(path: Path) -> str:
    """Return the commentary in ``path`` as HTML of the blocks' vocabulary; empty without the file.

    Headings become subheadings inside the commentary and do not enter the contents.

    Raises
    ------
    RunError
        When the file is not UTF-8 or larger than :data:`MAX_BYTES`.
    """
    if not path.is_file():
        return ""
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise RunError(f"{path.name}: the commentary is larger than {MAX_BYTES // 1000} KB")
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RunError(f"{path.name}: the commentary is not UTF-8 text") from error
    return markdown_html(source, headings=False)


def markdown_html(source: str, *, headings: bool, cell: int = 0) -> str:
    """Return Markdown as HTML of the blocks' vocabulary.

    Parameters
    ----------
    headings
        True keeps headings as ``h2`` and ``h3`` (a notebook's cell), False makes them
        subheadings that stand outside the contents (the commentary).
    """
    printable = "".join(c for c in source if c == "\n" or clean(c))
    rendered = _parser().render(printable, {"headings": headings})
    return clean_html(rendered, cell=cell).strip()


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    return parser.enable("table").disable(["html_block", "html_inline", "hr"])


class _Renderer(RendererHTML):
    """Writes the vocabulary only; see the module's docstring."""

    def link_open(self, *_: object) -> str:
        return ""

    link_close = link_open

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: object) -> str:
        return escape(tokens[idx].content)

    def code_inline(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        return escape(tokens[idx].content)

    def code_block(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        return "<p>" + escape(tokens[idx].content.rstrip()).replace("\n", "<br>") + "</p>"

    def fence(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        return self.code_block(tokens, idx)

    def heading_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: dict[str, bool]
    ) -> str:
        if not env["headings"]:
            return '<p class="wb-subheading">'
        return "<h2>" if tokens[idx].tag in ("h1", "h2") else "<h3>"

    def heading_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: dict[str, bool]
    ) -> str:
        if not env["headings"]:
            return "</p>"
        return "</h2>" if tokens[idx].tag in ("h1", "h2") else "</h3>"
