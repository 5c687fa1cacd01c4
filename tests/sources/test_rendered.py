"""Markdown, HTML, LaTeX, Org and AsciiDoc: the text is what a reader of the rendered page sees."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_files import read_file

from hang import must_end
from searchlib.errors import SourceError
from searchlib.sources.formats.asciidoc import read_asciidoc
from searchlib.sources.formats.html import read_html
from searchlib.sources.formats.latex import declared_encoding, read_latex
from searchlib.sources.formats.markdown import read_markdown
from searchlib.sources.formats.org import read_org
from searchlib.sources.formats.text import read_text
from searchlib.sources.formats.titles import title_of

# ruff: noqa: E501
MARKDOWN = [
    ("**О**рганизация и snake\\_case", "Организация и snake_case"),
    ("вну<b>три</b> слова", "внутри слова"),
    ("слово<sup>1</sup> и m<sup>2</sup>", "слово¹ и m²"),
    ("## Заголовок { #id .x }", "Заголовок"),
    ("[a](http://x/(b)c \"t\") b", "a b"),
    ("- a\n\n  ```\n  *b*\n  ```", "a\n\n*b*"),
    ("!!! warning \"Осторожно\"\n    Текст **тут**.\n\nдальше", "Осторожно\n\nТекст тут.\n\nдальше"),
    ("??? note\n    - *один*", "один"),
    ("=== \"Вкладка\"\n\n    ~~x~~", "Вкладка\n\nx"),
    (":::note[Мой титул]\n*a*\n:::", "Мой титул\n\na"),
    ("::: {.callout-note}\n*a*\n:::", "a"),
    ("/// tip | Совет\n*a*\n///", "Совет\n\na"),
    ("> [!NOTE]- Заметка\n> *a*", "Заметка\n\na"),
    ("{{< figure src=\"x\"\n  caption=\"Дюна\" >}}", "Дюна"),
    ("{% note info \"Важно\" %}\n\n*a*\n\n{% endnote %}", "Важно\n\na"),
    ("{% highlight py %}\na * b * c\n{% endhighlight %}", "a * b * c"),
    ("![a](b.png){ width=\"300\" } и [c](d){target=_blank}", "a и c"),
    ("*a*{: .x}\n{: #id}", "a"),
    ("import Tabs from '@theme/Tabs';\n\n<Tabs>\n**a**\n</Tabs>", "a"),
    ("use <your name> and the <title> tag, Map<String, T>", "use <your name> and the <title> tag, Map<String, T>"),
    ("a <object> b", "a <object> b"),
    ("| `a` | b |\n|---|---|\n| **c** | d\\|e |", "a\tb\nc\td|e"),
    ("3. три\n4. четыре", "3. три\n4. четыре"),
    ("It is $5 and **$6**.", "It is $5 and $6."),
    ("a ==b== c", "a b c"),
    ("Термин\n: определение", "Термин\nопределение"),
    ("<details><summary>Ещё</summary>\n\n*a*\n\n</details>", "Ещё\n\na"),
    ("a  \nb\nc", "a\nb c"),
    ("<!-- unclosed *a*", "<!-- unclosed *a*"),
]  # fmt: skip

HTML = [
    ("<p>a<p hidden>b<p style='display: none'>c<div hidden=until-found>d</div>", "a\n\nd"),
    ("<dialog>a</dialog><template>b</template><noscript>c</noscript>d", "d"),
    ("<ol><li>a<li value=5>b<li><p>c</ol>", "1. a\n5. b\n6. c"),
    ("<ol type=a start=26><li>a<li>b</ol><ol type=I reversed><li>c<li>d</ol>", "z. a\naa. b\nII. c\nI. d"),
    ("<table><tr><td><p>a</p><td><p>b</p><tr><td>c<td>d</table>", "a\tb\nc\td"),
    ("<p><q>a</q> <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "“a” 漢(kan)"),
    ("a<img alt='кот'>, <img alt=''>b", "a кот, b"),
    ("<input type=submit value=Go><select><option>x</select><textarea>t</textarea>", "Go t"),
    ("слово<sup><a href='#n'>12</a></sup>, H<sub>2</sub>O, x<sup><a>б</a></sup>", "слово¹², H2O, x[б]"),
    ("a<wbr>b c<x-y>d</x-y>", "ab cd"),
    ("<pre>a\n  b\n</pre>c", "a\n  b\n\nc"),
    ("<title/>a", "a"),
    ("<textarea>a <b>b</b>", "a b"),
    ("<body>a<body>b", "ab"),
    ("<svg><title>t</title><text>s</text></svg>", "s"),
]  # fmt: skip

LATEX = [
    (r"Caf\'e na\"{\i}ve \v{c} \c c \aa \ss{} \o", "Café naïve č ç åß ø"),
    (r"Слово\footnote{Сноска.} дальше", "Слово¹ дальше\n\n¹ Сноска."),
    (r"вну\textit{три} сло\-во т.\,е. 5\,\% --- да", "внутри слово т.\u00a0е. 5\u00a0% — да"),
    ("a % комментарий\nb\\label{x} \\cite[с.~1]{y}\\ref{z}c", "a b c"),
    (r"$\alpha_1 \le x^2 + \frac{a}{b}$", "α₁ ≤x² + a/b"),
    ("\\begin{enumerate}\n\\item a\n\\item b\n\\end{enumerate}", "1. a\n2. b"),
    (r"\begin{tabular}{l|c}a & b\\ \hline c & d\end{tabular}", "a\tb\nc\td"),
    ("\\begin{verbatim}\n%a {\n\\end{verbatim}", "%a {"),
    (r"\newcommand{\x}[1][a]{zz}\def\y#1{zz}\emph{a} \verb|b_%| \url{http://a.b/c_d}", "a b_% http://a.b/c_d"),
    (r"\href{http://x}{a} \textcolor{red}{b} \section[s]{c}", "a b\n\nc"),
    (r'"<да"> "--- что-"~то', "«да» — что--то"),
    (r"``a'' `b'", "“a” ‘b'"),
]  # fmt: skip

ORG = [
    ("* DONE [#A] Заголовок *раз*  :tag:\n:PROPERTIES:\n:ID: x\n:END:\nтекст", "DONE [#A] Заголовок раз\n\nтекст"),
    ("- [ ] /a/\n- *b* :: c\n1. d", "a\nb: c\n1. d"),
    ("[[http://x][слово]] [[file:a.png]] [[http://y]]", "слово  http://y"),
    ("| a | b |\n|---+---|\n| c | d |", "a\tb\nc\td"),
    ("#+BEGIN_SRC py\n*a* =b=\n#+END_SRC\n# c\n#+OPTIONS: x", "*a* =b="),
    ("#+begin_quote\n*a*\n#+end_quote\nx[fn:1]\n\n[fn:1] Нота", "a\nx¹\n\n¹ Нота"),
    ("=a*b= ~c~ +d+ a*b*c \\alpha", "a*b c d a*b*c α"),
    ("SCHEDULED: <2024-05-01>\na", "a"),
    ("* COMMENT нет\nнет\n** нет\n* да :x:\nда", "да\n\nда"),
    ("* да\n** [#B] нет :noexport:\nнет\n*** нет\n** тоже да\n", "да\n\nтоже да"),
    ("#+DATE: 31 мая\n#+begin_example\n* COMMENT код\n#+end_example", "31 мая\n* COMMENT код"),
]  # fmt: skip

ADOC = [
    ("== Раздел *один*\n// c\nтекст", "Раздел один\n\nтекст"),
    ("**О**рганизация, _a_ `b` #c# H~2~O м^2^", "Организация, a b c H2O м²"),
    ("http://x.y[сайт], link:a.html[там^], <<id,сюда>>", "сайт, там, сюда"),
    ("----\n*a*\n----\n\n* один\n. два\n. три", "*a*\n\nодин\n1. два\n2. три"),
    ("|===\n|a |b\n\n2+|c\n|===", "a\tb\n\nc"),
    (":x: значение\n\n{x} {y}", "значение {y}"),
    ("[quote, Пушкин]\n____\nцитата\n____\n////\nнет\n////", "Пушкин\nцитата"),
    ("image::a.png[Кот, 30]\n.Подпись\na footnote:[нота] +*b*+", "Кот\nПодпись\na  (нота) *b*"),
    ("Заголовок\n---------\nтекст +\nдальше", "Заголовок\n\nтекст\nдальше"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKDOWN)
def test_markdown(text: str, expected: str) -> None:
    assert read_markdown(text, "a.md")["body"].strip("\n") == expected


@pytest.mark.parametrize(("text", "expected"), HTML)
def test_html(text: str, expected: str) -> None:
    assert read_html(text, "a.html")["body"].strip("\n") == expected


@pytest.mark.parametrize(("text", "expected"), LATEX)
def test_latex(text: str, expected: str) -> None:
    assert read_latex(text, "a.tex")["body"].strip("\n") == expected


@pytest.mark.parametrize(("text", "expected"), ORG)
def test_org(text: str, expected: str) -> None:
    assert read_org(text, "a.org")["body"].strip("\n") == expected


@pytest.mark.parametrize(("text", "expected"), ADOC)
def test_asciidoc(text: str, expected: str) -> None:
    assert read_asciidoc(text, "a.adoc")["body"].strip("\n") == expected


@pytest.mark.parametrize("title", ["1", "I", "XIV.", "=====", ">", "2024-05-01", "5 мая 2026 г.", "***", " "])
def test_a_title_that_says_nothing_is_the_file_s_name(title: str) -> None:
    assert title_of("a.md", title) == title_of("a.md", heading=title) == "a.md"
    assert read_text(f"{title}\nwords", "a.txt")["title"] == ("words" if not title.strip() else "a.txt")
    assert read_markdown(f"---\ntitle: '{title}'\n---\nx", "a.md")["title"] == "a.md"
    assert read_html(f"<title>{title}</title><p>x", "a.html")["title"] == "a.html"


@pytest.mark.parametrize("title", ["Глава 1", "C++", "May", "1984 год войны", "R", "Война и мир"])
def test_a_title_that_says_something_is_one(title: str) -> None:
    assert title_of("a.md", title) == title_of("a.md", heading=title) == title


def test_an_empty_title_gives_way_to_the_heading() -> None:
    assert read_html("<title> </title><h1>Аральское море<a>¶</a></h1>", "a.html")["title"] == "Аральское море"


def test_a_date_is_a_field_or_text() -> None:
    dated = read_org("#+DATE: <2024-05-31 Fri>\n#+FILETAGS: :лес:река:\nx", "a.org")
    assert (dated["date"], dated["keywords"]) == ("2024-05-31", ["лес", "река"])
    fields = read_latex(r"\date{May 31, 2024}\begin{document}\maketitle x\end{document}", "a.tex")
    assert "date" not in fields and fields["body"].startswith("May 31, 2024\n")


def test_fields_of_a_document() -> None:
    tex = "\\title{О душе}\\author{Иван \\and Пётр}\\begin{document}a\\end{document}b"
    assert read_latex(tex, "a.tex") == {
        "title": "О душе",
        "author": "Иван, Пётр",
        "body": "О душе\nИван, Пётр\n\na\n",
    }
    org = "#+TITLE: О душе\n#+AUTHOR: Иван\n#+DATE: 2024-05-01\n* x"
    assert read_org(org, "a.org")["title"] == "О душе" and read_org(org, "a.org")["date"] == "2024-05-01"
    adoc = read_asciidoc(
        "= О душе\nИван Петров <i@x.ru>; Анна\nv1, 2024-05-01\n:keywords: a, b\n\nx", "a.adoc"
    )
    assert (adoc["title"], adoc["author"], adoc["date"]) == ("О душе", "Иван Петров, Анна", "2024-05-01")


@pytest.mark.parametrize(
    ("said", "encoding"), [("cp1251", "cp1251"), ("koi8-r", "koi8-r"), ("cp866nav", "cp866")]
)
def test_latex_says_its_encoding(said: str, encoding: str, tmp_path: Path) -> None:
    data = f"\\usepackage[{said}]{{inputenc}}\n\\begin{{document}}Ёлка и мёд\\end{{document}}".encode(
        encoding
    )
    assert declared_encoding(data) == encoding
    assert read_file(tmp_path, "a.tex", data)["body"] == "Ёлка и мёд\n"


READERS = [read_markdown, read_html, read_latex, read_org, read_asciidoc]
NASTY = st.text(st.sampled_from("aя1 \n\t\\{}[]()<>*_`~^$&%#!|:;=+-.'\"/@\f\0\ue02a"), max_size=80)


@pytest.mark.parametrize("reader", READERS)
@given(text=NASTY | st.text(max_size=80))
def test_any_text_has_an_answer(reader: object, text: str) -> None:
    fields = reader(text, "name")  # type: ignore[operator]
    assert isinstance(fields["title"], str) and isinstance(fields["body"], str)
    fields["body"].encode()


@pytest.mark.parametrize("reader", READERS)
@given(
    words=st.lists(
        st.text(st.sampled_from("абвгдёжзabcxyz"), min_size=4, max_size=9), min_size=1, max_size=30
    )
)
def test_no_word_of_a_plain_text_is_lost(reader: object, words: list[str]) -> None:
    text = "".join(word + ("\n\n" if number % 7 == 6 else "\n" if number % 5 == 4 else " ")
                   for number, word in enumerate(words))  # fmt: skip
    assert re.findall(r"\w+", reader(text, "name")["body"]) == words  # type: ignore[operator]


@pytest.mark.parametrize("piece", [">", "> ", "[", "![", "[a](b", "*a_ ", "a**b", "`", "- ", "1. ", "<!--", "<a ", "$a ",
                                   "{{<", "{%", "!!! a\n", ":::\n", "| a\n|-\n", "==a ", "<div>", "<title>", "[[",
                                   "\\begin{x}", "\\footnote{", "{", "$^", "\\def\\a", "#+begin_src\n", "[fn:", "((",
                                   "+", "a::\n", "<b a>", "<p>x"])  # fmt: skip
def test_hostile_markup_ends_in_linear_time(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    with must_end():
        for reader in READERS:
            try:
                assert "body" in reader(text, "name")
            except SourceError as error:
                assert reader is not read_markdown and ("nested" in str(error) or "tag" in str(error))


def test_what_no_browser_shows_is_refused_and_markdown_of_it_stays() -> None:
    bomb = "<p>" + "".join(f"<b a={n}>" for n in range(300)) + "</p>" + "<p>a</p>" * 10_000
    with must_end(), pytest.raises(SourceError, match="without an end"):
        read_html(bomb, "a.html")
    with must_end(), pytest.raises(SourceError, match="attributes"):
        read_html("<p " + " ".join(f"a{n}" for n in range(60_000)) + ">", "a.html")
    said: list[str] = []
    deep = ">" * 5_000 + " слово"
    assert read_markdown(deep, "a.md", said.append)["body"] == deep
    assert len(said) == 1 and "as it stands" in said[0]
