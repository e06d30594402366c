"""Names, addresses and numbers that tell who somebody is, masked in free text.

E-mail addresses, web addresses and telephone numbers are known by their form, names by a list: a
person by every word of the name in any inflected form, an organisation by its whole name.  A name
that is on no list stays: masked text is for people who know that.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from workbook.language.languages import in_all
from workbook.language.lemmas import fold, lemmas

MASK = "•••"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)(?:t\.me|vk\.com|wa\.me)/\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w.])@\w{3,}")
# Nine to fourteen digits that do not go on from a longer number or date.
_PHONE = re.compile(
    r"(?<!\d)(?<!\d[.,/-])\+?\d(?:[ \u00a0()./\u2010-\u2015-]{0,2}\d){8,13}(?!\w|[.,/-]\d)"
)
_WORD = re.compile(r"[^\W_]+")
_LEGAL_FORMS = frozenset(in_all(lambda language: language.text.legal_forms))
_SHORTEST = 3
"""Letters of a word that is looked for: initials are no names."""
_STEM = 4
"""Letters that an inflected form keeps at least."""
_ENDING = 3
"""Letters by which an inflected form may be longer than its stem."""
_ENDINGS = "".join(in_all(lambda language: language.text.name_endings))
_CHANGED = 2
"""Last letters of a name that its other forms may change."""


def without_contacts(text: str) -> str:
    """Return a text with e-mail and web addresses and telephone numbers masked.

    >>> without_contacts("Звоните +7 (912) 345-67-89, ivan@firma.ru, https://firma.ru/ivan")
    'Звоните •••, •••, •••'
    """
    for pattern in (_EMAIL, _WEB, _HANDLE, _PHONE):
        text = pattern.sub(MASK, text)
    return text


@dataclass(frozen=True, kw_only=True)
class NameMask:
    """Masks the names of one engagement; made once, used on every text.

    Examples
    --------
    >>> mask = NameMask(persons=("Иван Канарейкин",), organisations=("ООО «Синий кит»",))
    >>> mask.masked("Спасибо Канарейкину, а Синий Кит подвёл: ivan@kit.ru")
    'Спасибо •••, а ••• подвёл: •••'
    """

    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    language: str = "ru"
    """Whose dictionary knows the forms of persons' names."""

    def masked(self, text: str) -> str:
        """Return a text without what tells who somebody is."""
        return self.without_names(without_contacts(text))

    def without_names(self, text: str) -> str:
        """Return a text with names masked only: numbers stay."""
        spans = [*self._persons_in(text), *self._organisations_in(text)]
        return _cut_out(text, spans) if spans else text

    def _persons_in(self, text: str) -> Iterable[tuple[int, int]]:
        if not self._words:
            return
        for found in _WORD.finditer(text):
            if self._is_person(fold(found[0]), capital=found[0][0].isupper()):
                yield found.span()

    def _is_person(self, word: str, *, capital: bool) -> bool:
        if len(word) < _SHORTEST:
            return False
        if word in self._words or _is_form(word, self._stems):
            return True
        if capital and any(word[:-n] in self._short for n in (1, 2)):
            return True
        return not self._words.isdisjoint(lemmas(word, self.language))

    def _organisations_in(self, text: str) -> Iterable[tuple[int, int]]:
        if not self._names:
            return
        words = list(_WORD.finditer(text))
        plain = [fold(word[0]) for word in words]
        for at, first in enumerate(plain):
            for name in self._candidates(first):
                there = plain[at : at + len(name)]
                if len(there) == len(name) and all(map(_same, there, name)):
                    yield words[at].start(), words[at + len(name) - 1].end()

    def _candidates(self, first: str) -> Iterable[tuple[str, ...]]:
        return self._names.get(first[:_SHORTEST], ())

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words of persons' names, as written and as a dictionary has them."""
        words = {w for name in self.persons for w in _words_of(name) if w.isalpha()}
        return frozenset(words) | {form for w in words for form in lemmas(w, self.language)}

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem for stem in map(_stem, self._words) if len(stem) >= _STEM)

    @cached_property
    def _short(self) -> frozenset[str]:
        """Names of so few letters that their forms are told by a capital: Ján, Jána."""
        return frozenset(stem for stem in map(_stem, self._words) if len(stem) == _SHORTEST)

    @cached_property
    def _names(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The words of organisations' names, by the first letters of the first."""
        found: dict[str, dict[tuple[str, ...], None]] = {}
        for name in self.organisations:
            words = tuple(_words_of(name))
            if words and len("".join(words)) >= _SHORTEST:
                found.setdefault(words[0][:_SHORTEST], {})[words] = None
        return {start: tuple(names) for start, names in found.items()}


def _words_of(name: str) -> list[str]:
    """Return the words of a name that tell something: no legal form, no initial.

    >>> _words_of("ООО «Синий кит»"), _words_of("Novák J.")
    (['синий', 'кит'], ['novak'])
    """
    words = _WORD.findall(fold(name))
    return [w for w in words if w not in _LEGAL_FORMS and (len(w) >= _SHORTEST or w.isdecimal())]


def _stem(word: str) -> str:
    return word[:-_CHANGED] + word[-_CHANGED:].rstrip(_ENDINGS)


def _is_form(word: str, stems: frozenset[str]) -> bool:
    """Return whether a word is a stem with an ending."""
    longest = max(_STEM, len(word) - _ENDING)
    return any(word[:n] in stems for n in range(longest, len(word) + 1))


def _same(word: str, of_name: str) -> bool:
    """Return whether a word is a word of a name, or an inflected form of it."""
    stem = _stem(of_name)
    long = len(stem) >= _STEM and not of_name.isdecimal()
    return word == of_name or (long and word.startswith(stem) and len(word) <= len(stem) + _ENDING)


def _cut_out(text: str, spans: Iterable[tuple[int, int]]) -> str:
    made, end = [], 0
    for start, stop in sorted(spans):
        if start >= end:
            made += [text[end:start], MASK]
        end = max(end, stop)
    return "".join([*made, text[end:]])
