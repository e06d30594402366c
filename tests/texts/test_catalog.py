"""Texts are the same set of sentences in every language, and values in them stay values."""

import ast
import re
from pathlib import Path

import pytest
import yaml
from babel import Locale

from workbook.language.catalog import LANGUAGES, Texts, _entries, load_texts
from workbook.language.languages import all_languages
from workbook.language.numbers import NumberFormats

FOLDER = Path(__file__).resolve().parents[2] / "workbook"
PATHS = {
    **{p.name.split(".")[0]: p.parent / f"{p.name.split('.')[0]}.{{}}.yaml"
       for p in FOLDER.glob("language/texts/*.yaml")},
    **{p.parents[1].name: p.parent / "{}.yaml" for p in FOLDER.glob("diagnostics/*/texts/*.yaml")},
}  # fmt: skip
SUBJECTS = sorted(PATHS)
SAME_WORDS = {
    "abc", "id", "index", "interval", "jaccard", "lift", "marketing", "nace", "nps", "okved",
    "parameter", "priorit", "respondent", "segment", "sic", "sk", "test", "text", "uk", "wow",
    "xyz",
}  # fmt: skip
"""Words that are spelt alike in two languages or more; any other one was left in English."""
ENGLISH_ONLY = {"the", "of", "and", "with", "from", "that", "which", "are", "was", "were", "this"}
"""Short words that no sentence of another language has."""
FORMATS = {
    "count", "dec1", "dec2", "dec3", "points", "size1", "signed2", "pct", "pct1", "p", "p_is",
    "money", "money_full", "day", "day_short", "day_month", "period", "period_short",
    "period_acc", "period_gen", "period_dat", "period_ins", "period_loc",
}  # fmt: skip


def others():
    return [language for language in LANGUAGES if language != "en"]


def plural_forms(language):
    """Return the plural categories of a language (CLDR)."""
    return {*Locale.parse(language).plural_form.tags, "other"}


def wordings(entry):
    return [entry] if isinstance(entry, str) else [v for k, v in entry.items() if k != "by"]


def placeholders(entry):
    return {found.split(":")[0] for w in wordings(entry) for found in re.findall(r"{([^{}]+)}", w)}


@pytest.mark.parametrize("language", others())
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_language_has_the_same_keys_and_placeholders(subject, language):
    english, other = _entries(subject, "en"), _entries(subject, language)
    assert set(english) == set(other)
    assert {k: placeholders(v) for k, v in english.items()} == {
        k: placeholders(v) for k, v in other.items()
    }


def words(wording):
    """Return the words of a text in lower case, without placeholders and names of options."""
    plain = re.sub(r"{[^{}]*}|\b[a-z]+_[a-z_]+", " ", wording)
    return [word.casefold() for word in re.findall(r"[^\W\d_]{2,}", plain)]


@pytest.mark.parametrize("language", others())
@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_text_is_left_in_english(subject, language):
    english, other = _entries(subject, "en"), _entries(subject, language)
    left = {
        key
        for key, entry in other.items()
        for wording in wordings(entry)
        if (wording in wordings(english[key]) and not SAME_WORDS.issuperset(words(wording)))
        or ENGLISH_ONLY & set(words(wording))
    }
    assert left == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_counted_text_has_every_plural_form_of_its_language(subject, language):
    for key, entry in _entries(subject, language).items():
        if not isinstance(entry, str):
            assert set(entry) - {"by"} == plural_forms(language), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_format_and_phrase_that_a_text_names_exists(subject, language):
    entries = _entries("common", language) | _entries(subject, language)
    for key, entry in entries.items():
        for wording in wordings(entry):
            for name in re.findall(r"{[^{}:]+:([^{}]+)}", wording):
                if name[0] == "~":
                    assert 2 <= len(name.split("|")) <= 4, f"{key}: {name}"
                    continue
                known = f"phrases.{name[1:]}" in entries if name[0] == "#" else name in FORMATS
                assert known, f"{key}: {name}"


@pytest.mark.bad_input("H1")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_yaml_file_gives_a_key_twice(subject, language):
    """PyYAML keeps the last of two equal keys silently."""
    path = Path(str(PATHS[subject]).format(language))
    node = yaml.compose(path.read_text("utf-8"))
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, yaml.MappingNode):
            keys = [k.value for k, _ in current.value]
            assert len(keys) == len(set(keys)), sorted(keys)
            stack += [v for _, v in current.value]


