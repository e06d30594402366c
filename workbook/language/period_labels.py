"""Periods as people call them: "2025-Q4" is "IV квартал 2025", "4. štvrťrok 2025" or "Q4 2025".

Folders and files keep the label of ``engagement.toml``; pages show its words.
"""

import re
from collections.abc import Mapping

_LABEL = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:-?Q(?P<quarter>[1-4])|-?H(?P<half>[12])|-(?P<month>0[1-9]|1[0-2]))?"
)
_ROMAN = ("I", "II", "III", "IV")
_TOLD = "label"
CASES = ("label", "short", "acc", "gen", "dat", "ins", "loc")
"""How a label is written: alone, in a narrow place, and declined in a sentence."""


def period_words(label: str, case: str, words: Mapping[str, Mapping[str, str]]) -> str:
    r"""Return a period in words; a label of another kind stays as it is.

    Parameters
    ----------
    case
        One of :data:`CASES`; a language without the case uses the label.
    words
        By kind of period (``year``, ``half1``, ``half2``, ``quarter``, ``month``) and case.

    Examples
    --------
    >>> from workbook.language.languages import language_of
    >>> ru, en = (language_of(code).writing.periods for code in ("ru", "en"))
    >>> period_words("2025-Q4", "label", ru), period_words("2025-H2", "gen", ru)
    ('IV\xa0квартал 2025', 'второго полугодия 2025')
    >>> period_words("2025-03", "ins", ru), period_words("2025-03", "gen", en)
    ('мартом 2025', 'March 2025')
    >>> period_words("before the move", "label", en)
    'before the move'
    """
    found = _LABEL.fullmatch(label)
    if found is None:
        return label
    kind, facts = _kind(found)
    forms = words[kind]
    return forms.get(case, forms[_TOLD]).format_map(facts | _month(found, case, words))


def _kind(found: "re.Match[str]") -> tuple[str, dict[str, str]]:
    facts = {"year": found["year"]}
    if found["quarter"]:
        roman = _ROMAN[int(found["quarter"]) - 1]
        return "quarter", facts | {"quarter": found["quarter"], "roman": roman}
    if found["half"]:
        return f"half{found['half']}", facts
    return ("month" if found["month"] else "year"), facts


def _month(
    found: "re.Match[str]", case: str, words: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    if not found["month"]:
        return {}
    names = words["months"].get(case, words["months"][_TOLD]).split()
    return {"month": names[int(found["month"]) - 1]}
