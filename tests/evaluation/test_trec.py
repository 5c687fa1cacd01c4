"""TREC's documents and topics as they stand on its disks, and what is wrong with some."""

from __future__ import annotations

import gzip
import html
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib.errors import SourceError
from searchlib.evaluation import read_collection, read_queries
from searchlib.evaluation.collection import read_documents

NEWSWIRE = """
<DOC>
<DOCNO> FT911-1 </DOCNO>
<PROFILE>_AN-BEOA7AAIFT</PROFILE>
<HEADLINE>
FT 14 MAY 91 / Smith &amp; Sons
</HEADLINE>
<TEXT>
Prices&hyph;rose if a < b &mdash; and
<P>fell</P> again.
</TEXT>
</DOC>
<DOC><DOCNO>FT911-2</DOCNO><TEXT>Second</TEXT></DOC><DOC><DOCNO>FT911-3</DOCNO></DOC>
"""
WEB = """<DOC>
<DOCNO>WTX001-B01-1</DOCNO>
<DOCOLDNO>IA001</DOCOLDNO>
<DOCHDR>
http://example.org/ 1997
Content-type: text/html
</DOCHDR>
<html><head><title>Dams</title><style>p { color: red }</style></head>
<!-- a
comment --><body onload="run()">Water<script>if (a < b) run();</script>, power</body></html>
</DOC>
"""


def _read(folder: Path, content: str) -> list[tuple[str, str]]:
    path = folder / "file"
    path.write_text(content, encoding="utf-8")
    return [(found.id, " ".join(found.text.split())) for found in read_documents(path)]


