"""The table ``answers``: what people say of a questionnaire's items, and how they type it."""

from collections.abc import Mapping
from random import Random

from data_samples.generate import question_files
from data_samples.generate.answers_spec import CODES, Answers, Round
from data_samples.generate.chance import draw, stream
from data_samples.generate.rows import Row

QUESTIONS = ("process", "reporting", "data")


def build(plan: Answers, language: str) -> list[Row]:
    """Return the clean rows of everybody who did not fill in a form."""
    every = [row for one in plan.rounds for row in rows(one, language)]
    return [row for row in every if not row["form"]]


def rows(one: Round, language: str) -> list[Row]:
    """Return the clean rows of a round; ``form`` names the file of a form."""
    return [
        {
            "questionnaire": question_files.title(one.questionnaire, language),
            "wave": one.wave or None,
            "respondent": person.name,
            "role": person.role,
            "department": person.department,
            "level": person.level,
            "item": item,
            "mark": CODES.get(code),
            "evidence": one.evidence.get((item, person.name)),
            "form": person.form,
        }
        | _questions(code)
        for person, item, code in one.said()
    ]


def _questions(code: str) -> Row:
    """Return the answers to the three questions; nothing where a mark is given."""
    given = code if code not in CODES else ""
    return {
        name: {"y": "yes", "n": "no"}[given[place]] if given else None
        for place, name in enumerate(QUESTIONS)
    }


def as_typed(found: list[Row], plan: Answers, *, name: str) -> list[Row]:
    """Return the rows with every mark as somebody typed it."""
    chance = stream(name, "dirt", "words", "answers")
    return [row | {"mark": typed(row["mark"], plan.spellings, chance)} for row in found]


def typed(mark: object, spellings: Mapping[str, Mapping[str, float]], chance: Random) -> str | None:
    """Return a mark in one of its spellings."""
    return None if mark is None else draw(spellings.get(str(mark), {str(mark): 1.0}), chance)
