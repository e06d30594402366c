"""Texts that no person writes are refused before they cost time or memory, with their line."""

from pathlib import Path
from time import perf_counter

import pytest
from hostile_engagement import checked, engagement, errors, the_error, warnings

from workbook.errors import Problem
from workbook.intake.files.toml_text import DEEPEST, BeyondBoundsError, toml_values
from workbook.report.notes import MAX_PARAGRAPH, markdown_html

GENEROUS = 20.0
"""Seconds: where there was a fault it took minutes and gigabytes."""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n\na" + ".a" * 50_000 + " = 1\n", 3),
        ("[" + "a." * 2_000 + "b]\n", 1),
        ("a = " + "[" * 100_000, 1),
        ("a = " + "{a = " * 50_000, 1),
        ('s = """\n[[[[[[[[[[[[[[[[[[[[[[[[[\n"""\nb = [\n' + "[" * 30, 5),
    ],
)
def test_absurd_keys_and_brackets_of_toml_are_refused_with_their_line(text: str, line: int) -> None:
    with pytest.raises(BeyondBoundsError) as refused:
        toml_values(text.encode())
    assert refused.value.line == line


def test_what_people_write_in_toml_is_read() -> None:
    text = """\
    title = "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z [[[[[[[[[[[[[[[[[[[[["  # [.[.[.
    literal = '[[[[[[[[[[[[[[[[[[[[[[[[[[["'
    numbers = [1.5, 2.5, [3.5, 4.5], {a.b = 1}]
    long = '''
    .....................................................
    '''
    [a.b.c."d.e.f"]
    """
    found = toml_values(text.encode())
    assert found["numbers"][2:] == [[3.5, 4.5], {"a": {"b": 1}}]
    assert found["a"]["b"]["c"] == {"d.e.f": {}}


@pytest.mark.parametrize(
    "text", ['a = """' + '\\"""' * 60_000, "a = '''" + "''\n" * 60_000, '"' * 200_000]
)
def test_texts_without_an_end_take_no_time(text: str) -> None:
    begun = perf_counter()
    with pytest.raises(ValueError, match="at "):
        toml_values(text.encode())
    assert perf_counter() - begun < GENEROUS


def test_engagement_toml_beyond_bounds_is_one_problem(tmp_path: Path) -> None:
    folder = engagement(tmp_path / "acme", "a" + ".a" * 50_000 + " = 1\n")
    problem = the_error(folder)
    assert (problem.code, problem.place.row) == ("toml_too_deep", 8)
    assert problem.facts["most"] == DEEPEST


@pytest.mark.parametrize(
    "mark", ["[a](<b", "<?", "![", "[", "*a_", "**a* ", "[a][", "`a``b", "<![CDATA[", "> ", "- "]
)
def test_notes_of_the_greatest_size_are_rendered_or_refused_in_bounded_time(mark: str) -> None:
    """360 KB of the first took 85 seconds, 200 KB of the second more than 200."""
    paragraph = (mark * MAX_PARAGRAPH)[:MAX_PARAGRAPH]
    begun = perf_counter()
    markdown_html(f"{paragraph}\n\n" * 3, headings=False)
    assert perf_counter() - begun < GENEROUS


@pytest.mark.parametrize("folder_name", ["reasons.yaml", "ratios.yaml", "coding/code_frame.yaml"])
def test_a_large_file_of_words_is_refused(folder_name: str, tmp_path: Path) -> None:
    folder = engagement(tmp_path / "acme")
    (folder / folder_name).parent.mkdir(exist_ok=True)
    (folder / folder_name).write_text("# \n" * 200_000, "utf-8")
    assert errors(folder) == [("file_too_many_kb", folder_name)]


def test_a_csv_of_many_columns_is_refused_at_once_with_one_message(tmp_path: Path) -> None:
    """200,000 columns in two lines took more than 75 seconds."""
    folder = engagement(tmp_path / "acme")
    heads = ",".join(f"column {n}" for n in range(200_000))
    lines = f"respondent_id,date,score,{heads}\nR1,2025-01-01,9{',1' * 200_000}\n"
    (folder / "data" / "survey.csv").write_text(lines, "utf-8")
    begun = perf_counter()
    problem = the_error(folder)
    assert perf_counter() - begun < GENEROUS
    assert (problem.code, problem.place.row) == ("too_many_columns", 1)


