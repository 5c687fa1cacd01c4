"""A small choice of the tree, which is in the repository: of each type its smallest files, one a maker.

`python -m tree.selection FOLDER`, in tests/sources, makes it anew of a tree that was made there.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .make import Made, read_list, write_list

SELECTION = Path(__file__).parent / "selection"
_MAX_BYTES = 300_000
_MAX_FILE = 31_000
_TEMPLATES = ("dotx", "ott", "otp", "ots", "xltx", "ppsx")
"""They are written as the documents are."""

_CODE = ("py", "log", "yaml", "cpp", "toml", "sql")


def select(root: Path) -> list[Made]:
    """The smallest file of each type and maker; of code a few types."""
    smallest: dict[tuple[str, str], tuple[int, Made]] = {}
    for each in read_list(root):
        kind = each.name.partition(".")[2]
        is_code = each.by == "hand" and each.place.startswith("line") and kind not in (*_CODE, "txt")
        size = (root / each.name).stat().st_size
        key = (kind, each.by)
        if (
            not is_code
            and kind not in _TEMPLATES
            and size <= _MAX_FILE
            and (key not in smallest or size < smallest[key][0])
        ):
            smallest[key] = size, each
    return [each for _, each in sorted(smallest.values(), key=lambda found: found[1])]


def main(root: Path) -> None:
    """Copy the files, and write down what is where."""
    shutil.rmtree(SELECTION, ignore_errors=True)
    chosen = select(root)
    for each in chosen:
        (SELECTION / each.name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / each.name, SELECTION / each.name)
    write_list(SELECTION, chosen)
    num_bytes = sum((SELECTION / each.name).stat().st_size for each in chosen)
    print(f"{len(chosen)} files, {num_bytes:,} bytes")
    if num_bytes > _MAX_BYTES:
        sys.exit(f"more than {_MAX_BYTES:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
