"""Fixtures: a small bilingual index, and the command run in this process or as one of its own."""

from __future__ import annotations

import inspect
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from running import TEXTS, Ran, Run, command_line, process_environment

from searchlib.cli import application


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An index is named, so that where there is none is the matter of test_places.py alone; nobody's own data
    are touched in any case."""
    for name in ("SEARCHLIB_DEBUG", "NO_COLOR", "FORCE_COLOR", "VISUAL", "EDITOR", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SEARCHLIB_INDEX", "indexes/default")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    separate = {"mix_stderr": False} if "mix_stderr" in inspect.signature(CliRunner).parameters else {}
    runner = CliRunner(**separate)

    def run(*arguments: str, input: bytes | None = None, env: dict[str, str] | None = None) -> Ran:
        result = runner.invoke(application, arguments, input=input, env=env, prog_name="searchlib")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def run_process(tmp_path: Path) -> Run:
    """The command as a process, as a shell starts it."""

    def run(*arguments: str, input: bytes = b"", **env: str) -> Ran:
        done = subprocess.run(
            command_line(*arguments),
            cwd=tmp_path,
            input=input,
            capture_output=True,
            env=process_environment(**env),
            timeout=120,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for name, content in TEXTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture
def indexed(run: Run, corpus: Path) -> Run:
    """`run`, after the corpus was indexed into indexes/default."""
    done = run("index", str(corpus))
    assert done.code == 0, done.err
    return run
