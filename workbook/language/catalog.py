"""The sentences of a report: one YAML file per subject and language.

A text is a template with named values: ``"NPS {nps:points}, {n:#answers}"``.  After the colon
stands a number format (:class:`~workbook.language.numbers.NumberFormats`) or, with ``#``, a counted
phrase from the section ``phrases`` in the plural form of the language.  A text may itself be
given by plural form: a mapping of CLDR categories with ``by`` naming the counted value
(default ``n``).  Values are text, never templates: braces in them stay braces.

Words agree with a number by their forms in its plural categories: ``из {n:count}
{n:~клиента|клиентов}`` (one, all others), ``{n:~клиент|клиента|клиентов}`` (one, few, the rest).
A fraction takes the first of two forms, the second of three, or a fourth one; in English it is
like all others.

Before a value a preposition takes the form that the value asks for: ``z {n:count}`` is "z 5" and
"zo 127".  Quotes of a value inside those of the text become inner ones.
"""

import re
import string
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from workbook.language.languages import ENGLISH, language_of
from workbook.language.languages import LANGUAGES as LANGUAGES
from workbook.language.numbers import NumberFormats
from workbook.language.prepositions import fitted
from workbook.language.typography import nested
from workbook.language.yaml_text import yaml_values

_FOLDER = Path(__file__).resolve().parent / "texts"
_DIAGNOSTICS = Path(__file__).resolve().parents[1] / "diagnostics"
_FORMS = frozenset({"one", "few", "many", "other"})
_BEFORE_VALUE = re.compile(r"(?<![^\s(«„])([^\W\d_])(?=[ \u00a0][«„]?{(\w+)(?::([^{}]*))?})")
"""A word of one letter before a value: its letter, the value's name and format."""

Entry: TypeAlias = str | Mapping[str, str]


class _Writer(string.Formatter):
    """``str.format`` without positions, attributes or look-ups, with our own formats."""

    def __init__(self, texts: "Texts") -> None:
        self._texts = texts

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        if not field_name.isidentifier():
            raise ValueError(f"placeholder {field_name!r} is not a plain name")
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        return self._texts.write(value, format_spec)


class Texts:
    """Texts of one subject in one language; call it with a key and the values.

    Parameters
    ----------
    language
        One of :data:`LANGUAGES`.
    entries
        Flat mapping of dotted keys to texts; phrases are under ``phrases.``.
    currency
        ISO 4217 code used by the money formats.
    """

    def __init__(self, language: str, entries: Mapping[str, Entry], currency: str = "EUR") -> None:
        self.language = language
        self.numbers = NumberFormats(language, currency)
        self._entries = entries
        self._writer = _Writer(self)

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence of ``key`` with the values written in."""
        entry = self._entries[key]
        if not isinstance(entry, str):
            entry = self._form(entry, values[entry.get("by", "n")])
        written = self._writer.vformat(self._with_prepositions(entry, values), (), values)
        return nested(written, self.language)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def all(self) -> tuple[str, ...]:
        """Return every text as it is written, for those who need its letters."""
        return tuple(str(entry) for entry in self._entries.values())

    def write(self, value: object, spec: str) -> str:
        """Write a value by a format name, a counted phrase (``#answers``), forms, or as it is."""
        if spec.startswith("#"):
            return self(f"phrases.{spec[1:]}", n=value)
        if spec.startswith("~"):
            return self._agreeing(spec[1:].split("|"), value)
        return self.numbers.write(value, spec) if spec else str(value)

    def _with_prepositions(self, entry: str, values: Mapping[str, object]) -> str:
        """Return a text with its prepositions as the values after them ask for."""
        known = language_of(self.language).writing.prepositions if "{" in entry else {}
        if not known:
            return entry

        def form(found: "re.Match[str]") -> str:
            word, name, spec = found.groups()
            if word.lower() not in known:
                return word
            return fitted(word, self.write(values[name], spec or ""), known[word.lower()])

        return _BEFORE_VALUE.sub(form, entry)

    def _agreeing(self, forms: Sequence[str], count: object) -> str:
        """Return the form of a word that goes with a number."""
        if not isinstance(count, int | float):
            raise ValueError("the form of a word needs a number")
        has_few = "few" in self.numbers.locale.plural_form.tags
        if has_few and not float(count).is_integer():
            return forms[3] if len(forms) > 3 else forms[len(forms) - 2]
        place = {"one": 0, "few": 1}.get(self.numbers.plural(count), 2)
        return forms[min(place, len(forms) - 1, 2)]

    def _form(self, forms: Mapping[str, str], count: object) -> str:
        if not isinstance(count, int | float):
            raise ValueError("the plural form needs a number")
        category = self.numbers.plural(count)
        return forms.get(category, forms["other"])


def load_texts(
    subject: str,
    language: str,
    currency: str = "EUR",
    own: Mapping[str, Entry] = MappingProxyType({}),
) -> Texts:
    """Return the texts of ``subject`` joined with those of ``common``.

    Parameters
    ----------
    own
        The firm's own sentences, by key, which stand in place of ours.

    Raises
    ------
    ValueError
        When the language is not one of :data:`LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no texts in {language!r}")
    ours = _entries("common", language) | _entries(subject, language)
    return Texts(language, {**ours, **own}, currency)


def entries_of(subject: str, language: str) -> Mapping[str, Entry]:
    """Return our texts of a subject alone, by dotted key."""
    return MappingProxyType(_entries(subject, language))


def subjects() -> tuple[str, ...]:
    """Return the subjects of which a report is made, ``common`` first."""
    own = sorted(path.parent.parent.name for path in _DIAGNOSTICS.glob(f"*/texts/{ENGLISH}.yaml"))
    return ("common", "report", *own)


@cache
def _entries(subject: str, language: str) -> dict[str, Entry]:
    path = _DIAGNOSTICS / subject / "texts" / f"{language}.yaml"
    if not path.is_file():
        path = _FOLDER / f"{subject}.{language}.yaml"
    return dict(_flat(yaml_values(path.read_text("utf-8")), ""))


def _flat(tree: Mapping[str, Any], prefix: str) -> list[tuple[str, Entry]]:
    found: list[tuple[str, Entry]] = []
    for key, value in tree.items():
        if isinstance(value, Mapping) and "other" not in value:
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((prefix + key, value))
    return found
