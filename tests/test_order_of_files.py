"""The order of test files names files that are there, and keeps together what shares its making."""

from order_of_files import LONG, ROOT, TOGETHER, group, place

TESTS = ROOT / "tests"


def test_every_file_and_folder_of_the_order_is_there():
    named = [*LONG, *(path for paths in TOGETHER for path in paths)]
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_long_files_come_first_and_the_rest_stays_in_its_order():
    assert place(TESTS / "views" / "test_page_flow.py") < place(
        TESTS / "charts" / "test_gallery.py"
    )
    assert place(TESTS / "test_table.py") == place(TESTS / "test_chart.py") == len(LONG)


def test_files_of_a_group_have_one_name_and_any_other_file_its_own():
    assert len({group(file) for file in (TESTS / "views").glob("test_*.py")}) == 1
    alone = [TESTS / "test_table.py", TESTS / "cli" / "test_run.py"]
    assert [group(file) for file in alone] == ["tests/test_table.py", "tests/cli/test_run.py"]
