"""Words that are not on a closed list: one message per column, with the line that sorts them."""

import tomllib

import pytest
from intake_folder import Folder, errors, only

from workbook.engagement.settings import TableOptions
from workbook.intake.cells.word_lines import choices_line, meant
from workbook.language.languages import LANGUAGES
from workbook.language.problems import line

KINDS = {
    "sale": ["sale", "продажа", "реализация", "отгрузка", "predaj"],
    "return": ["return", "возврат", "vratka"],
    "cancelled": ["cancelled", "отменён", "storno"],
}


def sales(folder: Folder, *kinds: str, **options):
    rows = "".join(f"A;2025-01-{n % 28 + 1:02};{n + 1};{kind}\n" for n, kind in enumerate(kinds))
    folder.write("sales.csv", "customer_id;date;amount;kind\n" + rows)
    return folder.read("ru", **options)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("Реализация (акт, накладная, УПД)", "sale"),
        ("Возврат товаров от покупателя", "return"),
        ("Возврат: реализация", ""),
        ("не реализация", ""),
        ("реализацыя", "sale"),
        ("Обмен", ""),
        ("return", "return"),
    ],
)
def test_a_word_is_sorted_where_it_tells(text: str, ours: str) -> None:
    assert meant(text, KINDS) == ours


@pytest.mark.parametrize("language", LANGUAGES)
def test_41_the_kinds_of_1c_are_one_message_with_the_line_that_sorts_them(
    folder: Folder, language: str
) -> None:
    words = ["Реализация (акт, накладная, УПД)", "Возврат товаров от покупателя", "Обмен"]
    intake = sales(folder, *words * 10, "реализация")
    problem = only(intake, "not_in_choices")
    assert (problem.place.row, problem.facts["count"]) == (2, 30)
    said = tomllib.loads(problem.facts["line"])["values"]["kind"]
    assert said == {"sale": [words[0]], "return": [words[1]], "?": [words[2]]}
    told = line(problem, language)
    assert all(word in told for word in words)
    assert str(problem.facts["line"]) in told
    assert "[intake.sales]" in told


def test_a_message_names_eight_words_and_its_line_more(folder: Folder) -> None:
    intake = sales(folder, *[f"слово {n}" for n in range(12)])
    facts = only(intake, "not_in_choices").facts
    assert (facts["count"], facts["words"]) == (12, 12)
    assert str(facts["examples"]).count("слово") == 8
    assert str(facts["line"]).count("слово") == 12


def test_what_is_declared_already_stays_in_the_line(folder: Folder) -> None:
    said = TableOptions(values={"kind": {"return": ("Корректировка",)}})
    facts = only(sales(folder, "Обмен", tables={"sales": said}), "not_in_choices").facts
    assert tomllib.loads(str(facts["line"]))["values"]["kind"] == {
        "return": ["Корректировка"], "?": ["Обмен"],
    }  # fmt: skip


def test_a_client_s_word_is_text_in_the_line() -> None:
    odd = 'Со "скидкой" \\ {x}\t= ["'
    said = tomllib.loads(choices_line("kind", [odd], KINDS, {}))
    assert said["values"]["kind"] == {"?": [odd]}


def test_long_texts_are_cut_to_a_pattern() -> None:
    said = tomllib.loads(choices_line("kind", ["слово " * 100, "x" * 50_000], KINDS, {}))
    (first, second) = said["values"]["kind"]["?"]
    assert first.endswith("*")
    assert (len(first), len(second)) == (61, 61)


def test_letters_of_another_alphabet_stay_a_message_of_their_own(folder: Folder) -> None:
    intake = sales(folder, "в\u006fзврат", "Обмен")
    assert [code for code, _, _ in errors(intake)] == ["other_alphabet", "not_in_choices"]
    assert "в\u006fзврат" not in str(only(intake, "not_in_choices").facts["line"])


def test_yes_and_no_are_sorted_likewise(folder: Folder) -> None:
    rows = "".join(f"{n};A;2025-01-01;{word}\n" for n, word in enumerate(["maybe", "yes", "so"]))
    folder.write("complaints.csv", "complaint_id;customer_id;date;registered\n" + rows)
    facts = only(folder.read(), "not_in_choices").facts
    assert (facts["count"], facts["line"]) == (2, 'values.registered = {"?" = ["maybe", "so"]}')
