"""Finding the words and phrases of a code frame in an answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from workbook.language.lemmas import Word, clauses, fold, lemmas

Entry = tuple[str, ...]
_MAX_PRODUCT = 2000  # places of the parts of one phrase in one clause


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Alternatives of every part, each a folded lemma, form or ``stem*``."""

    parts: tuple[frozenset[str], ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Matcher:
    """Words and phrases of one language, ready to be looked for.

    ``entries`` maps a phrase to the themes that it names (none for a neutral phrase).
    """

    language: str
    entries: Mapping[Entry, tuple[str, ...]]
    window: int

    def themes(self, text: str) -> tuple[frozenset[str], int]:
        """Return the themes that a text names and how many of its words say so."""
        found: set[str] = set()
        used = 0
        for clause in clauses(text, self.language):
            themes, places = self._in_clause(clause)
            found |= themes
            used += places
        return frozenset(found), used

    def _in_clause(self, clause: tuple[Word, ...]) -> tuple[set[str], int]:
        """Longer phrases first; a shorter one needs a word that no longer one has taken."""
        places = self._places(clause)
        candidates = {p for part in places for p in self._by_part[part]}
        found: set[str] = set()
        taken: set[int] = set()
        for size in sorted({len(p.parts) for p in candidates}, reverse=True):
            here: set[int] = set()
            for phrase in (p for p in candidates if len(p.parts) == size):
                spots = [s for s in self._spots(phrase, places) if not s <= taken]
                if spots:
                    found.update(phrase.themes)
                    here.update(*spots)
            taken |= here
        return found, len(taken)

    def _places(self, clause: tuple[Word, ...]) -> dict[str, list[int]]:
        """Return the positions of every pattern that the clause holds."""
        places: dict[str, list[int]] = defaultdict(list)
        for position, word in enumerate(clause):
            for pattern in self._patterns(word):
                places[pattern].append(position)
        return places

    def _patterns(self, word: Word) -> frozenset[str]:
        if word not in self._known:
            forms = {word.form, *word.lemmas}
            stems = {form[:n] + "*" for form in forms for n in range(2, len(form) + 1)}
            self._known[word] = frozenset((forms | stems) & self._by_part.keys())
        return self._known[word]

    def _spots(self, phrase: _Phrase, places: Mapping[str, list[int]]) -> Iterator[frozenset[int]]:
        options = [
            sorted({i for pattern in part for i in places.get(pattern, ())})
            for part in phrase.parts
        ]
        width = len(phrase.parts) + self.window
        for count, spot in enumerate(product(*options)):
            if count > _MAX_PRODUCT:
                return
            if len(set(spot)) == len(spot) and max(spot) - min(spot) < width:
                yield frozenset(spot)

    @cached_property
    def _known(self) -> dict[Word, frozenset[str]]:
        """Patterns of the words met so far."""
        return {}

    @cached_property
    def _by_part(self) -> dict[str, list[_Phrase]]:
        """Phrases by every pattern that may stand for their first part."""
        found: dict[str, list[_Phrase]] = defaultdict(list)
        patterns: set[str] = set()
        for entry, themes in self.entries.items():
            phrase = _Phrase(tuple(self._alternatives(p) for p in entry), themes)
            patterns.update(*phrase.parts)
            for pattern in phrase.parts[0]:
                found[pattern].append(phrase)
        return {pattern: found.get(pattern, []) for pattern in patterns}

    def _alternatives(self, part: str) -> frozenset[str]:
        found: set[str] = set()
        for word in (w.strip().casefold() for w in part.split("|")):
            found.add(fold(word))
            if not word.endswith("*"):
                found |= lemmas(word, self.language, likeliest=True)
        return frozenset(found)


def matcher(
    themes: Iterable[tuple[str, Iterable[Entry]]],
    neutral: Iterable[Entry],
    *,
    language: str,
    window: int,
) -> Matcher:
    """Return the matcher of one language's words by theme."""
    entries: dict[Entry, tuple[str, ...]] = dict.fromkeys(neutral, ())
    for theme, found in themes:
        for entry in found:
            entries[entry] = (*entries.get(entry, ()), theme)
    return Matcher(language=language, entries=entries, window=window)
