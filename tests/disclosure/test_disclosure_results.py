"""The numbers of the result file, solved by the attacker for every group that is not shown."""

import numpy as np
import pytest
from attacker import Published, derived, solved
from surveys import CUTS, THRESHOLD, engagement, membership

from workbook.diagnostics.loyalty.compute import compute
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey import Sources
from workbook.report.plain_data import plain_data

SURVEYS = 120
CLASSES = ("detractors", "passives", "promoters")


def counts_of(row):
    return [row[name] for name in CLASSES]


def classes_of(survey):
    score = survey["score"].to_numpy(dtype=float)
    return np.array([score <= 6, (score > 6) & (score < 9), score >= 9], dtype=float)


class Scores:
    """What the result file tells of the scores, and what it hides."""

    def __init__(self, inputs, data):
        survey = inputs.tables["survey"]
        self.classes = classes_of(survey)
        self.rows, self.told, self.hidden = [], [], []
        kept = ~survey["wave"].isin(data["waves_left_out"])
        covered = kept.to_numpy(dtype=float)
        if data["nps"]["n"] != covered.sum():
            latest = survey["wave"] == self._headline(survey, data)
            covered = latest.to_numpy(dtype=float)
        assert data["nps"]["n"] == covered.sum()
        self.tell(covered, counts_of(data["nps"]))
        for wave in data["waves"]:
            self.tell((survey["wave"] == wave["wave"]).to_numpy(dtype=float), counts_of(wave))
        for group in data["groups"]:
            inside = membership(inputs, group["by"], group["group"]) * covered
            if group["suppressed"]:
                assert [group[k] for k in ("n", "value", "ci_low", "ci_high")] == [None] * 4
                self.hidden.append(inside)
            else:
                assert group["n"] == inside.sum() >= THRESHOLD
                self.tell(inside, counts_of(group))
        self._comments(survey, covered, data["comment_bias"])
        self._weights(survey, covered, data["weighted"])

    def _headline(self, survey, data):
        return next(
            w["wave"] for w in reversed(data["waves"]) if counts_of(w) == counts_of(data["nps"])
        )

    def tell(self, inside, counts):
        assert (self.classes @ inside).tolist() == pytest.approx(counts)
        self.rows.append(inside)
        self.told.append(counts)

    def _comments(self, survey, covered, bias):
        if bias is None:
            return
        wrote = (survey["reason"] != "").to_numpy() * covered
        for name, inside in (("commented", wrote), ("silent", covered - wrote)):
            if bias[name]["suppressed"]:
                self.hidden.append(inside)
            else:  # only the index is told; the attacker is given the counts
                self.tell(inside, (self.classes @ inside).tolist())

    def _weights(self, survey, covered, weighted):
        """Hand the attacker the sums by class behind each weighted index."""
        size = survey["customer_id"].where(covered > 0).value_counts()
        ways = {
            "account": covered / survey["customer_id"].map(size).fillna(1).to_numpy(),
            "weight": covered * survey["weight"].to_numpy(),
        }
        for way, inside in ways.items():
            if way in weighted and not weighted[way]["suppressed"]:
                self.tell(inside, (self.classes @ inside).tolist())

    @property
    def published(self):
        return Published(members=np.array(self.rows), counts=np.array(self.told, dtype=float))


def marks_of(inputs, data):
    """Return for each parameter what is told and hidden of its marks by product."""
    marks = inputs.tables["satisfaction"]
    marks = marks.loc[marks["side"] == "customer"]
    if marks["respondent_id"].nunique() < THRESHOLD:  # a survey of its own: told as a whole
        assert all(row["suppressed"] for row in data["satisfaction_by_product"])
        return
    for whole in data["satisfaction"]:
        own = marks.loc[marks["parameter"] == whole["parameter"]]
        steps = np.array([own["mark"] == step for step in range(1, 6)], dtype=float)
        rows, told, hidden = [], [], []
        every = [whole] + [
            r for r in data["satisfaction_by_product"] if r["parameter"] == whole["parameter"]
        ]
        for row in every:
            inside = np.ones(len(own)) if row is whole else (own["product"] == row["product"])
            inside = np.asarray(inside, dtype=float)
            if row["suppressed"]:
                assert row["n"] is row["mean"] is row["open"] is None
                hidden.append(inside)
            else:
                assert row["n"] == inside.sum() >= THRESHOLD
                assert (steps @ inside).tolist() == row["distribution"]
                rows.append(inside)
                told.append(row["distribution"])
        if rows and hidden:
            yield (
                Published(members=np.array(rows), counts=np.array(told, dtype=float)),
                np.array(hidden),
            )


def test_no_hidden_group_of_any_survey_can_be_solved(record_property):
    cells = surveys = 0
    for seed in range(SURVEYS):
        inputs = engagement(seed)
        headline = ("latest", "all")[seed % 2]
        data = plain_data(compute(inputs, Params(headline=headline, bootstrap=100), Sources()))
        seen = Scores(inputs, data)
        hidden = np.array(seen.hidden)
        if len(hidden):
            hidden = hidden[hidden.sum(axis=1) > 0]
            assert solved(seen.published, hidden) == [], f"survey {seed}"
            cells += len(hidden)
        for published, secret in marks_of(inputs, data):
            assert solved(published, secret) == [], f"marks of survey {seed}"
            cells += len(secret)
        for gap in data["staff_gap"]:
            if not gap["suppressed"]:
                assert min(gap["customer_n"], gap["staff_n"]) >= THRESHOLD
        surveys += 1
    record_property("attacked", f"{surveys} surveys, {cells} hidden cells, none solved")
    assert (surveys, cells > 1500) == (SURVEYS, True)


def test_the_attacker_finds_what_the_rule_of_one_cut_at_a_time_gives_away():
    """The old rule hid the small groups of a cut and the next smallest, cut by cut."""
    found = 0
    for seed in range(60):
        inputs = engagement(seed)
        whole = np.ones(len(inputs.tables["survey"]))
        rows, secret = [whole], []
        for by in CUTS:
            source = inputs.tables["customers" if by == "region" else "survey"]
            groups = [membership(inputs, by, g) for g in sorted(set(source[by]))]
            groups = sorted((g for g in groups if g.sum()), key=lambda g: g.sum())
            hidden = [g for g in groups if g.sum() < THRESHOLD]
            if hidden:
                for group in groups[len(hidden) :]:
                    if len(hidden) >= 2 and sum(h.sum() for h in hidden) >= THRESHOLD:
                        break
                    hidden.append(group)
            secret += [h for h in hidden if h.sum() < THRESHOLD]
            rows += groups[len(hidden) :]
        if secret:
            classes = classes_of(inputs.tables["survey"])
            seen = Published(members=np.array(rows), counts=np.array(rows) @ classes.T)
            found += int(derived(seen, np.array(secret)).sum())
    assert found > 20
