"""Warnings of surveys that so few people answered that a report could tell who said what."""

from collections.abc import Iterator, Mapping

from workbook.diagnostics.cells import texts
from workbook.diagnostics.loyalty.answers import (
    people,
    small_waves,
    small_waves_in_whole,
    wave_labels,
)
from workbook.engagement.settings import Engagement
from workbook.errors import Problem
from workbook.intake.few_people import few_problem
from workbook.intake.table import InputTable

SURVEYS = ("survey", "satisfaction")


def survey_problems(engagement: Engagement, tables: Mapping[str, InputTable]) -> Iterator[Problem]:
    """Warn of surveys, and of waves, of fewer people than the anonymity threshold.

    A small survey is told as a whole; a small wave beside larger ones is left out.
    """
    threshold = engagement.anonymity_threshold
    for name in SURVEYS:
        table = tables.get(name)
        if table is not None and 0 < len(set(people(table.frame))) < threshold:
            yield few_problem("few_people", table, "respondent_id", threshold=threshold)
        elif name == "survey" and table is not None:
            yield from _survey_waves(table, threshold)


def _survey_waves(table: InputTable, threshold: int) -> Iterator[Problem]:
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
        yield few_problem(code, table, "wave", row=row, found=wave, threshold=threshold)