def test_blank_columns_beyond_the_bound_are_nothing(tmp_path: Path) -> None:
    """As a spreadsheet saves them that was formatted to its last column."""
    folder = engagement(tmp_path / "acme")
    lines = [f"{line}{',' * 16_000}" for line in ("respondent_id,date,score", "R1,2025-01-01,9")]
    (folder / "data" / "survey.csv").write_text("\n".join(lines), "utf-8")
    assert errors(folder) == []


def unread(folder: Path) -> list[Problem]:
    return [p for p in checked(folder).problems if p.code.startswith("unknown_column")]


def test_many_unknown_columns_are_one_message(tmp_path: Path) -> None:
    folder = engagement(tmp_path / "acme")
    heads = ",".join(f"column {n}" for n in range(1_000))
    lines = f"respondent_id,date,score,{heads}\nR1,2025-01-01,9{',1' * 1_000}\n"
    (folder / "data" / "survey.csv").write_text(lines, "utf-8")
    (problem,) = unread(folder)
    assert (problem.code, problem.facts["count"]) == ("unknown_columns", 1_000)
    assert str(problem.facts["columns"]).startswith("column 0, column 1, ")


def test_a_misspelt_column_is_named_among_many_unknown_ones(tmp_path: Path) -> None:
    folder = engagement(tmp_path / "acme")
    heads = ",".join(f"x{n}" for n in range(20))
    lines = f"respondent_id,date,score,segmnet,{heads}\nR1,2025-01-01,9,A{',1' * 20}\n"
    (folder / "data" / "survey.csv").write_text(lines, "utf-8")
    first, rest = unread(folder)
    assert (first.code, first.facts["name"]) == ("unknown_column", "segment")
    assert (rest.code, rest.facts["count"]) == ("unknown_columns", 20)


def test_many_blank_headings_are_one_remark(tmp_path: Path) -> None:
    folder = engagement(tmp_path / "acme")
    lines = f"respondent_id,date,score{',' * 1_000}\nR1,2025-01-01,9{',1' * 1_000}\n"
    (folder / "data" / "survey.csv").write_text(lines, "utf-8")
    problems = checked(folder).problems
    told = [problem for problem in problems if problem.code == "blank_headings"]
    assert [problem.facts["count"] for problem in told] == [1_000]


def test_files_that_nobody_reads_are_named_with_the_name_that_was_meant(tmp_path: Path) -> None:
    folder = engagement(tmp_path / "acme")
    for name in ("notes/loyality.md", "coding/coding_loyalty.xlsx", "questionnaires/own.yml"):
        (folder / name).parent.mkdir()
        (folder / name).write_text("x", "utf-8")
    (folder / "notes" / ".DS_Store").write_bytes(b"x")
    assert warnings(folder) == [
        ("own_file_misnamed", "notes/loyality.md"),
        ("own_file_misnamed", "coding/coding_loyalty.xlsx"),
        ("own_file_misnamed", "questionnaires/own.yml"),
    ]
    meant = [p.facts["nearest"] for p in checked(folder).problems]
    assert meant == ["loyalty.md", "loyalty.xlsx", ""]
    (folder / "notes" / "loyality.md").rename(folder / "notes" / "loyalty.md")
    assert ("own_file_misnamed", "notes/loyality.md") not in warnings(folder)


def test_many_unknown_keys_and_files_are_counted(tmp_path: Path) -> None:
    keys = "".join(f"k{n} = 1\n" for n in range(3_000))
    folder = engagement(tmp_path / "acme", keys)
    problems = checked(folder).problems
    assert [p.code for p in problems] == ["unknown_key"] * 20 + ["more_problems"]
    assert problems[-1].facts["more"] == 2_980
    many = engagement(tmp_path / "many")
    for number in range(50):
        (many / "data" / f"photo {number}.png").write_bytes(b"x")
    problems = checked(many).problems
    assert [p.code for p in problems] == ["unknown_file"] * 20 + ["more_problems"]
    assert not any(p.is_error for p in problems)
