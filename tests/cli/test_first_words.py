"""What is typed first: nothing, words to search for, what is nearly a command."""

from __future__ import annotations

import os
import pty
import select
import subprocess
from pathlib import Path

import pytest
from running import Run, command_line, process_environment

from searchlib.cli.commands import ALIASES, COMMANDS, NAMES, is_search, nearest


def test_nothing_says_how_to_begin(run: Run) -> None:
    done = run()
    assert (done.code, done.err) == (0, "")
    assert "searchlib index ~/Documents" in done.out and "searchlib идти" in done.out
    assert "searchlib -h" in done.out and "\x1b" not in done.out
    assert "indexes/default, by SEARCHLIB_INDEX (not there yet" in done.lines[-1]
    assert len(done.lines) <= 20 and max(map(len, done.lines)) <= 100
    assert "\x1b[1msearchlib\x1b[0m" in run(env={"FORCE_COLOR": "1"}).out


def test_what_it_advises_is_there(run: Run) -> None:
    advised = [line.split()[1] for line in run().lines if line.startswith("  searchlib ")]
    assert {"index", "list", "watch", "rm", "-h", "query"} <= set(advised)
    assert all(word in NAMES for word in advised if word.isascii() and word.isalpha())


def test_words_search(indexed: Run) -> None:
    for words in (["Tashkent", "CSTO"], ["Tashkent CSTO"], ["-n", "2", "Tashkent", "CSTO"]):
        done = indexed(*words)
        assert done.code == 0 and done.lines[0] == indexed("query", "Tashkent CSTO").lines[0]
    assert indexed("--json", "Tashkent").lines == indexed("query", "Tashkent", "--json").lines
    assert indexed("--", "-protest", "Tashkent").code == 0
    assert indexed("--", "list").code == 1


NEAR = [
    *[("indx", "index"), ("inedx", "index"), ("indexs", "index"), ("ndex", "index"), ("Index", "index")],
    *[("querry", "query"), ("qeury", "query"), ("quer", "query"), ("qverry", None), ("lst", "list")],
    *[("lists", "list"), ("lits", "list"), ("last", "list"), ("lost", "list"), ("lasts", None)],
    *[
        ("show", None),
        ("shwo", "show"),
        ("snow", "show"),
        ("shows", "show"),
        ("how", "show"),
        ("sho", "show"),
    ],
    *[("ad", "add"), ("adds", "add"), ("and", "add"), ("odd", "add"), ("aid", "add"), ("sum", None)],
    *[("rmm", "rm"), ("rom", "rm"), ("r", None), ("m", None), ("mr", None), ("am", None), ("pm", None)],
    *[("delte", "delete"), ("deletes", "delete"), ("delate", "delete"), ("dlt", None)],
    *[("exprot", "export"), ("expert", "export"), ("exports", "export"), ("import", None)],
    *[("wach", "watch"), ("match", "watch"), ("watches", None), ("drops", "drop"), ("crop", "drop")],
    *[("state", "stats"), ("stat", "stats"), ("check", None), ("chek", "check"), ("merg", "merge")],
    *[("term", "terms"), ("explian", "explain"), ("lake", "like"), ("лист", None), ("президент", None)],
    *[("", None), ("-", None), ("quéry", "query"), ("show me", None), ("export-cif", "export-ciff")],
]


@pytest.mark.parametrize(("word", "command"), NEAR)
def test_what_is_one_edit_from_a_command(word: str, command: str | None) -> None:
    assert nearest(word) == command


def test_one_edit_is_what_it_says() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz-"
    for name in NAMES:
        assert nearest(name) is None
        edits = {name[:at] + name[at + 1 :] for at in range(len(name))}
        edits |= {name[:at] + letter + name[at:] for at in range(len(name) + 1) for letter in letters}
        edits |= {name[:at] + letter + name[at + 1 :] for at in range(len(name)) for letter in letters}
        edits |= {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)}
        for word in edits - set(NAMES):
            assert (nearest(word) is not None) == (max(len(word), len(name)) > 2), word


def test_what_is_a_search() -> None:
    assert not is_search([])
    for name in (*COMMANDS, *ALIASES, "-h", "--help", "-V", "--version"):
        assert not is_search([name, "x"])
    for words in (["лес"], ["-n", "3", "x"], ["--", "index"], ["the index"], ["helpful"]):
        assert is_search(words)


@pytest.mark.parametrize(("answer", "says"), [("y", "documents"), ("s", "0 hits"), ("n", ""), ("", "")])
def test_on_a_terminal_somebody_is_asked(tmp_path: Path, indexed: Run, answer: str, says: str) -> None:
    main, side = pty.openpty()
    process = subprocess.Popen(
        command_line("stat"),
        cwd=tmp_path,
        stdin=side,
        stdout=subprocess.PIPE,
        stderr=side,
        env=process_environment(TERM="xterm"),
    )
    os.close(side)
    asked = b""
    while b"neither" not in asked and select.select([main], [], [], 60)[0]:
        asked += os.read(main, 4096)
    os.write(main, f"{answer}\n".encode())
    out, _ = process.communicate(timeout=60)
    os.close(main)
    assert "Did you mean `searchlib stats`?" in asked.decode()
    assert (says in out.decode()) and bool(out) == bool(says)
    assert process.returncode == {"y": 0, "s": 1}.get(answer, 2)


def test_without_a_terminal_it_is_an_error_with_both_ways(run: Run) -> None:
    done = run("stat", "of", "the nation's")
    assert (done.code, done.out) == (2, "")
    assert "did you mean `stats`?" in done.err
    assert "searchlib query stat of 'the nation'\"'\"'s'" in done.err


def test_on_a_terminal_index_says_what_it_does_before_it_reads(tmp_path: Path) -> None:
    """A look at the first files of a folder may take a minute."""
    (tmp_path / "a.txt").write_text("some words")
    main, side = pty.openpty()
    process = subprocess.Popen(
        command_line("index", "a.txt"),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=side,
        env=process_environment(TERM="xterm"),
    )
    os.close(side)
    out, _ = process.communicate(timeout=60)
    said = os.read(main, 1 << 16).decode()
    os.close(main)
    assert process.returncode == 0 and out.startswith(b"1 document indexed")
    line, _, rest = said.partition("\r\x1b[K")
    assert line == "\rlooking at the files …\x1b[K" and rest.startswith("schema (inferred): ")
