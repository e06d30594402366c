"""The words of a page as its language sets them: the one place for quotes and no-break spaces."""

from collections.abc import Iterator
from typing import TypeAlias

from workbook.language.typography import quoted, typeset, typeset_run
from workbook.report.tree import Element, Node

_INLINE = frozenset({"strong", "em", "a"})
_SPOKEN = {"alt": quoted, "aria-label": quoted, "data-short": typeset}
"""Attributes that hold words, and how these are set: no line breaks in what is heard."""
_Place: TypeAlias = tuple[list[Node], int]
"""A list of nodes and the place of a text in it."""


def set_words(tree: Element, language: str) -> None:
    """Set all texts of a tree, and those of its attributes that hold words.

    Texts on one line are set as one: "потеряно в <strong>Сибири</strong>" does not break after
    the preposition.
    """
    for run in _runs(tree):
        told = typeset_run([str(nodes[place]) for nodes, place in run], language)
        for (nodes, place), text in zip(run, told, strict=True):
            nodes[place] = text
    for element in tree.within():
        for name, set_ in _SPOKEN.items():
            if name in element.attrs:
                element.attrs[name] = set_(element.attrs[name], language)


def _runs(element: Element) -> Iterator[list[_Place]]:
    """Yield the texts of each line of running text; a block or a line break ends one."""
    run: list[_Place] = []
    for found in _texts(element):
        if found is None:
            if run:
                yield run
            run = []
        else:
            run.append(found)
    if run:
        yield run


def _texts(element: Element) -> Iterator[_Place | None]:
    for place, child in enumerate(element.children):
        if isinstance(child, str):
            yield element.children, place
        elif child.name in _INLINE:
            yield from _texts(child)
        else:
            yield None
            yield from _texts(child)
            yield None
