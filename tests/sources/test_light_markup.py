"""What a reader of Markdown, reStructuredText or subtitles does not see goes; what one sees stays."""

from __future__ import annotations

import pytest

from hang import must_end
from searchlib.sources.formats.markdown import read_markdown
from searchlib.sources.formats.structured_text import read_rst
from searchlib.sources.formats.subtitles import read_cues

MARKDOWN = [
    ("[![build](https://ci/b.svg)](https://ci) now", "build now"),
    ("![](empty.png) a dune", "a dune"),
    ("![a *dune*](d.png 'title')", "a dune"),
    ("[sea](https://en.wikipedia.org/wiki/A_(b)) end", "sea end"),
    ("[text][ref] and [whole][]\n\n[ref]: a.md\n[whole]: b.md", "text and whole"),
    ("[an index] stays", "[an index] stays"),
    ("<me@example.org> <https://x.y/z> <mailto:a@b.c>", "me@example.org https://x.y/z mailto:a@b.c"),
    ("words[^1] and more[^note]\n\n[^1]: One\n[^note]: Two", "words¹ and more²\n\n¹ One\n\n² Two"),
    ("[^1]: The note.", "¹ The note."),
    ("[ref]: https://example.org 'Title'", ""),
    ("[ref]: <../a.md>", ""),
    ("[Ann]: hello there", "[Ann]: hello there"),
    ("[Ann]: hello", "[Ann]: hello"),
    ("* item *one*", "item one"),
    ("- item", "item"),
    ("  + nested **item**", "nested item"),
    ("- [ ] to do", "to do"),
    ("- [x] done", "done"),
    ("-5 degrees - and more", "-5 degrees - and more"),
    ("2 * 3 * 4", "2 * 3 * 4"),
    ("1. first", "1. first"),
    ("# Heading {#anchor .big}", "Heading"),
    ("A picture {: .center}", "A picture "),
    ("a set {1, 2}", "a set {1, 2}"),
    ("> [!NOTE]", ""),
    ("> [!warning] Mind this", "Mind this"),
    ('!!! note "Careful"', "Careful"),
    ("??? tip", ""),
    ("!!! no way", "way"),
    (":::tip Look", "Look"),
    (":::", ""),
    ("!!!wow", "!!!wow"),
    ("<details><summary>More</summary>", "More"),
    ("inner <b>bold</b><br/>line", "inner bold\nline"),
    ("<img src='a.png' alt='x'>after", "x after"),
    ("a <T> and List<String> stay", "a <T> and List<String> stay"),
    ("1 < 2 > 0", "1 < 2 > 0"),
    ("a &amp; b &mdash; &lt;c&gt; &#233;", "a & b — <c> é"),
    ("?a=1&copy=2&region", "?a=1&copy=2&region"),
    ("&nosuch; stays", "&nosuch; stays"),
    ("{{< figure src=x >}}{% include a.html %}{{% note %}}words", "words"),
    ("Hello {{ name }}", "Hello {{ name }}"),
    (r"\*plain\* \_x\_ 1\. \[a\]", "*plain* _x_ 1. [a]"),
    (r"C:\dir\file", r"C:\dir\file"),
    ("`<b>` &amp; `&amp;` `*a*` `[a](b)`", "<b> & &amp; *a* [a](b)"),
    ("``a `b` c`` *d*", "a `b` c d"),
    ("~~gone~~ ==seen== a==b ~5", "gone seen a==b ~5"),
    ("[[Wiki page]] [[Page|other]] ![[p.png]]", "Wiki page other p.png"),
    ("line\\\nnext", "line\nnext"),
    ("two spaces  ", "two spaces"),
    (": a definition", "a definition"),
    ("10:30: the start", "10:30: the start"),
]

RST = [
    ("See [1]_ and [#f]_.", "See and."),
    ("As [Knuth84]_ says", "As [Knuth84] says"),
    (".. [1] The note.", "The note."),
    ("a ref_ and `anon`__ here", "a ref and anon here"),
    ("snake_case_ and self._x and __init__", "snake_case and self._x and __init__"),
    ("``class_`` stays", "class_ stays"),
    ("|version| of |the thing|", "version of the thing"),
    ("a | b || c", "a | b || c"),
    (":py:func:`~a.b.c` and :doc:`!x`", "a.b.c and x"),
    ("Like this::", "Like this:"),
    ("std::vector", "std::vector"),
    ("::", ""),
    ("* bullet", "bullet"),
    ("#. auto", "auto"),
    ("| a line", "a line"),
    ("| a | b |", "a\tb"),
    ("+----+----+", ""),
    ("+====+====+", ""),
    ("====  ====", ""),
    ("----- ---", ""),
    ("a -- b", "a -- b"),
    (r"\*esc\* \|x\|", "*esc* |x|"),
    (".. _label:", ""),
    (".. _Aral: https://example.org", ""),
    (".. image:: /img/a.png", ""),
    (".. |logo| image:: a.png", ""),
    (".. |v| replace:: 3.0", "3.0"),
    (".. include:: other.txt", ""),
    (".. raw:: html", ""),
    ("..", ""),
    (".. A comment of the author", "A comment of the author"),
    (".. note:: Mind this", "Mind this"),
    (":orphan:", ""),
    (":Author: Ann", "Author: Ann"),
    (".. toctree::\n\n   intro\n   guide/start\n   Our <story>\n\nOur text", "   Our <story>\n\nOur text"),
    (".. list-table:: Ships\n\n   intro\n", "Ships\n\n   intro"),
]

