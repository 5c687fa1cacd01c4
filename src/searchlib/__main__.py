"""`python -m searchlib` is the command `searchlib`."""

from __future__ import annotations

import sys


def main() -> None:
    """The entry point of the `searchlib` script: quiet from the first import on, whenever Ctrl-C comes."""
    try:
        from .cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
