"""Files of every format, damaged at random: bytes changed, lost, doubled, put in; pieces of one in another.

A number makes a damaged folder, the same one each time: `python tests/sources/mutated_files.py 100 400` tries
three hundred, and prints the numbers of those that end a run.
"""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
import sys
import tempfile
import time
import traceback
from contextlib import closing
from pathlib import Path

import archive_files
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
from eight_folders import FOLDERS, Words

import office_files
from searchlib import Index
from searchlib.sources.formats import BY_SUFFIX
from searchlib.sources.sources import Sources
from searchlib.sources.unforeseen import UNFORESEEN
from searchlib.sources.update import update_index

_SIGNS = """
" "" ' { } [ ] , : ; \\ \\" \\u0000 \\ud800 \\udc00 {{ }} [[ ]] null true NaN -Infinity 1e999 0x1f
1_000 ٣ 1,5 ... < </ <!-- --> <![CDATA[ <script> &#xd800; &#0; &#x110000; <table> <pre> <template>
<frameset> =?utf-8?b? =?= ?= --XX-- base64 WEBVTT {\\an8} :: ` `` * ** | |---| sep=; id ID "id":
title text 0001-01-01 ∞ -0 9999-12-31T23:59:59-23:59 2024-02-30 1e400
"""
_LINES = """---
+++
---|title: x|---
- |
: |
&a |
*a
!!python/object |
? |
<meta charset=utf-7>
<meta charset=idna>
<svg><title>
From a@b Fri Mar  1 10:00:00 2024
Subject: |
Content-Type: multipart/mixed
Content-Type: message/rfc822||
Content-Transfer-Encoding: uuencode
; boundary=XX
; boundary=
; charset=
; filename*0*=
; filename*=''
Date: |
begin 644 x
00:00:01,000 --> 00:00:02,000
.. |"""
_LONG = ("9" * 5000, "[" * 2000, '{"a":' * 1500, "a." * 200, "x" * 70_000, "-" * 3000, "<div>" * 500)
_CONTROLS = ("\0", "\n", "\r", "\r\n", "\t", "\x1a", "\x1f", "\ufeff", "\u2028", "\u0085", "\x0c", "\x0b")
_BYTES = (
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\0\0", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    b"\x80",
)  # fmt: skip
_LINES_OF = tuple(line.replace("|", "\n") + "\n" * ("|" not in line) for line in _LINES.splitlines())
_PIECES = (*_BYTES, *(piece.encode() for piece in (*_SIGNS.split(), *_LINES_OF, *_LONG, *_CONTROLS)))

_TABLE = (
    "T\n=\n\n+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n\n:a: b\n\n.. image:: x\n   :alt: y\n"
)
_MORE: dict[str, str | bytes] = {
    "wrapped.json": json.dumps({"a": 1, "items": [{"id": n, "m": {"by": ["x", 1]}} for n in range(9)]}),
    "map.json": json.dumps({f"u{n}": {"name": f"n{n}", "tags": ["a", None]} for n in range(9)}),
    "rows.jsonl": "".join(json.dumps({"id": n, "t": "x" * n, "d": "2024-05-01"}) + "\n" for n in range(9)),
    "quoted.csv": 'id,"a ""b""",c\n' + "".join(f'{n},"x, {n}\ny","2024-05-0{n}"\n' for n in range(9)),
    "piped.csv": "sep=|\na|b\n1|2\n3|4\n",
    "wide.csv": ",".join(f"c{n}" for n in range(300)) + "\n" + ",".join(map(str, range(300))) + "\n",
    "table.rst": _TABLE,
    "paper.tex": "\\title{О душе}\\begin{document} вну\\textit{три}\\footnote{Нота}\\end{document}",
    "notes.org": "#+TITLE: О душе\n* Слово :тег:\n- [[x][ссылка]]\n#+BEGIN_SRC\nкод\n#+END_SRC\n",
    "book.adoc": "= О душе\nИван\n\n== Слово\n\n|===\n|a |b\n|===\n\n----\nкод\n----\n",
    "frame.html": "<html><head><title>a</title></head><frameset><frame src=x></frameset></html>",
    "feed.xml": "<rss><channel><item><title>a</title><guid>1</guid></item></channel></rss>",
    "book.xml": "<?xml version='1.0' encoding='utf-8'?><book><title>a</title><p>b <i>c</i></p></book>",
    "rows.xml": '<posts><row Id="1" Body="&lt;p&gt;a" Tags="&lt;x&gt;"/><row Id="2" Body="b"/></posts>',
    "wiki.xml": "<mediawiki><page><title>a</title><id>1</id>"
    "<revision><text>b</text></revision></page></mediawiki>",
    "app.log": "2024-05-31 12:00:00,123 INFO a\n  b\n2024-05-31 12:00:01 ERROR c\n",
    "_chat.txt": "[31.12.23, 21:15:03] Ann: a\n[31.12.23, 21:16:03] Bob: b\nc\n",
    "page.php": "<!DOCTYPE html><title>T</title><p>b",
    ".gitignore": "*.tmp\n!x\n[a-z]/\n",
    ".git/HEAD": "x",
    ".ignore": "sub/\n",
}


