"""XML: any document as text, feeds by item, dumps of wikis by page, and rows where records name them."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_files import collect, write

from hang import must_end
from searchlib.sources.formats import xml_elements
from searchlib.sources.formats.mediawiki_text import readable
from searchlib.sources.unforeseen import UNFORESEEN

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Новости</title>
<link>https://a.b/</link>
<item><title>Лёд &amp; снег</title><link>https://a.b/1</link><guid isPermaLink="false">n-1</guid>
<pubDate>Fri, 31 May 2024 12:00:00 +0300</pubDate><dc:creator>Анна</dc:creator>
<category>зима</category><category>лёд</category>
<description>Кратко</description>
<content:encoded><![CDATA[<p>Вну<b>три</b> дома</p><p>тепло</p>]]></content:encoded></item>
<item><title>Второе</title><link>https://a.b/2</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>
<entry><title type="html">A &lt;b&gt;bold&lt;/b&gt; one</title>
<link rel="edit" href="https://e/1"/><link href="https://a/1"/>
<id>urn:1</id><updated>2024-05-31T12:00:00Z</updated><author><name>Ann</name><email>a@b</email></author>
<category term="ice"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>First <i>line</i></p><p>Second</p></div>
</content></entry></feed>"""


def test_a_teaser_that_says_something_else_is_read_too(tmp_path: Path) -> None:
    texts = [
        ("Красные снегири", "Полный текст о синицах"),
        ("Полный <b>текст</b>…", "Полный текст о синицах"),
    ]
    items = "".join(
        f"<item><guid>{n}</guid><description><![CDATA[{teaser}]]></description>"
        f"<content:encoded>{text}</content:encoded></item>"
        for n, (teaser, text) in enumerate(texts)
    )
    feed = f'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{items}</channel></rss>'
    documents, _ = collect(write(tmp_path, {"news.rss": feed}))
    assert [row["body"].split("\n\n") for row in documents] == [list(texts[0]), [texts[1][1]]]


def test_items_of_rss(tmp_path: Path) -> None:
    documents, problems = collect(write(tmp_path, {"news.xml": RSS}))
    assert problems == []
    first, second = documents
    assert (first["id"], second["id"]) == ("news.xml#n-1", "news.xml#https://a.b/2")
    assert (first["title"], first["author"], first["tags"]) == ("Лёд & снег", ["Анна"], ["зима", "лёд"])
    assert first["body"] == "Кратко\n\nВнутри дома\n\nтепло"
    assert first["date"].isoformat() == "2024-05-31T12:00:00+03:00" and first["link"] == "https://a.b/1"


def test_an_item_without_a_name_keeps_its_id_wherever_it_moves(tmp_path: Path) -> None:
    def items(*titles: str) -> dict[str, str]:
        dated = "".join(
            f"<item><title>{t}</title><pubDate>1 May 2024 10:00:00 GMT</pubDate></item>" for t in titles
        )
        feed = f"<rss><channel>{dated}<item><description>{titles[0]} x</description></item></channel></rss>"
        documents, problems = collect(write(tmp_path, {"a.rss": feed}))
        assert problems == []
        return {row["id"]: row.get("title") or row["body"] for row in documents}

    before = items("раз", "два", "раз")
    assert list(before.values()) == ["раз", "два", "раз", "раз x"] and len(before) == 4
    after = items("раз", "новое", "два")
    shared = before.keys() & after.keys()
    assert sorted(before[name] for name in shared) == ["два", "раз", "раз x"]
    assert all(before[name] == after[name] for name in shared)


def test_entries_of_atom(tmp_path: Path) -> None:
    (entry,), problems = collect(write(tmp_path, {"a.atom": ATOM}))
    assert problems == []
    assert (entry["id"], entry["title"], entry["author"]) == ("a.atom#urn:1", "A bold one", ["Ann"])
    assert (entry["link"], entry["tags"]) == ("https://a/1", ["ice"])
    assert entry["body"].split() == ["First", "line", "Second"] and entry["date"].year == 2024


