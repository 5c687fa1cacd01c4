"""Exports of chats, as telephones and programs write them: a message is a document."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_files import collect, content, write

from searchlib import Index, Sources, update_index
from searchlib.sources.formats.json_stream import JsonStream
from searchlib.sources.formats.telegram_signs import is_telegram
from searchlib.sources.formats.whatsapp import is_whatsapp
from searchlib.sources.unforeseen import UNFORESEEN

ANDROID = """31/12/2023, 21:15 - Messages and calls are end-to-end encrypted.
31/12/2023, 21:15 - Анна: Привет
вторая строка

01/01/2024, 00:01 - Bob: <Media omitted>
01/01/2024, 00:02 - Bob: IMG-20240101-WA0001.jpg (file attached)
подпись
01/01/2024, 00:03 - Bob changed the subject to “a: b”
"""
IPHONE = """\u200e[1/2/24, 9:05:33\u202fPM] Family: \u200eMessages and calls are end-to-end encrypted.\r
[1/2/24, 9:06:00\u202fPM] ~\u202fAnn Lee: time: late\r
\u200e[1/3/24, 9:06:00\u202fAM] Ann Lee: \u200eimage omitted\r
[1/13/24, 12:06:00\u202fAM] Bob: x\r
"""


def test_a_chat_of_android(tmp_path: Path) -> None:
    documents, problems = collect(write(tmp_path, {"WhatsApp Chat with Анна Иванова.txt": ANDROID}))
    assert problems == []
    assert [row["id"].rpartition("#")[2] for row in documents] == ["1", "2", "5", "6", "8"]
    assert {row["chat"] for row in documents} == {"Анна Иванова"}
    assert "from" not in documents[0] and "from" not in documents[4]
    assert documents[1]["from"] == "Анна" and documents[1]["text"] == "Привет\nвторая строка"
    assert documents[1]["date"].isoformat() == "2023-12-31T21:15:00+00:00"
    assert documents[2]["media"] == "Media omitted" and "text" not in documents[2]
    assert (documents[3]["media"], documents[3]["text"]) == ("IMG-20240101-WA0001.jpg", "подпись")


def test_a_chat_of_an_iphone(tmp_path: Path) -> None:
    documents, problems = collect(write(tmp_path, {"_chat.txt": IPHONE}))
    assert problems == []
    assert [row.get("from") for row in documents] == ["Family", "Ann Lee", "Ann Lee", "Bob"]
    assert documents[1]["text"] == "time: late"
    assert documents[2]["media"] == "image omitted"
    moments = ["2024-01-02T21:05:33", "2024-01-02T21:06:00", "2024-01-03T09:06:00", "2024-01-13T00:06:00"]
    assert [row["date"].isoformat()[:19] for row in documents] == moments


def test_a_chat_is_called_as_the_archive_around_it(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "WhatsApp Chat - Охота.zip", "w") as archive:
        archive.writestr("_chat.txt", IPHONE)
    write(tmp_path / "WhatsApp Chat - Ann", {"_chat.txt": IPHONE})
    write(tmp_path / "Downloads", {"_chat.txt": IPHONE})
    documents, problems = collect(tmp_path)
    assert problems == []
    assert {(row["id"].partition("/")[0], row.get("chat")) for row in documents} == {
        ("WhatsApp Chat - Охота.zip", "Охота"),
        ("WhatsApp Chat - Ann", "Ann"),
        ("Downloads", None),
    }


FORMS = {
    "ru": "{:%d.%m.%Y, %H:%M} - ",
    "ru, old": "{:%d.%m.%Y} в {:%H:%M} - ",
    "us": "{0.month}/{0.day}/{0:%y, %I:%M %p} - ",
    "es": "{0.day}/{0.month}/{0:%y, %I:%M} {1} - ",
    "br": "{:%d/%m/%Y %H:%M} - ",
    "sv": "{:%Y-%m-%d %H:%M} - ",
    "hu": "{:%Y. %m. %d. %H:%M} - ",
    "nl, iphone": "[{:%d-%m-%y %H:%M:%S}] ",
    "de, iphone": "[{:%d.%m.%y, %H:%M:%S}] ",
    "us, iphone": "[{0.month}/{0.day}/{0:%y, %I:%M:%S\u202f%p}] ",
}


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_moments_of_all_countries(tmp_path: Path, form: str) -> None:
    """The model: forty moments, which no order but the right one keeps in a row."""
    start = datetime(2023, 11, 28, 9, 5)
    moments = [start + timedelta(hours=7 * number) for number in range(40)]
    halves = ["a. m." if moment.hour < 12 else "p. m." for moment in moments]
    mark = "\u200e" if "iphone" in form else ""
    lines = [
        f"{mark}{FORMS[form].format(moment, half if '{1}' in FORMS[form] else moment)}Ann: слово {number}\n"
        for number, (moment, half) in enumerate(zip(moments, halves, strict=True))
    ]
    documents, problems = collect(write(tmp_path, {"chat.txt": "".join(lines)}))
    assert problems == []
    assert [row["text"] for row in documents] == [f"слово {number}" for number in range(40)]
    assert [row["date"].replace(tzinfo=None) for row in documents] == moments


@pytest.mark.parametrize(
    "text",
    [
        "31.12.2023 началась зима.\nИ кончилась.\n",
        "[2023-12-31 21:15:03] INFO: start\n[2023-12-31 21:15:04] INFO: stop\n",
        "12/31/2023, 9:15 PM - a meeting\n",
        "99/99/2023, 21:15 - Ann: x\n99/99/2023, 21:15 - Ann: y\n",
        "",
    ],
)
def test_what_is_no_chat_stays_a_text(text: str) -> None:
    assert not is_whatsapp(text)


def indexed(*paths: Path, index: Index | None = None) -> Index:
    sources = Sources(*paths, grows=True, schema=None if index is None else index.schema)
    index = index or Index.in_memory(sources.schema)
    with index.writer() as writer:
        update_index(sources, writer)
    index.refresh()
    return index


def message(number: int, **more: Any) -> dict[str, Any]:
    said = {
        "id": number,
        "type": "message",
        "date": f"2023-01-02T10:00:{number % 60:02}",
        "date_unixtime": "1",
    }
    return {**said, "from": "Аня", "from_id": "user1", "text": f"слово {number}", "text_entities": [], **more}


def chat(*messages: Any, **more: Any) -> dict[str, Any]:
    return {"name": "Друзья", "type": "private_group", "id": 42, **more, "messages": list(messages)}


PIECES = ["см. ", {"type": "text_link", "text": "здесь", "href": "https://a.b"}, " и там"]
ONE = chat(
    {
        "id": 1,
        "type": "service",
        "date": "2023-01-01T10:00:00",
        "actor": "Аня",
        "action": "pin_message",
        "text": "",
    },
    message(2, text=PIECES, text_entities=PIECES, reply_to_message_id=1),
    message(
        3, photo="(File not included. Change data exporting settings to download.)", forwarded_from="Боб"
    ),
)
ACCOUNT = {
    "about": "Here is the data you requested.",
    "personal_information": {"user_id": 1},
    "contacts": {"about": "x", "list": [{"first_name": "Боб"}]},
    "chats": {"about": "y", "list": [ONE, chat(message(1), id=7, name=None, type="saved_messages")]},
    "left_chats": {"about": "z", "list": [chat(message(9), id=8, name="Прошлое")]},
}


def export(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def test_a_chat_of_telegram(tmp_path: Path) -> None:
    documents, problems = collect(write(tmp_path, {"result.json": export(ONE)}))
    assert problems == []
    service, linked, forwarded = documents
    assert [row["id"] for row in documents] == [f"result.json#42/{number}" for number in (1, 2, 3)]
    assert (service["from"], service["action"], service["type"]) == ("Аня", "pin_message", "service")
    assert linked["text"] == "см. здесь и там" and linked["text_href"] == ["https://a.b"]
    assert linked["reply_to_message_id"] == 1 and linked["chat"] == "Друзья" and "type" not in linked
    assert forwarded["forwarded_from"] == "Боб" and "photo" not in forwarded
    assert linked["date"].isoformat() == "2023-01-02T10:00:02+00:00"


def test_an_account_of_telegram(tmp_path: Path) -> None:
    said: list[str] = []
    folder = write(tmp_path, {"result.json": export(ACCOUNT)})
    documents, problems = collect(folder, on_notice=lambda problem: said.append(problem.reason))
    assert problems == []
    assert [row["id"].partition("#")[2] for row in documents] == ["42/1", "42/2", "42/3", "7/1", "8/9"]
    assert [row["chat"] for row in documents][3:] == ["saved_messages", "Прошлое"]
    assert "beside the messages, and not read: contacts, personal_information" in said
    (row, *_), _ = collect(folder, records="contacts.list")
    assert row["first_name"] == "Боб", "records say what else is wanted of it"


def test_an_export_that_is_cut_off_gives_what_stands_before(tmp_path: Path) -> None:
    text = export(chat(*map(message, range(300))))
    documents, problems = collect(write(tmp_path, {"a.json": text[: len(text) // 2]}))
    assert 100 < len(documents) < 200
    assert len(problems) == 1 and "is damaged JSON" in problems[0] and "before that is read" in problems[0]


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body>
<div class="page_wrap"><div class="page_header">
<div class="content"><div class="text bold">Друзья </div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">10 February 2023</div></div>
<div class="message service" id="message5"><div class="body details">Аня invited Боб</div></div>
<div class="message default clearfix" id="message6"><div class="body">
 <div class="pull_right date details" title="10.02.2023 12:34:56 UTC+03:00">12:34</div>
 <div class="from_name">Аня </div><div class="text">Первая<br>вторая <b>стр</b>ока</div></div></div>
<div class="message default clearfix joined" id="message7"><div class="body">
 <div class="pull_right date details" title="10.02.2023 12:35:00 UTC+03:00">12:35</div>
 <div class="reply_to details">In reply to <a href="#go_to_message6" onclick="x">this message</a></div>
 <div class="forwarded body"><div class="from_name">Боб
 <span class="date details" title="09.02.2023 01:02:03">9.2</span></div>
 <div class="text">чужое</div></div></div></div>
<div class="message default clearfix" id="message8"><div class="body">
 <div class="pull_right date details" title="10.02.2023 12:36:00 UTC+03:00">12:36</div>
 <div class="from_name">Вера</div>
 <div class="media_wrap clearfix"><div class="media clearfix media_photo"><div class="body">
 <div class="title bold">Photo</div><div class="status details">Not included</div></div></div></div>
 <div class="text">подпись</div></div></div>
</div></div></div></body></html>"""


