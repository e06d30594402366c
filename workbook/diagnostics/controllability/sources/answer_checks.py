"""What is wrong with the table ``answers`` that only the questionnaires can tell."""

from collections.abc import Callable, Iterator

from workbook.diagnostics.controllability.answer_sheet import QuestionnaireAnswers, read_answers
from workbook.diagnostics.controllability.lookup import Names
from workbook.diagnostics.controllability.marks import marks
from workbook.diagnostics.controllability.params import Params
from workbook.engagement.settings import Engagement
from workbook.errors import Location, Problem, Severity
from workbook.intake.few_people import few_problem
from workbook.intake.problems import cut, listed, shown
from workbook.intake.table import InputTable
from workbook.language.nearest import nearest

_KEY = ["questionnaire", "wave", "respondent"]
_Finder = Callable[[InputTable, QuestionnaireAnswers, Params], Iterator[Problem]]


def answer_problems(table: InputTable, names: Names, params: Params) -> list[Problem]:
    """Return every problem of the answers, long lists cut.

    Parameters
    ----------
    params
        Its ``optional_items`` say which items are on.
    """
    answers = read_answers(table.frame, names)
    problems: list[Problem] = []
    for finder in _FINDERS:
        found = list(finder(table, answers, params))
        problems += cut(found, count=len(found)) if found else []
    return problems


def few_people(
    engagement: Engagement, table: InputTable, answers: QuestionnaireAnswers
) -> Iterator[Problem]:
    """Warn of questionnaires, and of waves of them, of fewer people than the threshold."""
    threshold, frame = engagement.anonymity_threshold, answers.frame
    for name in answers.questionnaires():
        rows = frame.loc[frame["questionnaire"] == name]
        if rows["respondent"].nunique() < threshold:
            yield few_problem(
                "few_respondents", table, "respondent", row=rows.index[0], found=name,
                threshold=threshold,
            )  # fmt: skip
            continue
        waves, small = answers.waves(name), answers.small_waves(name, threshold)
        for wave in small if len(small) < len(waves) else ():
            row = rows.index[rows["wave"] == wave][0]
            yield few_problem(
                "few_in_wave", table, "wave", row=row, found=wave, threshold=threshold
            )


def _unknown_questionnaires(
    table: InputTable, answers: QuestionnaireAnswers, params: Params
) -> Iterator[Problem]:
    frame, names = answers.frame, answers.names
    rows = frame.loc[frame["questionnaire"] == ""]
    for name, part in rows.groupby("form", sort=False):
        yield Problem(
            code="answers_no_questionnaire",
            place=_place(table, part.index[0], "questionnaire"),
            found=shown(name),
            facts={
                "nearest": names.nearest_questionnaire(str(name)),
                "known": ", ".join(one.id for one in names.questionnaires),
                "count": len(part),
            },
        )


def _unknown_items(
    table: InputTable, answers: QuestionnaireAnswers, params: Params
) -> Iterator[Problem]:
    known = answers.frame.loc[answers.frame["questionnaire"] != ""]
    for (questionnaire, item), part in known.groupby(["questionnaire", "item"], sort=False):
        ids = answers.names.items(str(questionnaire))
        if item not in ids:
            yield Problem(
                code="answers_no_item",
                place=_place(table, part.index[0], "item"),
                found=shown(part["written"].iloc[0]),
                facts={
                    "nearest": ids.get(nearest(str(item), ids), ""),
                    "questionnaire": str(questionnaire),
                    "count": len(part),
                },
            )


def _twice(table: InputTable, answers: QuestionnaireAnswers, params: Params) -> Iterator[Problem]:
    """Find items that a respondent answers twice in a wave; 1.10 that Excel made 1.1."""
    frame = answers.frame
    key = [*_KEY, "item"]
    again = frame.duplicated(key) & (frame["questionnaire"] != "")
    first = {tuple(parts): row for row, *parts in frame.drop_duplicates(key)[key].itertuples()}
    for row, *parts in frame.loc[again, key].itertuples():
        questionnaire, _, _, item = parts
        tenth = f"{item}0"
        lost = tenth in answers.names.items(questionnaire) and (*parts[:3], tenth) not in first
        facts: dict[str, object] = {
            "other": int(first[tuple(parts)]),
            "respondent": shown(parts[2]),
        }
        if lost:
            yield Problem(
                code="answers_twice_tenth",
                place=_place(table, row, "item"),
                found=shown(frame.at[row, "written"]),
                facts={**facts, "tenth": tenth},
            )
        else:
            yield Problem(
                code="answers_twice",
                place=_place(table, row, "item"),
                found=shown(frame.at[row, "written"]),
                facts=facts,
            )


