"""Eight folders as people have them, made of words at random.

Each document of a folder has a word that nothing else has, so that a lost one is known.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable
from pathlib import Path

_EN = """the harbour was quiet that morning and the ships waited for the tide while the captain read a letter
from home about the harvest the river and an old bridge that the council wanted to repair before winter"""
_RU = """утром на площади собрались люди они обсуждали новый мост и старую дорогу которую город обещал
починить до зимы а в библиотеке читали письма капитана о далёких реках и кораблях"""


class Words:
    """Sentences, and marks: words that no two documents share."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self.marks: list[str] = []

    def mark(self) -> str:
        """A word of its own."""
        letters = "бвгдзклмнпрстф"
        number, word = len(self.marks) + 1, ""
        while number:
            number, digit = divmod(number, 14)
            word += letters[digit] + "аоуие"[digit % 5]
        self.marks.append(f"щ{word}щ")
        return self.marks[-1]

    def text(self, sentences: int = 6) -> str:
        """Sentences in both languages."""
        return " ".join(self.sentence() for _ in range(sentences))

    def sentence(self) -> str:
        """A sentence."""
        words = self._draw.choices(self._draw.choice((_EN, _RU)).split(), k=self._draw.randrange(5, 14))
        return " ".join(words).capitalize() + "."

    def choice(self, of: str) -> str:
        """One of these words."""
        return self._draw.choice(of.split())


