"""LibreOffice and pandoc as converters: a folder of files into another one, each with a bound of time."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

_TIMEOUT_S = 600


def office() -> str | None:
    """LibreOffice's program, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def pandoc() -> str | None:
    """Pandoc, if it is installed."""
    return shutil.which("pandoc")


def by_office(files: Iterable[Path], to: str, out: Path, *, infilter: str = "") -> None:
    """Convert files into the folder; `to` is what --convert-to takes. What fails is left out."""
    program, paths = office(), [str(path) for path in files]
    if program is None or not paths:
        return
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        command = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
        if infilter:
            command.append(f"--infilter={infilter}")
        subprocess.run(
            [*command, "--convert-to", to, "--outdir", str(out), *paths],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT_S,
            check=False,
            env={**os.environ, "HOME": profile, "LC_ALL": "C.UTF-8"},
        )


def by_pandoc(file: Path, to: str, out: Path, *options: str) -> bool:
    """Convert a file; False if pandoc cannot."""
    program = pandoc()
    if program is None:
        return False
    out.parent.mkdir(parents=True, exist_ok=True)
    command = [program, "-t", to, *options, "-o", str(out), file.name]
    done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=False, cwd=file.parent)
    return done.returncode == 0 and out.exists()


def plain_by_pandoc(file: Path, source: str) -> str | None:
    """What pandoc shows of a file as plain text; None if it cannot read it."""
    program = pandoc()
    if program is None:
        return None
    command = [program, "-f", source, "-t", "plain", "--wrap=none", str(file)]
    done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=False)
    return done.stdout.decode() if done.returncode == 0 else None
