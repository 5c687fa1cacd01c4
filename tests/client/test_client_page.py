"""docs/client.md: its sessions print what they show, asked of a server."""

import doctest
import re
from pathlib import Path

from far import Server

from searchlib import Index, Integer, Keyword, Schema, Text
from searchlib.cli.commands import AT_SERVERS

PAGE = (Path(__file__).parents[2] / "docs" / "client.md").read_text("utf-8")
BOOKS = [
    ("1", "Мёртвые души", "Гоголь", 1842, "Чичиков покупает мёртвые души."),
    ("2", "Шинель", "Гоголь", 1842, "Чиновник копит на новую шинель."),
    ("3", "Ревизор", "Гоголь", 1836, "В городе ждут ревизора."),
]


def test_the_sessions_print_what_they_show(tmp_path: Path) -> None:
    schema = Schema(title=Text(), author=Keyword(), year=Integer(), about=Text())
    index = Index.create(tmp_path / "library", schema)
    with index.writer() as writer:
        for book in BOOKS:
            writer.add(dict(zip(("id", "title", "author", "year", "about"), book, strict=True)))
    server = Server()
    server.far(index, "library")
    session = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", PAGE, re.M | re.S))
    session = session.replace("http://127.0.0.1:7700", server.url)
    test = doctest.DocTestParser().get_doctest(session, {}, "client.md", "client.md", 0)
    output: list[str] = []
    result = doctest.DocTestRunner().run(test, out=output.append)
    server.close()
    assert result.attempted >= 12
    assert result.failed == 0, "".join(output)


def test_the_commands_that_take_a_url_are_named() -> None:
    (told,) = re.findall(r"^(`query`.*?) write\.", PAGE, re.M | re.S)
    assert set(re.findall(r"`(\w+)`", told)) == AT_SERVERS
