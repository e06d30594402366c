"""The human coding of a part of the open answers: the second coder checks half of the first's."""

from pathlib import Path
from random import Random

from data_samples.generate.build import Built
from data_samples.generate.chance import stream
from data_samples.generate.dirt import Line
from data_samples.generate.files import write_workbook
from data_samples.generate.openings import QUESTIONS
from data_samples.generate.rows import name_of

COLUMNS = ("answer_id", "question", "text", "proposed", "confirmed", "coder")
SLIPS = (0.03, 0.14)
"""Share of answers that each coder reads differently."""


def write(folder: Path, built: Built) -> None:
    """Write ``loyalty.xlsx`` with one row per answer and coder."""
    written: list[Line] = [list(COLUMNS), *_lines(built)]
    write_workbook(folder / "loyalty.xlsx", {"loyalty": written}, language=built.spec.language)


def _lines(built: Built) -> list[Line]:
    spec, chance = built.spec, stream(built.spec.id, "coding")
    every = sorted({theme for themes in built.now.themes.values() for theme in themes})
    found: list[Line] = []
    for row in built.now.rows["survey"]:
        for question in QUESTIONS:
            name = name_of(row, question)
            if row.get(question) is None or chance.random() >= spec.coded_share:
                continue
            coders = spec.coders if chance.random() < 0.5 else spec.coders[:1]
            true = built.now.themes[name]
            proposed = [theme for theme in true if chance.random() < 0.75]
            for coder, slip in zip(coders, SLIPS, strict=False):
                confirmed = _read(true, every, slip, chance)
                found.append([name, question, row[question], "; ".join(proposed), confirmed, coder])
    return found


def _read(true: tuple[str, ...], every: list[str], slip: float, chance: Random) -> str:
    """Return the themes that a coder sees: now and then one too few or another one."""
    seen = list(true)
    if seen and chance.random() < slip:
        seen[-1] = chance.choice(every)
    return "; ".join(dict.fromkeys(seen)) or "-"
