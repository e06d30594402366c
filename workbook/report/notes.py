"""Markdown that people write beside the numbers: commentary files and notebook cells.

CommonMark with tables.  Raw HTML stays visible text; links and pictures are reduced to their
words, code to its text: a report makes no request and runs nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from workbook.errors import InputError, Location
from workbook.intake.files.plain_file import is_there, read_plain
from workbook.intake.problems import UNSEEN, error
from workbook.report.blocks import clean
from workbook.report.vocabulary import clean_html

FOLDER = "notes"
MAX_BYTES = 200_000
"""Of a commentary: about thirty pages of Russian."""
MAX_PARAGRAPH = 20_000
"""Characters; the time that marks without an end take grows with the square of it."""

_FIRST = re.compile(r"\A(?:[ \t]*\r?\n)*---[ \t]*(?:\r?\n|\Z)")
"""The line that begins front matter."""
_LAST = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_BREAKS = ("softbreak", "hardbreak")


class LongParagraphError(ValueError):
    """A paragraph longer than any that is written to be read."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}: more than {MAX_PARAGRAPH} characters in a paragraph")
        self.line = line
        """Counted from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesFile:
    """A file of notes in its two parts; both keep the numbers of their lines."""

    name: str
    """Of the file, from the engagement folder."""
    front: str = ""
    """What stands between the two lines of dashes at its beginning."""
    body: str = ""
    """The commentary."""
    open_at: int = 0
    """Line of dashes that begin front matter without an end; 0: there is none such."""

    @property
    def text(self) -> str:
        """All of it, for whoever looks for words."""
        return f"{self.front}\n{self.body}"


def read_notes(folder: Path, diagnostic: str) -> NotesFile:
    """Return the notes on a diagnostic: ``notes/<diagnostic>.md``; empty ones without a file.

    Raises
    ------
    InputError
        When it is no plain file, not UTF-8 or larger than :data:`MAX_BYTES`.
    """
    name = f"{FOLDER}/{diagnostic}.md"
    if not is_there(folder, name):
        return NotesFile(name=name)
    data = read_plain(folder, name, most=MAX_BYTES)
    try:
        return parted(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, failure.start) + 1
        raise InputError([error("notes_not_utf8", Location(file=name, row=line))]) from failure


def parted(name: str, source: str) -> NotesFile:
    r"""Return notes in their two parts.

    Front matter begins with dashes on the first line that is not blank, and ends with the next
    such line.  Dashes further down are part of the commentary.

    >>> notes = parted("notes/loyalty.md", "---\nanswer: Yes\n---\nWhy.\n")
    >>> notes.front, notes.body
    ('\nanswer: Yes\n', '\n\n\nWhy.\n')
    """
    first = _FIRST.match(source)
    if first is None:
        return NotesFile(name=name, body=source)
    last = _LAST.search(source, first.end())
    if last is None:
        return NotesFile(name=name, open_at=first[0].count("\n") or 1)
    front = "\n" * first[0].count("\n") + source[first.end() : last.start()]
    body = "\n" * source.count("\n", 0, last.end()) + source[last.end() :]
    return NotesFile(name=name, front=front, body=body)


def commentary_html(body: str, name: str) -> str:
    """Return a commentary as HTML of the blocks' vocabulary; empty where it says nothing.

    Headings become subheadings inside the commentary and do not enter the contents.

    Raises
    ------
    InputError
        When it has a paragraph longer than :data:`MAX_PARAGRAPH`.
    """
    try:
        return markdown_html(body, headings=False)
    except LongParagraphError as failure:
        place = Location(file=name, row=failure.line)
        raise InputError([error("notes_long_paragraph", place, most=MAX_PARAGRAPH)]) from failure


def plain_words(text: str) -> str:
    """Return words of Markdown as text on one line: marks of emphasis, links and code are gone.

    >>> plain_words("**Siberia** first, see [the plan](http://x) <b>now</b>")
    'Siberia first, see the plan <b>now</b>'
    """
    tokens = _parser().parseInline(" ".join(UNSEEN.sub("", text).split()))
    parts = (child for token in tokens for child in token.children or ())
    return "".join(" " if p.type in _BREAKS else p.content for p in parts).strip()


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
