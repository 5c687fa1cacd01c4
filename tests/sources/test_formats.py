"""Formats: what a reader sees of a file becomes title and body; rows are read line by line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hang import must_end
from searchlib.errors import SourceError
from searchlib.sources.formats import long_lines as rows_module
from searchlib.sources.formats import table_lines
from searchlib.sources.formats.contract import Row
from searchlib.sources.formats.html import declared_encoding, read_html
from searchlib.sources.formats.json_lines import read_jsonl
from searchlib.sources.formats.json_whole import read_json
from searchlib.sources.formats.markdown import read_markdown
from searchlib.sources.formats.table import read_csv
from searchlib.sources.formats.text import read_text


def test_text_takes_a_short_first_line_as_title() -> None:
    assert read_text("\n  A title \r\nand more\r", "a.txt") == {
        "title": "A title",
        "body": "\n  A title \nand more\n",
    }


@pytest.mark.parametrize("text", ["", "  \n ", "word " * 100])
def test_text_without_a_title_bears_its_name(text: str) -> None:
    assert read_text(text, "a.txt") == {"title": "a.txt", "body": text}


def test_markdown_keeps_words_and_drops_marks() -> None:
    text = (
        "---\ntitle: 'Front'\ntags: x\n---\n<!-- hidden -->\n# The *Aral* Sea #\n\n"
        'See [the map](http://a.b "t"),'
        " ![a dune](d.png), `code`, **bold** and snake_case_name.\n\n> Quoted *words*.\n\n"
        "```python\nx = a * b * c\n```\n| a | b |\n|---|:-:|\n| 1 | 2 |\n***\nЗаголовок\n=====\nend"
    )
    result = read_markdown(text, "a.md")
    assert result["title"] == "Front"
    assert result["body"] == (
        "\nThe Aral Sea\n\nSee the map, a dune, code, bold and snake_case_name.\n\nQuoted words.\n\n"
        "x = a * b * c\n\na\tb\n1\t2\n\nЗаголовок\n\nend\n"
    ).lstrip("\n")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("intro\n## Second level\n# First", "Second level"),
        ("Under\n-----\ntext", "Under"),
        ('+++\ntitle = "TOML"\n+++\n# H', "TOML"),
        ("---\nnot closed\n# Heading", "Heading"),
        ("no heading at all", "a.md"),
        ("```\n# a comment in code\n```", "a.md"),
    ],
)
def test_markdown_titles(text: str, title: str) -> None:
    assert read_markdown(text, "a.md")["title"] == title


@pytest.mark.parametrize(
    "head",
    [
        "---\nOpening words of the text.\n\n---\n",
        "---\n\n# Opening words\n\nNote the colon: it is no key.\n\n---\n",
        "---\n- opening words: a list\n---\n",
        "---\nkey: value\nOpening words of a paragraph\n---\n",
        "---\n\nNote: opening words after a blank line\n\n---\n",
        "+++\nOpening words\n+++\n",
        "---\n    opening words\n...\n",
    ],
)
def test_markdown_that_begins_with_a_rule_keeps_its_text(head: str) -> None:
    body = read_markdown(head + "The rest.\n", "a.md")["body"]
    assert "pening words" in body and "The rest." in body


@pytest.mark.parametrize(
    "block",
    [
        "title: T\ntags:\n- a\n- b\n\n# comment\nlong: |\n  more\n  words\n",
        "# comment\n'title': T\nlist: [a,\n  b\n]\n",
        "draft: true\ntitle: T\n",
    ],
)
def test_markdown_front_matter_is_keys_and_values(block: str) -> None:
    result = read_markdown(f"---\n{block}---\nThe rest.\n", "a.md")
    assert result["body"] == "The rest.\n"
    assert result["title"] in ("T", "a.md")


def test_html_shows_what_a_reader_sees() -> None:
    html = (
        "<!doctype html><html><head><title> The\n Aral  Sea </title><style>p{}</style></head>"
        "<body><h1>Head</h1>"
        "<p>One <b>bo</b>ld&nbsp;word &amp; two<br>next line</p><script>evil()</script><!-- note -->"
        "<ul><li>a</li><li>b</li></ul><table><tr><td>x</td><td>y</td></tr></table>"
        "<pre>keep\n  this</pre><div>Ёлка<span> шла</span></div></body></html>"
    )
    result = read_html(html, "a.html")
    assert result["title"] == "The Aral Sea"
    assert result["body"] == (
        "Head\n\nOne bold\u00a0word & two\nnext line\n\na\nb\n\nx\ty\n\nkeep\n  this\n\nЁлка шла\n"
    )


def test_html_without_title_takes_the_heading_or_the_name() -> None:
    assert read_html("<h1>Only <i>this</i></h1>", "a.html")["title"] == "Only this"
    assert read_html("text", "a.html") == {"title": "a.html", "body": "text\n"}
    assert read_html("", "a.html") == {"title": "a.html", "body": ""}


def test_html_deeper_than_any_page_is_refused_fast() -> None:
    with must_end(), pytest.raises(SourceError, match="nested"):
        read_html("<div>" * 200_000, "a.html")
    assert read_html("<p>a" * 20_000 + "<li>b" * 5_000, "a.html")["body"].count("a") == 20_000


def test_declared_encoding() -> None:
    assert (
        declared_encoding(b'<meta http-equiv="x" content="text/html; charset=windows-1251">')
        == "windows-1251"
    )
    assert declared_encoding(b"<meta charset=koi8-r>") == "koi8-r"
    assert declared_encoding(b"<?xml version='1.0' encoding='cp866'?>") == "cp866"
    assert declared_encoding(b"<meta charset=klingon>") is None
    assert declared_encoding(b"charset=koi8-r") is None


@pytest.mark.parametrize("mark", ["<!--", "[](", "`", "**a ", "|", "[", "*a", "> ", "- ", "_a"])
def test_markdown_is_linear_on_hostile_lines(mark: str) -> None:
    with must_end():
        assert set(read_markdown(mark * 500_000, "a.md")) == {"title", "body"}


def jsonl(text: str) -> list[Row]:
    return list(read_jsonl(io.StringIO(text, newline="\n")))


def test_jsonl_goes_on_after_bad_lines() -> None:
    rows = jsonl('{"a": 1}\n\n[1]\nnull\n{"a": \n{"b": NaN}\n"s"\n7\ntrue\r\n{"c": "\\ud800"}\n{"d": 2}')
    assert [(row.line, row.fields) for row in rows if row.fields is not None] == [
        (1, {"a": 1}),
        (11, {"d": 2}),
    ]
    reasons = {row.line: row.reason for row in rows if row.fields is None}
    assert reasons[3] == "is an array, not an object {…}"
    assert reasons[4] == "is null, not an object {…}"
    assert reasons[5].startswith("not valid JSON: Expecting value at column")
    assert reasons[6] == "not valid JSON: NaN is not JSON"
    assert reasons[7] == "is a string, not an object {…}"
    assert reasons[8] == "is a number, not an object {…}"
    assert reasons[9] == "is true or false, not an object {…}"
    assert "surrogate" in reasons[10]


def test_jsonl_lines_end_only_at_newlines() -> None:
    assert jsonl('{"a": "x\u2028y\u0085z"}\r\n') == [Row(1, {"a": "x\u2028y\u0085z"})]


def test_jsonl_survives_nesting_and_huge_numbers() -> None:
    rows = jsonl("[" * 100_000 + "\n" + '{"a": ' + "9" * 5_000 + "}\n" + '{"b": 1}\n')
    assert rows[0].fields is None and "nested too deeply" in rows[0].reason
    assert rows[-1] == Row(3, {"b": 1})


def test_jsonl_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_module, "MAX_ROW_CHARACTERS", 50)
    rows = jsonl('{"a": 1}\n{"a": "' + "x" * 500 + '"}\n{"b": 2}\n')
    assert [row.line for row in rows if row.fields] == [1, 3]
    assert "longer than" in rows[1].reason


def test_json_is_an_object_or_an_array() -> None:
    assert list(read_json(io.StringIO('{"a": 1}'))) == [Row(1, {"a": 1})]
    assert [row.fields for row in read_json(io.StringIO('[{"a": 1}, 5, {"b": 2}]'))] == [
        {"a": 1},
        None,
        {"b": 2},
    ]
    assert "not valid JSON" in next(read_json(io.StringIO("[{]"))).reason


def table(text: str, delimiter: str | None = None) -> list[Row]:
    return list(read_csv(io.StringIO(text, newline=""), delimiter))


def test_csv_with_quotes_newlines_and_line_numbers() -> None:
    rows = table('id,body,extra\r\n1,"two\nlines, and ""quotes""",\r\n\r\n2,next,x\r\n')
    assert rows == [
        Row(2, {"id": "1", "body": 'two\nlines, and "quotes"'}),
        Row(5, {"id": "2", "body": "next", "extra": "x"}),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_delimiter_is_taken_from_the_first_line(delimiter: str) -> None:
    rows = table(delimiter.join(["имя", "возраст"]) + "\n" + delimiter.join(["Анна", "30"]) + "\n")
    assert rows == [Row(2, {"имя": "Анна", "возраст": "30"})]


def test_csv_with_too_many_cells_is_refused_and_goes_on() -> None:
    rows = table("a,b\n1,2,3\n4\n5,6,\n")
    assert rows == [
        Row(2, None, "has 3 cells, but the first line names 2"),
        Row(3, {"a": "4"}),
        Row(4, {"a": "5", "b": "6"}),
    ]


def test_csv_quote_that_never_closes_is_told() -> None:
    rows = table('a,b\n1,2\n3,"open\n4,5\n6,7\n')
    assert [row for row in rows if row.fields] == [
        Row(2, {"a": "1", "b": "2"}),
        Row(4, {"a": "4", "b": "5"}),
        Row(5, {"a": "6", "b": "7"}),
    ]
    assert rows[1].line == 3 and "never closes" in rows[1].reason
    rows = table('a,b\n3,"open\n4,""x\n6,7\n')  # what is no table by itself is named
    assert [(row.line, bool(row.fields)) for row in rows] == [(2, False), (3, False), (4, True)]
    assert "after an open quote" in rows[1].reason
    (alone,) = table('a,"b\n1,2\n')
    assert alone.line == 1 and "never closes" in alone.reason


def test_csv_quotes_in_the_middle_of_a_cell_are_characters() -> None:
    assert table('a,b\n1,5" disk') == [Row(2, {"a": "1", "b": '5" disk'})]


def test_csv_reads_each_line_a_few_times_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_lines, "MAX_ROW_CHARACTERS", 3_000)
    given = 0

    def counted(lines: Iterable[str], **options: Any) -> Any:
        def count() -> Iterator[str]:
            nonlocal given
            for line in lines:
                given += len(line)
                yield line

        return real(count(), **options)

    real = csv.reader
    monkeypatch.setattr(csv, "reader", counted)
    for line in ('"', '1,"x', 'a"b,"c', '"",'):
        given, text = 0, "a,b\n" + f"{line}\n" * 30_000
        rows = list(read_csv(io.StringIO(text, newline="")))
        assert given < 6 * len(text) + 10 * 70_000, line
        assert rows or line == '"",'


