"""Warnings of questionnaires that so few people answered that a report could tell who said what."""

from collections.abc import Iterator

from workbook.diagnostics.controllability.answer_sheet import Answers
from workbook.engagement.settings import Engagement
from workbook.errors import Problem
from workbook.intake.few_people import few_problem
from workbook.intake.table import InputTable


def answers_problems(
    engagement: Engagement, table: InputTable, answers: Answers
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
