"""The audit of what may be told together, against an attacker who solves the numbers."""

import numpy as np
from attacker import Published, derived, solved
from scipy import sparse

from workbook.stats.disclosure import Publications, publishable

THRESHOLD = 5


def members(*labels):
    """Return the groups of some cuts, largest first, with their cuts; the whole is the first."""
    n = len(labels[0])
    sets, cuts = [np.ones(n)], [-1]
    for cut, given_labels in enumerate(labels):
        for name in sorted(set(given_labels)):
            sets.append(np.array([label == name for label in given_labels], dtype=float))
            cuts.append(cut)
    order = sorted(range(len(sets)), key=lambda i: -sets[i].sum())
    return np.array([sets[i] for i in order]), np.array([cuts[i] for i in order])


def audit(sets, cuts, answers, *, people=None, **more):
    n = sets.shape[1]
    return publishable(
        Publications(
            sets=sparse.csc_array(sets.T),
            people=np.arange(n) if people is None else np.asarray(people),
            answers=np.asarray(answers),
            cuts=cuts,
            **more,
        ),
        threshold=THRESHOLD,
    )


def counts(sets, answers):
    return np.array(
        [[(sets[i] * (answers == k)).sum() for k in range(3)] for i in range(len(sets))]
    )


def survey(random):
    """Return generated memberships and answers: nested, crossed, and of very unequal groups."""
    n = int(random.integers(12, 70))
    fine = random.choice(int(random.integers(2, 9)), size=n, p=None)
    labels = [fine, fine // 2, np.where(random.random(n) < 0.8, fine, 99)]
    labels += [
        random.choice(k, size=n, p=random.dirichlet(np.full(k, 0.6)))
        for k in random.integers(2, 7, size=int(random.integers(0, 3)))
    ]
    return labels, random.choice(3, size=n, p=random.dirichlet(np.full(3, 0.7)))


def one_dimension(sets, cuts):
    """Return what the rule of one cut at a time tells: small groups and the next smallest go."""
    sizes, told = sets.sum(axis=1), np.ones(len(sets), dtype=bool)
    for cut in set(cuts[cuts >= 0]):
        order = sorted(np.flatnonzero(cuts == cut), key=lambda i: sizes[i])
        hidden = [i for i in order if sizes[i] < THRESHOLD]
        for group in order[len(hidden) :] if hidden else []:
            if len(hidden) >= 2 and sizes[hidden].sum() >= THRESHOLD:
                break
            hidden.append(group)
        told[hidden] = False
    return told


def test_an_attacker_finds_no_hidden_group_of_150_generated_surveys():
    """Solved by rank and by linear programme; the rule of one cut gives groups away."""
    attacked = given_away = 0
    for seed in range(150):
        labels, answers = survey(np.random.default_rng(seed))
        sets, cuts = members(*labels)
        told = audit(sets, cuts, answers)
        assert told[0]
        assert (sets[told].sum(axis=1) >= THRESHOLD).all()
        seen = Published(members=sets[told], counts=counts(sets[told], answers))
        assert solved(seen, sets[~told]) == [], f"survey {seed}"
        attacked += int((~told).sum())
        old = one_dimension(sets, cuts)
        known = Published(members=sets[old], counts=counts(sets[old], answers))
        small = sets[sets.sum(axis=1) < THRESHOLD]
        given_away += int(derived(known, small).sum()) if len(small) else 0
    assert attacked > 1000
    assert given_away > 50
