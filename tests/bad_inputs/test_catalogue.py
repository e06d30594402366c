"""Every case of the catalogue has a test, or a reason why it cannot occur."""

import ast

from catalogue import SECTIONS, _marks, every_case, marked, table
from not_applicable import NOT_APPLICABLE


def test_every_case_has_a_test_or_a_reason() -> None:
    tests = marked()
    assert [c for c in every_case() if c not in tests and c not in NOT_APPLICABLE] == []


def test_marks_and_reasons_name_cases_that_there_are() -> None:
    known = set(every_case())
    assert len(known) == 112
    assert set(marked()) <= known
    assert set(NOT_APPLICABLE) <= known


def test_what_has_a_test_needs_no_reason() -> None:
    assert [case for case in NOT_APPLICABLE if case in marked()] == []


def test_marks_are_found_in_sources() -> None:
    text = (
        '@pytest.mark.bad_input("D1", "E2")\n@pytest.mark.parametrize("x", [1])\n'
        'def test_a(x): ...\n\n@pytest.mark.bad_input("D1")\ndef helper(): ...\n'
        'class TestB:\n    @pytest.mark.bad_input("F3")\n    def test_c(self): ...\n'
    )
    assert sorted(_marks(ast.parse(text))) == [("D1", "test_a"), ("E2", "test_a"), ("F3", "test_c")]


def test_the_count_has_a_line_for_each_section() -> None:
    assert [line[0] for line in table()[1:]] == list(SECTIONS)
