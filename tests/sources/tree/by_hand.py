"""Files that no converter writes: mail, subtitles, rows, notebooks, logs, and code of many languages."""

from __future__ import annotations

import csv
import io
import json
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

from searchlib.sources.formats import FORMATS

from .as_slides import slides_of
from .documents import DOCUMENTS, Document


class Written(NamedTuple):
    """A file's bytes, and the place of its word: "row 3", "slide 2", "" where its type has none."""

    data: bytes
    place: str


def lines(document: Document, word: str) -> list[str]:
    """The lines of a document as plain text."""
    slides, _ = slides_of(document, word)
    return [line if isinstance(line, str) else ", ".join(line) for slide in slides for line in slide]


def _text(document: Document, word: str) -> str:
    return "\n\n".join(lines(document, word)) + "\n"


def mail(document: Document, word: str) -> Written:
    """A message of two parts, text and page, with an attachment."""
    message = _message(document, _text(document, word))
    message.add_alternative(f"<html><body><p>{_text(document, word)}</p></body></html>", subtype="html")
    message.add_attachment("name;value\nx;1\n", filename="таблица.csv")
    return Written(message.as_bytes(policy=SMTP), "")


def mailbox(document: Document, word: str) -> Written:
    """Three messages; the second has the word."""
    texts = ("Nothing here.", _text(document, word), "Конец.")
    raw = (
        b"From a@example.org Sun May 31 10:20:00 2026\n"
        + _message(document, text).as_bytes().replace(b"\r\n", b"\n")
        + b"\n"
        for text in texts
    )
    return Written(b"".join(raw), "")


def _message(document: Document, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Анна Ли <anna@example.org>"
    message["To"] = "Пётр <peter@example.org>"
    message["Subject"] = document.title
    message["Date"] = "Sun, 31 May 2026 10:20:00 +0000"
    message.set_content(text)
    return message


def srt(document: Document, word: str) -> Written:
    """A subtitle a line."""
    cues = (
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n<i>{line}</i>\n"
        for n, line in enumerate(lines(document, word), 1)
    )
    return Written("\n".join(cues).encode("utf-8-sig"), "")


def vtt(document: Document, word: str) -> Written:
    """The same for the web."""
    cues = (
        f"00:{n:02}.000 --> 00:{n:02}.900 align:start\n{line}\n"
        for n, line in enumerate(lines(document, word), 1)
    )
    return Written(("WEBVTT\n\nNOTE made by hand\n\n" + "\n".join(cues)).encode(), "")


def rows_csv(document: Document, word: str) -> Written:
    """A row a line."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("n", "text"))
    writer.writerows(enumerate(lines(document, word), 1))
    return Written(out.getvalue().encode(), "")


def rows_tsv(document: Document, word: str) -> Written:
    """A row a line, with tabs in it."""
    found = "".join(f"{n}\t{line}\n" for n, line in enumerate(lines(document, word), 1))
    return Written(f"n\ttext\n{found}".encode(), "")


def rows_jsonl(document: Document, word: str) -> Written:
    """A row a line, with letters escaped in JSON's way."""
    found = (json.dumps({"n": n, "text": line}) + "\n" for n, line in enumerate(lines(document, word), 1))
    return Written("".join(found).encode(), "")


def rows_json(document: Document, word: str) -> Written:
    """A list of objects."""
    found = [{"n": n, "text": line} for n, line in enumerate(lines(document, word), 1)]
    return Written(json.dumps(found, ensure_ascii=False, indent=1).encode(), "")


def notebook(document: Document, word: str) -> Written:
    """A cell a slide."""
    slides, place = slides_of(document, word)
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": [f"{line if isinstance(line, str) else ' '.join(line)}\n\n" for line in slide],
        }
        for slide in slides
    ]
    value = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return Written(json.dumps(value, ensure_ascii=False).encode(), f"cell {place}")


def plain(document: Document, word: str, mark: str = "") -> Written:
    """Lines, each behind a mark; the place is the word's line."""
    text = "".join(f"{mark}{line}\n" for line in lines(document, word))
    number = text[: text.index(word)].count("\n") + 1
    return Written(text.encode(), f"line {number}")


_NUM_COMMON = 4
_MARKS = {"py": "# ", "sh": "# ", "rb": "# ", "r": "# ", "yaml": "# ", "toml": "# ", "ini": "; ",
          "sql": "-- ", "lua": "-- ", "hs": "-- ", "erl": "% ",
          "log": "2026-05-31 10:20:00 INFO "}  # fmt: skip


def files() -> list[tuple[str, Document]]:
    """The names of the files, and which document is in each: of the commonest types all."""
    makers = (*MAKERS, *(suffix.lstrip(".") for suffix in _code()))
    return [
        (f"{document.name}-{kind}.{kind}", document)
        for number, kind in enumerate(makers)
        for document in (DOCUMENTS if number < _NUM_COMMON else DOCUMENTS[number % 2 :: 6])
    ]


def _code() -> tuple[str, ...]:
    (code,) = (format for format in FORMATS if format.name == "code")
    return code.suffixes


def written(name: str, document: Document, word: str) -> Written:
    """The file of that name."""
    kind = name.rpartition(".")[2]
    maker = MAKERS.get(kind)
    return maker(document, word) if maker else plain(document, word, _MARKS.get(kind, "// "))


MAKERS = {
    "txt": plain,
    "eml": mail,
    "srt": srt,
    "csv": rows_csv,
    "mbox": mailbox,
    "vtt": vtt,
    "tsv": rows_tsv,
    "jsonl": rows_jsonl,
    "json": rows_json,
    "ipynb": notebook,
}
