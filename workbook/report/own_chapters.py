"""Chapters as the consultant has them: hidden, in another order, under their own headings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workbook.engagement.settings import OwnTitle, ReportShape
from workbook.errors import Location, Problem
from workbook.intake.problems import error
from workbook.language.nearest import nearest
from workbook.report.blocks import Block, Heading
from workbook.report.figures_by_name import Figures, filled, uses_figures

ALWAYS = ("cover", "page_two", "summary", "commentary", "actions", "method", "appendix")
"""Parts that are no chapters: they stand where they stand in every report."""
_CHAPTER = 2
"""Level of a chapter's heading."""


def chapter_problems(
    shape: ReportShape, diagnostic: str, chapters: Iterable[str]
) -> Iterator[Problem]:
    """Find names in [report.<diagnostic>] that are no chapters of its report.

    Examples
    --------
    >>> [found] = chapter_problems(ReportShape(hide=("wavs",)), "loyalty", ["waves", "groups"])
    >>> found.code, found.facts["nearest"]
    ('unknown_chapter', 'waves')
    """
    known = tuple(chapters)
    named = [("hide", name) for name in shape.hide] + [("order", name) for name in shape.order]
    for key, name in named:
        file = shape.files.get(key, "engagement.toml")
        yield from _named(f"report.{diagnostic}.{key}", file, name, known)
    for name, own in shape.titles.items():
        yield from _named(f"report.{diagnostic}.titles.{name}", own.file, name, known)


def _named(key: str, file: str, name: str, known: Sequence[str]) -> Iterator[Problem]:
    place = Location(file=file, column=key)
    if name in known:
        return
    if name in ALWAYS:
        yield error("no_chapter", place, name, known=", ".join(known))
    else:
        facts = {"nearest": nearest(name, known), "known": ", ".join(known)}
        yield error("unknown_chapter", place, name, **facts)


def arranged(chapters: Iterable[str], shape: ReportShape) -> dict[str, str]:
    """Return which chapter stands in the place of which; a hidden one is an empty name.

    A notebook names chapters in the program's order.  What it shows in each place is told here, so
    that however it is run the report is the same.

    Examples
    --------
    >>> arranged(["a", "b", "c"], ReportShape(order=("c",), hide=("a",)))
    {'a': 'c', 'b': '', 'c': 'b'}
    """
    every = list(chapters)
    first = [name for name in shape.order if name in every]
    order = [*first, *(name for name in every if name not in first)]
    shown = ["" if name in shape.hide else name for name in order]
    return dict(zip(every, shown, strict=True))


def titled(blocks: Sequence[Block], own: OwnTitle | None, figures: Figures) -> list[Block]:
    """Return the blocks of a chapter under the consultant's heading, where there is one."""
    made = list(blocks)
    for at, block in enumerate(made):
        if own is not None and isinstance(block, Heading) and block.level == _CHAPTER:
            made[at] = replace(block, text=_written(own.title, figures), short=own.short)
            break
    return made


def _written(text: str, figures: Figures) -> str:
    found = filled(text, figures)
    return found.written(found.marked)


def names_figures(titles: Mapping[str, OwnTitle]) -> bool:
    """Return whether a heading names a figure of the result."""
    return any(uses_figures(own.title) for own in titles.values())


def title_problems(shape: ReportShape, diagnostic: str, figures: Figures) -> Iterator[Problem]:
    """Find figures in headings that cannot be written."""
    for name, own in shape.titles.items():
        place = Location(file=own.file, column=f"report.{diagnostic}.titles.{name}")
        for fault in filled(own.title, figures).faults:
            yield error(fault.code, place, fault.found, **fault.facts)