def test_newswire(tmp_path: Path) -> None:
    assert _read(tmp_path, NEWSWIRE) == [
        (
            "FT911-1",
            "_AN-BEOA7AAIFT FT 14 MAY 91 / Smith & Sons Prices rose if a < b — and fell again.",
        ),
        ("FT911-2", "Second"),
        ("FT911-3", ""),
    ]


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",))), min_size=1, max_size=5))
def test_any_text_comes_back(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_text(
            "".join(
                f"<DOC>\n<DOCNO> {number} </DOCNO>\n<TEXT>{html.escape(text)}</TEXT></DOC>\n"
                for number, text in enumerate(texts)
            ),
            encoding="utf-8",
            newline="",
        )
        found = list(read_documents(path, "utf-8"))
    assert [(document.id, document.text.split()) for document in found] == [
        (str(number), text.split()) for number, text in enumerate(texts)
    ]


def test_web_pages(tmp_path: Path) -> None:
    assert _read(tmp_path, WEB) == [("WTX001-B01-1", "IA001 Dams Water , power")]


@pytest.mark.parametrize(
    "content",
    [
        "<doc>\n<docno>\n7\n</docno>\n<docid>LA-1</docid><text>x</text>\n</doc>",
        "<DOC id='7' type='story'>\n<TEXT>\nx\n</TEXT>\n</DOC>",
        "<?xml version='1.0'?>\n<DOCS>\n<DOC>\n<DOCID>7</DOCID>\nx</DOC>\n</DOCS>",
    ],
)
def test_ids(tmp_path: Path, content: str) -> None:
    assert _read(tmp_path, content) == [("7", "x")]


def test_a_folder_of_packed_files(tmp_path: Path) -> None:
    (tmp_path / "readmeft").write_text("The Financial Times ...\n")
    for name in ("ft911", "ft912"):
        (tmp_path / f"{name}.gz").write_bytes(
            gzip.compress(f"<DOC><DOCNO>{name}</DOCNO>café</DOC>".encode("cp1252"))
        )
    found = [(document.id, document.text) for document in read_documents(tmp_path, "cp1252")]
    assert found == [("ft911", "café"), ("ft912", "café")]


@pytest.mark.parametrize(
    ("content", "title", "text"),
    [
        ("<HEADLINE>\nFT / Smith &amp; Sons\n</HEADLINE><TEXT>Prices</TEXT>", "FT / Smith & Sons", "Prices"),
        ("<html><head><TITLE lang=en>Dams</title></head><body>Water</body></html>", "Dams", "Water"),
        ("<HL>One</HL><TEXT>Two <title>Three</title></TEXT>", "One", "Two Three"),
        ("<TITLE> </TITLE><TEXT>x</TEXT>", None, "x"),
        ("<TEXT>no title</TEXT>", None, "no title"),
    ],
)
def test_a_title_is_a_field(tmp_path: Path, content: str, title: str | None, text: str) -> None:
    path = tmp_path / "file"
    path.write_text(f"<DOC><DOCNO>7</DOCNO>{content}</DOC>")
    (found,) = read_documents(path)
    expected = {"text": text} if title is None else {"title": title, "text": text}
    assert {name: " ".join(value.split()) for name, value in found.fields.items()} == expected


OLD = """

<top>
<head> Tipster Topic Description
<num> Number:  051
<dom> Domain:  International Economics
<title> Topic:  Airbus Subsidies

<desc> Description:
Document will discuss government assistance to Airbus Industrie,
or a dispute &amp; its end.

<smry> Summary:
Not wanted.

<narr> Narrative:
A relevant document will cite: things.
<con> Concept(s): 1. Airbus
</top>

<top>

<num> Number: 301
<title> International Organized
Crime
<desc> Description:
Identify organizations.
</top>
"""


def test_topics_without_ends(tmp_path: Path) -> None:
    path = tmp_path / "topics"
    path.write_text(OLD)
    assert read_queries(path) == {"051": "Airbus Subsidies", "301": "International Organized Crime"}
    assert read_queries(path, ["desc"])["301"] == "Identify organizations."
    said = read_queries(path, ("title", "desc", "narr"))
    assert said["051"].split("\n") == [
        "Airbus Subsidies",
        "Document will discuss government assistance to Airbus Industrie, or a dispute & its end.",
        "A relevant document will cite: things.",
    ]
    assert said["301"].split("\n") == ["International Organized Crime", "Identify organizations."]


@pytest.mark.parametrize(
    "content",
    [
        """<?xml version="1.0" encoding="UTF-8"?>
<webtrack2009>
<topic number="1" type="faceted">
  <query>obama family tree</query>
  <description> Find the family. </description>
  <subtopic number="1" type="nav"> Find the TIME magazine. </subtopic>
</topic>
</webtrack2009>""",
        """<topics task="COVID"><topic number="1"><query>obama family tree</query>
<question>Find the family.</question><narrative>n</narrative></topic></topics>""",
        """<top lang="en"><num>1</num><EN-title>obama family tree</EN-title>
<EN-desc> Find the family. </EN-desc></top>""",
        """<topic><identifier>1</identifier>
<title lang="en">obama family tree</title><description>Find the family.</description></topic>""",
    ],
)
def test_topics_of_later_tracks(tmp_path: Path, content: str) -> None:
    path = tmp_path / "topics.xml"
    path.write_text(content)
    assert read_queries(path) == {"1": "obama family tree"}
    assert read_queries(path, ["desc"]) == {"1": "Find the family."}


def test_topic_051_is_judged_as_51(tmp_path: Path) -> None:
    docs, topics, qrels = tmp_path / "docs", tmp_path / "topics", tmp_path / "qrels"
    docs.write_text("a\tx\n")
    topics.write_text(OLD)
    qrels.write_text("51 0 a 1\n301 0 a 0\n")
    collection = read_collection(docs, topics, qrels, topic_fields=["title"])
    assert collection.queries == {"51": "Airbus Subsidies", "301": "International Organized Crime"}
    qrels.write_text("051 0 a 1\n51 0 a 1\n")
    assert list(read_collection(docs, topics, qrels).queries) == ["051", "301"]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("\n<DOC>\n<TEXT>x</TEXT>\n</DOC>", 2, "expected a <DOCNO> in the <DOC>"),
        ("<DOC><DOCNO>1</DOCNO></DOC>\n<DOC>\n<DOCNO>2</DOCNO>\n", 2, "<doc> has no end"),
        ("<DOC>\n<DOCNO>1</DOCNO>\n<DOC>\n", 3, "<DOC> begins inside the one of line 1"),
        ("<DOCS>\n</DOC>\n", 2, "</DOC> ends nothing"),
        ("<DOC><DOCNO>1</DOCNO></DOC>\nloose words\n", 2, "expected <doc>, got 'loose words'"),
        ("<DOC><DOCNO>1</DOCNO></DOC>\n<DOC><DOCNO>1</DOCNO></DOC>", 2, "the document '1' came before"),
    ],
)
def test_documents_that_cannot_be_read(tmp_path: Path, content: str, line: int, message: str) -> None:
    with pytest.raises(SourceError, match=re.escape(f"file, line {line}: {message}")):
        _read(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "<top>\n<num> Number: 201\n<desc> Description:\nWhat?\n</top>",
            "line 1: topic 201 has no <title> but desc; choose with --topic-fields",
        ),
        ("<top>\n<title> x\n</top>", "line 1: expected a <num> in the topic"),
        ("<top>\n<num> 1\n<title> x\n", "line 1: <top> has no end"),
        ("<queries><query id='1'>x</query></queries>", "expected <top>, got"),
    ],
)
def test_topics_that_cannot_be_read(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "topics"
    path.write_text(content)
    with pytest.raises(SourceError, match=re.escape(message)):
        read_queries(path)


def test_fields_that_no_topic_has(tmp_path: Path) -> None:
    for fields in (["title", "body"], []):
        with pytest.raises(ValueError, match="topic fields are title, desc, narr; got"):
            read_queries(tmp_path / "topics", fields)
