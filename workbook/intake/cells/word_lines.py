"""Lines for engagement.toml that give words of a column their meaning: ``values.mark = {...}``."""

import re
from collections.abc import Mapping, Sequence

from workbook.intake.toml_line import values_line
from workbook.language.languages import in_all, word_pattern
from workbook.language.nearest import nearest

UNKNOWN = "?"
"""Under it stand the words that nobody has sorted yet: it is no value of ours."""
_MOST = 30
"""Words in a line."""
_LONGEST, _BEGINNING = 100, 60
_FEWEST_LETTERS = 3
"""Of a spelling that is looked for within a text."""
_TYPING_SLIP = 85.0
"""Likeness of a word with a letter or two wrong: what is sorted must not be another word."""
_NEGATION = word_pattern(in_all(lambda language: (*language.deals.not_, *language.cells.no)))

Declared = Mapping[str, Mapping[str, tuple[str, ...]]]
"""``values`` of [intake.<table>]."""


def marks_line(column: str, texts: Sequence[str], declared: Declared) -> str:
    """Return the line in which every word waits for its number on the scale.

    >>> print(marks_line("mark", ["Плохо", "Хорошо"], {}))
    values.mark = {"?1" = ["Плохо"], "?2" = ["Хорошо"]}
    """
    waiting = {f"{UNKNOWN}{n}": [text] for n, text in enumerate(_distinct(texts), start=1)}
    return values_line(column, {**declared.get(column, {}), **waiting})


def choices_line(
    column: str,
    texts: Sequence[str],
    choices: Mapping[str, Sequence[str]],
    declared: Declared,
) -> str:
    """Return the line that sorts a column's words under our values, as far as they tell.

    >>> forms = {"sale": ["продажа", "реализация"], "return": ["возврат"]}
    >>> print(choices_line("kind", ["Возврат товаров", "Реализация (акт)", "Обмен"], forms, {}))
    values.kind = {sale = ["Реализация (акт)"], return = ["Возврат товаров"], "?" = ["Обмен"]}
    """
    known = declared.get(column, {})
    sorted_: dict[str, list[str]] = {ours: [*known.get(ours, ())] for ours in choices}
    for text in _distinct(texts):
        sorted_.setdefault(meant(text, choices) or UNKNOWN, []).append(text)
    return values_line(column, {ours: words for ours, words in sorted_.items() if words})


def meant(text: str, choices: Mapping[str, Sequence[str]]) -> str:
    """Return which of our values a text probably means; empty where it does not tell.

    >>> forms = {"won": ["won", "выиграна"], "lost": ["lost", "проиграна"]}
    >>> meant("Closed Won", forms), meant("Не выиграна", forms), meant("выйграна", forms)
    ('won', '', 'won')
    """
    forms = {form: ours for ours, spellings in choices.items() for form in (ours, *spellings)}
    found = {ours for form, ours in forms.items() if _holds(text, form)}
    if found or re.search(rf"\b(?:{_NEGATION})\b", text, re.IGNORECASE):
        return found.pop() if len(found) == 1 and not _negated(text) else ""
    return forms.get(nearest(text, forms, _TYPING_SLIP), "")


def _holds(text: str, form: str) -> bool:
    if sum(map(str.isalpha, form)) < _FEWEST_LETTERS:
        return False
    return bool(re.search(rf"\b{re.escape(form)}\b", text, re.IGNORECASE))


def _negated(text: str) -> bool:
    return bool(re.search(rf"\b(?:{_NEGATION})\b", text, re.IGNORECASE))


def _distinct(texts: Sequence[str]) -> list[str]:
    """Return the first distinct texts; of long ones the beginning, which stands for the rest."""
    cut = (text if len(text) <= _LONGEST else f"{text[:_BEGINNING]}*" for text in texts)
    return list(dict.fromkeys(cut))[:_MOST]