def test_pages_of_telegram(tmp_path: Path) -> None:
    documents, problems = collect(write(tmp_path, {"messages2.html": PAGE}))
    assert problems == []
    assert [row["id"].partition("#")[2] for row in documents] == ["5", "6", "7", "8"]
    assert {row["chat"] for row in documents} == {"Друзья"}
    assert documents[0]["text"] == "Аня invited Боб" and documents[0]["type"] == "service"
    assert [row.get("from") for row in documents] == [None, "Аня", "Аня", "Вера"]
    assert documents[1]["text"] == "Первая\nвторая строка"
    assert documents[1]["date"].isoformat() == "2023-02-10T12:34:56+03:00"
    assert (documents[2]["forwarded_from"], documents[2]["text"]) == ("Боб", "чужое")
    assert documents[2]["reply_to_message_id"] == 6
    assert (documents[3]["media"], documents[3]["text"]) == (["Photo Not included"], "подпись")


def test_exports_are_told_by_their_content(tmp_path: Path) -> None:
    files = {
        "a": export(ONE),
        "b": ANDROID,
        "c.htm": PAGE,
        "d.html": "<p>x</p>",
        "e.json": export({"messages": [1]}),
    }
    for name in ("a", "b"):
        documents, problems = collect(write(tmp_path, files) / name)
        assert problems == [] and len(documents) > 2
    assert len(collect(tmp_path / "c.htm")[0]) == 4 and len(collect(tmp_path / "d.html")[0]) == 1
    assert not is_telegram(files["e.json"]) and not is_telegram(export(chat({"x": 1})))
    assert not is_telegram(export([ONE]))


