"""Reasons joined by commas and reasons misspelt, counted under what they mean (68, 68b).

Twenty-four losses as a form with checkboxes exports them, after a real export of that kind.
"""

import pytest
from written_remedies import engagement, follow, told

from workbook.engagement.data import open_engagement
from workbook.notebook import open_book

KINDS = ["Цена{0}сроки поставки", "Цена", "Сроки поставки{0}качество"]


def lost(reasons: list[str]) -> str:
    rows = [f"L{i};2025-{1 + i % 12:02}-10;{quoted(r)}\n" for i, r in enumerate(reasons)]
    return "customer_id;lost_date;reasons\n" + "".join(rows)


def quoted(text: str) -> str:
    return f'"{text}"' if set(text) & set(';\n"') else text


def joined(sign: str) -> str:
    return lost([KINDS[i % 3].format(sign) for i in range(24)])


def counts(folder) -> dict[str, int]:
    result = open_book("churn_reasons", str(folder)).view.result
    return {r.reason: r.any for r in result.reasons}


@pytest.mark.parametrize(
    "sign", [", ", "; ", ",", " / ", "/", " + ", "\n", " и ", " & ", " | ", "\\", " and "]
)
def test_68_known_reasons_joined_by_any_sign_are_each_counted(tmp_path, sign):
    folder = engagement(tmp_path, {"lost_customers": joined(sign)})
    assert counts(folder) == {"price_high": 16, "late_delivery": 16, "product_quality": 8}
    assert told(folder) == []


def test_a_reason_with_a_comma_in_its_name_is_one(tmp_path):
    """Its label is looked up whole before the comma is taken for a separator."""
    folder = engagement(tmp_path, {"lost_customers": lost(["Цена, качество и прочее", "Цена"])})
    label = "{{en: {0}, ru: '{1}', sk: {0}}}"
    entry = f"  - {{{{id: {{0}}, label: {label}, owner: sales, preventable: unknown}}}}\n"
    names = {
        "all": "Цена, качество и прочее",
        "price": "Цена",
        "quality": "Качество",
        "none": "Неясно",
    }
    own = "unknown: none\ngroups:\n" + "".join(entry.format(*pair) for pair in names.items())
    (folder / "reasons.yaml").write_text(own, "utf-8")
    assert counts(folder) == {"all": 1, "price": 1}
    follow_split(folder)
    assert counts(folder) == {"all": 1, "price": 1}


def follow_split(folder):
    file = folder / "engagement.toml"
    file.write_text(file.read_text("utf-8") + '\n[intake.lost_customers]\nsplit = ","\n', "utf-8")


@pytest.mark.parametrize("language", ["en", "ru", "sk"])
@pytest.mark.parametrize("sign", [",", "/", "+", "\\"])
def test_unknown_reasons_are_asked_about_once_and_the_remedy_works(tmp_path, language, sign):
    rows = [f"Упаковка{sign} график", f"Цена{sign} упаковка", "Цена"] * 4
    folder = engagement(tmp_path, {"lost_customers": lost(rows)}, language=language)
    assert told(folder) == ["reasons_joined"]
    (problem,) = open_engagement(folder).problems
    assert (problem.facts["count"], problem.facts["sign"]) == (8, sign)
    follow(folder, "reasons_joined", language)
    assert counts(folder) == {"price_high": 8, "упаковка": 8, "график": 4}
    assert told(folder) == ["reason_unknown", "reason_unknown"]


def test_two_signs_are_answered_by_one_option(tmp_path):
    rows = ["Упаковка, график", "Цена/ упаковка", "Меню / декор"] * 4
    folder = engagement(tmp_path, {"lost_customers": lost(rows)})
    follow(folder, "reasons_joined")
    assert counts(folder)["упаковка"] == 8
    assert "reasons_joined" not in told(folder)


def test_a_sentence_with_a_comma_is_one_reason(tmp_path):
    words = "они долго думали и решили всё делать у себя, хотя мы были заметно дешевле"
    folder = engagement(tmp_path, {"lost_customers": lost([words, "Цена"])})
    assert told(folder) == ["reason_unknown"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Срыв сроков потсавки", "late_delivery"),  # letters changed places
        ("Цeна", "price_high"),  # a Latin letter
        ("XАMCTВO", "rudeness"),  # five Latin letters
        ("цену", "price_high"),  # another ending
        ("ВЫСОКАЯ  ЦЕНА!", "price_high"),
        ("Срыв срокoв", "late_delivery"),
        ("недорого", None),  # the opposite
        ("Понижение цены", None),  # two letters, the opposite
        ("competency", None),
    ],
)
def test_a_misspelt_reason_is_the_one_it_means(tmp_path, typed, meant):
    folder = engagement(tmp_path, {"lost_customers": lost([typed, "Переезд"])})
    found = counts(folder)
    assert (meant in found) == (meant is not None)
    if meant is None:
        assert "reason_unknown" in told(folder)
    elif "ВЫСОКАЯ" in typed:
        assert told(folder) == []
    else:
        assert told(folder) == ["reason_misspelt"]


def test_a_misspelt_part_of_a_list_is_counted_and_told(tmp_path):
    folder = engagement(tmp_path, {"lost_customers": lost(["Цена, срыв срокв поставки"] * 3)})
    assert counts(folder) == {"price_high": 3, "late_delivery": 3}
    assert told(folder) == ["reason_misspelt"]


@pytest.mark.parametrize("word", ["(пусто)", "#Н/Д", "н/д", "не указано", "(blank)", "-", ""])
def test_a_word_for_nothing_is_the_unknown_reason(tmp_path, word):
    folder = engagement(tmp_path, {"lost_customers": lost([word, "Цена"])})
    assert counts(folder) == {"price_high": 1, "unknown": 1}
    assert told(folder) == []
