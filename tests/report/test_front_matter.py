"""Front matter of notes: what it may hold, how it is refused, and what page 2 becomes."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from workbook.errors import InputError
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.language.problems import describe, line
from workbook.report.figures_by_name import Figures
from workbook.report.finding import Finding, Step
from workbook.report.front_matter import MOST_CHARACTERS, FrontMatter, owned, read_front
from workbook.report.notes import parted
from workbook.report.own_words import OwnWords, own_words, shape_problems
from workbook.report.page_two import PageTwo

STEP = Step(what="Call them", who="Sales", by_when=date(2026, 1, 30), effect="Known", source="lost")
DRAFT = PageTwo(
    answer="NPS fell",
    lead=["n = 316"],
    findings=[Finding(id="lost", claim=None, text="68 lost", step=STEP)],
    limitation="Few answers",
)
FULL = """answer: "Bring the *warehouse* back: by March"
findings:
  - Siberia waits
  - Price is not it
recommendation:
  - what: Keep twenty items
    who: Logistics director
    by_when: 2026-03-01
    effect: Two weeks again
    metric: Orders in 14 days
  - what: Ring the dealers
    who: Sales director
    by_when: after the holidays
    effect: Heard in time
limitation: Managers asked their own customers
"""


def words(folder: Path, source: str | bytes) -> OwnWords:
    (folder / "notes").mkdir(exist_ok=True)
    data = source if isinstance(source, bytes) else source.encode()
    (folder / "notes" / "loyalty.md").write_bytes(data)
    return own_words(folder, "loyalty")


def faults(folder: Path, front: str) -> list[tuple[str, int | None]]:
    """Return code and line of what is wrong; every problem has its sentences."""
    with pytest.raises(InputError) as refused:
        words(folder, f"---\n{front}\n---\nWhy.\n")
    problems = refused.value.problems
    assert all(p.place.file == "notes/loyalty.md" for p in problems)
    for problem in problems:
        for language in LANGUAGES:
            assert problem.code not in line(problem, language)
            assert "…" not in describe(problem, language).fix
    assert shape_problems(folder, "loyalty") == problems
    return [(p.code, p.place.row) for p in problems]


def figures(**data: object) -> Figures:
    return Figures(load=lambda: data, texts=load_texts("common", "en", "GBP"))


def page(own: OwnWords, **data: object) -> PageTwo:
    return own.page(DRAFT, figures(**data), author="L. Orlova")


def test_what_is_given_replaces_the_draft_and_is_marked_by_name(tmp_path: Path) -> None:
    shown = page(words(tmp_path, f"---\n{FULL}---\n"))
    assert shown.answer == "Bring the warehouse back: by March"
    assert shown.author == "L. Orlova"
    assert [f.text for f in shown.findings] == ["Siberia waits", "Price is not it"]
    assert shown.limitation == "Managers asked their own customers"
    first, second = shown.plan
    assert (first.who, first.by_when) == ("Logistics director", date(2026, 3, 1))
    assert (first.metric, second.metric) == ("Orders in 14 days", "")
    assert second.by_when == "after the holidays"


def test_what_is_missing_stays_the_draft(tmp_path: Path) -> None:
    shown = page(words(tmp_path, "---\nfindings: [Siberia waits]\n---\n"))
    assert (shown.answer, shown.lead, shown.limitation) == ("NPS fell", ["n = 316"], "Few answers")
    assert list(shown.plan) == [STEP]


def test_the_lead_of_the_draft_goes_with_its_answer() -> None:
    shown = owned(DRAFT, FrontMatter(answer="Act"), author="A", write=str)
    assert (shown.answer, list(shown.lead)) == ("Act", [])


@pytest.mark.parametrize("source", ["", "Why.\n", "---\n# answer: x\n---\nWhy.\n", "---\n---\n"])
def test_without_front_matter_page_two_is_the_draft(source: str, tmp_path: Path) -> None:
    assert page(words(tmp_path, source)) is DRAFT


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("---\nanswer: Act\n---\nWhy.\n", "Why."),
        ("---\r\nanswer: Act\r\n---\r\nWhy.\r\n", "Why."),
        ("\ufeff---\nanswer: Act\n---\nWhy.", "Why."),
        ("\n  \n---  \nanswer: Act\n--- \n\nWhy.\n", "Why."),
        ("---\nanswer: Act\n---\nWhy.\n\n---\n\nMore\n", "Why. --- More"),
    ],
)
def test_line_ends_marks_and_blank_lines_part_the_file_alike(
    source: str, body: str, tmp_path: Path
) -> None:
    own = words(tmp_path, source)
    assert page(own).answer == "Act"
    html = own.commentary(figures())
    assert " ".join(html.replace("<p>", "").replace("</p>", " ").split()) == body


def test_dashes_inside_a_commentary_are_no_front_matter(tmp_path: Path) -> None:
    own = words(tmp_path, "Why.\n\n---\nanswer: Act\n---\n")
    assert own.front is None
    assert "answer: Act" in own.commentary(figures())


def test_lines_keep_their_numbers() -> None:
    notes = parted("n.md", "\n---\nanswer: x\n---\nWhy.\n")
    assert notes.front.splitlines()[2] == "answer: x"
    assert notes.body.splitlines()[4] == "Why."


def test_front_matter_without_an_end_is_refused_where_it_begins(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        words(tmp_path, "\n---\nanswer: Act\n\nWhy.\n")
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.row) == ("front_matter_open", 2)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("answr: Act", [("front_matter_key", 2)]),
        ("answer: ''", [("front_matter_empty", 2)]),
        ("answer:", [("front_matter_empty", 2)]),
        ("answer: '   '", [("front_matter_empty", 2)]),
        ("findings:", [("front_matter_empty", 2)]),
        ("findings: []", [("front_matter_empty", 2)]),
        ("findings: One", [("front_matter_not_list", 2)]),
        ("findings:\n  - a\n  - b\n  - c\n  - d", [("front_matter_many", 2)]),
        ("findings:\n  - a\n  - [b]", [("front_matter_not_text", 4)]),
        ("answer: {nps.value}", [("front_matter_not_text", 2)]),
        ("answer:\n  - a", [("front_matter_not_text", 2)]),
        ("limitation: " + "a" * 601, [("front_matter_long", 2)]),
        ("recommendation:\n  - Call", [("front_matter_not_step", 3)]),
        (
            "recommendation:\n  - what: a\n    who: b\n    by: c",
            [
                ("front_matter_missing", 3),
                ("front_matter_missing", 3),
                ("front_matter_key", 5),
            ],
        ),
        (
            "recommendation:\n  - {what: a, who: b, by_when: 2026-02-30, effect: c}",
            [("front_matter_day", 3)],
        ),
        ("answer: a\nanswer: b", [("front_matter_key_twice", 3)]),
        ("answer: a: b", [("front_matter_not_yaml", 2)]),
        ("answer: >\n\tAct", [("front_matter_not_yaml", 3)]),
        ("findings:\n\t- a", [("front_matter_not_yaml", 3)]),
        ("- answer", [("front_matter_not_keys", 2)]),
        ("Act now", [("front_matter_not_keys", 2)]),
        ("answer: a\nfindings:\n  - ''\nlimitaton: b", [
            ("front_matter_empty", 4), ("front_matter_key", 5),
        ]),
    ],
)  # fmt: skip
def test_every_fault_is_told_at_once_with_its_line(
    front: str, expected: list[tuple[str, int]], tmp_path: Path
) -> None:
    assert faults(tmp_path, front) == expected


def test_an_unknown_key_has_its_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        words(tmp_path, "---\nrecomendation: []\n---\n")
    (problem,) = refused.value.problems
    assert (problem.found, problem.facts["nearest"]) == ("recomendation", "recommendation")


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in pairwise("abcdefgh")
)


@pytest.mark.bad_input("H4")
@pytest.mark.parametrize(
    ("front", "code"),
    [
        (BOMB, "yaml_too_long"),
        ("answer: " + "[" * 100 + "]" * 100, "yaml_too_deep"),
        ("answer: &a [*a]", "yaml_reference"),
        ("answer: " + "a" * MOST_CHARACTERS, "front_matter_large"),
        ("answer: !!python/object/apply:os.system [id]", "front_matter_not_text"),
        ("answer: !!python/name:os.system", "front_matter_empty"),
        ("<<: {answer: a}", "front_matter_key"),
        ("answer: \x07", "front_matter_not_yaml"),
    ],
)
def test_hostile_yaml_is_refused_and_nothing_of_it_runs(
    front: str, code: str, tmp_path: Path
) -> None:
    assert [found for found, _ in faults(tmp_path, front)] == [code]


def test_a_file_of_10_mb_is_refused_before_it_is_looked_at(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        words(tmp_path, b"---\n" + b"answer: word\n" * 800_000)
    assert [p.code for p in refused.value.problems] == ["file_too_many_kb"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("'=HYPERLINK(1)'", "=HYPERLINK(1)"),
        ("'<b>now</b> <script>x</script>'", "<b>now</b> <script>x</script>"),
        ("'**bold** _soft_ `code`'", "bold soft code"),
        ("'[link](http://x.y)'", "link"),
        ("'a\u202eb\u2066c'", "abc"),
        ("'{{ 7 * 7 }} {{{{x}}}}'", "{ 7 * 7 } {{x}}"),
        ("'{% raw %}'", "{% raw %}"),
        ("no", "no"),
        ("1.10", "1.10"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        (">\n  One\n  two", "One two"),
        ("'&lt;b&gt;'", "<b>"),
    ],
)
def test_text_is_text(written: str, shown: str, tmp_path: Path) -> None:
    own = words(tmp_path, f"---\nanswer: {written}\n---\n")
    assert own.problems(figures()) == ()
    assert page(own).answer == shown


def test_a_figure_of_the_result_is_no_markup_either(tmp_path: Path) -> None:
    own = words(tmp_path, "---\nanswer: '{reasons.0.label} leads'\n---\n{reasons.0.label}\n")
    found = {"reasons": [{"reason": "x", "label": "*Late* <i>{nps}</i>"}]}
    assert page(own, **found).answer == "*Late* <i>{nps}</i> leads"
    assert own.commentary(figures(**found)) == "<p>*Late* &lt;i&gt;{nps}&lt;/i&gt;</p>"


def test_names_become_pseudonyms_in_page_two_as_in_the_commentary(tmp_path: Path) -> None:
    own = words(tmp_path, "---\nanswer: Ask Tom Ashworth ({lost.n})\n---\nTom Ashworth.\n")

    def shown(text: str) -> str:
        return text.replace("Tom Ashworth", "Manager K7F2X")

    told = own.page(DRAFT, figures(lost={"n": 3}), author="A", shown=shown)
    assert told.answer == "Ask Manager K7F2X (3)"
    assert own.commentary(figures(), shown) == "<p>Manager K7F2X.</p>"


def test_a_draft_of_comments_holds_nothing() -> None:
    found = read_front("# answer: x\n#\n", "notes/loyalty.md")
    assert (found.front, found.problems) == (None, ())
