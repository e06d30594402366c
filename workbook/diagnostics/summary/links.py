"""What one diagnostic's words have to do with another's: systems and items, parameters and reasons.

The links come from a YAML file (:mod:`.sources.links_file`); what is not in it is not joined.
"""

from collections.abc import Mapping
from dataclasses import field

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from workbook.language.lemmas import clauses, written_in

_CLOSED = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Theme:
    """One thing that customers mark as a parameter and name as a reason of leaving."""

    reasons: tuple[str, ...]
    """Ids of the reasons of loss."""
    words: Mapping[str, tuple[str, ...]]
    """Words and phrases by language."""

    def found_in(self, parameter: str) -> int:
        """Return the words of the longest phrase that a parameter's name has; 0 of none.

        Examples
        --------
        >>> delivery = Theme(reasons=("late_delivery",), words={"en": ("delivery", "lead time")})
        >>> [delivery.found_in(name) for name in ("Lead times", "Speed of delivery", "Price")]
        [2, 1, 0]
        """
        lengths = [
            len(phrase)
            for language, phrases in self.words.items()
            if written_in(parameter, language)
            for phrase in (_words(text, language) for text in phrases)
            if _is_in(phrase, _words(parameter, language))
        ]
        return max(lengths, default=0)


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Links:
    """All links; the default has none."""

    owners: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Items by owner system and questionnaire."""
    complaint_handling: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Items by questionnaire."""
    themes: tuple[Theme, ...] = ()

    def owned(self, owner: str, questionnaire: str) -> tuple[str, ...]:
        """Return the ids of the items of a questionnaire that a system answers for."""
        return self.owners.get(owner, {}).get(questionnaire, ())

    def theme_of(self, parameter: str) -> Theme | None:
        """Return the theme of a parameter: that of the longest phrase; None of two, or of none."""
        found = [(theme.found_in(parameter), theme) for theme in self.themes]
        longest = max((length for length, _ in found), default=0)
        first = [theme for length, theme in found if length == longest and length]
        return first[0] if len(first) == 1 else None

    def is_of(self, theme: Theme, reason: str, label: str) -> bool:
        """Return whether a reason of loss has a theme: by its id, else by its name.

        A client's own reason has an id that no theme knows.
        """
        known = any(reason in one.reasons for one in self.themes)
        return reason in theme.reasons if known else self.theme_of(label) is theme


def _words(text: str, language: str) -> tuple[frozenset[str], ...]:
    """Return the words of a text, each as its forms."""
    found = [word for clause in clauses(text, language) for word in clause]
    return tuple(word.lemmas | {word.form} for word in found)


def _is_in(phrase: tuple[frozenset[str], ...], text: tuple[frozenset[str], ...]) -> bool:
    return all(any(word & other for other in text) for word in phrase)
