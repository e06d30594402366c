"""What stays on one line: a surname with its initials."""

import re

_INITIAL = r"[^\W\d_]\."
_AFTER_SURNAME = re.compile(rf"(?<=\w) (?={_INITIAL}(?: ?{_INITIAL})*(?!\w))")
_BETWEEN = re.compile(rf"(?<![^\W_])({_INITIAL}) (?=[^\W\d_](?:\.|\w))")


def names_together(text: str) -> str:
    r"""Return text whose initials are tied to each other and to their surname.

    >>> names_together("Никонова Е. А. и Ю. Мельник")
    'Никонова\xa0Е.\xa0А. и Ю.\xa0Мельник'
    >>> names_together("Mgr. Dana Holubcová, class A")
    'Mgr. Dana Holubcová, class A'
    """
    if ". " not in text and not text.endswith("."):
        return text
    return _BETWEEN.sub("\\1\u00a0", _AFTER_SURNAME.sub(_tie, text))


def _tie(found: re.Match[str]) -> str:
    text, at = found.string, found.start()
    word = re.split(r"[\s\u00a0]", text[:at])[-1].lstrip("«„“\"'(")
    initial = text[at + 1]
    return "\u00a0" if word[:1].isupper() and initial.isupper() else " "
