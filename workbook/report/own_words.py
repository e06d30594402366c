"""The consultant's words of one report: page 2 as they have it, and the commentary.

What does not need the result (the shape of the file) is told when an engagement is read; figures by
name are told when the result is there, by ``check`` and by ``run`` alike.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbook.errors import InputError, Location, Problem
from workbook.intake.problems import error, listed, warning
from workbook.language import yaml_text
from workbook.report.blocks import clean
from workbook.report.figures_by_name import (
    Fault,
    Figures,
    filled,
    uses_figures,
    without_figures,
)
from workbook.report.front_matter import FrontMatter, ReadFront, owned, read_front, texts_of
from workbook.report.notes import NotesFile, commentary_html, plain_words, read_notes
from workbook.report.notes_doubts import Doubts
from workbook.report.notes_of_before import notes_of_before
from workbook.report.page_two import PageTwo

_NUMBER = re.compile(r"\d(?!\d*[.)][ \t])")
"""A digit that numbers no item of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """Notes on one diagnostic, read and checked but for the figures that they name."""

    file: NotesFile
    read: ReadFront = field(default_factory=ReadFront)
    of_before: tuple[Problem, ...] = ()
    """What of it is an earlier period's, for the consultant to know; where all of it is, the
    words themselves are left out."""

    @property
    def front(self) -> FrontMatter | None:
        """What belongs on page 2; None where all of it is the program's."""
        return self.read.front

    @property
    def named(self) -> bool:
        """Whether any figure is named."""
        return any(uses_figures(text) for _, text in self._texts())

    @property
    def need_result(self) -> bool:
        """Whether they can only be judged beside the result: page 2, figures, numbers in a text."""
        return self.front is not None or self.named or _NUMBER.search(self.file.body) is not None

    def problems(self, figures: Figures) -> tuple[Problem, ...]:
        """Return one problem for each figure that cannot be written."""
        found: list[Problem] = []
        for way, text in self._texts():
            for fault in filled(text, figures).faults:
                line = self._line(way, text, fault)
                place = Location(file=self.file.name, row=line)
                found.append(error(fault.code, place, fault.found, **fault.facts))
        return tuple(sorted(found, key=lambda p: p.place.row or 0))

    def doubts(self, doubts: Doubts, shown: Callable[[str], str] = str) -> tuple[Problem, ...]:
        """Return what the consultant may want to look at again, as warnings."""
        place = Location(file=self.file.name)
        found: list[Problem] = []
        for way, text in self._texts():
            read = shown(without_figures(text))
            for one in doubts.stated(read):
                line = self._begin(way) + read.count("\n", 0, one.at)
                facts = {"label": one.label, "told": one.told}
                where = replace(place, row=line)
                found.append(warning("notes_number_differs", where, one.stated, **facts))
        whole = "\n\n".join(shown(text) for _, text in self._texts())
        names = doubts.not_set_apart(whole)
        if names:
            found.append(warning("notes_not_set_apart", place, names=listed(names)))
        return tuple(found)

    def page(
        self, draft: PageTwo, figures: Figures, *, author: str, shown: Callable[[str], str] = str
    ) -> PageTwo:
        """Return page 2 with what the consultant wrote.

        Parameters
        ----------
        author
            Who is said to have written it.
        shown
            Returns words as the report shows them (under pseudonyms).
        """

        def write(text: str) -> str:
            found = filled(text, figures)
            return found.written(plain_words(shown(found.marked)))

        return owned(draft, self.front, author=author, write=write)

    def commentary(self, figures: Figures | None, shown: Callable[[str], str] = str) -> str:
        """Return the commentary as HTML of the blocks' vocabulary; empty without one.

        Raises
        ------
        InputError
            When it has a paragraph that no person writes.
        """
        found = filled(self.file.body, figures)
        return found.written(commentary_html(shown(found.marked), self.file.name), clean)

    def _texts(self) -> Iterable[tuple[yaml_text.Path, str]]:
        if self.front is not None:
            yield from texts_of(self.front)
        yield (), self.file.body

    def _begin(self, way: yaml_text.Path) -> int:
        return self.read.lines[way][0] if way else 1

    def _line(self, way: yaml_text.Path, text: str, fault: Fault) -> int:
        """Return the line of the file that a fault stands on."""
        if not way:
            return text.count("\n", 0, fault.at) + 1
        first, last = self.read.lines[way]
        written = fault.found if fault.code == "figure_brace" else f"{{{fault.found}}}"
        lines = self.file.front.splitlines()[first - 1 : last]
        return next((n for n, line in enumerate(lines, first) if written in line), first)


def own_words(folder: Path, diagnostic: str, earlier: Sequence[Path] = ()) -> OwnWords:
    """Return the notes on a diagnostic; empty ones where there is no file.

    Parameters
    ----------
    earlier
        Folders of the engagements before: notes that are theirs are not printed again.

    Raises
    ------
    InputError
        When the file cannot be read or its front matter cannot be used.
    """
    words = _read(folder, diagnostic, earlier)
    if words.read.problems:
        raise InputError(words.read.problems)
    return words


def _read(folder: Path, diagnostic: str, earlier: Sequence[Path]) -> OwnWords:
    file = read_notes(folder, diagnostic)
    before = notes_of_before(file, earlier, diagnostic)
    if before.is_whole:
        return OwnWords(file=NotesFile(name=file.name), of_before=before.problems)
    if file.open_at:
        place = Location(file=file.name, row=file.open_at)
        return OwnWords(file=file, read=ReadFront(problems=(error("front_matter_open", place),)))
    read = read_front(file.front, file.name)
    return OwnWords(file=file, read=read, of_before=before.problems)


def shape_problems(
    folder: Path, diagnostic: str, earlier: Sequence[Path] = ()
) -> tuple[Problem, ...]:
    """Return what would stop the report of a diagnostic at its notes, whatever its result."""
    found: list[Problem] = []
    try:
        words = _read(folder, diagnostic, earlier)
        found += words.read.problems
        words.commentary(None)
    except InputError as failure:
        found += failure.problems
    return tuple(found)
