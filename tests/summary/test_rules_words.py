"""Every claim of the rules is worded in every language, with what it lists."""

from datetime import date
from types import SimpleNamespace as Record

import pytest

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.summary.report.own_findings import own_finding
from workbook.language.catalog import LANGUAGES, load_texts

A = {"n": 6, "all": 17, "money": 23e6, "complaint": 6, "late": 0, "step": 1,
     "name_1": "«Усадьба»", "money_1": 12e6, "name_2": "Увал", "money_2": 3e6,
     "name_3": None, "money_3": None}  # fmt: skip
GAP = {"owner": "sales", "reason": "Price", "k": 69, "n": 150, "money": 2e5, "total": 5e5,
       "item": "1.8 Offers", "score": 0.125, "low": 4, "items": 8}  # fmt: skip
DRIVER = {"parameter": "Delivery", "mean": 3.24, "reason": "Late", "k": 23, "n": 68,
          "money": 69e6}  # fmt: skip
GROWTH = {"manager": "Novak", "growth": 5e5, "share": 0.97, "lost": 12, "portfolio": 40,
          "expected": 5.5, "money": 2e5}  # fmt: skip
HANDLING = {"item": "3.1 Complaints", "score": 0.8, "n": 89, "cause_found": 47,
            "process_mended": None, "handled": 0.9, "not_handled": 0.5, "waiting": 5,
            "money": 3e4}  # fmt: skip
CLAIMS = {
    "unhappy_a": A,
    "waiting_a": A,
    "unmanaged_reasons": GAP,
    "unmanaged_reasons_plain": GAP,
    "driver_of_loss": DRIVER,
    "driver_of_loss_plain": DRIVER,
    "space_by_voice": {"promoters": 87, "money": 38e3, "detractors": 42, "detractors_money": 2e4},
    "growth_and_losses": GROWTH,
    "growth_and_losses_plain": GROWTH,
    "complaint_handling": HANDLING,
    "complaint_handling_leaving": HANDLING,
}


def worded(language, name):
    texts = load_texts("summary", language)
    engagement = Record(language=language, as_of=date(2025, 12, 31), sentences=lambda _: {})
    view = Record(text=texts, texts=texts, engagement=engagement)
    return own_finding(view, Claim(id=name, figures=CLAIMS[name], action=name))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CLAIMS)
def test_text_and_step_are_written_out(language, name):
    found = worded(language, name)
    parts = (found.text, found.step.what, found.step.who, found.step.effect, found.step.metric)
    assert all(parts)
    assert not any("{" in part or "()" in part for part in parts)
    assert "None" not in found.text


def test_only_signs_and_customers_that_there_are_are_listed():
    text = worded("en", "unhappy_a").text
    assert "complaint open: 6" in text
    assert "offer or control point overdue: 1" in text
    assert "later than usual" not in text
    assert text.endswith("Start with «Усадьба» (€12M); Увал (€3M).")


def test_a_step_of_the_register_that_is_not_kept_is_not_told():
    text = worded("en", "complaint_handling").text
    assert text.endswith("says otherwise: cause found: 47.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_system_has_its_name(language):
    name = load_texts("churn_reasons", language)("owner.sales")
    assert name in worded(language, "unmanaged_reasons").text
