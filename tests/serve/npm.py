"""Packages of npm, installed once a run; a test is skipped where node or they are not to be had."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

INSTANTSEARCH = ("@meilisearch/instant-meilisearch@0.31.3", "instantsearch.js@4.118.1")
_SECONDS = 90


def shared(factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run have."""
    base = factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


def installed(packages: tuple[str, ...], base: Path) -> Path:
    """A folder that has node_modules with these packages. base: shared by the processes of a run."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("no node: Debian's nodejs and npm")
    folder = base / "npm"
    done, failed = folder / "done", folder / "failed"
    try:
        folder.mkdir()
    except FileExistsError:
        end = time.monotonic() + _SECONDS + 10
        while not (done.exists() or failed.exists()) and time.monotonic() < end:
            time.sleep(0.1)
    else:
        (done if _install(packages, folder) else failed).touch()
    if not done.exists():
        pytest.skip("no packages from npm")
    return folder


def _install(packages: tuple[str, ...], folder: Path) -> bool:
    (folder / "package.json").write_text('{"private": true, "type": "module"}', "utf-8")
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline")
    command = ["npm", "install", *quiet, *packages]
    environment = {**os.environ, "npm_config_fetch_retries": "1"}
    try:
        ended = subprocess.run(command, cwd=folder, capture_output=True, timeout=_SECONDS, env=environment)
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0
