"""The file of what belongs together across diagnostics, and the words it finds."""

import pytest
import yaml

from workbook.diagnostics.churn_reasons.sources.taxonomy_file import OWNERS, load_taxonomy
from workbook.diagnostics.summary.sources.links_file import load_links
from workbook.language.catalog import LANGUAGES
from workbook.language.package_data import templates

LINKS = load_links()
TAXONOMY = load_taxonomy(templates() / "reasons.yaml")


def items():
    found = {}
    for path in (templates() / "questionnaires").glob("*.yaml"):
        tree = yaml.safe_load(path.read_text("utf-8"))
        found[tree["id"]] = {i["id"] for section in tree["sections"] for i in section["items"]}
    return found


def test_every_system_reason_and_item_that_is_named_exists():
    known = items()
    assert set(LINKS.owners) == set(OWNERS) - {"external"}
    for by_questionnaire in (*LINKS.owners.values(), LINKS.complaint_handling):
        for questionnaire, named in by_questionnaire.items():
            assert set(named) <= known[questionnaire]
    reasons = [reason for theme in LINKS.themes for reason in theme.reasons]
    assert len(reasons) == len(set(reasons))
    assert all(TAXONOMY.get(reason) is not None for reason in reasons)
    assert all(set(theme.words) == set(LANGUAGES) for theme in LINKS.themes)


def test_every_word_and_phrase_finds_its_own_theme():
    for theme in LINKS.themes:
        for words in theme.words.values():
            for word in words:
                assert LINKS.theme_of(word) is theme, word


@pytest.mark.parametrize(
    ("parameter", "reason"),
    [
        ("Сроки поставки", "late_delivery"),
        ("Качество техники", "product_quality"),
        ("Качество обслуживания", "service_quality"),
        ("Условия оплаты", "payment_terms"),
        ("Komunikácia počas opravy", "information"),
        ("Dodacie lehoty", "late_delivery"),
        ("Odbornosť personálu", "incompetence"),
        ("Delivery times", "late_delivery"),
        ("Quality of service", "service_quality"),
        ("Value for money", "price_high"),
    ],
)
def test_a_parameter_has_the_theme_of_its_longest_words(parameter, reason):
    theme = LINKS.theme_of(parameter)
    assert theme is not None
    assert reason in theme.reasons


@pytest.mark.parametrize(
    "parameter", ["Работа менеджера", "Doplnkové služby", "Cena a kvalita", "Parking", "", "–"]
)
def test_what_means_nothing_here_or_two_things_has_no_theme(parameter):
    assert LINKS.theme_of(parameter) is None


def test_a_clients_own_reason_is_known_by_its_name():
    theme = LINKS.theme_of("Delivery")
    assert theme is not None
    assert LINKS.is_of(theme, "our_own_17", "Late deliveries from Brno")
    assert not LINKS.is_of(theme, "our_own_18", "Rude driver")
    assert not LINKS.is_of(theme, "price_high", "Delivery")  # an id that is known decides
