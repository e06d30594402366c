"""The sample reports read as a native writer would write them: their sentences and their tables."""

from language_faults import faults
from shown import drawn, sentences

from workbook.language.typography import typeset
from workbook.report.table import Table


def test_no_sentence_of_a_sample_report_has_a_fault_that_a_rule_can_tell(any_book):
    language = any_book.view.engagement.language
    blocks = drawn(any_book)
    tables = [block for block in blocks if isinstance(block, Table)]
    words = [*sentences(blocks), *(t.title for t in tables), *(t.note for t in tables)]
    wrong = {text: found for text in words if (found := faults(typeset(text, language), language))}
    assert wrong == {}
