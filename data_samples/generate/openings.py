"""The two open questions of the survey: who answers, about what, in which words."""

from random import Random

from data_samples.generate.chance import draw
from data_samples.generate.handwriting import scrawl
from data_samples.generate.phrasebank import Bank
from data_samples.generate.rows import Row, name_of
from data_samples.generate.spec import Spec, Wave

QUESTIONS = ("reason", "improvement")


def write(
    spec: Spec,
    wave: Wave,
    rows: list[Row],
    *,
    bank: Bank,
    themes: dict[str, tuple[str, ...]],
    chance: Random,
) -> None:
    """Put words into ``rows`` and their true themes into ``themes``."""
    for row in rows:
        for question in QUESTIONS:
            if chance.random() < _willing(spec, int(row["score"] or 0)):
                text, named = _answer(wave, row, question, bank=bank, chance=chance)
                row[question] = scrawl(text, chance, plain=spec.plain_ascii)
                themes[name_of(row, question)] = named
    _plant(wave, rows, themes, chance)


def _willing(spec: Spec, score: int) -> float:
    """Critics write more often than fans."""
    return min(0.95, spec.comment_share * (1.1 if score <= 6 else 1.0 if score <= 8 else 0.9))


def _answer(
    wave: Wave, row: Row, question: str, *, bank: Bank, chance: Random
) -> tuple[str, tuple[str, ...]]:
    tone = _tone(int(row["score"] or 0), question, chance)
    if tone == "wish" and chance.random() < 0.07:
        return bank.word("nothing", chance), ()
    if tone != "wish" and chance.random() < 0.06:
        return bank.word("plain_good" if tone == "pos" else "plain_bad", chance), ()
    weights = _weights(wave, str(row["segment"]), tone)
    count = chance.choices((1, 2, 3), weights=(0.6, 0.34, 0.06))[0]
    named: list[str] = []
    while len(named) < count:
        theme = draw(weights, chance)
        if theme not in named:
            named.append(theme)
    return bank.answer(named, tone, chance), tuple(named)


def _tone(score: int, question: str, chance: Random) -> str:
    if question == "improvement":
        return "wish"
    fan = {9: 0.93, 10: 0.97, 8: 0.55, 7: 0.35}.get(score, 0.03)
    return "pos" if chance.random() < fan else "neg"


def _weights(wave: Wave, segment: str, tone: str) -> dict[str, float]:
    if tone == "pos":
        return dict(wave.joys)
    weights = dict(wave.worries)
    if wave.effects.get(segment, 0.0) < 0:
        strongest = max(weights, key=lambda theme: weights[theme])
        weights[strongest] *= 2.5
    return weights


def _plant(wave: Wave, rows: list[Row], themes: dict[str, tuple[str, ...]], chance: Random) -> None:
    """Give the planned answers to critics and passives, one each."""
    rest = [row for row in rows if row["score"] is not None and int(row["score"]) <= 8]
    for planned, row in zip(wave.planned, chance.sample(rest, k=len(wave.planned)), strict=True):
        row[planned.question] = planned.text
        themes[name_of(row, planned.question)] = planned.themes