def test_damaged_exports_end_in_messages_or_a_reason(tmp_path: Path) -> None:
    draw = random.Random(5)
    originals = {"json": export(ACCOUNT), "txt": ANDROID, "html": PAGE}
    for number in range(120):
        suffix = draw.choice(list(originals))
        data = bytearray(originals[suffix].encode())
        for _ in range(draw.choice((1, 2, 5))):
            at = draw.randrange(len(data))
            data[at : at + draw.choice((0, 1, 3))] = draw.choice(
                (b'"', b"{", b"]", b"\xff", b"\0", b"\\ud800", b"<")
            )
        write(tmp_path, {f"{number}.{suffix}": bytes(data)})
    documents, problems = collect(tmp_path)
    assert len(documents) > 200
    assert [problem for problem in problems if UNFORESEEN in problem] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(
    st.dictionaries(st.text(), JSON, max_size=5), st.lists(JSON, max_size=5), st.integers(1, 7), st.booleans()
)
@settings(deadline=None)
def test_a_stream_of_json_reads_what_json_reads(
    members: dict[str, Any], items: list[Any], piece: int, indented: bool
) -> None:
    class Trickle:
        def __init__(self, text: str) -> None:
            self.text = text

        def read(self, size: int) -> str:
            taken, self.text = self.text[:piece], self.text[piece:]
            return taken

    indent = 1 if indented else None
    json_stream = JsonStream(Trickle(json.dumps(members, indent=indent)))  # type: ignore[arg-type]
    assert {name: json_stream.value() for name in json_stream.members()} == members
    assert json_stream.peek() == ""
    json_stream = JsonStream(Trickle(json.dumps(items, ensure_ascii=False, indent=indent)))  # type: ignore[arg-type]
    assert [json_stream.value() for _ in json_stream.items()] == items


def test_the_schema_of_a_folder_with_chats_has_their_fields(tmp_path: Path) -> None:
    folder = write(tmp_path, {"WhatsApp Chat with X.txt": ANDROID, "note.txt": "Заметка\nо погоде\n"})
    documents, _ = collect(folder)
    note = content(documents)[-1]
    assert note["title"] == "Заметка" and {"from", "text", "chat"} <= set(documents[1])


def test_a_chat_that_comes_later_brings_its_fields(tmp_path: Path) -> None:
    index = indexed(write(tmp_path, {"note.txt": "Заметка\nо погоде\n"}))
    long = f"31/12/2023, 21:15 - Анна: Привет\n31/12/2023, 21:16 - Анна: {'слово ' * 100}\n"
    indexed(write(tmp_path, {"Chat WhatsApp con Анна.txt": long}), index=index)
    assert index.schema["from"].kind == index.schema["text"].kind == "text"
    assert index.schema["date"].kind == "date" and not index.schema["text"].has_column
    assert len(index.search("from:Анны")) == 2