def test_csv_line_without_end_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_lines, "MAX_ROW_CHARACTERS", 50)
    rows = table("a,b\n1,2\n3," + "x" * 500 + "\n5,6\n")
    assert [(row.line, bool(row.fields)) for row in rows] == [(2, True), (3, False), (4, True)]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('"a;b;c;d",e\n1,2\n', {"a;b;c;d": "1", "e": "2"}),
        ("name;note, long, odd\nAnn;one, two\n", {"name": "Ann", "note, long, odd": "one, two"}),
        ("a,b;c,d\n1;2\n3;4\n", {"a,b": "1", "c,d": "2"}),
        ("word\none, two\n", {"word": "one, two"}),
        ("sep=;\na;b,c;d\n1;2;3\n", {"a": "1", "b,c": "2", "d": "3"}),
        ('a,b\n1,"x;\ny;z"\n', {"a": "1", "b": "x;\ny;z"}),
        ("\n\na,b\n1,2\n", {"a": "1", "b": "2"}),
    ],
)
def test_csv_delimiter_is_told_from_rows_outside_quotes(text: str, fields: dict[str, str]) -> None:
    assert next(row.fields for row in table(text)) in (fields, {**fields})
    assert all(row.fields for row in table(text)) or "word" in text


def test_csv_columns_without_a_name_of_their_own_are_read_and_said() -> None:
    said: list[str] = []
    rows = list(read_csv(io.StringIO("a,,a,a_2,a,\n1,2,3,4,5,\n6\n", newline=""), None, said.append))
    assert rows == [
        Row(2, {"a": "1", "column_2": "2", "a_3": "3", "a_2": "4", "a_4": "5"}),
        Row(3, {"a": "6"}),
    ]
    assert said == [
        "column 3 is named 'a' as another is; it is read as 'a_3'",
        "column 5 is named 'a' as another is; it is read as 'a_4'",
        "column 2 has no name and is read as 'column_2'",
        "1 row has fewer cells than the first line names (line 3 is the first)",
    ]


