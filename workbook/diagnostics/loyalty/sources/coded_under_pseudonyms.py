"""Coding files of an engagement under pseudonyms: of before it had them, and of since.

A sheet made since names respondents by their codes and has masked texts; a file that was filled in
before names them as the client does.  Both count; where a file has texts, its ids do not matter.
"""

from collections.abc import Iterable
from dataclasses import replace

from workbook.diagnostics.loyalty.coding import Coding
from workbook.engagement.settings import Engagement
from workbook.intake.anonymity.codes import Codes
from workbook.intake.anonymity.key_file import read_key

KIND = "respondent"


def respondent_codes(engagement: Engagement, respondents: Iterable[object]) -> Codes:
    """Return the codes of the respondents of a survey."""
    names = (str(name) for name in respondents if isinstance(name, str))
    return Codes.of(names, kind=KIND, key=read_key(engagement.folder))


def coded_by_code(coding: Coding, engagement: Engagement, answers: Iterable[str]) -> Coding:
    """Return the coding with the ids of answers that the survey under pseudonyms has.

    Parameters
    ----------
    answers
        The ids of its answers.
    """
    if all(row.key for row in coding.rows):
        return coding
    codes = Codes(kind=KIND, key=read_key(engagement.folder), known={})
    known = frozenset(answers)
    return Coding(
        rows=tuple(replace(row, answer_id=_id(row.answer_id, codes, known)) for row in coding.rows),
        problems=coding.problems,
    )


def _id(written: str, codes: Codes, known: frozenset[str]) -> str:
    """Return the id under pseudonyms of an answer; as it is written where there is none."""
    if written in known:
        return written
    parts = written.split("/")
    for end in range(len(parts) - 1, 0, -1):  # a respondent may have a slash in the name
        rest = parts[end:]
        for code in codes.spellings("/".join(parts[:end])):
            found = "/".join([code, *rest])
            if found in known:
                return found
    return written
