"""The mark of every row: as given, or as it follows from the three questions."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import texts, truths
from workbook.diagnostics.controllability.questionnaire import Mark

QUESTIONS = ("process", "reporting", "data")
Rows = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RowMarks:
    """Marks by row of the table ``answers``."""

    given: "pd.Series[str]"
    """The mark; "" where nothing is said."""
    derived: Rows
    """It follows from the three questions."""
    undecided: Rows
    """Some of the three questions are answered, too few for a mark, and no mark is given."""
    differing: Rows
    """A mark is given and the three questions say another; the mark counts."""


def marks(frame: pd.DataFrame) -> RowMarks:
    """Return the marks of the rows.

    Source of the rule: all three yes is ``+``, no managed process is ``-``, everything else is
    ``+/-``.  What blank cells leave open is not a mark.
    """
    written = texts(frame, "mark")
    answers = [truths(frame, name) for name in QUESTIONS]
    following = _following(*answers)
    blank = (written == "").to_numpy()
    known = following != ""
    answered = np.logical_or.reduce([~np.isnan(one) for one in answers])
    countable = written.isin([Mark.PLUS, Mark.HALF, Mark.MINUS]).to_numpy()
    return RowMarks(
        given=written.where(~blank, pd.Series(following, index=frame.index, dtype="str")),
        derived=blank & known,
        undecided=blank & ~known & answered,
        differing=countable & known & (written.to_numpy(dtype=object) != following),
    )


def _following(
    process: npt.NDArray[np.float64],
    reporting: npt.NDArray[np.float64],
    data: npt.NDArray[np.float64],
) -> npt.NDArray[np.object_]:
    found = np.full(len(process), "", dtype=object)
    managed = process == 1
    found[managed & (reporting == 1) & (data == 1)] = Mark.PLUS.value
    found[managed & ((reporting == 0) | (data == 0))] = Mark.HALF.value
    found[process == 0] = Mark.MINUS.value
    return found