def _put(root: Path, name: str, content: str | bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def docs_site(root: Path, w: Words) -> None:
    """Pages of HTML with menus, scripts and styles; reStructuredText."""
    for n in range(20):
        head = f'<meta charset="utf-8"><title>Page {n} — Manual</title>'
        head += f'<meta name="description" content="{w.sentence()}">'
        script = "<script>var t = '2024-01-01T00:00:00';</script><style>p { color: #fff; }</style>"
        image = f'<img src="data:image/png;base64,{base64.b64encode(bytes(range(200))).decode()}">'
        body = f"<h1>Page {n}</h1><p>{w.text()} <code>get_{n}()</code> {w.mark()}</p>{image}<p>{w.text()}</p>"
        _put(
            root,
            f"html/p{n}.html",
            f"<!DOCTYPE html><html><head>{head}{script}</head><body>{body}</body></html>",
        )
    for n in range(15):
        title = f"Chapter {n}"
        note = f".. note::\n\n   {w.sentence()}\n\n.. _ref-{n}:\n\n"
        note += f".. code-block:: python\n   :linenos:\n\n   run({n})\n"
        note += f".. [#f{n}] A note.\n\n+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n\n"
        note += f"* {w.sentence()}\n"
        note += f".. image:: /img/{n}.png\n   :alt: x\n\n"
        note += f".. toctree::\n   :maxdepth: 2\n\n   intro\n   guide/c{n}\n\n"
        text = f"|product| {w.text()} "
        text += f"See :ref:`the guide <g{n}>`, guide_ [#f{n}]_ and ``code``, *{w.mark()}*::\n"
        _put(root, f"src/c{n}.rst", f"{'=' * len(title)}\n{title}\n{'=' * len(title)}\n\n{text}\n\n{note}\n")


def blog(root: Path, w: Words) -> None:
    """Posts with front matter in YAML, TOML and JSON, each with fields of its own."""
    for n in range(45):
        tag, mood = w.choice("лес море река"), w.choice("glad sad")
        yaml = f"---\ntitle: 'Post: {n}'\ndate: 2024-0{n % 9 + 1}-01\ntags: [{tag}, wood]\n---\n"
        toml = f'+++\ntitle = "Post {n}"\ndate = 2024-05-0{n % 9 + 1}\n[params]\nmood = "{mood}"\n+++\n'
        front = (
            yaml,
            toml,
            json.dumps({"title": f"Post {n}", f"extra{n % 5}": w.sentence()}, indent=1) + "\n",
        )
        text = f"[![build](https://ci/{n}.svg)](https://ci)\n\n# Heading {n} {{#h{n}}}\n\n{w.text()}\n\n"
        text += (
            f"![a picture](img/{n}.png)\n\n> [!NOTE]\n> {w.sentence()}\n\n* item\n- [ ] {w.sentence()}\n\n"
        )
        text += f"{{{{< figure src={n} >}}}}<br> **{w.mark()}** [link](https://example.org/{n}_(x)) "
        text += f"&mdash; {w.text()}"
        text += f"[^1] ~~old~~\n\n[^1]: {w.sentence()}\n[ref]: https://example.org/{n}\n\n"
        text += f":::tip\n{w.sentence()}\n:::\n"
        _put(root, f"posts/{n % 4}/{n}.md", front[n % 3] + text)


def chat(root: Path, w: Words) -> None:
    """An export of Telegram: texts in pieces, service messages, replies."""
    messages: list[dict[str, object]] = []
    for n in range(120):
        link = {"type": "text_link", "text": w.sentence(), "href": f"https://example.org/{n}"}
        text: object = [w.sentence() + " ", link, f" {w.mark()}"] if n % 3 else f"{w.sentence()} {w.mark()}"
        plain = (
            "".join(p if isinstance(p, str) else p["text"] for p in text) if isinstance(text, list) else text
        )
        entities = [{"type": "plain", "text": plain}]
        message: dict[str, object] = {"id": n, "type": "message", "date": f"2024-01-01T10:{n % 60:02}:00",
                   "date_unixtime": str(1704103200 + n), "from": w.choice("Анна Борис Ann"),
                   "text": text, "text_entities": entities}  # fmt: skip
        messages.append(message)
    _put(
        root,
        "result.json",
        json.dumps({"name": "Chat", "type": "personal_chat", "id": 1, "messages": messages}),
    )


def tables(root: Path, w: Words) -> None:
    """Exports as CSV: other columns in each, a value that is none, cp1251 and semicolons."""
    rows = "".join(f"{n},{w.choice('Иванов Петров')} {w.mark()},{1900 + n},{n}.5\n" for n in range(40))
    _put(root, "people.csv", "id,автор,год,вес\n" + rows + f"x,{w.mark()},около 1950,\n")
    rows = "".join(f"Стол {w.mark()};{n},5;0{n % 9 + 1}.05.2024;да\n" for n in range(40))
    _put(root, "goods.csv", ("Название;цена;дата;есть\n" + rows).encode("cp1251"))
    rows = "".join(f"{n}\t{w.sentence()} {w.mark()}\t\n" for n in range(40))
    _put(root, "notes.tsv", "id\tnote\tempty\n" + rows)


def mail(root: Path, w: Words) -> None:
    """Messages: plain and HTML, base64 and quoted-printable, an attachment; an mbox of more."""

    def message(n: int) -> str:
        subject = base64.b64encode(f"Письмо {n}".encode()).decode()
        head = f"From: Ann Lee <ann@example.org>\nTo: b@example.org\nSubject: =?utf-8?b?{subject}?=\n"
        head += f"Date: Fri, 0{n % 9 + 1} Mar 2024 10:00:00 +0300\n"
        head += f"Message-ID: <{n}@example.org>\nMIME-Version: 1.0\n"
        text = base64.encodebytes(f"{w.text()} {w.mark()}\n".encode()).decode()
        kind = "text/html" if n % 4 == 3 else "text/plain"
        part = f"Content-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{text}\n"
        if n % 2:
            return head + part
        picture = base64.encodebytes(bytes(range(256)) * 4).decode()
        more = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n"
        more += f'Content-Disposition: attachment; filename="p{n}.png"\n\n{picture}\n'
        return f"{head}Content-Type: multipart/mixed; boundary=XX\n\n--XX\n{part}--XX\n{more}--XX--\n"

    for n in range(20):
        _put(root, f"inbox/{n}.eml", message(n))
    box = "".join(f"From ann@example.org Fri Mar  1 10:00:00 2024\n{message(n)}\n" for n in range(30))
    _put(root, "archive.mbox", box)


def source_tree(root: Path, w: Words) -> None:
    """A repository: code, settings, logs; what is built is ignored."""
    _put(root, ".git/HEAD", "ref: refs/heads/main\n")
    _put(root, ".gitignore", "build/\n*.tmp\n")
    _put(root, "build/out.txt", "not a document")
    _put(root, "x.tmp", "")
    for n in range(15):
        _put(
            root,
            f"src/m{n}.py",
            f'#!/usr/bin/env python\n"""{w.sentence()}"""\n\n# {w.mark()}\ndef f{n}():\n    pass\n',
        )
        _put(root, f"src/c{n}.cpp", f"// {w.sentence()} {w.mark()}\n#include <vector>\nint main() {{}}\n")
        _put(root, f"conf/{n}.toml", f'# {w.sentence()}\nname = "{w.mark()}"\n')
        _put(
            root,
            f"logs/{n}.log",
            "".join(f"2024-01-01T00:00:0{k}Z {w.sentence()}\n" for k in range(5)) + w.mark(),
        )


def subtitles(root: Path, w: Words) -> None:
    """SubRip and WebVTT with marks of style and notes."""
    for n in range(30):
        cues = "".join(
            f"{k}\n00:00:{k:02},000 --> 00:00:{k + 1:02},000\n<i>{w.sentence()}</i>\n- {w.sentence()}\n\n"
            for k in range(1, 9)
        )
        _put(root, f"s{n}.srt", f"{cues}9\n00:00:40,000 --> 00:00:41,000\n{{\\an8}}{w.mark()}\n")
    for n in range(20):
        cues = "".join(
            f"00:{k:02}.000 --> 00:{k + 1:02}.000 align:start\n<v Ann>{w.sentence()}</v> &amp;&nbsp;on\n\n"
            for k in range(1, 9)
        )
        note = "NOTE this is a comment\n\nSTYLE\n::cue { color: red }\n\n"
        _put(
            root,
            f"v{n}.vtt",
            f"WEBVTT - Title\nKind: captions\n\n{note}{cues}intro\n00:40.000 --> 00:41.000\n{w.mark()}\n",
        )


def documents(root: Path, w: Words) -> None:
    """A person's own: notes in old encodings, lists, pictures, hidden folders."""
    for n in range(20):
        _put(
            root,
            f"заметки/Заметка {n}.txt",
            f"Заметка {n}\n\n{w.text()} {w.mark()}\n".encode(("utf-8", "utf-16")[n % 2]),
        )
        _put(
            root,
            f"договоры/договор_{n}-2024.md",
            f"# Договор {n}\n\n{w.text()}\n\n| a | b |\n|---|---|\n| {w.mark()} | 1 |\n",
        )
    for n in range(10):
        _put(root, f"old/k{n}.txt", f"{w.text(12)} {w.mark()}".encode("koi8-r", "replace"))
    _put(root, "photo.jpg", b"\xff\xd8\xff\xe0" + bytes(100))
    _put(root, ".cache/x.txt", "hidden")
    _put(root, "shopping.csv", "что,сколько\n" + "".join(f"яблоки {w.mark()},{n}\n" for n in range(20)))


FOLDERS: dict[str, Callable[[Path, Words], None]] = {
    make.__name__: make for make in (docs_site, blog, chat, tables, mail, source_tree, subtitles, documents)
}
