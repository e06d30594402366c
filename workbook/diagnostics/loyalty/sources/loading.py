"""Sources of the loyalty diagnostic: the code frame, human coding, published indices."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from workbook.diagnostics.cells import dates
from workbook.diagnostics.diagnostic import LoadedSources
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.answers import guarded, headline, without_small_waves
from workbook.diagnostics.loyalty.code_frame import CodeFrame
from workbook.diagnostics.loyalty.coding import Coding, answer_id, bound
from workbook.diagnostics.loyalty.index import check_population
from workbook.diagnostics.loyalty.marks import bounds_in_force
from workbook.diagnostics.loyalty.open_answers import QUESTIONS, answers_to_code, propose
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.sources.code_frame_file import load_code_frame
from workbook.diagnostics.loyalty.sources.coded_under_pseudonyms import (
    coded_by_code,
    respondent_codes,
)
from workbook.diagnostics.loyalty.sources.coding_file import coding_problems, read_coding
from workbook.diagnostics.loyalty.sources.coding_sheet import coding_sheet
from workbook.diagnostics.loyalty.sources.few_people import survey_problems
from workbook.diagnostics.loyalty.survey import Sources
from workbook.diagnostics.loyalty.survey_result import Benchmark
from workbook.diagnostics.mark_scale import scale_of
from workbook.diagnostics.score_classes import lowest
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Problem
from workbook.intake.files.plain_file import is_there
from workbook.intake.param_tables import build_params
from workbook.intake.table import InputTable
from workbook.language.languages import language_of
from workbook.language.lemmas import read_whole_dictionaries
from workbook.language.package_data import templates
from workbook.language.yaml_text import yaml_values

OWN_FRAME = "coding/code_frame.yaml"


def check(engagement: Engagement, tables: Mapping[str, InputTable]) -> tuple[Problem, ...]:
    """Return what is wrong with the scales, the code frame and the coding files."""
    found = (
        *_below_scale(engagement, tables),
        *_mark_bounds(engagement, tables),
        *_population(engagement, tables),
        *survey_problems(engagement, tables),
    )
    try:
        frame = _frame(engagement)
    except InputError as error:
        return (*found, *error.problems)
    coding = read_coding(engagement.folder, frame)
    if "survey" not in tables:
        return (*found, *coding.problems)
    texts = _answer_texts(tables["survey"].frame)
    if engagement.anonymise:
        texts = _by_code(engagement, tables["survey"].frame) | texts
    earlier = _earlier_coding(engagement, frame)
    return (*found, *coding.problems, *coding_problems(coding, texts, earlier))


def _below_scale(engagement: Engagement, tables: Mapping[str, InputTable]) -> tuple[Problem, ...]:
    """Return scores that the declared scale does not have: 0 on 1-10."""
    scale = build_params(engagement, "loyalty", Params).scale
    survey = tables.get("survey")
    if survey is None or "score" not in survey.frame:
        return ()
    scores = survey.frame["score"]
    rows = scores.index[scores.lt(lowest(scale)).fillna(False)]
    return tuple(
        Problem(
            code="score_off_scale",
            place=survey.place_of(int(row), "score"),
            found=str(scores[row]),
            facts={"scale": scale, "count": len(rows)},
        )
        for row in rows[:1]
    )


def _mark_bounds(engagement: Engagement, tables: Mapping[str, InputTable]) -> tuple[Problem, ...]:
    """Return what is wrong with the bounds of low marks on the scale of the marks."""
    marks = tables.get("satisfaction")
    if marks is None:
        return ()
    try:
        bounds_in_force(scale_of(marks.frame), build_params(engagement, "loyalty", Params))
    except InputError as error:
        return error.problems
    return ()


def _population(engagement: Engagement, tables: Mapping[str, InputTable]) -> tuple[Problem, ...]:
    """Return whether more customers answered than the options say there are."""
    params, survey = build_params(engagement, "loyalty", Params), tables.get("survey")
    if params.population is None or survey is None or "score" not in survey.frame:
        return ()
    frame = survey.frame
    if engagement.before is not None:  # answers that are carried on are of another base
        past = dates(frame, "date") <= pd.Timestamp(engagement.before.as_of)
        frame = frame.loc[~past.to_numpy()]
    told = without_small_waves(frame, engagement.anonymity_threshold)
    try:
        check_population(headline(told.rename_axis(index=None), params), params)
    except InputError as error:
        return error.problems
    return ()


def load(engagement: Engagement, inputs: Inputs, params: Params) -> LoadedSources[Sources]:
    """Return the code frame, the human coding, the benchmarks, and the sheet for further coding.

    Raises
    ------
    InputError
        When the engagement's own code frame cannot be used.
    """
    benchmarks = _benchmarks(engagement.language)
    if "survey" not in inputs.tables:
        return LoadedSources(sources=Sources(benchmarks=benchmarks))
    frame = _frame(engagement)
    coding = _coding(engagement, inputs, frame)
    rows = headline(guarded(inputs).tables["survey"], params).rows
    answers = answers_to_code(rows, inputs, frame=frame, coding=coding)
    sheets = {}
    if len(answers) and inputs.verbatims.told:  # there is nothing to code without the words
        sheet = coding_sheet(answers, frame=frame, language=engagement.language)
        sheets["coding_loyalty.xlsx"] = sheet
    sources = Sources(code_frame=frame, coding=coding, benchmarks=benchmarks)
    return LoadedSources(sources=sources, sheets=sheets)


def _coding(engagement: Engagement, inputs: Inputs, frame: CodeFrame) -> Coding:
    """Return what people coded of these answers, in this period's files and in earlier ones."""
    texts = _answer_texts(inputs.tables["survey"])
    own = read_coding(engagement.folder, frame)
    if engagement.anonymise:
        own = coded_by_code(own, engagement, texts)
    shown = {answer: (text, inputs.verbatims.masked(text)) for answer, text in texts.items()}
    return bound(own, _earlier_coding(engagement, frame), shown)