def test_the_words_client_and_customer_are_kept_apart_in_english():
    """A report speaks of the client's customers; "clients" would be the wrong word."""
    for key, entry in _entries("loyalty", "en").items():
        for wording in wordings(entry):
            assert "clients" not in wording.replace("client’s", ""), key


def test_values_are_text_and_never_templates():
    texts = Texts("en", {"hello": "Hello {name}"})
    assert texts("hello", name="{x} {{7*7}} {0}") == "Hello {x} {{7*7}} {0}"


@pytest.mark.parametrize("template", ["{x.__class__}", "{x[0]}", "{0}", "{}"])
def test_a_template_reaches_only_named_values(template):
    with pytest.raises(ValueError, match="plain name"):
        Texts("en", {"a": template})("a", x="y")


def test_a_counted_phrase_agrees_with_its_number():
    say = load_texts("loyalty", "ru")
    assert [say.write(n, "#answers") for n in (1, 3, 5, 21, 1000)] == [
        "1 ответ", "3 ответа", "5 ответов", "21 ответ", "1\u00a0000 ответов",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("ru", "из {n:count} {n:~клиента|клиентов}", {1: "из 1 клиента", 5: "из 5 клиентов",
                                                     21: "из 21 клиента", 141: "из 141 клиента"}),
        ("ru", "{n:~потеря|потери|потерь}", {1: "потеря", 2: "потери", 0: "потерь", 3.3: "потери"}),
        ("sk", "{n:~strata|straty|strát|straty}", {1: "strata", 4: "straty", 5: "strát",
                                                   21: "strát", 3.3: "straty"}),
        ("en", "{n:~loss|losses}", {1: "loss", 2: "losses", 0: "losses"}),
    ],
)  # fmt: skip
def test_a_word_agrees_with_its_number(language, text, told):
    say = Texts(language, {"a": text})
    assert {n: say("a", n=n) for n in told} == told


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("sk", "z {n:count}", {2: "z 2", 5: "z 5", 6: "zo 6", 16: "zo 16", 60: "zo 60",
                               127: "zo 127", 500: "z 500", 4000: "zo 4\u00a0000"}),
        ("sk", "S „{n}“", {"Savel": "So „Savel“", "Tatra": "S „Tatra“"}),
        ("ru", "с {n:count}", {41: "с 41", 141: "со 141"}),
        ("ru", "В «{n}»", {"Владимир": "Во «Владимир»", "Сибирь": "В «Сибирь»"}),
        ("en", "a {n:count}", {1: "a 1"}),
    ],
)  # fmt: skip
def test_a_preposition_fits_the_value_after_it(language, text, told):
    say = Texts(language, {"a": text})
    assert {n: say("a", n=n) for n in told} == told


def test_quotes_of_a_value_inside_those_of_a_text_are_inner_ones():
    say = Texts("ru", {"a": "Спросить «{who}»"})
    assert say("a", who="ООО «Полимер»") == "Спросить «ООО „Полимер“»"
    assert say("a", who="Полимер") == "Спросить «Полимер»"


def test_a_language_without_texts_is_refused():
    with pytest.raises(ValueError, match="de"):
        load_texts("loyalty", "de")


def test_formats_named_here_are_those_that_exist():
    from workbook.language import numbers

    assert {*numbers._NUMBERS, *numbers._DATES, *numbers.PERIODS} == FORMATS
    assert NumberFormats("en").write(1, "count") == "1"


IN_PYTHON = {
    "engagement/proposals.py": "Cyrillic letters as Latin ones, in names of folders",
    "intake/cells/word_cells.py": "letters that look alike in two alphabets",
    "intake/currency_column.py": "names of currencies",
    "intake/heading_units.py": "names of currencies, prepositions before them",
    "intake/rows/total_words.py": "letters that look alike, signs of currencies",
    "language/lemmas.py": "ё as е",
    "language/nearest.py": "ё as е",
    "language/spelling.py": "letters that look alike in two alphabets",
}
"""Modules with letters of a language other than English, and why they are no words of it."""


def test_words_of_a_language_stand_in_its_files_and_not_in_python():
    letters = "".join(language.letters for language in all_languages())
    foreign = re.compile(f"[{letters}]", re.IGNORECASE)
    found = {
        str(path.relative_to(FOLDER))
        for path in FOLDER.rglob("*.py")
        if any(map(foreign.search, constants(ast.parse(path.read_text("utf-8")))))
    }
    assert found == set(IN_PYTHON)


def constants(tree):
    """Return the texts of a module but for its docstrings."""
    said = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value
