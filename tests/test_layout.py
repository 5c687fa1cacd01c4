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


def test_no_two_modules_of_tests_have_one_name() -> None:
    """Outside of packages Pytest imports them by their names: the second one of a name is not collected."""
    paths = (PROJECT / "tests").rglob("test_*.py")
    names = [path.stem for path in paths if not (path.parent / "__init__.py").exists()]
    assert sorted(names) == sorted(set(names))