def _earlier_coding(engagement: Engagement, frame: CodeFrame) -> tuple[Coding, ...]:
    """Return the coding of the periods before, the last one first."""
    return tuple(read_coding(folder, frame) for folder in engagement.earlier_folders)


def _answer_texts(survey: pd.DataFrame) -> dict[str, str]:
    """Return the open answers of a survey by their id."""
    found: dict[str, str] = {}
    for question in QUESTIONS:
        if question not in survey:
            continue
        waves = survey["wave"] if "wave" in survey else [""] * len(survey)
        rows = zip(survey["respondent_id"], waves, survey[question], strict=True)
        for respondent, wave, text in rows:
            if isinstance(text, str):
                label = wave if isinstance(wave, str) else ""
                found[answer_id(respondent, label, question)] = text
    return found


def _by_code(engagement: Engagement, survey: pd.DataFrame) -> dict[str, str]:
    """Return the answers under pseudonyms, as a sheet to be coded names them; texts are masked."""
    codes = respondent_codes(engagement, survey["respondent_id"])
    coded = survey["respondent_id"].map(codes.known)
    return dict.fromkeys(_answer_texts(survey.assign(respondent_id=coded)), "")


def _frame(engagement: Engagement) -> CodeFrame:
    """Return the engagement's own code frame, or the shipped one."""
    folder = engagement.folder
    if is_there(folder, OWN_FRAME):
        return load_code_frame(folder / OWN_FRAME, folder=folder)
    return load_code_frame(_shipped_frame())


def _shipped_frame() -> Path:
    return templates() / "code_frames" / "loyalty.yaml"


def read_ahead(languages: Iterable[str]) -> None:
    """Read the dictionaries and words that open answers in these languages need: a second."""
    for language in languages:
        word = language_of(language).writing.frequent_word
        propose([word], load_code_frame(_shipped_frame()), language)
    read_whole_dictionaries()


@cache
def _benchmarks(language: str) -> tuple[Benchmark, ...]:
    path = templates() / "benchmarks" / "nps.yaml"
    entries = yaml_values(path.read_text("utf-8"))
    return tuple(Benchmark(**{**e, "source": e["source"][language]}) for e in entries)