def _databases(root: Path) -> dict[str, bytes]:
    """Files that libraries write."""
    path = root / "rows.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes(id INTEGER PRIMARY KEY, title TEXT, made TIMESTAMP, data)")
        connection.executemany(
            "INSERT INTO notes(title, made, data) VALUES (?, ?, ?)",
            ((f"слово {n}", 1_700_000_000 + n, bytes(n) if n % 2 else n / 3) for n in range(40)),
        )
        connection.commit()
    made = {path.name: path.read_bytes()}
    for ending, write in (
        ("parquet", pyarrow.parquet.write_table),
        ("feather", pyarrow.feather.write_feather),
    ):
        write(pa.table({"t": [f"слово {n}" for n in range(40)], "s": [{"n": n} for n in range(40)]}), path)
        made[f"rows.{ending}"] = path.read_bytes()
    return made


def originals(root: Path) -> list[tuple[str, bytes]]:
    """The files of the eight folders, a few of each kind, and some more."""
    for name, make in FOLDERS.items():
        make(root / name, Words(len(name)))
    taken: dict[tuple[str, str], int] = {}
    found: list[tuple[str, bytes]] = []
    for path in sorted(root.rglob("*.*")):
        kind = (path.parent.name, path.suffix)
        taken[kind] = taken.get(kind, 0) + 1
        if path.is_file() and taken[kind] <= 2:
            found.append((path.name, path.read_bytes()[:6_000]))
    pages = {
        "a.txt": "one two",
        "b.csv": "a,b\n1,2\n",
        "c/d.jsonl": '{"a": 1}\n{"a": 2}\n',
        "page.md": "# x\ny",
    }
    found += [(name, pack(pages)) for name, pack in archive_files.ARCHIVED.items()]
    found += [(f"t.csv{suffix}", pack(b"a,b\n1,2\n")) for suffix, pack in archive_files.COMPRESSED.items()]
    found += [(name, sample.data) for name, sample in office_files.samples().items()]
    found += list(_databases(root).items())
    return found + [(name, text.encode() if isinstance(text, str) else text) for name, text in _MORE.items()]


def damaged(data: bytes, others: list[tuple[str, bytes]], draw: random.Random) -> bytes:
    """The bytes, changed in a few places."""
    for _ in range(draw.choice((1, 1, 2, 3, 8))):
        at = draw.randrange(len(data) + 1)
        to = min(len(data), at + draw.choice((1, 1, 2, 10, 200)))
        other = draw.choice(others)[1]
        start = draw.randrange(len(other) + 1)
        what = draw.randrange(7)
        if what == 0:
            data = data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]
        elif what == 1:
            data = data[:at] + data[to:]
        elif what == 2:
            data = data[:to] + data[at:]
        elif what == 3:
            data = data[:at] + other[start : start + 300] + data[at:]
        elif what == 4:
            lines = data.split(b"\n")
            draw.shuffle(lines)
            data = b"\n".join(lines)
        else:
            data = data[:at] + draw.choice(_PIECES) + data[at:]
    return data


def damaged_folder(root: Path, others: list[tuple[str, bytes]], seed: int) -> None:
    """A folder of forty damaged files, some of them under another format's name."""
    draw = random.Random(seed)
    suffixes = sorted({*BY_SUFFIX} - {".h", ".r"})
    for number in range(40):
        name, data = draw.choice(others)
        if draw.random() < 0.1 and not name.startswith("."):
            name += draw.choice(suffixes)
        path = root / (
            name if name.startswith(".") else f"{draw.choice(('', 'sub/', 'a/b/'))}{number}-{name}"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(damaged(data, others, draw))


def indexed(*paths: Path) -> tuple[Index, list[str]]:
    """The index of the paths, and what was refused of them."""
    problems: list[str] = []
    sources = Sources(*paths, on_error=lambda problem: problems.append(str(problem)), grows=True)
    index = Index.in_memory(sources.schema)
    with index.writer() as writer:
        update_index(sources, writer)
    index.refresh()
    return index, problems


def main(first: int, last: int) -> None:
    """Try the folders of these numbers."""
    with tempfile.TemporaryDirectory() as folder:
        files = originals(Path(folder, "originals"))
        for seed in range(first, last):
            root = Path(folder, str(seed))
            damaged_folder(root, files, seed)
            started = time.process_time()
            try:
                _, problems = indexed(root)
                for problem in itertools.islice((p for p in problems if UNFORESEEN in p), 3):
                    print(seed, problem)
            except Exception:
                print(seed, traceback.format_exc())
            if (seconds := time.process_time() - started) > 20:
                print(seed, f"{seconds:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
