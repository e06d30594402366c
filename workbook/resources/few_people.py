"""Warnings of tables that so few people answered that a report could tell who said what."""

from collections.abc import Iterator, Mapping

from workbook.diagnostics.cells import texts
from workbook.diagnostics.controllability.answer_sheet import Answers
from workbook.diagnostics.loyalty.answers import (
    people,
    small_waves,
    small_waves_in_whole,
    wave_labels,
)
from workbook.engagement import Engagement
from workbook.errors import Problem, Severity
from workbook.intake.findings import shown
from workbook.intake.table import Table

SURVEYS = ("survey", "satisfaction")


def survey_problems(engagement: Engagement, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Warn of surveys, and of waves, of fewer people than the anonymity threshold.

    A small survey is told as a whole; a small wave beside larger ones is left out.
    """
    threshold = engagement.anonymity_threshold
    for name in SURVEYS:
        table = tables.get(name)
        if table is not None and 0 < len(set(people(table.frame))) < threshold:
            yield _few("few_people", table, "respondent_id", threshold=threshold)
        elif name == "survey" and table is not None:
            yield from _survey_waves(table, threshold)


def answers_problems(engagement: Engagement, table: Table, answers: Answers) -> Iterator[Problem]:
    """Warn of questionnaires, and of waves of them, likewise."""
    threshold, frame = engagement.anonymity_threshold, answers.frame
    for name in answers.questionnaires():
        rows = frame.loc[frame["questionnaire"] == name]
        if rows["respondent"].nunique() < threshold:
            yield _few(
                "few_respondents", table, "respondent", row=rows.index[0], found=name,
                threshold=threshold,
            )  # fmt: skip
            continue
        waves, small = answers.waves(name), answers.small_waves(name, threshold)
        for wave in small if len(small) < len(waves) else ():
            row = rows.index[rows["wave"] == wave][0]
            yield _few("few_in_wave", table, "wave", row=row, found=wave, threshold=threshold)


def _survey_waves(table: Table, threshold: int) -> Iterator[Problem]:
    labels, small = wave_labels(table.frame), small_waves(table.frame, threshold)
    if labels is None or set(small) == set(labels):
        return
    in_whole = small_waves_in_whole(table.frame, threshold)
    for wave in small:
        if in_whole and not wave:
            continue
        row = table.frame.index[texts(table.frame, "wave") == wave][0]
        code = (
            ("few_in_wave_told_whole" if in_whole else "few_in_wave")
            if wave
            else "few_without_wave"
        )
        yield _few(code, table, "wave", row=row, found=wave, threshold=threshold)


def _few(
    code: str, table: Table, column: str, *, threshold: int, row: int | None = None, found: str = ""
) -> Problem:
    first = table.frame.index[0] if row is None else row
    return Problem(
        code=code,
        place=table.place_of(int(first), column),
        found=shown(found) if found else "",
        facts={"threshold": threshold},
        severity=Severity.WARNING,
    )
