"""The known truth of filled questionnaires: counted from the plan, never by the package."""

from dataclasses import replace
from datetime import date
from statistics import mean
from typing import Any

from data_samples.generate import claims_truth, question_files
from data_samples.generate.answers_spec import CODES, Answers, Respondent, Round
from data_samples.generate.ordinal_alpha import ordinal_alpha
from data_samples.generate.rows import Row

Truth = dict[str, Any]
POINTS = {"+": 1.0, "+/-": 0.5, "-": 0.0}


def truth(plan: Answers | None, rows: dict[str, list[Row]], as_of: date) -> Truth | None:
    """Return what is to be found in the answers; nothing without any."""
    if plan is None:
        return None
    first = plan.latest(question_files.FIRST)
    others = dict.fromkeys(one.questionnaire for one in plan.rounds)
    others.pop(question_files.FIRST)
    return (
        round_truth(first)
        | claims_truth.truth(scores(first), rows, as_of)
        | {
            "waves": {one.wave: _index(one) for one in plan.of(question_files.FIRST)},
            "change": _change(plan.of(question_files.FIRST)),
            "others": {name: round_truth(plan.latest(name)) for name in others},
            "forms": _forms(plan),
        }
    )


def mark(code: str) -> str:
    """Return the mark that a code of the plan comes to.

    Without a managed process it is ``-``, with all three ``+``, else ``+/-``.
    """
    if code in CODES:
        return CODES[code]
    return "-" if code[0] == "n" else "+" if code == "yyy" else "+/-"


def scores(one: Round, level: str = "") -> dict[str, float]:
    """Return the mean mark of every item that has one, of everybody or of one level."""
    given: dict[str, list[float]] = {}
    for person, item, code in one.said():
        if level in ("", person.level) and mark(code) in POINTS:
            given.setdefault(item, []).append(POINTS[mark(code)])
    return {item: mean(marks) for item, marks in given.items()}


def round_truth(one: Round) -> Truth:
    """Return index, marks, levels and agreement of one round."""
    said = [mark(code) for _, _, code in one.said()]
    items = [item for part in question_files.sections(one.questionnaire).values() for item in part]
    return _index(one) | {
        "items": len(items),
        "sections": _sections(one),
        "scores": {item: round(score, 6) for item, score in scores(one).items()},
        "marks": {name: said.count(name) for name in POINTS},
        "dont_know": said.count("don't know"),
        "not_applicable": said.count("not applicable"),
        "blank": len(items) * len(one.people) - len(said),
        "derived": sum(code not in CODES for _, _, code in one.said()),
        "evidence": len(one.evidence),
        "alpha": round(ordinal_alpha(_units(one)), 6),
        "levels": _levels(one),
        "largest_gaps": _largest_gaps(one),
        "all_same": _all_same(one),
    }


def _index(one: Round) -> Truth:
    return {
        "respondents": len(one.people),
        "index": round(mean(scores(one).values()), 6),
        "index_sections": round(mean(_section_means(one).values()), 6),
    }


def _sections(one: Round) -> Truth:
    return {name: round(value, 6) for name, value in _section_means(one).items()}


def _section_means(one: Round) -> dict[str, float]:
    found = scores(one)
    return {
        name: mean(found[item] for item in items if item in found)
        for name, items in question_files.sections(one.questionnaire).items()
    }


def _units(one: Round) -> list[list[float]]:
    """Return the marks of every item."""
    units: dict[str, list[float]] = {}
    for _, item, code in one.said():
        if mark(code) in POINTS:
            units.setdefault(item, []).append(POINTS[mark(code)])
    return list(units.values())


def _levels(one: Round) -> Truth:
    """Return, by level, who answers and the mean of the items' means."""
    return {
        level: {
            "respondents": sum(person.level == level for person in one.people),
            "index": round(mean(scores(one, level).values()), 6),
        }
        for level in ("management", "line")
    }


def _largest_gaps(one: Round) -> Truth:
    """Return the items on which management is furthest above line."""
    above, below = scores(one, "management"), scores(one, "line")
    gaps = {item: round(above[item] - below[item], 6) for item in above if item in below}
    largest = max(gaps.values())
    return {"gap": largest, "items": [item for item, gap in gaps.items() if gap == largest]}


def _all_same(one: Round) -> list[Truth]:
    """Return who gives every item one and the same mark."""
    found: list[Truth] = []
    for person in one.people:
        own = {mark(code) for who, _, code in one.said() if who == person}
        if len(own) == 1:
            said = {"respondent": person.name, "role": person.role, "mark": own.pop()}
            found.append(said | {"index_without": _index_without(one, person)})
    return found


def _index_without(one: Round, person: Respondent) -> float:
    """Return the index of everybody else."""
    place = one.people.index(person)
    rest = {
        item: " ".join(code for i, code in enumerate(codes.split()) if i != place)
        for item, codes in one.marks.items()
    }
    others = tuple(other for other in one.people if other != person)
    return float(_index(replace(one, people=others, marks=rest))["index"])


def _change(rounds: list[Round]) -> Truth | None:
    """Return the last round against the one before, over the items that both have."""
    if len(rounds) < 2:
        return None
    before, now = scores(rounds[-2]), scores(rounds[-1])
    steps = {item: now[item] - before[item] for item in now if item in before}
    names = [{person.name for person in one.people} for one in rounds[-2:]]
    return {
        "against": rounds[-2].wave,
        "difference": round(mean(steps.values()), 6),
        "items": len(steps),
        "improved": sum(step > 0 for step in steps.values()),
        "worsened": sorted(item for item, step in steps.items() if step < 0),
        "both_respondents": len(names[0] & names[1]),
    }


def _forms(plan: Answers) -> dict[str, int]:
    """Return how many answers each form holds."""
    files = [person.form for one in plan.rounds for person, _, _ in one.said() if person.form]
    return {file: files.count(file) for file in sorted(set(files))}
