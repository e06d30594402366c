"""The client's words sorted to ours: outcomes of deals, kinds of documents, marks in words."""

from collections.abc import Iterable, Mapping

from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import TEXT
from workbook.intake.cells.nothing_words import say_nothing
from workbook.intake.cells.word_lines import meant
from workbook.intake.guess.assignment import Doubt
from workbook.intake.guess.fitting import mark_of
from workbook.intake.guess.heading_words import says
from workbook.intake.guess.naming import words_of
from workbook.intake.guess.profile import Profile, label_in, number_in
from workbook.intake.guess.proposal import Entry
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.language.nearest import plain

MOST = 60
"""Different words of a column beyond which it is no list."""
_ORDER = {"offers.status": ("lost", "won"), "sales.kind": ("cancelled", "return", "sale"),
          "satisfaction.side": ("staff", "customer")}  # fmt: skip
_REST = {"offers.status": "open"}


def values_entry(
    table: str, column: ColumnSchema, profile: Profile, *, from_stage: bool = False
) -> Entry | None:
    """Return the line of ``values`` that a column needs, or None."""
    if column.scores:
        return _labels(column.name, profile)
    if column.kind is ColumnType.MARK:
        return _labels(column.name, profile) or _marks(column.name, profile)
    if column.kind is ColumnType.CHOICE:
        return _choices(table, column, profile, from_stage=from_stage)
    return None


def _labels(name: str, profile: Profile) -> Entry | None:
    """Sort labels with one number in them: "Extremely likely - 10"."""
    if profile.labels < 0.01 or profile.distinct > MOST:
        return None
    found: dict[str, list[str]] = {}
    for text in profile.values:
        number = label_in(text)
        if number is not None and number_in(Cell(TEXT, text)) is None:
            found.setdefault(str(number), []).append(words_of(text))
    if not found:
        return None
    return Entry(key=name, value=_in_order(found))


def _marks(name: str, profile: Profile) -> Entry | None:
    words = [text for text in profile.values if number_in(Cell(TEXT, text)) is None]
    if not words or len(words) > MOST:
        return None
    found: dict[str, list[str]] = {}
    for text in words:
        if mark := mark_of(text):
            found.setdefault(mark, []).append(words_of(text))
    unclear = [text for text in words if not mark_of(text)]
    if not found:
        return None
    doubt = Doubt(code="words_left", facts={"words": unclear}) if unclear else Doubt(code="marks")
    return Entry(key=name, value=_in_order(found), doubt=doubt)


def _in_order(found: Mapping[str, list[str]]) -> dict[str, object]:
    return {mark: found[mark] for mark in sorted(found, key=lambda one: -int(one))}


def _choices(
    table: str, column: ColumnSchema, profile: Profile, *, from_stage: bool
) -> Entry | None:
    key = f"{table}.{column.name}"
    choices = column.choices or {}
    accepted = {plain(form) for word, forms in choices.items() for form in (word, *forms)}
    strange = [text for text in profile.values if plain(text) not in accepted]
    if column.blank:
        empty = say_nothing(strange)
        strange = [text for text, nothing in zip(strange, empty, strict=True) if not nothing]
    if not strange or profile.distinct > 4 * MOST:
        return None
    found: dict[str, list[str]] = {}
    unclear: list[str] = []
    for text in strange:
        word = our_word(text, _ORDER.get(key, tuple(choices)))
        word = word or ("" if key in _ORDER else meant(text, choices))
        if word:
            found.setdefault(word, []).append(words_of(text))
        else:
            unclear.append(text)
    rest = _REST.get(key)
    made: dict[str, object] = {word: found[word] for word in choices if word in found}
    if rest and unclear:
        made[rest] = "*"
        doubt = Doubt(code="rest_is", facts={"word": rest, "words": unclear})
        return Entry(key=column.name, value=made, doubt=doubt)
    if not made:
        words = {"words": unclear}
        value = {next(iter(choices)): [words_of(text) for text in unclear[:8]]}
        return Entry(key=column.name, value=value, doubt=Doubt(code="sort", facts=words), off=True)
    left = Doubt(code="words_left", facts={"words": unclear}) if unclear else None
    return Entry(key=column.name, value=made, doubt=left)


def our_word(text: str, words: Iterable[str]) -> str:
    """Return which of our words a client's word means, or an empty text.

    >>> our_word("Закрыто и не реализовано", ("lost", "won")), our_word("Переговоры", ("won",))
    ('lost', '')
    """
    return next((word for word in words if says(text, "values", word)), "")
