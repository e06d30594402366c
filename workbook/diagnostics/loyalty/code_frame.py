"""The code frame: which themes there are and by which words an answer names them.

A frame is a YAML file in three languages (``templates/code_frames/loyalty.yaml``; a client's
own is ``coding/code_frame.yaml`` in the engagement folder)::

    window: 2                   # other words that may stand inside a phrase
    themes:
      - id: price
        label: {en: Price, ru: Цена, sk: Cena}
        words:
          en: [price, expensive, [too, much|high]]
          …
    neutral:                    # phrases in which no theme is meant
      en: [[first, place]]
    shared:                     # words that deliberately stand in two themes
      en: [terms]
    nothing:                    # whole answers that say nothing
      en: ["no", none, no idea]

A word stands for all its forms; ``deliver*`` for all words that begin so; a list is a phrase
whose words stand near each other in one clause, in any order, each possibly with alternatives
(``much|high``).  A phrase takes its words away from shorter entries: with ``[quality, service]``
in one theme, "quality of service" is not "quality".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process

from workbook.language.lemmas import fold

Entry = tuple[str, ...]
"""One word or phrase: its parts, each with alternatives after ``|``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameTheme:
    """One theme of a frame."""

    id: str
    label: Mapping[str, str]
    """Name by language."""
    words: Mapping[str, tuple[Entry, ...]]
    """Words and phrases by language."""


@dataclass(frozen=True, kw_only=True, eq=False)
class CodeFrame:
    """A checked code frame, themes in the order of the file; equal to itself only."""

    themes: tuple[FrameTheme, ...]
    neutral: Mapping[str, tuple[Entry, ...]]
    nothing: frozenset[str]
    """Folded whole answers without content, in every language."""
    window: int

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the themes."""
        return tuple(theme.id for theme in self.themes)

    def label(self, theme: str, language: str) -> str:
        """Return the name of a theme in a language."""
        return self._by_id[theme].label[language]

    def theme_named(self, name: str) -> str | None:
        """Return the id of the theme called so (id, or label in any language), or None."""
        return self._names.get(_key(name))

    def nearest_name(self, name: str) -> str:
        """Return the id or label most like a misspelt name."""
        found = process.extractOne(_key(name), list(self._names))
        return self._spelling[found[0]] if found else ""

    def in_order(self, themes: Iterable[str]) -> tuple[str, ...]:
        """Return themes in the order of the frame."""
        chosen = frozenset(themes)
        return tuple(theme for theme in self.ids if theme in chosen)

    @cached_property
    def _by_id(self) -> dict[str, FrameTheme]:
        return {theme.id: theme for theme in self.themes}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {_key(name): theme for name, theme in self._spellings()}

    @cached_property
    def _spelling(self) -> dict[str, str]:
        return {_key(name): name for name, _ in self._spellings()}

    def _spellings(self) -> list[tuple[str, str]]:
        names = [(t.label[lang], t.id) for t in self.themes for lang in t.label]
        return names + [(t.id, t.id) for t in self.themes]


def _key(name: str) -> str:
    return " ".join(fold(name).split())
