"""docs/presets.md says what the preset files say."""

from preset_page import GROUPS, PAGE, page

from workbook.intake.recipe.presets import shipped_presets


def test_every_preset_has_its_section() -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(shipped_presets())


def test_the_page_is_as_the_files_are() -> None:
    assert PAGE.read_text("utf-8") == page()