def test_csv_rows_with_what_is_no_text_are_refused_alone() -> None:
    rows = table("a,b\n1,x\0y\n2,\udcff\n3,4\n")
    assert [(row.line, bool(row.fields)) for row in rows] == [(2, False), (3, False), (4, True)]


def test_csv_quotes_of_other_tools() -> None:
    spaced = 'a, "b", "c"\n1, "x, y", "z"\n2, "v", "w"\n'
    assert [row.fields for row in table(spaced)] == [
        {"a": "1", "b": "x, y", "c": "z"}, {"a": "2", "b": "v", "c": "w"}
    ]  # fmt: skip
    escaped = 'a,b,c\n1,"x \\"y\\" z",w\n2,"he \\"said\\" this,\nand more",k\n'
    assert [row.fields for row in table(escaped)] == [
        {"a": "1", "b": 'x "y" z', "c": "w"}, {"a": "2", "b": 'he "said" this,\nand more', "c": "k"}
    ]  # fmt: skip
    path = 'a,b\n"C:\\",x\n"D:\\",y\n'
    assert [row.fields for row in table(path)] == [{"a": "C:\\", "b": "x"}, {"a": "D:\\", "b": "y"}]


def test_tsv_in_which_quotes_are_characters_loses_no_row() -> None:
    text = 'a\tb\n1\t"Ann\n2\tBob "x"\n3\tC\n4\t"two\nlines"\n'
    assert table(text, "\t") == [
        Row(2, {"a": "1", "b": '"Ann'}),
        Row(3, {"a": "2", "b": 'Bob "x"'}),
        Row(4, {"a": "3", "b": "C"}),
        Row(5, {"a": "4", "b": "two\nlines"}),
    ]
    assert table("a,b\n1,2\n3,4\n", "\t")[0].fields == {"a": "1", "b": "2"}  # a .tsv without tabs


