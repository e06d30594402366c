"""Folders on the command line, and the engagements they stand for."""

import pytest

from workbook.batch.find_engagements import engagement_folders
from workbook.engagement.output_paths import output_paths, refuse_collisions
from workbook.errors import UsageError


def names(folders):
    return [folder.name for folder in folders]


def test_an_engagement_folder_is_itself(make_engagement):
    folder = make_engagement()
    assert engagement_folders([folder]) == (folder.resolve(),)


def test_a_folder_of_engagements_stands_for_those_directly_inside(make_engagement, tmp_path):
    make_engagement("b")
    parent = make_engagement("a").parent
    make_engagement("previous", parent=parent / "a")
    (parent / "waves" / "old").mkdir(parents=True)
    assert names(engagement_folders([parent])) == ["a", "b"]


def test_an_engagement_named_twice_is_one(make_engagement):
    folder = make_engagement()
    assert engagement_folders([folder, folder.parent, folder / "."]) == (folder.resolve(),)


def test_the_configuration_file_stands_for_its_folder(make_engagement):
    folder = make_engagement()
    assert engagement_folders([folder / "engagement.toml"]) == (folder.resolve(),)


def test_what_is_not_there_or_empty_is_explained(make_engagement, tmp_path):
    folder = make_engagement()
    (tmp_path / "near").mkdir()
    (tmp_path / "near" / "engagment.toml").touch()
    cases = {
        tmp_path / "nowhere": "no such folder",
        folder / "data": f"did you mean {folder}",
        folder / "data" / "survey.csv": "is a file",
        tmp_path / "near": "engagment.toml: rename it",
    }
    for path, message in cases.items():
        with pytest.raises(UsageError, match=message):
            engagement_folders([path])


@pytest.mark.bad_input("G3")
def test_two_engagements_of_one_id_and_period_are_refused_by_name(fake, make_engagement):
    one, two = make_engagement("one"), make_engagement("two", period="2025-q4")
    services = fake.build()
    with pytest.raises(UsageError, match=r"one and .*two have the same id and period"):
        refuse_collisions([services.load(one), services.load(two)])


@pytest.mark.bad_input("G5")
def test_a_path_too_long_for_windows_is_told_before_the_run(fake, make_engagement, tmp_path):
    engagement = fake.build().load(make_engagement())
    with pytest.raises(UsageError, match="too long"):
        output_paths(engagement, tmp_path / ("x" * 200))
