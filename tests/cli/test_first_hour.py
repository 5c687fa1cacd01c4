"""A person's first hour, as it was written down before it was built; all of it is typed, nothing is imported.

searchlib is installed. In ~/Documents are three hundred files of many kinds, some older than UTF-8, and three
tables exported from elsewhere. The person

1.  types `searchlib` and is told how to begin, and that there is no index yet;
2.  types `searchlib index ~/Documents`: each file is read, none is refused, what was guessed is said in a few
    lines and not once a file;
3.  goes elsewhere and types `searchlib идти`, and finds what says «шли»; and any of the words in any form;
4.  finds a contract by the words of its file's name, which its text lacks: `searchlib договоры об аренде`;
5.  finds books by their author in any case, `searchlib Гоголя`, and counts exactly those of one author by a
    filter;
6.  asks for what is of March 2024, by a filter on the date; the newest first; and counts by tag;
7.  sorts the orders of one customer, as a table, and takes them on as CSV;
8.  exports the books again, now with a column more, indexes again: what has not changed is not read, the new
    column is found; adds a field of their own to the index, and a note with it;
9.  asks for a word that is nowhere, and is told why nothing was found;
10. removes a folder, which asks first, and is gone from the list; the files themselves stay;
11. presses Tab in bash, and a word of the index, a file's id, an option is completed;
12. opens a notebook: `results` shows a table with the matches marked, and none of the person's own text is
    taken as mark-up;
13. drops the index, and is where they were.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from first_hour import exports, make
from running import Ran, command_line, process_environment

TAB = """
source <(searchlib completion bash)
complete_line() {
  COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
  _searchlib_completion searchlib
  printf '%s\\n' "${COMPREPLY[@]}"
}
complete_line searchlib @TYPED@
"""
NOTEBOOK = """
import searchlib
index = searchlib.open(PATH)
results = index.search("идти <b>")
print(results._repr_html_())
print(index.search("zeppelinzeppelin")._repr_html_())
print([hit["title"] for hit in index.search("Гоголя", limit=1)] if "title" in index.schema else [])
print(len(index.search("цеппелины").to_dicts()))
"""


class Person:
    """Somebody with a home of their own, and a place in it where they are."""

    def __init__(self, root: Path) -> None:
        self.home, self.data = root / "home", root / "data"
        self.place = self.home
        self.documents = self.home / "Documents"
        self.environment = process_environment(
            HOME=str(self.home), XDG_DATA_HOME=str(self.data), LC_ALL="C.UTF-8", PYTHONIOENCODING="utf-8"
        )
        self.environment.pop("SEARCHLIB_INDEX", None)

    def types(self, *words: str, code: int = 0) -> Ran:
        """Runs `searchlib WORDS`, from where they are."""
        done = subprocess.run(
            command_line(*words), cwd=self.place, capture_output=True, env=self.environment, timeout=300
        )
        ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert ran.code == code, (words, ran)
        assert "Traceback" not in ran.err and "internal error" not in ran.err
        return ran

    def finds(self, *words: str) -> list[str]:
        """The ids that are found."""
        return self.types(*words, "-l", "--limit", "500").lines

    def presses_tab(self, bash: str, *words: str) -> list[str]:
        """What bash completes the last of the words by."""
        folder = self.data / "bin"
        folder.mkdir(parents=True, exist_ok=True)
        program = folder / "searchlib"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m searchlib "$@"\n')
        program.chmod(0o755)
        done = subprocess.run(
            [bash, "--norc", "-c", TAB.replace("@TYPED@", " ".join(words))],
            cwd=self.place,
            capture_output=True,
            env={**self.environment, "PATH": f"{folder}:{os.environ['PATH']}"},
            timeout=300,
        )
        if b"version" in done.stderr:
            pytest.skip("no Bash that completes")
        return done.stdout.decode().split()

    def runs(self, cells: str) -> list[str]:
        """What the cells of a notebook print."""
        done = subprocess.run(
            [sys.executable, "-c", f"exec({cells!r}, {{}})"],
            cwd=self.place, capture_output=True, env=self.environment, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().splitlines()


def test_the_first_hour(tmp_path: Path) -> None:
    person = Person(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    num_files = make(person.documents)
    assert num_files >= 303

    said = person.types()  # 1
    assert "searchlib index ~/Documents" in said.out and "not there yet" in said.out and said.err == ""
    assert "make it: searchlib index" in person.types("идти", code=2).err

    done = person.types("index", "Documents")  # 2
    assert re.match(r"479 documents indexed in .+\n.*/searchlib/default: 479 documents, ", done.out), done.out
    assert "refused" not in done.err and len(done.err.splitlines()) < 20
    assert "more files: read as cp1251 (guessed); -v names them" in done.err
    assert not list(person.documents.rglob("*index*"))

    person.place = elsewhere  # 3
    assert "**шли**" in person.types("идти", "-n", "1").out
    walked = person.finds("идти")
    assert {"notes/note-0.md", "письма/1990.txt", "письма/1991.txt", "mail/0.eml"} & set(walked)
    assert person.finds("шедшие") == person.finds("шёл") == walked
    assert {"films/film_1.srt", "code/module_3.py"} <= set(person.finds("child", "ran"))
    assert person.finds("zeppelin2") == person.finds("getZeppelin2") == ["code/module_2.py"]

    contract = person.types("договоры", "об", "аренде")  # 4
    assert contract.lines[0].startswith("  1 ") and "договоры/договор_аренды_2024.txt" in contract.lines[1]

    assert sorted(person.finds("Гоголя")) == [f"book-0{n}" for n in range(4)]  # 5
    assert person.types("*:*", "--filter", 'автор:"Николай Гоголь"', "-c").out == "4\n"
    assert person.types("автор:Гоголем", "-c").out == "4\n"
    assert person.types("*:*", "--filter", "автор:Гоголя", "-c", code=1).out == "0\n"  # it is exact

    march = person.types(
        "заметка", "--filter", "date:2024-03", "--sort=-date", "--facet", "tags", "--fields", "date", "--json"
    )  # 6
    *rows, last = map(json.loads, march.lines)
    assert {row["fields"]["date"] for row in rows} == {"2024-03-15"} and last["total"] == 5
    assert last["facets"]["tags"]["buckets"][0] == {"value": "дневник", "count": 5}

    table = person.types(  # 7
        "*:*", "--filter", 'Покупатель:"Иванова Мария"', "--sort=Дата_заказа", "--format", "csv", "--fields",
        "Номер,Дата_заказа,Оплачен", "--limit", "50",
    )  # fmt: skip
    header, *orders = csv.reader(table.lines)
    assert header == ["Номер", "Дата_заказа", "Оплачен"] and len(orders) == 20
    assert [row[1] for row in orders] == sorted(row[1] for row in orders) and orders[0][1] == "2024-01-01"

    for name, content in exports(publishers=True).items():  # 8
        (person.documents / name).write_bytes(content)
    done = person.types("index", str(person.documents))
    assert done.out.startswith("20 documents indexed") and "303 files unchanged" in done.out
    assert "new fields: издатель (text)" in done.err
    assert len(person.finds("Наукой")) == 5
    person.types("reindex", "--add", "shelf=keyword")
    person.types("add", "--id", "my-note", "--field", "shelf=A3", "Цеппелин стоит на полке")
    assert person.finds("цеппелины", "--filter", "shelf:A3") == ["my-note"]

    nothing = person.types("карта", "AND", "zeppelins", code=1)  # 9
    assert "documents, but none has both" in nothing.err + nothing.out
    assert "Did you mean: " in person.types("библеотека", code=1).out

    old = person.documents / "old"  # 10
    assert "add --yes" in person.types("rm", str(old), code=2).err
    assert "7 documents would be deleted" in person.types("rm", str(old), "--dry-run").out
    assert person.types("rm", str(old), "--yes").out == "7 documents deleted\n"
    assert "old/" not in person.types("list", "--limit", "0").out and (old / "README.md").exists()
    assert "~/Documents  297 files, 472 documents" in person.types("list").out

    bash = shutil.which("bash")  # 11
    if bash is not None:
        assert "library" not in person.presses_tab(bash, "library")[1:]
        assert "библиотеке" in person.presses_tab(bash, "библ")
        assert "договоры/договор_аренды_2024.txt" in person.presses_tab(bash, "show", "договоры/")
        assert "--filter" in person.presses_tab(bash, "query", "--fil")

    page, none, *rest = person.runs(
        NOTEBOOK.replace("PATH", repr(str(person.data / "searchlib" / "default")))
    )  # 12
    assert "<mark>шли</mark>" in page and "<table>" in page and "<b>Заметка" in page
    assert "<script" not in page and "&lt;b&gt;" in page
    assert none.startswith("<div>") and rest[-1] == "1"

    assert "add --yes" in person.types("drop", code=2).err  # 13
    person.types("drop", "--yes")
    assert "not there yet" in person.types().out
    assert len([path for path in person.documents.rglob("*") if path.is_file()]) == num_files
