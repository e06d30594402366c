"""What a consultant writes above the commentary: the answer, findings and steps of page 2.

YAML between two lines of dashes at the beginning of ``notes/<diagnostic>.md``.  It is a client's
file like any other: bounded, no scalar is evaluated, every text is text.  All that is wrong with it
is told at once, with lines.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
)
from pydantic_core import PydanticCustomError

from workbook.errors import Location, Problem
from workbook.intake.problems import error
from workbook.language.nearest import nearest
from workbook.language.yaml_text import BeyondBoundsError, LocatedWords, Path, located_words
from workbook.report.finding import Finding, Step
from workbook.report.page_two import PageTwo

MOST_FINDINGS = 3
MOST_STEPS = 20
MOST_CHARACTERS = 30_000
"""Of all of it: page 2 has room for three thousand."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Moment = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class StepWords(BaseModel):
    """One step of the recommendation."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    what: Phrase
    who: Phrase
    by_when: Moment
    """A day as 2026-03-01, or words."""
    effect: Phrase
    metric: Phrase = ""

    @field_validator("by_when")
    @classmethod
    def _is_a_day(cls, text: str) -> str:
        if _DAY.fullmatch(text) and _day(text) is None:
            raise PydanticCustomError("front_matter_day", "no such day")
        return text


class FrontMatter(BaseModel):
    """Page 2 as the consultant has it; what is empty stays the program's."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    answer: Sentence = ""
    findings: Annotated[list[Sentence], Field(min_length=1, max_length=MOST_FINDINGS)] = []
    recommendation: Annotated[list[StepWords], Field(min_length=1, max_length=MOST_STEPS)] = []
    limitation: Sentence = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFront:
    """Front matter as it was read."""

    front: FrontMatter | None = None
    """None where there is none, or only comments, or it cannot be used."""
    lines: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    """First and last line of each of its values."""
    problems: tuple[Problem, ...] = ()


def read_front(source: str, file: str) -> ReadFront:
    """Return the front matter of a file of notes, or everything that is wrong with it.

    Parameters
    ----------
    source
        What stands between the lines of dashes, with its lines in their places.
    """
    if len(source) > MOST_CHARACTERS:
        problem = error("front_matter_large", Location(file=file), most=MOST_CHARACTERS)
        return ReadFront(problems=(problem,))
    try:
        found = located_words(source)
    except BeyondBoundsError as failure:
        place = Location(file=file, row=failure.line)
        return ReadFront(problems=(error(failure.code, place, most=failure.most),))
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        place = Location(file=file, row=None if mark is None else mark.line + 1)
        return ReadFront(problems=(error("front_matter_not_yaml", place),))
    if found.tree in (None, ""):
        return ReadFront()
    if not isinstance(found.tree, dict):
        place = Location(file=file, row=_line(found, ()))
        keys = ", ".join(FrontMatter.model_fields)
        return ReadFront(problems=(error("front_matter_not_keys", place, known=keys),))
    return _checked(found, file)


def _checked(found: LocatedWords, file: str) -> ReadFront:
    problems = [
        error("front_matter_key_twice", Location(file=file, row=line), path[-1])
        for path, line in found.repeated
    ]
    front = None
    try:
        front = FrontMatter.model_validate(found.tree)
    except ValidationError as failure:
        faults = failure.errors(include_url=False)
        problems += [_problem(fault, found, file) for fault in faults]
    if problems:
        return ReadFront(problems=tuple(sorted(problems, key=lambda p: p.place.row or 0)))
    return ReadFront(front=front, lines=found.lines)


_CODES = {
    "missing": "front_matter_missing",
    "string_too_short": "front_matter_empty",
    "string_too_long": "front_matter_long",
    "string_type": "front_matter_not_text",
    "list_type": "front_matter_not_list",
    "model_type": "front_matter_not_step",
    "too_short": "front_matter_empty",
    "too_long": "front_matter_many",
    "extra_forbidden": "front_matter_key",
    "front_matter_day": "front_matter_day",
}


def _problem(fault: Any, found: LocatedWords, file: str) -> Problem:
    kind, path = fault["type"], tuple(fault["loc"])
    place = Location(file=file, row=_line(found, path))
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    code = "front_matter_empty" if fault["input"] == "" else _CODES[kind]
    facts: dict[str, object] = {"key": key}
    shown: object = ""
    if kind == "extra_forbidden":
        code = _CODES[kind]
        known = (FrontMatter if len(path) == 1 else StepWords).model_fields
        facts |= {"nearest": nearest(key, known), "known": ", ".join(known)}
        shown = key
    elif kind in ("string_too_long", "too_long"):
        facts["most"] = fault["ctx"]["max_length"]
    elif kind == "front_matter_day":
        shown = fault["input"]
    return error(code, place, shown, **facts)


def _line(found: LocatedWords, path: Path) -> int | None:
    """Return the line of a value, or of what it should be in."""
    while path and path not in found.lines:
        path = path[:-1]
    lines = found.lines.get(path)
    return lines[0] if lines else None


def texts_of(front: FrontMatter) -> Iterator[tuple[Path, str]]:
    """Yield every text with its way, in the order of the page."""
    yield ("answer",), front.answer
    for place, text in enumerate(front.findings):
        yield ("findings", place), text
    for place, step in enumerate(front.recommendation):
        for key, text in step:
            yield ("recommendation", place, key), text
    yield ("limitation",), front.limitation


def owned(
    draft: PageTwo, front: FrontMatter | None, *, author: str, write: Callable[[str], str]
) -> PageTwo:
    """Return page 2 with what the consultant wrote in place of the program's draft.

    What explains the program's answer (its lead) goes with that answer; steps that are the
    program's stay those of its own findings.

    Parameters
    ----------
    author
        Who is said to have written it.
    write
        Returns a text as the page shows it.

    Examples
    --------
    >>> draft = PageTwo(answer="NPS fell", lead=["n = 316"], limitation="Few answers")
    >>> front = FrontMatter(answer="Bring the warehouse back")
    >>> page = owned(draft, front, author="L. Orlova", write=str)
    >>> page.answer, page.lead, page.limitation, page.author
    ('Bring the warehouse back', (), 'Few answers', 'L. Orlova')
    """
    if front is None or not front.model_fields_set:
        return draft
    page = replace(draft, author=author, steps=tuple(draft.plan))
    if front.answer:
        page = replace(page, answer=write(front.answer), lead=())
    if front.findings:
        own = tuple(
            Finding(id=f"own_{place}", claim=None, text=write(text))
            for place, text in enumerate(front.findings, 1)
        )
        page = replace(page, findings=own)
    if front.recommendation:
        page = replace(page, steps=tuple(_step(words, write) for words in front.recommendation))
    return replace(page, limitation=write(front.limitation)) if front.limitation else page


def _step(words: StepWords, write: Callable[[str], str]) -> Step:
    return Step(
        what=write(words.what),
        who=write(words.who),
        by_when=_day(words.by_when) or write(words.by_when),
        effect=write(words.effect),
        metric=write(words.metric),
    )


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
