"""Records of a questionnaire's answers: items, sections, aspects, gaps, levels, profiles.

Scores and indexes are 0-1 (``+`` 1, ``+/-`` 0.5, ``-`` 0).  ``marks`` counts the marks by their
own sign: ``{"+": 3, "+/-": 1, "-": 0}``; "don't know" and "not applicable" are counted apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """One item over all respondents of the latest wave."""

    id: str
    section: str
    aspect: str
    """Id of its management aspect; "" of none."""
    wording: str
    guidance: str
    recommendation: str
    metric: str
    n: int
    """Marks that count (``+``, ``+/-``, ``-``)."""
    score: float | None
    """Mean of these marks; None without any."""
    agreement: float | None
    """Share of pairs of respondents that give the same mark; None below two marks."""
    plus: int
    half: int
    minus: int
    dont_know: int
    not_applicable: int
    blank: int
    """Respondents who left it out."""
    spread: float | None
    """Standard deviation of the marks (divisor n), 0 to 0.5; None below two marks."""
    low: float | None
    high: float | None
    """Lowest and highest mark."""
    management: float | None
    management_n: int | None
    line: float | None
    line_n: int | None
    """Mean mark and number of marks of either level; None where few people would be told of."""
    gap: float | None
    """``management`` - ``line``; None when either is missing."""
    weight: float
    """Weight in the list of gaps."""

    @property
    def label(self) -> str:
        """Number and wording."""
        return f"{self.id} {self.wording}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionResult:
    """One section."""

    id: str
    title: str
    index: float | None
    """Mean of the scores of its items."""
    n: int
    """Items with a score."""
    n_items: int
    """Items that are on."""
    marks: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectResult:
    """One aspect of management."""

    aspect: str
    name: str
    index: float | None
    n: int
    """Items with a score."""
    n_items: int
    marks: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One item that is not wholly managed, most urgent first."""

    item: str
    priority: float
    """(1 - score) x weight."""
    score: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OffItem:
    """An item that is off by default and was not turned on."""

    item: str
    wording: str
    repeats: str
    """Id of the item that it repeats; "" where it is an addition."""
    answers: int
    """Marks given to it nevertheless; not counted anywhere."""

    @property
    def label(self) -> str:
        """Number and wording."""
        return f"{self.item} {self.wording}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelIndex:
    """The answers of one level."""

    level: str
    """``management`` or ``line``."""
    n_respondents: int
    n: int
    """Items with a score of this level that may be told."""
    index: float | None
    """Over these items."""
    marks: Mapping[str, int]
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenLevel:
    """A level of few respondents, or one that would give such a level away."""

    level: str
    n_respondents: None = None
    n: None = None
    index: None = None
    suppressed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was given as proof; by whom is not told."""

    item: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSection:
    """One section of a reference profile."""

    id: str
    title: str
    index: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileIndex:
    """A reference profile over a number of items."""

    n_items: int
    index: float
    index_sections: float
    """Mean of the sections."""
    marks: Mapping[str, int]
    sections: tuple[ProfileSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileResult:
    """What a reference organisation would have scored."""

    id: str
    title: str
    asked: ProfileIndex
    """Over the items that are on: comparable with the client's index."""
    whole: ProfileIndex
    """Over the items of the source, word-for-word repetitions included."""

    @property
    def by_definition(self) -> bool:
        """Whether all its marks are ``+``: 100% then, which is no news."""
        return self.asked.index >= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RankEnd:
    """The lowest or the highest section or aspect, and whether it is set apart from the next."""

    kind: str
    """``section`` or ``aspect``."""
    end: str
    """``lowest`` or ``highest``."""
    id: str
    """"" where two share the place."""
    p_value: float
    """Scores of the items dealt out anew over the sections; Holm over all places."""
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMeaning:
    """What a mark means in this questionnaire."""

    mark: str
    meaning: str