def test_csv_says_when_the_line_of_names_may_be_none() -> None:
    for head, is_said in (
        ("1,Ann", True),
        ("2024-05-01,x", True),
        ("country,1990,1991", False),
        ("a,b", False),
    ):
        said: list[str] = []
        list(read_csv(io.StringIO(f"{head}\n,,\n2,Bob\n"), None, said.append))
        assert any("taken for the names of columns" in text for text in said) == is_said
    rows = table("Sales of 2024\nid,name\n1,Ann\n2,Bob\n")
    assert rows[0].reason == "has 2 cells, but the first line names 1; if that is a title, delete it"
    said = []
    list(read_csv(io.StringIO("a\udcff,b\n1,2\n"), None, said.append))
    assert said == ["the name of column 1 holds bytes that are no text"]


def test_csv_rows_of_empty_cells_are_blank_lines() -> None:
    assert table(",,\na,b,c\n,,\n1,2,3\n,\n") == [Row(4, {"a": "1", "b": "2", "c": "3"})]


def wrapped(value: object, records: str | None = None) -> tuple[list[Row], list[str]]:
    said: list[str] = []
    return list(read_json(io.StringIO(json.dumps(value)), records, said.append, said.append)), said


@pytest.mark.parametrize("name", ["messages", "features", "whatever", "имя"])
def test_json_that_wraps_its_list(name: str) -> None:
    rows, said = wrapped({"kind": "export", name: [{"text": "one word"}, {"text": "two words"}]})
    assert rows == [Row(1, {"text": "one word"}), Row(2, {"text": "two words"})]
    assert said == [
        f"read 2 rows of {name}; beside them, and not read: kind (--records . reads all as one document)"
    ]


def test_json_list_is_the_one_with_most_content_however_deep() -> None:
    value = {
        "users": [{"n": 1}, {"n": 2}, {"n": 3}],
        "chats": {"list": [{"name": "c", "said": [{"text": "long enough to win"}, {"text": "b"}]}]},
    }
    rows, said = wrapped(value)
    assert [row.fields for row in rows] == value["chats"]["list"]  # type: ignore[call-overload]
    assert said[0] == "read 1 row of chats.list"
    assert said[1].startswith("3 rows in other lists not read: users (3 rows); choose one: --records users")
    rows, _ = wrapped(value, "chats.list.said")
    assert [row.fields for row in rows] == [{"text": "long enough to win"}, {"text": "b"}]
    assert wrapped(value, ".")[0] == [Row(1, value)]
    rows, _ = wrapped(value, "nothing")
    assert rows[0].reason == (
        "has no objects at 'nothing'; lists of objects in it: users (3 rows), chats.list (1 row)"
    )