def _skipped(table: InputTable, answers: QuestionnaireAnswers, params: Params) -> Iterator[Problem]:
    """Warn of items that a respondent leaves out."""
    frame = answers.frame
    said = frame.loc[frame["mark"] != ""]
    marked = {key: set(items) for key, items in said.groupby(_KEY, sort=False)["item"]}
    for key, part in frame.loc[frame["questionnaire"] != ""].groupby(_KEY, sort=False):
        whole = answers.names.get(str(key[0]))
        if whole is None:
            continue
        ids = answers.names.items(whole.id)
        done = {ids.get(item, "") for item in marked.get(key, ())}
        asked = whole.asked(params.turned_on(whole.id)).items
        missing = [item.id for item in asked if item.id not in done]
        if missing:
            yield Problem(
                code="answers_skipped",
                place=_place(table, part.index[0], "respondent"),
                facts={
                    "items": listed(missing, 8),
                    "count": len(missing),
                    "questionnaire": whole.id,
                },
                severity=Severity.WARNING,
            )


def _off(table: InputTable, answers: QuestionnaireAnswers, params: Params) -> Iterator[Problem]:
    """Warn of marks of items that are not on."""
    for one in answers.names.questionnaires:
        rows = answers.frame.loc[answers.frame["questionnaire"] == one.id]
        on = {item.id for item in one.asked(params.turned_on(one.id)).items}
        ids = rows["item"].map(answers.names.items(one.id)).fillna("")
        for item, part in rows.groupby(ids, sort=False):
            if item and item not in on and (part["mark"] != "").any():
                yield Problem(
                    code="answers_off",
                    place=_place(table, part.index[0], "item"),
                    found=shown(item),
                    facts={"count": int((part["mark"] != "").sum()), "questionnaire": one.id},
                    severity=Severity.WARNING,
                )


def _questions(
    table: InputTable, answers: QuestionnaireAnswers, params: Params
) -> Iterator[Problem]:
    """Warn where the three questions do not lead to a mark, or to another than is given."""
    said = marks(table.frame)
    for code, rows in (
        ("answers_undecided", said.undecided),
        ("answers_differ", said.differing),
    ):
        found = table.frame.index[rows]
        if len(found):
            facts = {"count": len(found), "rows": listed(found)}
            place = _place(table, found[0], "mark")
            yield Problem(code=code, place=place, facts=facts, severity=Severity.WARNING)


def _waves(table: InputTable, answers: QuestionnaireAnswers, params: Params) -> Iterator[Problem]:
    """Warn of rows without a wave in a questionnaire that has waves."""
    for questionnaire, part in answers.frame.groupby("questionnaire", sort=False):
        blank = part.index[part["wave"] == ""]
        if questionnaire and 0 < len(blank) < len(part):
            yield Problem(
                code="answers_no_wave",
                place=_place(table, blank[0], "wave"),
                facts={"count": len(blank), "rows": listed(blank)},
                severity=Severity.WARNING,
            )


def _levels(table: InputTable, answers: QuestionnaireAnswers, params: Params) -> Iterator[Problem]:
    """Warn of respondents of two levels; the first counts."""
    frame = answers.frame.loc[answers.frame["level"] != ""]
    for key, part in frame.groupby(_KEY, sort=False):
        other = part.index[part["level"] != part["level"].iloc[0]]
        if key[0] and len(other):
            yield Problem(
                code="answers_two_levels",
                place=_place(table, other[0], "level"),
                facts={"other": int(str(part.index[0]))},
                severity=Severity.WARNING,
            )


def _place(table: InputTable, row: object, column: str) -> Location:
    """Return the place of a cell as the client's file shows it."""
    return table.place_of(int(str(row)), column)


_FINDERS: tuple[_Finder, ...] = (
    _unknown_questionnaires,
    _unknown_items,
    _twice,
    _skipped,
    _off,
    _questions,
    _waves,
    _levels,
)
"""In the order of their problems."""
