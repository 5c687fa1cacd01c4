"""Virtual environments for peers whose requirements do not go with ours: benchmarks/.env-NAME, git-ignored.

An engine runs under its own environment where there is one, else under the interpreter that runs the harness.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from . import peers
from .vocabulary import PROJECT


def interpreter(name: str) -> Path:
    """The Python that runs the engine `name`."""
    own = _folder(name) / "bin" / "python"
    return own if own.exists() else Path(sys.executable)


def variables() -> dict[str, str]:
    """The environment of a worker: the project importable, and src/ too where the core was built in place."""
    source = PROJECT / "src"
    paths = [str(PROJECT)]
    if any((source / "searchlib").glob("_core*.so")):
        paths.append(str(source))
    inherited = os.environ.get("PYTHONPATH")
    # Without the bytecode that every installed package has, compiling would be most of a short process.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": os.pathsep.join([*paths, inherited] if inherited else paths)}


def _folder(name: str) -> Path:
    return PROJECT / "benchmarks" / f".env-{name}"


def _make(name: str) -> None:
    engine = peers.engine(name)
    folder = _folder(name)
    print(
        f"{name}: installing {', '.join(engine.requirements)} into {folder.relative_to(PROJECT)}",
        file=sys.stderr,
    )
    venv.create(folder, with_pip=True, clear=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *engine.requirements], check=True)
    engine.install(folder)


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks environments [NAME…]`: by default those that are needed and not there yet."""
    installable = [
        name for name in peers.NAMES if peers.engine(name).requirements[0] not in {"sqlite3", "searchlib"}
    ]
    parser = argparse.ArgumentParser(prog="python -m benchmarks environments", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(installable)}")
    names = parser.parse_args(arguments).names or [
        name for name in installable if peers.engine(name).own_environment and not _folder(name).exists()
    ]
    if unknown := set(names) - set(installable):
        parser.error(
            f"nothing to install for {', '.join(sorted(unknown))}; there are {', '.join(installable)}"
        )
    failed = 0
    for name in names:
        try:
            _make(name)
        except (subprocess.CalledProcessError, OSError) as problem:
            print(f"{name}: not installed, the results will show it as absent: {problem}", file=sys.stderr)
            shutil.rmtree(_folder(name), ignore_errors=True)
            failed = 1
    return failed
