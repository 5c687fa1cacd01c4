"""The command as a process of its own: pipes, signals, terminals, start-up."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import Run, command_line, process_environment

import searchlib
from searchlib.cli.progress import ProgressLine, progress_text
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.manifest import read_manifest


def test_index_and_query(run_process: Run, corpus: Path) -> None:
    done = run_process("index", "corpus")
    assert (done.code, done.lines[0][:19]) == (0, "6 documents indexed")
    done = run_process("query", "Tashkent CSTO")
    assert done.code == 0
    assert "**Tashkent**" in done.out
    assert run_process("query", "zyzzyva").code == 1
    assert run_process("query", "x", "--index", "nope").code == 2


def test_the_common_path_of_a_query_loads_nothing_heavy(
    run_process: Run, corpus: Path, tmp_path: Path
) -> None:
    run_process("index", "corpus")
    script = (
        "import sys\n"
        "from searchlib.cli import application\n"
        "try:\n    application.main(['query', 'Tashkent CSTO выборы'], prog_name='searchlib')\n"
        "except SystemExit as end:\n    assert end.code == 0, end.code\n"
        "heavy = {'numpy', 'nltk', 'pymorphy3', 'whoosh', 'charset_normalizer', 'selectolax',"
        " 'searchlib.sources.sources', 'searchlib.cli.index', 'multiprocessing', 'asyncio'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=process_environment(),
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("options", [[], ["--limit", "3"], ["--filter", "id:1"]], ids=str)
def test_an_index_of_other_rules_is_told_of_in_one_line(
    run_process: Run, tmp_path: Path, options: list[str]
) -> None:
    schema = searchlib.Schema(body=searchlib.Text())
    with searchlib.Index.create(tmp_path / "index", schema).writer() as writer:
        writer.add({"id": "1", "body": "a word"})
    directory = DiskDirectory(tmp_path / "index")
    manifest = read_manifest(directory)
    directory.replace_manifest(manifest.replace(analyzer={**manifest.analyzer, "body": "others"}).to_bytes())
    done = run_process("query", "words", *options, "--index", "index")
    assert done.code == 0
    (warning,) = [line for line in done.err.splitlines() if "warning" in line.lower()]
    assert warning.startswith("warning: ")
    assert warning.endswith("some words may not be found")


ENDING = """
import atexit, sys, threading
def work():
    threading.main_thread().join()
    print("thread")