CUES = [
    ("<c.yellow>Tom &amp; Jerry</c>", "Tom & Jerry"),
    ("&nbsp;a &lt;b&gt;", "a <b>"),
    ("{\\an8}{\\i1}up", "up"),
    ("{y:i}slanted", "slanted"),
    ("one\\Ntwo", "one two"),
    ("C:\\new", "C:\\new"),
    ("a {plain} brace", "a {plain} brace"),
    ("&copy that", "&copy that"),
]


@pytest.mark.parametrize(("text", "expected"), MARKDOWN)
def test_markdown_as_a_reader_sees_it(text: str, expected: str) -> None:
    assert read_markdown(f"x\n\n{text}\n", "a.md")["body"].rstrip() == f"x\n\n{expected}".rstrip()


@pytest.mark.parametrize(("text", "expected"), RST)
def test_structured_text_as_a_reader_sees_it(text: str, expected: str) -> None:
    assert read_rst(f"x\n\n{text}\n", "a.rst")["body"].rstrip() == f"x\n\n{expected}".rstrip()


@pytest.mark.parametrize(("text", "expected"), CUES)
def test_subtitles_as_a_viewer_sees_them(text: str, expected: str) -> None:
    assert read_cues(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n") == f"{expected}\n"


def test_code_keeps_its_content() -> None:
    code = "* a\n- [ ] b\n[r]: http://x\n&amp; <b>\n:::\n\\*\n"
    assert read_markdown(f"```md\n{code}```\n", "a.md")["body"] == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <!-- b --> c", "a c"),
        ("a <!-- b\nc --> d", "a d"),
        ("<!-- a --><!-- b --> c <!-- d -->", "c"),
        ("```\n<!-- a -->\n```\nb <!-- c -->", "<!-- a -->\n\nb"),
        ("`<!--` opens, `-->` closes <!-- x --> y", "<!-- opens, --> closes y"),
        ("<!-- a\n```\nb -->\nc --> d", "c --> d"),
        ("a <!-- never closed", "a <!-- never closed"),
        ("```mermaid\nA --> B <!--\n```\nwords\n```\nC --> D\n```", "A --> B <!--\n\nwords\n\nC --> D"),
        ("~~~\n<!--\n~~~\nwords -->", "<!--\n\nwords -->"),
        ("a <!-- b -->\n```\nx <!-- y --> z\n```\nc <!-- d --> e", "a\n\nx <!-- y --> z\n\nc e"),
    ],
)
def test_comments_go_and_code_keeps_its_own(text: str, expected: str) -> None:
    body = read_markdown(f"x\n\n{text}\n", "a.md")["body"]
    lines = [line.rstrip() for line in f"x\n\n{expected}".splitlines()]
    assert [line.rstrip() for line in body.splitlines()] == lines


def test_where_marks_are_gone_one_line_stays_blank_at_the_most() -> None:
    text = "a\n\n[r]: http://x\n\n***\n\n\n<!-- c -->\n\nb\n"
    assert read_markdown(text, "a.md")["body"] == "a\n\nb\n"
    assert read_rst("a\n\n.. _r:\n\n.. code:: x\n\n   b\n\n\n\nc", "a.rst")["body"] == "a\n\n   b\n\nc\n"


def test_a_line_that_has_the_hiding_characters_itself_is_read() -> None:
    assert read_markdown("\ue02a and \\*\n", "a.md")["body"] == "\ue02a and *\n"


PIECES = """[a []( ![ [[ [^ <b_ <a@ {: {%_ {{< ~~a == &a &#1 \\* \\ >_ : ::: !!!_ |a | _a_ a_ [1]_ [a] `
``a *_ +- =_ <b> ](a(b <!----> `<!-- <!-- --> ```_<!--"""


@pytest.mark.parametrize("piece", PIECES.split())
def test_hostile_lines_of_light_markup_are_read_in_linear_time(piece: str) -> None:
    piece = piece if "a" in piece or "1" in piece else piece.replace("_", " ")
    with must_end():
        for text in (piece * 30_000, piece + " " * 50_000 + "x", " " * 50_000 + piece, f"{piece}\n" * 10_000):
            read_markdown(text, "a.md")
            read_rst(text, "a.rst")
            read_cues(f"00:01.000 --> 00:02.000\n{text}")