def test_json_document_with_a_small_list_stays_one_document() -> None:
    value = {"title": "Aral", "body": "a long text " * 9, "authors": [{"name": "Ann"}, {"name": "Bob"}]}
    rows, said = wrapped(value)
    assert rows == [Row(1, value)]
    assert said == ["read as one document; to read 2 in authors: --records authors"]


def test_json_map_of_ids_to_objects_is_rows() -> None:
    people = {"u1": {"name": "Ann"}, "u2": {"name": "Bob", "id": "b"}, "Анна": {"name": "Cid"}}
    expected = [
        Row(1, {"id": "u1", "name": "Ann"}),
        Row(2, {"key": "u2", "name": "Bob", "id": "b"}),
        Row(3, {"id": "Анна", "name": "Cid"}),
    ]
    rows, said = wrapped(people)
    assert rows == expected
    assert said == ["read 3 rows, one for each key (--records . reads all as one document)"]
    rows, said = wrapped({"version": 1, "people": people})
    assert rows == expected
    assert said == [
        "read 3 rows of people; beside them, and not read: version (--records . reads all as one document)"
    ]
    assert wrapped({"people": people}, "people")[0] == expected
    assert wrapped(people, ".")[0] == [Row(1, people)]
    unlike = {"id1": {"a": 1}, "id2": {"b": 1}, "id3": {"c": 1}}
    for one in (unlike, {"home": {"city": "x"}, "work": {"city": "y"}}, {"u1": {"name": "Ann"}}):
        assert wrapped(one)[0] == [Row(1, one)]


def test_json_lists_of_like_objects_are_read_together() -> None:
    rows, said = wrapped(
        {"a": 1, "2020": [{"t": "x"}], "2021": [{"t": "words"}, {"t": "z"}], "of": [{"n": 1}]}
    )
    assert rows == [Row(1, {"t": "x"}), Row(2, {"t": "words"}), Row(3, {"t": "z"})]
    assert said[0] == (
        "read 3 rows of 2 lists: 2020 (1 row), 2021 (2 rows); beside them, and not read: a "
        "(--records . reads all as one document)"
    )
    assert said[1].startswith("1 row in other lists not read: of (1 row)")


def test_json_items_that_are_no_text_are_refused_alone() -> None:
    rows = list(read_json(io.StringIO('[{"a": "\udcff"}, {"a": "\\ud800"}, {"a": "b"}]')))
    assert [bool(row.fields) for row in rows] == [False, False, True]


def test_json_numbers_that_are_none_cost_their_own_row() -> None:
    rows = list(read_json(io.StringIO('[{"a": NaN}, {"a": 1' + "0" * 5000 + '}, {"a": 2}]')))
    assert len(rows) == 3 and rows[2] == Row(3, {"a": 2})
    assert not any(row.reason for row in rows)  # a Number refuses what it cannot keep
    assert jsonl('{"a": 1' + "0" * 5000 + "}")[0].reason == (
        "not valid JSON: it holds a number of thousands of digits"
    )


def test_jsonl_survives_deep_nesting_with_escapes() -> None:
    deep = '{"a": ' * 900 + '"\\u0041"' + "}" * 900
    assert [row.line for row in jsonl(deep + '\n{"b": 1}\n')] == [1, 2]


@given(
    cells=st.lists(st.text('ab,;|\t"\n«é ', min_size=0, max_size=8), min_size=2, max_size=30),
    width=st.integers(2, 5),
    delimiter=st.sampled_from(",;|\t"),
)
def test_csv_in_quotes_reads_back_whatever_its_cells_hold(
    cells: list[str], width: int, delimiter: str
) -> None:
    names = [f"name{n}" for n in range(width)]
    rows = [cells[at : at + width] for at in range(0, len(cells) - width + 1, width)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    read = list(read_csv(io.StringIO(text.getvalue(), newline="")))
    expected = [
        {name: cell for name, cell in zip(names, row, strict=True) if cell} for row in rows if any(row)
    ]
    assert [row.fields for row in read] == expected
