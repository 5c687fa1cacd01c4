"""Files that other programs read, where they are installed: .doc by antiword and catdoc, .djvu by djvutxt."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from sample_files import collect, write

from searchlib import place_of
from searchlib.errors import SourceError
from searchlib.sources.formats import programs

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture(scope="module")
def word_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A .doc of LibreOffice: a heading, a paragraph, a table."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no LibreOffice: Debian's libreoffice-writer-nogui")
    folder = tmp_path_factory.mktemp("word")
    many = "<p>Антиворду мало немногих слов, и потому тут их больше.</p>" * 30
    page = "<h1>Договор № 7</h1><p>Тут стоит аккордеон.</p><table><tr><td>Город<td>Полтава</table>"
    (folder / "a.html").write_text(f"<html><meta charset=utf-8><body>{page}{many}</body></html>", "utf-8")
    home = f"-env:UserInstallation=file://{folder}/home"
    command = [soffice, home, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder)]
    subprocess.run(
        [*command, "--writer", str(folder / "a.html")], check=True, capture_output=True, timeout=120
    )
    return (folder / "a.doc").read_bytes()


def only(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PATH on which one program is found."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(
            f"no {name}: Debian's {name}" if name != "djvutxt" else "no djvutxt: Debian's djvulibre-bin"
        )
    (folder / "bin").mkdir()
    (folder / "bin" / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(folder / "bin"))


@pytest.mark.parametrize("name", ["antiword", "catdoc"])
def test_old_word_documents(
    name: str, word_file: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(name, tmp_path, monkeypatch)
    write(tmp_path / "files", {"-m; rm 'x' договор.doc": word_file})
    documents, problems = collect(tmp_path / "files")
    assert not problems
    (document,) = documents
    assert not problems and document["title"] == "Договор № 7"
    assert "Тут стоит аккордеон." in document["body"] and "Полтава" in document["body"]
    assert name == "catdoc" or "Город\tПолтава\n" in document["body"]


def test_without_a_program_they_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    write(tmp_path / "files", {"a.doc": OLE, "b.djvu": b"AT&TFORM" + bytes(20)})
    documents, problems = collect(tmp_path / "files")
    assert not documents
    assert "soffice --headless --convert-to docx FILE (LibreOffice), or install antiword" in problems[0]
    assert "where djvutxt (djvulibre) is installed" in problems[1]


def test_scanned_books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    makers = [shutil.which(name) for name in ("cjb2", "djvused", "djvm")]
    if None in makers:
        pytest.skip("no djvutxt: Debian's djvulibre-bin")
    cjb2, djvused, djvm = map(str, makers)
    (tmp_path / "a.pbm").write_bytes(b"P4 8 8 " + b"\xff" * 8)
    for number, text in enumerate(["первая страница", "вторая с банджо"]):
        name = f"{number}.djvu"
        (tmp_path / "text").write_text(f'(page 0 0 8 8 (line 0 0 8 8 "{text}"))', "utf-8")
        subprocess.run([cjb2, "a.pbm", name], cwd=tmp_path, check=True, timeout=60)
        subprocess.run(
            [djvused, name, "-e", "select 1; set-txt text; save"], cwd=tmp_path, check=True, timeout=60
        )
    subprocess.run([djvm, "-c", "book.djvu", "0.djvu", "1.djvu"], cwd=tmp_path, check=True, timeout=60)
    subprocess.run([cjb2, "a.pbm", "plain.djvu"], cwd=tmp_path, check=True, timeout=60)
    only("djvutxt", tmp_path, monkeypatch)
    (document,), problems = collect(tmp_path / "book.djvu")
    body = document["body"]
    assert not problems and place_of("book.djvu", body, body.index("банджо")) == "page 2"
    assert "has no text, but pictures of it" in collect(tmp_path / "plain.djvu")[1][0]


def program(folder: Path, script: str) -> str:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_a_program_that_does_not_end_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "MAX_SECONDS", 0.3)
    waiting = program(tmp_path, f"sleep 1000 & echo $! > {tmp_path}/pid; wait")
    with pytest.raises(SourceError, match=r"program did not end within 0\.3 seconds"):
        programs.output_of([waiting], b"", ".doc")
    pid = int((tmp_path / "pid").read_text())
    for _ in range(100):  # until who adopted it has taken note
        if not is_running(pid):
            return
        time.sleep(0.05)
    raise AssertionError("what the program started is still there")


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_program_that_says_too_much_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "MAX_DOCUMENT_BYTES", 1 << 20)
    with pytest.raises(SourceError, match="program says more of it than the 1 MiB"):
        programs.output_of([program(tmp_path, "while :; do echo yes; done")], b"", ".doc")


def test_a_program_gets_a_copy_of_its_own_and_no_input(tmp_path: Path) -> None:
    script = 'cat; echo "$#"; basename "$1"; cat "$1"; ls | wc -l'
    said = programs.output_of([program(tmp_path, script)], b"data\n", ".doc")
    assert [line.strip() for line in said.splitlines()] == ["1", "document.doc", "data", "1"]
    with pytest.raises(SourceError, match="cannot be started"):
        programs.output_of([str(tmp_path / "absent")], b"", ".doc")
