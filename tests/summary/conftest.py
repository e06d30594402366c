"""Facts for rules across diagnostics, from tables and from results as simple records."""

from types import SimpleNamespace

import pytest

from workbook.diagnostics.claims import Claim, Refusal
from workbook.diagnostics.summary.cross_facts import CrossFacts
from workbook.diagnostics.summary.joined import Joined
from workbook.diagnostics.summary.params import Params


def joined_of(**results):
    """Return diagnostics by name, each with what its result has beside its claims."""
    bare = {"findings": (), "refused_findings": (), "answer": None}
    return tuple(
        Joined(
            name=name,
            result=SimpleNamespace(**(bare | fields)),
            params=None,
            key_figures=fields.get("key_figures", ()),
        )
        for name, fields in results.items()
    )


def facts_of(inputs, *, money=None, **results):
    """Return what a rule looks at."""
    return CrossFacts(inputs=inputs, joined=joined_of(**results), params=Params(), money=money)


def one_claim(judged):
    """Return the one claim that a rule tells."""
    (found,) = judged
    assert isinstance(found, Claim), found
    return found


def refused(judged):
    """Return the gates of what a rule refuses; all of it."""
    found = list(judged)
    assert all(isinstance(one, Refusal) for one in found), found
    return {one.id: str(one.gate) for one in found}


@pytest.fixture(scope="session")
def joined():
    """Build joined diagnostics."""
    return joined_of


@pytest.fixture(scope="session")
def facts():
    """Build the facts of a rule."""
    return facts_of


@pytest.fixture(scope="session")
def told():
    """Take the one claim of a rule."""
    return one_claim


@pytest.fixture(scope="session")
def gates():
    """Take the gates of a rule that tells nothing."""
    return refused
