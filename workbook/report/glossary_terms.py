"""Terms of the glossary in a report: led to their explanation where the text first uses them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workbook.report.tree import Element, Node

TERM = "data-term"
"""Attribute of an explained term: its ASCII name."""
FIND = "data-find"
"""Attribute of an explained term: the words that a text uses for it."""
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]")
"""Names and customers' words: text of others, not a use of the term."""
_RUNNING = frozenset({"p", "li"})
_APART = frozenset({"blockquote", "header", "nav", "figure", "dl", "table"})
_OTHER_HAND = frozenset({"wb-notes", "wb-tile", "wb-callout-title"})
_LEAD = "wb-lead"


def pattern(find: str) -> re.Pattern[str]:
    """Return what finds a term: words and phrases parted by semicolons, ``*`` for any ending.

    >>> [m[0] for m in pattern("интервал*; двер* открыт*").finditer("Интервалы, двери открыты")]
    ['Интервалы', 'двери открыты']
    >>> pattern("lift").search("lifting")
    """
    phrases = (
        r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
        for phrase in find.split(";")
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)


@dataclass(slots=True)
class GlossaryTerms:
    """The terms that a report explains, and which of them it has used so far."""

    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)
    in_body: bool = True
    """False from the appendix on: no term is led to its explanation there."""

    @classmethod
    def of(cls, trees: Iterable[Element]) -> "GlossaryTerms":
        """Return the terms that the glossaries among some parts of a report explain."""
        found = (e for tree in trees for e in tree.named("dt") if e.attrs.get(FIND))
        return cls({e.attrs[TERM]: pattern(e.attrs[FIND]) for e in found})

    def see(self, text: str) -> None:
        """Note the terms that a text uses."""
        for name, find in self.patterns.items():
            if name not in self.used and find.search(text):
                self.used.add(name)

    def read(self, tree: Element) -> None:
        """Note the terms that a part of the report uses, and lead the first use of each."""
        glossaries = [e for e in tree.named("dl") if "wb-glossary" in e.classes]
        for glossary in glossaries:
            self._keep_used(glossary)
        if glossaries or not self.patterns:
            return
        self.see(tree.words())
        if self.in_body:
            for element in list(tree.within()):
                if _is_running(element):
                    element.children = list(self._led(element))

    def _keep_used(self, glossary: Element) -> None:
        """Leave out what the report never uses, and name the others for links."""
        kept: list[Node] = []
        drop = False
        for element in glossary.elements:
            if element.name == "dt":
                name = element.attrs.get(TERM, "")
                drop = name in self.patterns and name not in self.used
                element.attrs = {"id": f"g-{name}"} if name in self.linked else {}
            if not drop:
                kept.append(element)
        glossary.children = kept

    def _led(self, parent: Element) -> Iterator[Node]:
        for child in parent.children:
            if isinstance(child, str):
                yield from self._links(child, parent)
            else:
                yield child

    def _links(self, text: str, parent: Element) -> Iterator[Node]:
        """Yield a text with the first use of each term as a link."""
        read = 0
        while (first := self._first(text, read)) is not None:
            name, match = first
            self.linked.add(name)
            link = Element("a", {"class": "wb-term", "href": f"#g-{name}"}, parent)
            link.children = [match[0]]
            yield from filter(None, (text[read : match.start()],))
            yield link
            read = match.end()
        yield from filter(None, (text[read:],))

    def _first(self, text: str, start: int) -> tuple[str, re.Match[str]] | None:
        spans = [m.span() for m in _QUOTED.finditer(text)]
        found = [
            (match.start(), name, match)
            for name, find in self.patterns.items()
            if name not in self.linked
            for match in find.finditer(text, start)
            if not any(a <= match.start() < b for a, b in spans)
        ]
        best = min(found, key=lambda one: one[:2], default=None)
        return None if best is None else best[1:]


def _is_running(element: Element) -> bool:
    """Return whether an element is a paragraph or an item of the report's own text."""
    if element.name not in _RUNNING or not set(element.classes) <= {_LEAD}:
        return False
    return not any(
        e.name in _APART or not _OTHER_HAND.isdisjoint(e.classes) for e in element.above()
    )
