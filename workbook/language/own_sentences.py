"""A firm's own sentence beside ours: what may stand in it, and what is wrong with it.

It may leave figures out, but name none that ours does not give, and each as ours writes it.
"""

import string
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from workbook.language.catalog import Entry

Fault: TypeAlias = tuple[str, str, Mapping[str, object]]
"""Code, what was found, and facts of a problem."""
MOST = 2000
"""Letters of a sentence."""
_BY = "by"


def sentence_faults(own: Entry, ours: Entry) -> Iterator[Fault]:
    """Find what is wrong with a sentence that is to stand in place of ours.

    Examples
    --------
    >>> list(sentence_faults("NPS {nps:points}", "The index is {nps:points}, {n:#answers}"))
    []
    >>> [(code, found) for code, found, _ in sentence_faults("{mps}", "{nps:points}")]
    [('text_unknown_value', '{mps}')]
    """
    if isinstance(own, str):
        yield from _faults(own, _pieces_of(ours))
        return
    if isinstance(ours, str):
        yield "text_no_forms", "", {}
        return
    forms = {form for form in ours if form != _BY}
    given = {form for form in own if form != _BY}
    if given != forms:
        yield "text_forms", ", ".join(sorted(given)), {"forms": ", ".join(sorted(forms))}
    if own.get(_BY, ours.get(_BY, "")) != ours.get(_BY, ""):
        yield "text_by", str(own[_BY]), {"by": ours.get(_BY, "n")}
    for form in sorted(given & forms):
        yield from _faults(own[form], _pieces_of(ours))


def completed(own: Entry, ours: Entry) -> Entry:
    """Return a sentence with what ours says of the number that its form depends on."""
    if isinstance(own, str) or isinstance(ours, str) or _BY not in ours:
        return own
    return {**own, _BY: ours[_BY]}


def _faults(text: str, known: Mapping[str, str]) -> Iterator[Fault]:
    if len(text) > MOST:
        yield "text_too_long", text, {"most": MOST}
        return
    if not text.strip():
        yield "empty_value", text, {}
        return
    try:
        pieces = list(_pieces(text))
    except ValueError:
        yield "text_braces", text, {}
        return
    facts = {"known": ", ".join(known.values()) or "–"}
    for piece in pieces:
        if piece not in known.values():
            yield "text_unknown_value", piece, facts


def _pieces_of(entry: Entry) -> dict[str, str]:
    texts = [entry] if isinstance(entry, str) else [t for k, t in entry.items() if k != _BY]
    return {piece: piece for text in texts for piece in _pieces(text)}


def _pieces(text: str) -> Iterator[str]:
    """Yield the values of a text as they are written: ``{nps:points}``."""
    for _, name, spec, turn in string.Formatter().parse(text):
        if name is not None:
            yield "{" + name + (f"!{turn}" if turn else "") + (f":{spec}" if spec else "") + "}"
