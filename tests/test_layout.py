"""Where tests are: what CONTRIBUTING.md says of it."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).parents[1]


def folders(path: Path) -> set[str]:
    return {folder.name for folder in path.iterdir() if folder.is_dir() and folder.name != "__pycache__"}


def test_each_folder_of_the_library_has_its_tests_in_the_folder_of_that_name() -> None:
    library = folders(PROJECT / "src" / "searchlib")
    tested = {name for name in library if any((PROJECT / "tests" / name).glob("test_*.py"))}
    assert tested == library


def test_each_folder_of_tests_is_that_of_a_folder_of_the_project() -> None:
    assert folders(PROJECT / "tests") <= folders(PROJECT / "src" / "searchlib") | folders(PROJECT)