WIKI = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="ru">
<siteinfo><sitename>W</sitename></siteinfo>
<page><title>Сон</title><ns>0</ns><id>7</id>
<revision><id>1</id><timestamp>2020-01-01T00:00:00Z</timestamp><text>старое</text></revision>
<revision><id>2</id><timestamp>2024-05-31T12:00:00Z</timestamp>
<contributor><username>Анна</username><id>3</id></contributor>
<text bytes="9" xml:space="preserve">== Вид ==
'''Сон''' — [[состояние|состоя]]ние.&lt;ref&gt;книга&lt;/ref&gt; {{шаблон|слово}} [https://a.b ссылка]</text>
</revision></page>
<page><title>Дрёма</title><ns>0</ns><id>8</id><redirect title="Сон" />
<revision><id>3</id><text>#REDIRECT [[Сон]]</text></revision></page>
</mediawiki>"""


def test_pages_of_a_wiki(tmp_path: Path) -> None:
    documents, problems = collect(write(tmp_path, {"dump.xml": WIKI}))
    assert problems == []
    first, second = documents
    assert (first["id"], first["title"], first["author"]) == ("dump.xml#7", "Сон", "Анна")
    assert first["body"] == "Вид\nСон — состояние.книга слово ссылка" and first["date"].year == 2024
    assert second["redirect"] == second["body"] == "Сон"


def test_a_history_of_any_length_is_its_last_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_elements, "MAX_ROW_CHARACTERS", 3_000)
    revisions = "".join(f"<revision><text>{'слово ' * 100}{number}</text></revision>" for number in range(50))
    long = f"<page><title>B</title><id>2</id><revision><text>{'x' * 4_000}</text></revision></page>"
    text = f"<mediawiki><page><title>A</title><id>1</id>{revisions}</page>{long}</mediawiki>"
    (row,), (problem,) = collect(write(tmp_path, {"d.xml": text}))
    assert row["body"].endswith("слово 49") and "longer than" in problem


POSTS = """<?xml version="1.0" encoding="utf-8"?>\n<posts>
  <row Id="4" PostTypeId="1" CreationDate="2008-07-31T21:42:52.667" Score="573"
 Body="&lt;p&gt;How &lt;code&gt;x&lt;/code&gt;?&lt;/p&gt;"
 Tags="&lt;c#&gt;&lt;.net&gt;" Title="Да"/>
  <row Id="6" PostTypeId="2" Score="7" Body="a &lt; b"/>
</posts>"""


def test_rows_of_stack_exchange(tmp_path: Path) -> None:
    documents, problems = collect(write(tmp_path, {"Posts.xml": POSTS}))
    assert problems == []
    assert [row["id"] for row in documents] == ["4", "6"]
    first = documents[0]
    assert (first["Score"], first["Tags"], first["Body"].strip()) == (573, ["c#", ".net"], "How x?")
    assert documents[1]["Body"] == "a < b" and first["CreationDate"].year == 2008


CATALOGUE = """<shop><name>Лавка</name><book lang="ru"><title>Сон</title><by><first>Лев</first></by>
<tag>a</tag><tag>b</tag></book>
<book><title>Дом</title><note>в <b>этом</b> доме</note></book></shop>"""


def test_records_name_the_elements_that_are_rows(tmp_path: Path) -> None:
    folder = write(tmp_path, {"shop.xml": CATALOGUE})
    documents, problems = collect(folder, records="book")
    assert problems == []
    assert [row["id"] for row in documents] == ["shop.xml#1", "shop.xml#2"]
    assert (
        documents[0]["by_first"] == "Лев"
        and documents[0]["tag"] == ["a", "b"]
        and documents[0]["lang"] == "ru"
    )
    assert documents[1]["note"] == "в этом доме"
    assert "has no element 'x'" in collect(folder, records="x")[1][0]
    (whole,), _ = collect(folder)
    assert whole["title"] == "Сон" and whole["body"].split("\n")[:3] == ["Лавка", "Сон", "Лев"]


DOCBOOK = """<?xml version="1.0"?><!DOCTYPE book [<!ENTITY v "2.0"><!ENTITY name "Сервер">]>
<book xmlns="http://docbook.org/ns/docbook"><title>Руко<emphasis>водство</emphasis></title>
<para>Версия &v; — <emphasis>&name;</emphasis>, до<emphasis>рога</emphasis>.</para>
<para><emphasis>Н</emphasis>ачало</para><script>нет()</script>
<itemizedlist><listitem><para>раз</para></listitem><listitem><para>два</para></listitem></itemizedlist>
<image alt="Снег на крыше" src="a b.png"/><x class="один два"/></book>"""


def test_a_document_is_its_text(tmp_path: Path) -> None:
    (row,), problems = collect(write(tmp_path, {"guide.xml": DOCBOOK}))
    assert problems == []
    assert row["title"] == "Руководство" and row["extension"] == "xml"
    assert row["body"].split("\n") == [
        "Руководство", "Версия 2.0 — Сервер, дорога.", "Начало", "раз", "два", "Снег на крыше", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "iso-8859-5", "cp866"]
)
@pytest.mark.parametrize("says", [True, False])
def test_encodings(tmp_path: Path, encoding: str, says: bool) -> None:
    said = f' encoding="{encoding.removesuffix("-sig")}"' if says else ""
    text = (
        f'<?xml version="1.0"{said}?><a><b>Съешь ещё этих мягких французских булок, да выпей же чаю</b></a>'
    )
    (row,), problems = collect(write(tmp_path, {"a.xml": text.encode(encoding)}))
    assert problems == [] and row["body"] == "Съешь ещё этих мягких французских булок, да выпей же чаю\n"


def test_an_encoding_that_is_not_expats_own_and_one_that_is_wrong(tmp_path: Path) -> None:
    files = {
        "gb.xml": '<?xml version="1.0" encoding="gb2312"?><a>词典</a>'.encode("gb2312"),
        "lie.xml": '<?xml version="1.0" encoding="utf-8"?><a>Мороз и солнце, день чудесный</a>'.encode(
            "cp1251"
        ),
    }
    documents, problems = collect(write(tmp_path, files))
    assert problems == []
    assert [row["body"] for row in documents] == ["词典\n", "Мороз и солнце, день чудесный\n"]


HOSTILE = {
    "laughs": "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><a>&b;</a>",
    "outside": "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
    "deep": "<a>" * 5_000,
    "cut": "<a><b>слово",
    "two": "<a/><b/>",
    "no": "just words",
    "empty": "",
    "many": "<!DOCTYPE a [<!ENTITY a '" + "x" * 999 + "'>]><a>" + "&a;" * 100_000 + "</a>",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("records", [None, "a"])
def test_hostile_documents_end_in_a_reason(tmp_path: Path, name: str, records: str | None) -> None:
    with must_end():
        documents, problems = collect(write(tmp_path, {"h.xml": HOSTILE[name]}), records=records)
    assert documents == [] and len(problems) == 1 and UNFORESEEN not in problems[0]


def test_damaged_documents_end_in_text_or_a_reason(tmp_path: Path) -> None:
    draw = random.Random(9)
    originals = [RSS, ATOM, WIKI, POSTS, CATALOGUE, DOCBOOK]
    for number in range(200):
        data = bytearray(draw.choice(originals).encode())
        for _ in range(draw.choice((1, 2, 5))):
            at = draw.randrange(len(data))
            other = draw.choice(
                (b"<", b">", b"&", b'"', b"\xff", b"\0", b"<row ", b"<item>", b"</page>", b"")
            )
            data[at : at + draw.choice((0, 1, 3))] = other
        write(tmp_path, {f"{number}.xml": bytes(data)})
    documents, problems = collect(tmp_path)
    assert documents and problems
    assert [problem for problem in problems if UNFORESEEN in problem] == []


WORD = st.text(st.characters(categories=("L",)), min_size=1, max_size=6)
TREES = st.recursive(
    WORD,
    lambda inner: st.lists(st.tuples(st.sampled_from("xyz"), inner), min_size=1, max_size=4),
    max_leaves=12,
)


def marked_up(tree: Any) -> str:
    if isinstance(tree, str):
        return escape(tree)
    return "".join(f"<{name} n={quoteattr('1')}>{marked_up(inner)}</{name}>" for name, inner in tree)


@given(TREES)
@settings(deadline=None, max_examples=60)
def test_the_words_are_those_of_another_parser(tmp_path_factory: pytest.TempPathFactory, tree: Any) -> None:
    text = f"<r>{marked_up(tree)}</r>"
    (row,), problems = collect(write(tmp_path_factory.mktemp("x"), {"a.xml": text}))
    assert problems == []
    assert row["body"].split() == list(ElementTree.fromstring(text).itertext())
    records, _ = collect(write(tmp_path_factory.mktemp("x"), {"a.xml": text}), records="r")
    assert len(records) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[Файл:a.jpg|мини|[[дом]]]]", "дом"),
        ("== A ==\n=== Б ===", "A\nБ"),
        ("a<!-- b -->c", "ac"),
        ("''курсив'' O'Reilly", "курсив O'Reilly"),
        ("[[", "[["),
        (
            'до\n{| class="wikitable"\n|+ Города\n|-\n! Имя !! Год\n|-\n| style="x" | [[Псков|Псков]]||903\n'
            "|-\n| Нарва\n| 1223\n|}\nпосле",
            "до\nГорода\nИмя\tГод\nПсков\t903\nНарва\t1223\nпосле",
        ),
        (":{|\n| а\nб\n{|\n| внутри\n|}\n| в\n|}", "а\nб\nвнутри\nв"),
        ("| без таблицы\n|- тоже", "| без таблицы\n|- тоже"),
        ("{| не закрыта\n| раз || два", "раз\tдва"),
        ("{{Город\n| имя = Псков\n| год = {{год|903}}\n}}\nПсков", "Псков\n903\nПсков"),
        ("5{{nbsp}}км {{-}}и {{lang|en|word}}{{stub}}.", "5 км и en word."),
        ("{{{1|умолчание}}} {{ не закрыт", "умолчание {{ не закрыт"),
        ("<math>\\frac{{a}}{b}</math> <nowiki>{{x|[[y]]}}</nowiki>", "\\frac{{a}}{b} {{x|[[y]]}}"),
        ("<pre>не закрыт {{a|b}}", "<pre>не закрыт b"),
        ("#ПЕРЕНАПРАВЛЕНИЕ [[Сон]]", "Сон"),
        ("#redirect: [[Сон]] {{R}}", "Сон "),
        ("# пункт\n__NOTOC__\nа&nbsp;б", "# пункт\n\nа\u00a0б"),
    ],
)
def test_wikitext(text: str, expected: str) -> None:
    assert readable(text) == expected


PIECES = ("{{", "{{a|", "{|\n", "|}\n", "<pre>", "!!", "{{a|b}}", "{|\n|a", "<math></math>", "__A")


def test_wikitext_takes_linear_time() -> None:
    with must_end(20):
        for piece in ("[[", "[[a|", "<!--", "<ref", "'", "=", "[https://a ", "= a\n", "== ", *PIECES):
            readable(piece * 100_000)
        readable("{|\n|a" + "\nb" * 500_000)