atexit.register(print, "handler")
{thread}
sys.argv = ["searchlib", {arguments}]
from searchlib.__main__ import main
main()
"""


@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize("thread", ["", "threading.Thread(target=work).start()"])
@pytest.mark.parametrize(("arguments", "code"), [("'--version'", 0), ("'indexx'", 2)])
def test_nothing_is_lost_when_the_process_ends(
    tmp_path: Path, arguments: str, code: int, thread: str, debug: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDING.format(thread=thread, arguments=arguments)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=process_environment(SEARCHLIB_DEBUG=debug),
        timeout=60,
    )
    assert done.returncode == code
    lines = done.stdout.splitlines()
    assert lines[-1] == "handler", "exit handlers come last, and what they print is written"
    assert ("thread" in lines) == bool(thread), "threads are waited for"
    written = [line for line in lines if line.startswith("searchlib ")]  # the thread may have been faster
    assert len(written) == (code == 0), "stdout is a pipe here, written when its buffer is full"


def test_a_closed_pipe_is_quiet(run_process: Run, corpus: Path, tmp_path: Path) -> None:
    (corpus / "many.jsonl").write_text(
        "".join('{"body": "the same words %s"}\n' % ("w " * 300) for _ in range(500))
    )
    run_process("index", "corpus")
    process = subprocess.Popen(
        command_line("query", "same", "--limit", "500", "--json"),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=process_environment(),
    )
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.readline().startswith(b"{")
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), errors) == (141, b"")


def test_ctrl_c_is_quiet_and_nothing_is_committed(run_process: Run, corpus: Path, tmp_path: Path) -> None:
    run_process("index", "corpus")
    # Where the tests are a shell's background job, SIGINT is ignored, by whatever they start too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        command_line("index", "-", "--format", "jsonl"),
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=process_environment(),
    )
    assert process.stdin is not None
    process.stdin.write(b'{"body": "never to be seen"}\n' * 100_000)
    process.stdin.flush()
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert run_process("query", "never").code == 1
    assert run_process("query", "Tashkent").code == 0


def on_terminal(tmp_path: Path, *arguments: str, **env: str) -> str:
    """What the command writes on a terminal of 80 columns."""
    main, side = pty.openpty()
    process = subprocess.Popen(
        command_line(*arguments),
        cwd=tmp_path,
        stdin=side,
        stdout=side,
        stderr=side,
        env=process_environment(TERM="xterm", COLUMNS="80", **env),
    )
    os.close(side)
    written = b""
    while select.select([main], [], [], 60)[0]:
        try:
            data = os.read(main, 65536)
        except OSError:  # Linux's end of file
            break
        if not data:
            break
        written += data
    os.close(main)
    process.wait(60)
    return written.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colour_and_lines_that_fit(run_process: Run, corpus: Path, tmp_path: Path) -> None:
    run_process("index", "corpus")
    written = on_terminal(tmp_path, "query", "Tashkent CSTO")
    assert "\x1b[1;33mTashkent\x1b[0m" in written
    assert "**" not in written
    plain = written
    for code in ("1", "2", "1;33", "0"):
        plain = plain.replace(f"\x1b[{code}m", "")
    assert "\x1b" not in plain
    assert max(map(len, plain.splitlines())) <= 80
    assert "\x1b" not in on_terminal(tmp_path, "query", "Tashkent CSTO", NO_COLOR="1")


def test_a_terminal_sees_progress(tmp_path: Path) -> None:
    row = '{{"body": "number {} of many rows with some words in them"}}\n'
    rows = "".join(row.format(number) for number in range(60_000))
    (tmp_path / "many.jsonl").write_text(rows)
    written = on_terminal(tmp_path, "index", "many.jsonl")
    assert "documents  " in written and "MB/s" in written and " left" in written
    assert "60,000 documents indexed" in written.rsplit("\x1b[K", 1)[1]


def test_nothing_in_a_document_acts_on_the_terminal(run_process: Run, tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07 \x1b[31mred \u202egnp.exe\u2066 \x9b31m bell\x07 word\x00\x08"
    name = "evil\x1b[2J\u202e.txt"
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / name).write_text(
        f"Title word {evil.replace(chr(0), '')}\n\nbody word {evil.replace(chr(0), '')}"
    )
    (tmp_path / "c" / "rows.jsonl").write_text(
        '{"id": "\\u001b[2J", "title": "\\u009b31m word", "body": "\\u202e word"}\n[]\n'
    )
    outputs = [
        run_process("index", "c"),
        run_process("query", "word"),
        run_process("query", "word", "--json"),
        run_process("query", "word\x1b[31m"),
        run_process("show", name),
        run_process("show", "\x1b[2J"),
        run_process("show", name, "--json"),
        run_process("rm", "\x1b[9m"),
        run_process("\x1b[9m"),
        run_process("list"),
        run_process("query", "word", "--format", "table"),
        run_process("query", "word", "--format", "csv"),
        run_process("query", "word", "--format", "md"),
        run_process("query", "word", "-l"),
        run_process("export"),
        run_process("audit"),
        run_process("index", "\x1b[9m"),
        run_process("query", "x", "--index", "\x1b[9m"),
    ]
    for done in outputs:
        acting = [
            c
            for c in done.out + done.err
            if c != "\n" and (c < " " or "\x7f" <= c <= "\x9f" or c in "\u202e\u2066")
        ]
        assert acting == []


def test_an_encoding_without_the_letters_is_no_error(run_process: Run, corpus: Path) -> None:
    run_process("index", "corpus")
    done = run_process("query", "выборы", PYTHONIOENCODING="ascii")
    assert (done.code, done.err) == (0, "")
    assert "?" in done.out
    assert '"\\u0412' in run_process("query", "выборы", "--json", PYTHONIOENCODING="ascii").out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion(run_process: Run, shell: str) -> None:
    done = run_process(_SEARCHLIB_COMPLETE=f"{shell}_source")
    if (shell == "bash" and "Bash version" in done.err) or "Couldn't detect Bash" in done.err:
        pytest.skip("no Bash that completes")
    assert "_SEARCHLIB_COMPLETE" in done.out


def test_progress_text() -> None:
    text = progress_text(45_000_000, 100_000_000, 1_234, 15.0)
    assert text == "━━━━━━━━━━━─────────────  45%  1,234 documents  3.0 MB/s  0:18 left"
    assert progress_text(100, 100, 5, 1.0).endswith("100%  5 documents  0.0 MB/s")
    assert progress_text(0, 100, 0, 0.0).endswith("  0%  0 documents  0.0 MB/s")
    assert progress_text(2_000_000, None, 7, 1.0) == "2.0 MB  7 documents  2.0 MB/s"
    assert progress_text(1_000_000, 10**11, 7, 1.0).endswith("27:46:39 left")


def test_no_terminal_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressLine(100) as line:
        time.sleep(0.12)
        line.update(50, 1)
        line.note("committing")
    assert capsys.readouterr() == ("", "")
