"""`python -m tree FOLDER`, in tests/sources: makes the tree there, and FOLDER.list.json."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from .make import lacking, make_tree

if absent := lacking():
    sys.exit(f"the tree needs {absent}")
made = make_tree(Path(sys.argv[1]))
kinds = Counter(each.name.partition(".")[2] for each in made)
print(
    f"{len(made)} files of {len(kinds)} types:",
    ", ".join(f"{kind} {num}" for kind, num in sorted(kinds.items())),
)
