"""Commands on the index of a server say what they say on its folder."""

import inspect
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from far import far

from searchlib import Index
from searchlib.cli import application
from searchlib.cli.commands import AT_SERVERS, COMMANDS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = tmp_path_factory.mktemp("far") / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("Выборы президента\n\nЛюди шли на выборы.", encoding="utf-8")
    (texts / "b.txt").write_text("Lessons\n\nThey learned their lessons in Tashkent.", encoding="utf-8")
    path = texts.parent / "index"
    assert run("index", str(texts), "--index", str(path))[0] == 0
    return path


@pytest.fixture(scope="module")
def index(folder: Path) -> Index:
    return Index.open(folder, auto_refresh=True)


@pytest.fixture(scope="module")
def url(index: Index) -> str:
    return far(index).url


def run(*arguments: str) -> tuple[int, str, str]:
    separate = {"mix_stderr": False} if "mix_stderr" in inspect.signature(CliRunner).parameters else {}
    done = CliRunner(**separate).invoke(application, arguments, prog_name="searchlib")
    return done.exit_code, done.stdout, done.stderr


def timeless(text: str) -> str:
    return re.sub(r"in [\d.]+ ms", "in … ms", text)


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "выбор"),
        ("query", "lesson", "--json", "--explain"),
        ("query", "ghtpbltyn"),
        ("query", "nowhere", "--filter", "name:a"),
        ("query", "люди OR learn", "--sort=-name", "--facet", "extension", "--cursor"),
        ("query", "выбор", "--format", "csv"),
        ("query", "--count", "выбор"),
        ("query", "lessons", "--cross-script", "-l"),
        ("query", "size:x", "--strict"),
        ("list",),
        ("list", "--json"),
        ("list", "b"),
        ("show", "a.txt"),
        ("show", "nobody"),
        ("export",),
        ("export", "выбор", "--fields", "name"),
        ("explain", "выборы"),
        ("explain", "lessons", "--doc", "b.txt", "--doc", "c.txt"),
        ("like", "a.txt"),
        ("complete", "les"),
        ("terms", "body", "--frequent", "--places"),
        ("audit", "--no-files"),
    ],
    ids=" ".join,
)
def test_the_same_is_said(folder: Path, url: str, arguments: tuple[str, ...]) -> None:
    here, there = (run(*arguments, "--index", path) for path in (str(folder), url))
    assert [timeless(str(part)) for part in there] == [timeless(str(part)) for part in here]


def test_stats_name_the_url(folder: Path, url: str) -> None:
    here, there = (json.loads(run("stats", "--json", "--index", path)[1]) for path in (str(folder), url))
    assert there == here | {"path": url}


def test_documents_are_added_and_removed(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHLIB_INDEX", url)
    assert run("add", "--id", "note", "Call the printer")[1] == "note added\n"
    assert "note" in Index.open(folder)
    assert json.loads(run("query", "printers", "--json")[1].splitlines()[0])["id"] == "note"
    code, out, _ = run("rm", "note", "--yes")
    assert code == 0 and "1 document deleted" in out and "note" not in Index.open(folder)
    run("add", "--id", "note", "Call the printer")
    assert run("rm", "--query", "printer", "--yes", "--json")[1].startswith('{"deleted": 1')


def test_what_needs_files_is_said(url: str) -> None:
    for command in ("index", "merge", "check", "drop", "reindex", "watch"):
        assert command in COMMANDS and command not in AT_SERVERS
        arguments = ["."] if command in ("index", "watch") else []
        code, _, error = run(command, *arguments, "--index", url)
        assert code == 2 and "files of an index" in error, command
    code, _, error = run("add", "text", "--index", url + "other")
    assert code == 2 and "no index is served as" in error
    code, _, error = run("query", "text", "--index", "http://127.0.0.1:9/main")
    assert code == 2 and "cannot be reached" in error and "searchlib index" not in error
    assert not Path("http:").exists()


def test_an_address_that_is_none_is_said(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("http://127.0.0.1:7700", "http://127.0.0.1:7700/", "http://[1/main", "http://a:x/main"):
        for command in (["query", "text"], ["list"], ["show", "1"]):
            code, _, error = run(*command, "--index", address)
            assert code == 2 and "internal error" not in error and "http" in error, (address, error)
    monkeypatch.setenv("SEARCHLIB_KEY", "")
    assert run("list", "--index", url)[0] == 0
    monkeypatch.setenv("SEARCHLIB_KEY", "a\nb")
    code, _, error = run("list", "--index", url)
    assert code == 2 and "SEARCHLIB_KEY" in error and "internal error" not in error


@pytest.mark.parametrize("command", ["serve", "mcp"])
@pytest.mark.parametrize("named", ["", "books="])
def test_an_index_of_a_server_is_not_served_again(url: str, command: str, named: str) -> None:
    code, _, error = run(command, "--index", named + url)
    assert code == 2 and "folder" in error and "internal error" not in error
