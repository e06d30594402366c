"""What of the consultant's notes was said in an earlier period already.

A folder that is copied for the next period brings the last period's words along.  Notes that are
wholly an earlier period's are not printed; where only a part is, the consultant is asked.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workbook.errors import InputError, Location, Problem
from workbook.intake.problems import warning
from workbook.language.lemmas import bare
from workbook.report.front_matter import ReadFront, read_front, texts_of
from workbook.report.notes import NotesFile, read_notes

FEWEST_CHARACTERS = 60
"""Of a paragraph that nobody writes twice by chance."""
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a file of notes says, without case, punctuation and comments."""

    whole: str
    answer: str
    paragraphs: tuple[tuple[int, str], ...]
    """Line and words of the paragraphs that are long enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesOfBefore:
    """How much of a file of notes is an earlier period's."""

    is_whole: bool = False
    """All of it is."""
    problems: tuple[Problem, ...] = ()
    """What the consultant is told or asked."""


def notes_of_before(file: NotesFile, folders: Sequence[Path], diagnostic: str) -> NotesOfBefore:
    """Return how much of the notes on a diagnostic is what an earlier period's notes say.

    Parameters
    ----------
    folders
        Of the engagements before.
    """
    own = _said(file)
    if not own.whole:
        return NotesOfBefore()
    earlier = list(_earlier(folders, diagnostic))
    name = next((folder.name for folder, said in earlier if said.whole == own.whole), "")
    if name:
        found = warning("notes_repeated", Location(file=file.name), folder=name)
        return NotesOfBefore(is_whole=True, problems=(found,))
    return NotesOfBefore(problems=tuple(_parts(file, own, earlier)))


def _earlier(folders: Sequence[Path], diagnostic: str) -> Iterator[tuple[Path, _Said]]:
    for folder in folders:
        with suppress(InputError):  # told where that engagement is checked
            yield folder, _said(read_notes(folder, diagnostic))


def _parts(file: NotesFile, own: _Said, earlier: Sequence[tuple[Path, _Said]]) -> Iterator[Problem]:
    answers = {said.answer: folder.name for folder, said in reversed(earlier) if said.answer}
    if own.answer in answers:
        yield warning("notes_answer_repeated", Location(file=file.name), folder=answers[own.answer])
    known = {text: folder.name for folder, said in reversed(earlier) for _, text in said.paragraphs}
    again = [(line, text) for line, text in own.paragraphs if text in known]
    if again:
        line, text = again[0]
        place = Location(file=file.name, row=line)
        yield warning("notes_paragraph_repeated", place, folder=known[text], n=len(again))


def _said(file: NotesFile) -> _Said:
    read = read_front(file.front, file.name)
    texts = _texts(file, read)
    paragraphs = (
        (file.body.count("\n", 0, found.start()) + 1, bare(found[0]))
        for found in _PARAGRAPH.finditer(file.body)
    )
    return _Said(
        whole=" ".join(filter(None, map(bare, [*texts, file.body]))),
        answer=bare(read.front.answer) if read.front else "",
        paragraphs=tuple(one for one in paragraphs if len(one[1]) >= FEWEST_CHARACTERS),
    )


def _texts(file: NotesFile, read: ReadFront) -> list[str]:
    """Return the texts of the front matter; what cannot be read as such, as it stands."""
    if read.front is not None:
        return [text for _, text in texts_of(read.front)]
    return [file.front] if read.problems else []
