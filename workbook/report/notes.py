"""Markdown that people write beside the numbers: commentary files and notebook cells.

CommonMark with tables.  Raw HTML stays visible text; links and pictures are reduced to their
words, code to its text: a report makes no request and runs nothing.
"""

import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Location, Problem
from workbook.intake.files.plain_file import is_there, read_plain
from workbook.intake.problems import error
from workbook.report.blocks import clean
from workbook.report.vocabulary import clean_html

FOLDER = "notes"
MAX_BYTES = 200_000
"""Of a commentary: about thirty pages of Russian."""
MAX_PARAGRAPH = 20_000
"""Characters; the time that marks without an end take grows with the square of it."""

_DRAFT = re.compile(r"---[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*---[ \t]*(?:\r?\n|\Z)")
"""Front matter as a new engagement has it."""


class LongParagraphError(ValueError):
    """A paragraph longer than any that is written to be read."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}: more than {MAX_PARAGRAPH} characters in a paragraph")
        self.line = line
        """Counted from 1."""


def read_notes(
    folder: Path, diagnostic: str, shown: Callable[[str], str] = lambda text: text
) -> str:
    """Return the commentary on a diagnostic as HTML of the blocks' vocabulary; empty without one.

    Headings become subheadings inside the commentary and do not enter the contents.

    Parameters
    ----------
    folder
        The engagement folder; the commentary is ``notes/<diagnostic>.md``.
    shown
        Returns its words as the report shows them (under pseudonyms).

    Raises
    ------
    InputError
        When it is no plain file, not UTF-8, larger than :data:`MAX_BYTES`, or has a paragraph
        longer than :data:`MAX_PARAGRAPH`.
    """
    name = f"{FOLDER}/{diagnostic}.md"
    if not is_there(folder, name):
        return ""
    data = read_plain(folder, name, most=MAX_BYTES)
    try:
        return markdown_html(shown(_without_draft(data.decode("utf-8-sig"))), headings=False)
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, failure.start) + 1
        problem = error("notes_not_utf8", Location(file=name, row=line))
    except LongParagraphError as failure:
        place = Location(file=name, row=failure.line)
        problem = error("notes_long_paragraph", place, most=MAX_PARAGRAPH)
    raise InputError([problem])


def _without_draft(source: str) -> str:
    """Return a commentary without front matter of which every line is a comment still.

    Lines keep their numbers.
    """
    found = _DRAFT.match(source)
    return "\n" * found[0].count("\n") + source[found.end() :] if found else source


def notes_problems(engagement: Engagement, diagnostic: str) -> tuple[Problem, ...]:
    """Return what would stop the report of a diagnostic at its commentary."""
    try:
        read_notes(engagement.folder, diagnostic)
    except InputError as failure:
        return failure.problems
    return ()


def markdown_html(source: str, *, headings: bool, cell: int = 0) -> str:
    """Return Markdown as HTML of the blocks' vocabulary.

    Parameters
    ----------
    headings
        True keeps headings as ``h2`` and ``h3`` (a notebook's cell), False makes them
        subheadings that stand outside the contents (the commentary).

    Raises
    ------
    LongParagraphError
        When a paragraph has more than :data:`MAX_PARAGRAPH` characters.
    """
    printable = "".join(c for c in source if c == "\n" or clean(c))
    rendered = _parser().render(printable, {"headings": headings})
    return clean_html(rendered, cell=cell).strip()


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    parser.core.ruler.before("inline", "bounds", _check_paragraphs)
    return parser.enable("table").disable(["html_block", "html_inline", "hr"])


def _check_paragraphs(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > MAX_PARAGRAPH:
            raise LongParagraphError(token.map[0] + 1 if token.map else 1)


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
