"""The folder of a person's first hour: three hundred files of many kinds, and three tables from elsewhere."""

from __future__ import annotations

import json
import random
from base64 import b64encode
from pathlib import Path

_PLACES = (
    "Ташкент", "Самарканд", "Бухара", "Хива", "Термез", "Нукус", "Фергана", "Коканд", "Наманган", "Андижан"
)  # fmt: skip
_DEEDS = (
    "Мы долго шли через перевал и к вечеру увидели огни",
    "Люди собрались у старого моста и спорили о дороге",
    "Утром пришло письмо от капитана, и его читали вслух",
    "В библиотеке нашли карту, которую считали потерянной",
    "The council wanted to repair the bridge before winter",
    "Ships waited for the tide while the captain read a letter",
    "Nobody had seen the lighthouse since the storm began",
    "The children were running along the river all morning",
)
_CUSTOMERS = ("Иванова Мария", "Петров Пётр", "ООО «Ромашка»")
_PEOPLE = ("Ann Lee", "Bob Stone", "Мария Иванова")
_ENCODINGS = ("utf-8", "cp1251", "koi8-r", "utf-16", "cp866")
_AUTHORS = (
    ("Николай Гоголь", ("Мёртвые души", "Ревизор", "Шинель", "Нос")),
    ("Лев Толстой", ("Война и мир", "Анна Каренина", "Воскресение", "Казаки")),
    ("Фёдор Достоевский", ("Идиот", "Бесы", "Игрок", "Подросток")),
    ("Антон Чехов", ("Чайка", "Вишнёвый сад", "Три сестры", "Степь")),
    ("Charles Dickens", ("Bleak House", "Hard Times", "Little Dorrit", "Oliver Twist")),
)


def make(root: Path) -> int:
    """The files of the folder; how many there are."""
    draw = random.Random(14)

    def text(number: int, sentences: int = 4) -> str:
        place = _PLACES[number % len(_PLACES)]
        return f"{place}. " + ". ".join(draw.sample(_DEEDS, sentences)) + "."

    files: dict[str, bytes] = {}

    def put(name: str, content: str, encoding: str = "utf-8") -> None:
        files[name] = content.encode(encoding)

    for n in range(60):
        put(f"письма/{1990 + n}.txt", f"Письмо {n}\n\n{text(n)}\n", _ENCODINGS[n % 5])
    for n in range(60):
        head = f"---\ntitle: Заметка {n}\ndate: 2024-{n % 12 + 1:02}-15\n"
        head += f"tags: [дневник, {_PLACES[n % 10]}]\n---\n"
        put(
            f"notes/note-{n}.md",
            f"{head}# Heading {n}\n\n**{_DEEDS[n % 8]}**. {text(n)}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        )
    for n in range(50):
        head = f'<title>Page {n}</title><meta name="author" content="Ann Lee"><script>var x = {n};</script>'
        put(
            f"saved pages/page {n}.html",
            f"<!doctype html><html><head>{head}</head><body><p>{text(n)}</p></body></html>",
        )
    for n in range(40):
        subject = b64encode(f"Отчёт {n}".encode()).decode()
        head = f"From: Борис <boris@example.org>\nTo: ann@example.org\nSubject: =?utf-8?b?{subject}?=\n"
        put(f"mail/{n}.eml", f"{head}Date: Fri, 0{n % 9 + 1} Mar 2024 10:00:00 +0300\n\n{text(n)}\n")
    for n in range(30):
        put(f"code/module_{n}.py", f'"""{_DEEDS[4 + n % 4]}."""\n\n\ndef getZeppelin{n}():\n    return {n}\n')
    for n in range(20):
        cues = "".join(
            f"{k}\n00:00:0{k},000 --> 00:00:0{k + 1},000\n<i>{deed}</i>\n\n"
            for k, deed in enumerate(_DEEDS, 1)
        )
        put(f"films/film_{n}.srt", cues)
    for n in range(15):
        put(
            f"manual/chapter{n}.rst",
            f"Chapter {n}\n=========\n\n:Author: Ann\n\n{text(n)}\n\n.. note::\n   :class: x\n\n   A note.\n",
        )
    for n in range(15):
        put(f"logs/day{n}.log", "".join(f"2024-05-{n + 1:02}T10:00:0{k} started {k}\n" for k in range(5)))
    put("договоры/договор_аренды_2024.txt", "Стороны согласились о цене и о сроках.\n")
    put("README.md", "# Мои документы\n\nЗдесь лежит всё.\n")
    messages = [
        {"id": n, "type": "message", "date": f"2024-06-{n % 28 + 1:02}T10:00:00", "from": "Анна",
         "text": [f"{_DEEDS[n % 8]} ", {"type": "link", "text": f"https://example.org/{n}"}]}
        for n in range(50)
    ]  # fmt: skip
    put("chat/result.json", json.dumps({"name": "Чат", "messages": messages}, ensure_ascii=False))
    put(
        "chat/rows.jsonl",
        "".join(json.dumps({"title": f"Row {n}", "body": text(n)}) + "\n" for n in range(20)),
    )
    put("old/README.md", "# Old things\n\nThe zeppelins of my grandfather.\n")
    for n in range(6):
        put(f"old/list{n}.txt", f"List {n}\n\nOld zeppelins, number {n}.\n")
    files |= exports()
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(files)


def exports(publishers: bool = False) -> dict[str, bytes]:
    """The three tables. publishers: the first has a column more, as the next export of it has."""
    names = "id,автор,Название,год,цена" + (",издатель" if publishers else "")
    rows = [
        f"book-{a}{b},{author},{title},{1840 + a * 10 + b},{100 + a * 50 + b},{'Эксмо' if b else 'Наука'}"
        for a, (author, titles) in enumerate(_AUTHORS)
        for b, title in enumerate(titles)
    ]
    books = "\n".join([names, *(row if publishers else row.rpartition(",")[0] for row in rows)])
    orders = "Номер;Покупатель;Дата заказа;Сумма;Оплачен\n" + "".join(
        f"З-{n:03};{_CUSTOMERS[n % 3]};{n % 28 + 1:02}.{n % 12 + 1:02}.2024;{n},50;{('да', 'нет')[n % 2]}\n"
        for n in range(60)
    )
    people = "name\tcity\tsince\n" + "".join(
        f"{_PEOPLE[n % 3]} {n}\t{_PLACES[n % 10]}\t20{n % 20 + 1:02}-01-01\n" for n in range(30)
    )
    return {
        "exports/books.csv": books.encode() + b"\n",
        "exports/orders.csv": orders.encode("cp1251"),
        "exports/people.tsv": people.encode(),
    }
