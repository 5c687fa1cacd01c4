"""What builds the core: the same for pip and for make, and one Unicode for all who build."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def requirements(text: str, name: str) -> set[str]:
    """The quoted requirements after a name and its `=`."""
    (line,) = re.findall(rf"^{name} :?= (.*)$", text, re.MULTILINE)
    return set(re.findall(r"[\"']([^\"']+)[\"']", line))


def test_make_installs_what_pip_would():
    for_pip = requirements((ROOT / "pyproject.toml").read_text(encoding="utf-8"), "requires")
    for_make = requirements((ROOT / "Makefile").read_text(encoding="utf-8"), "BUILD_TOOLS")
    assert len(for_pip) == 3
    assert for_make - for_pip == {"cmake>=3.21"}  # scikit-build-core asks for it by itself, and for ninja
    assert for_pip <= for_make


def test_the_unicode_tables_are_pinned():
    """Other tables give other tokens, and so another fingerprint: indexes would ask to be rebuilt."""
    for_pip = requirements((ROOT / "pyproject.toml").read_text(encoding="utf-8"), "requires")
    (unicode,) = [requirement for requirement in for_pip if requirement.startswith("unicodedata2")]
    assert re.fullmatch(r"unicodedata2==\d+\.\d+\.\d+", unicode)
