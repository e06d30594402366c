"""The answers to one questionnaire in one wave: items by respondents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import natural, texts
from workbook.diagnostics.controllability.answer_result import Evidence
from workbook.diagnostics.controllability.lookup import Names, item_key
from workbook.diagnostics.controllability.marks import marks
from workbook.diagnostics.controllability.questionnaire import SCORES, Level, Questionnaire
from workbook.diagnostics.verbatims import Verbatims
from workbook.stats import Floats

_LEVELS = (Level.MANAGEMENT, Level.LINE)
_KEPT = ("respondent", "role", "department", "level", "wave", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rater:
    """Who answers."""

    name: str
    role: str
    department: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AnswerSheet:
    """What every respondent says of every item that is on."""

    wave: str
    items: tuple[str, ...]
    people: tuple[Rater, ...]
    """Management first, then line, then others; by name."""
    given: npt.NDArray[np.object_]
    """Shape (items, people): the word of the table, "" where nothing is said."""
    scores: Floats
    """Shape (items, people): 1, 0.5, 0, NaN where no mark counts."""
    derived: int
    """Marks that follow from the three questions."""
    off: Mapping[str, int]
    """Marks given to items of the questionnaire that are not on, by item."""
    unknown: tuple[str, ...]
    """Items that the questionnaire does not have, as written."""
    evidence: tuple[Evidence, ...]

    def of(self, level: str) -> npt.NDArray[np.bool_]:
        """Return which people are of a level."""
        return np.array([person.level == level for person in self.people], dtype=bool)

    def names(self) -> frozenset[str]:
        """Return the respondents."""
        return frozenset(person.name for person in self.people)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class QuestionnaireAnswers:
    """The table ``answers`` with its marks and the questionnaires that rows belong to."""

    frame: pd.DataFrame
    """Columns: respondent, role, department, level, wave, evidence (text, "" where blank), item
    (key), written (item as in the file), mark, derived, form (questionnaire as in the file),
    questionnaire (id, "" where unknown)."""
    names: Names

    def questionnaires(self) -> tuple[str, ...]:
        """Return the ids of the questionnaires that are answered, in the order of the files."""
        there = set(self.frame["questionnaire"])
        return tuple(q.id for q in self.names.questionnaires if q.id in there)

    def unknown(self) -> tuple[str, ...]:
        """Return the names of questionnaires that nobody knows, as written."""
        rows = self.frame.loc[self.frame["questionnaire"] == "", "form"]
        return tuple(dict.fromkeys(map(str, rows)))

    def waves(self, questionnaire: str) -> tuple[str, ...]:
        """Return the labels of the waves, oldest first by natural order; ("",) without any."""
        rows = self.frame.loc[self.frame["questionnaire"] == questionnaire, "wave"]
        labels = sorted({str(label) for label in rows if label}, key=natural)
        return tuple(labels) or (("",) if len(rows) else ())

    def unlabelled(self) -> int:
        """Count the rows without a wave in questionnaires that have waves."""
        rows = self.frame.loc[self.frame["questionnaire"] != ""]
        named = (rows["wave"] != "").groupby(rows["questionnaire"]).transform("any")
        return int((named & (rows["wave"] == "")).sum())

    def small_waves(self, questionnaire: str, threshold: int) -> tuple[str, ...]:
        """Return the waves that fewer people than ``threshold`` answered."""
        rows = self.frame.loc[self.frame["questionnaire"] == questionnaire]
        sizes = rows.groupby("wave")["respondent"].nunique()
        return tuple(w for w in self.waves(questionnaire) if sizes[w] < threshold)

    def sheet(self, questionnaire: Questionnaire, wave: str) -> AnswerSheet:
        """Return one wave of a questionnaire; an item marked twice counts as it stands first.

        Parameters
        ----------
        questionnaire
            With the items that are on.
        """
        frame = self.frame
        chosen = (frame["questionnaire"] == questionnaire.id) & (frame["wave"] == wave)
        return _sheet(frame.loc[chosen], questionnaire, wave, self.names.items(questionnaire.id))


def read_answers(frame: pd.DataFrame, names: Names) -> QuestionnaireAnswers:
    """Return the rows of the table ``answers``; those without respondent or item say nothing."""
    said = marks(frame)
    columns = {name: texts(frame, name) for name in _KEPT}
    written = texts(frame, "item")
    form = texts(frame, "questionnaire")
    found = {name: names.questionnaire(name) for name in form.unique()}
    made = pd.DataFrame(columns).assign(
        written=written,
        item=written.map({name: item_key(name) for name in written.unique()}),
        mark=said.given,
        derived=said.derived,
        form=form,
        questionnaire=form.map(found),
    )
    whole = (made["respondent"] != "") & (made["item"] != "")
    return QuestionnaireAnswers(frame=made.loc[whole], names=names)


def _sheet(
    rows: pd.DataFrame, questionnaire: Questionnaire, wave: str, known: Mapping[str, str]
) -> AnswerSheet:
    items = tuple(item.id for item in questionnaire.items)
    rows = rows.assign(id=rows["item"].map(known).fillna(""))
    unknown = tuple(dict.fromkeys(rows.loc[rows["id"] == "", "written"]))
    rows = rows.loc[rows["id"] != ""].drop_duplicates(["respondent", "id"])
    off = rows.loc[~rows["id"].isin(items) & (rows["mark"] != ""), "id"]
    people = _people(rows)
    rows = rows.loc[rows["id"].isin(items)]
    given = _matrix(rows, items, [person.name for person in people])
    scores = np.full(given.shape, np.nan)
    for mark, score in SCORES.items():
        scores[given == mark] = score
    return AnswerSheet(
        wave=wave,
        items=items,
        people=people,
        given=given,
        scores=scores,
        derived=int(rows["derived"].sum()),
        off={str(item): int(n) for item, n in off.value_counts(sort=False).items()},
        unknown=unknown,
        evidence=_evidence(rows, items),
    )


def _matrix(
    rows: pd.DataFrame, items: Sequence[str], people: Sequence[str]
) -> npt.NDArray[np.object_]:
    given = np.full((len(items), len(people)), "", dtype=object)
    row = rows["id"].map({item: i for i, item in enumerate(items)}).to_numpy(dtype=np.int64)
    column = rows["respondent"].map({name: i for i, name in enumerate(people)})
    given[row, column.to_numpy(dtype=np.int64)] = rows["mark"].to_numpy(dtype=object)
    return given


def _people(rows: pd.DataFrame) -> tuple[Rater, ...]:
    """Return the respondents; what is said of one differently counts as it is said first."""
    said = rows[["role", "department", "level"]]
    first = said.where(said != "").groupby(rows["respondent"], sort=False).first().fillna("")
    made = [
        Rater(name=str(name), role=str(role), department=str(department), level=str(level))
        for name, role, department, level in first.itertuples(name=None)
    ]
    return tuple(sorted(made, key=_order))


def _order(person: Rater) -> tuple[int, tuple[tuple[int, int, str], ...], str]:
    level = _LEVELS.index(Level(person.level)) if person.level else len(_LEVELS)
    return level, natural(person.name), person.name


def _evidence(rows: pd.DataFrame, items: Sequence[str]) -> tuple[Evidence, ...]:
    """Return what was given as proof, in an order that tells nobody.

    Not in the order of the table: rows of one person stand together there.
    """
    said = rows.loc[rows["evidence"] != ""]
    place = {item: i for i, item in enumerate(items)}
    found = [
        Evidence(item=str(item), text=str(text))
        for item, text in zip(said["id"], said["evidence"], strict=True)
    ]
    return tuple(sorted(found, key=lambda e: (place[e.item], natural(e.text), e.text)))


def told_evidence(evidence: Sequence[Evidence], verbatims: Verbatims) -> tuple[Evidence, ...]:
    """Return what was given as proof as reports show it; nothing where they show no free text."""
    told = (replace(one, text=verbatims.shown(one.text)) for one in evidence)
    return tuple(one for one in told if one.text)
