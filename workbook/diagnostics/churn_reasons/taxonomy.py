"""The reasons a customer may have: two levels, who must mend them, what could be prevented.

It comes from a YAML file (:mod:`~workbook.diagnostics.churn_reasons.sources.taxonomy_file`).
Words in the data are matched by label or alias in any language; case, ``ё``, diacritics,
punctuation and spaces do not matter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from workbook.diagnostics.churn_reasons.prevention_result import Instrument
from workbook.diagnostics.verbatims import AS_WRITTEN, Verbatims
from workbook.language.languages import in_all
from workbook.language.lemmas import bare
from workbook.language.spelling import one_alphabet

_LIKENESS = 75.0
"""Below it two spellings are not alike (a share of equal letters in per cent)."""
_SLIPS = 2
"""Wrong letters of a typing slip (the method)."""
_NEGATIONS = frozenset(map(one_alphabet, in_all(lambda language: language.text.negations)))
_LONG_WORDS = 8
"""Words of fewer letters may have one wrong letter only (the method)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReason:
    """One reason, or one group where the data say nothing more exact."""

    id: str
    label: Mapping[str, str]
    group: str
    """Id of the upper level (its own id for a group)."""
    owner: str
    preventable: bool | None
    instrument: Instrument | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """Checked reasons in the order of the file."""

    reasons: tuple[KnownReason, ...]
    """Each group followed by its reasons."""
    unknown: str
    """Id of the reason of losses for which none is given."""
    split: str = ""
    """What else than ``;`` and a new line separates reasons in a cell: signs and whole words."""
    verbatims: Verbatims = AS_WRITTEN
    """What is masked in words that it does not know."""

    def find(self, words: str) -> KnownReason | None:
        """Return the reason called so (id, label or alias in any language)."""
        return self._names.get(bare(words))

    def meant(self, words: str) -> KnownReason | None:
        """Return the reason that a typing slip meant; None of none, or of two reasons.

        A slip is a letter of the other alphabet that looks the same, or at most two letters wrong,
        missing, added or changed places; at most one where the words have fewer than eight
        letters.  What turns a word into its opposite (not-, another prefix) is no slip.
        """
        typed = one_alphabet(bare(words))
        if typed in self._alike:
            return _only(self._alike[typed])
        letters = sum(letter.isalpha() for letter in typed)
        most = _SLIPS if letters >= _LONG_WORDS else 1
        near = process.extract(
            typed, list(self._alike), scorer=OSA.distance, score_cutoff=most, limit=None
        )
        if any(_opposite(typed, name) for name, _, _ in near):
            return None
        return _only([reason for name, _, _ in near for reason in self._alike[name]])

    def get(self, reason: str) -> KnownReason | None:
        """Return the reason with this id."""
        return self._by_id.get(reason)

    def label(self, reason: str, language: str) -> str:
        """Return the name of a reason; the id itself where the taxonomy has none."""
        known = self._by_id.get(reason)
        return reason if known is None else known.label[language]

    def nearest(self, words: str, language: str) -> str:
        """Return the label of the reason whose name is most like ``words``; "" of none."""
        best = process.extractOne(
            bare(words), list(self._names), scorer=fuzz.ratio, score_cutoff=_LIKENESS
        )
        return self._names[best[0]].label[language] if best else ""

    def not_preventable(self) -> tuple[KnownReason, ...]:
        """Return the reasons that cannot be prevented; a group only where it has no reasons."""
        parents = {reason.group for reason in self.reasons if reason.id != reason.group}
        return tuple(
            reason
            for reason in self.reasons
            if reason.preventable is False and reason.id not in parents
        )

    @cached_property
    def _by_id(self) -> dict[str, KnownReason]:
        return {reason.id: reason for reason in self.reasons}

    @cached_property
    def _names(self) -> dict[str, KnownReason]:
        return {
            bare(name): reason
            for reason in self.reasons
            for name in (*reason.aliases, *reason.label.values(), reason.id)
        }

    @cached_property
    def _alike(self) -> dict[str, list[KnownReason]]:
        """Names in the letters of one alphabet; two names may look the same."""
        found: dict[str, list[KnownReason]] = {}
        for name, reason in self._names.items():
            found.setdefault(one_alphabet(name), []).append(reason)
        return found


def _only(reasons: Sequence[KnownReason]) -> KnownReason | None:
    """Return the one reason that all are; None of none and of several."""
    found = {reason.id: reason for reason in reasons}
    return next(iter(found.values())) if len(found) == 1 else None


def _opposite(typed: str, name: str) -> bool:
    """Return whether two letters may have turned the words around: "недорого", "понижение".

    So they may as a prefix of negation, and as two wrong letters side by side.
    """
    for one, two in zip(typed.split(), name.split(), strict=False):
        longer, shorter = (one, two) if len(one) > len(two) else (two, one)
        if longer.removesuffix(shorter) in _NEGATIONS and longer != shorter:
            return True
        wrong = [i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b]
        if len(one) == len(two) and len(wrong) == 2 and wrong[1] - wrong[0] == 1:
            return one[wrong[0]] != two[wrong[1]] or one[wrong[1]] != two[wrong[0]]
    return False
