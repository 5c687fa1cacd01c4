"""Mail: what a message's headers say, whoever wrote them and however; and its texts."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from quopri import encodestring

import pytest
from sample_files import collect, write

from hang import must_end
from searchlib.errors import SourceError
from searchlib.sources.formats.mail import read_message

_TEXTS = (
    "Привет, мир",
    "Отчёт за июль",
    "Re: Счёт № 5 от ООО «Ромашка»",
    "Сводка",
    "Ёлки и ели: заметки о лесе",
    "Fwd: протокол собрания",
)


def message(**headers: bytes) -> bytes:
    head = b"".join(
        name.replace("_", "-").encode() + b": " + value + b"\n" for name, value in headers.items()
    )
    return head + b"\nThe text.\n"


def word(text: str, charset: str, how: str = "b") -> bytes:
    data = text.encode(charset)
    coded = (
        b64encode(data)
        if how == "b"
        else encodestring(data, quotetabs=True, header=True).replace(b"=\n", b"").replace(b"?", b"=3F")
    )
    return b"=?%s?%s?%s?=" % (charset.encode(), how.encode(), coded)


@pytest.mark.parametrize("text", _TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_raw_bytes_of_a_header_are_read(text: str, encoding: str) -> None:
    raw = text.encode(encoding)
    fields = read_message(message(Subject=raw, From=raw + b" <ann@example.org>", To=raw, Cc=raw), "m.eml")
    assert fields["title"] == fields["to"] == fields["cc"] == text
    assert fields["author"] == f"{text} <ann@example.org>"


@pytest.mark.parametrize("text", [text for text in _TEXTS if "№" not in text])
def test_raw_koi8_of_a_header_is_told_from_cp1251(text: str) -> None:
    assert read_message(message(Subject=text.encode("koi8-r")), "m.eml")["title"] == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Café à la crème", "latin-1"),
        ("naïve résumé of the meeting", "cp1252"),
        ("Смета на 2024 год", "cp866"),
    ],
)
def test_raw_bytes_of_other_pages_are_told_by_their_letters(text: str, encoding: str) -> None:
    assert read_message(message(Subject=text.encode(encoding)), "m.eml")["title"] == text


@pytest.mark.parametrize(
    ("text", "charset"),
    [("会议记录", "gb2312"), ("議事録", "shift_jis"), ("Spotkanie żółwi", "iso-8859-2"), ("ЕГЭ", "koi8-r")],
)
def test_raw_bytes_are_in_the_charset_of_the_text(text: str, charset: str) -> None:
    kind = f"text/plain; charset={charset}".encode()
    data = message(Subject=text.encode(charset), Content_Type=kind)
    assert read_message(data, "m.eml")["title"] == text
    whole = message(Subject=text.encode(charset), Content_Type=b"multipart/mixed; boundary=X")
    part = b"--X\nContent-Type: " + kind + b"\n\nThe text.\n--X--\n"
    assert read_message(whole + part, "m.eml") == {"title": text, "body": "The text."}


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
@pytest.mark.parametrize("charset", ["us-ascii", "utf-8", "x-unknown"])
def test_a_text_that_is_not_in_the_charset_it_says_is_told_by_its_letters(
    encoding: str, charset: str
) -> None:
    text = "Собрание перенесли на вторник, протокол пришлют завтра."
    head = message(Subject=b"s", Content_Type=f"text/plain; charset={charset}".encode())
    data = head.replace(b"The text.", text.encode(encoding))
    assert read_message(data, "m.eml")["body"] == f"{text}\n"


@pytest.mark.parametrize("charset", ["utf-8", "koi8-r", "cp1251", "iso-8859-5"])
@pytest.mark.parametrize("how", ["b", "q"])
@pytest.mark.parametrize(
    ("before", "after"),
    [(b"", b""), (b"Re: ", b""), (b"", b" (fwd)"), ("Ответ: ".encode(), b""), (b"", " — срочно".encode())],
)
def test_encoded_words_are_read_beside_plain_and_raw_ones(
    charset: str, how: str, before: bytes, after: bytes
) -> None:
    raw = before + word("Привет мир", charset, how) + after
    assert read_message(message(Subject=raw), "m.eml")["title"] == (
        f"{before.decode()}Привет мир{after.decode()}"
    )


def test_spaces_between_encoded_words_are_none_and_a_letter_may_be_cut() -> None:
    cut = "Привет".encode()
    raw = b"=?utf-8?b?%s?=\n =?utf-8?b?%s?= x" % (b64encode(cut[:5]), b64encode(cut[5:]))
    assert read_message(message(Subject=raw), "m.eml")["title"] == "Привет x"
    assert read_message(message(Subject=b"a =?utf-8?q?b_c?= =?utf-8?q?d?= e"), "m.eml")["title"] == "a b cd e"
    for raw, expected in (
        (b"=?utf-8?q?what??= now?", "what? now?"),
        (b"=?utf-8?q?a?==?utf-8?q?b?=", "ab"),
        (b"=?utf-8*en?q?a?= b", "a b"),
        (b"=?utf-8?q??= b", "b"),
        (b"=?utf-8?b?YQ?= b", "a b"),  # without its padding
        (b"=?utf-8?q?=D0=9C?= =?koi8-r?q?=ED?=", "\u041c\u041c"),
    ):
        assert read_message(message(Subject=raw), "m.eml")["title"] == expected


@pytest.mark.parametrize(
    "text", ["2 =? 3", "=?x?=", "a=b?c", "=?utf-8?z?abc?=", "=?utf-8?b?", "=??b?YQ==?=", "?= and =?"]
)
def test_what_is_no_encoded_word_stays(text: str) -> None:
    assert read_message(message(Subject=text.encode()), "m.eml")["title"] == text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('filename="отчёт.pdf"'.encode(), "отчёт.pdf"),
        ('filename="отчёт.pdf"'.encode("cp1251"), "отчёт.pdf"),
        (b"filename*=utf-8''%D0%BE%D1%82.pdf", "от.pdf"),
        (b'filename="' + word("отчёт.pdf", "utf-8") + b'"', "отчёт.pdf"),
        (b'filename="plain.pdf"', "plain.pdf"),
    ],
)
def test_names_of_attached_files_are_read(name: bytes, expected: str) -> None:
    data = message(Subject=b"s", Content_Type=b"application/pdf", Content_Disposition=b"attachment; " + name)
    assert read_message(data, "m.eml")["attachments"] == [expected]


@pytest.mark.parametrize("piece", [b"=?a?q?", b"=?", b"=?a?q?x?= ", b"=?a?q?=", b"?="])
def test_hostile_headers_are_read_in_linear_time(piece: bytes) -> None:
    with must_end():
        assert read_message(message(Subject=piece * 100_000), "m.eml")["title"]


def nested(depth: int) -> bytes:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=B%d\n\n--B%d\n" % (n, n) for n in range(depth))
    return b"Subject: deep\n" + parts + b"\nThe text.\n"


BROKEN_HEADERS = [
    (b"Subject: =?utf-8?b?a?=\n", "=?utf-8?b?a?="),
    (b"Subject: =?utf-8?b?!!!?= x\n", "x"),
    (b"Subject: =?no-such?q?a=20b?=\n", "a b"),
    (b"Subject: =?base64?q?a?=\n", "a"),
    (b"Subject: =?utf-16?b?AAA=?=\n", ""),
    (b'Subject: s\nContent-Type: text/plain; charset="a\0b"\n', "s"),
    (b"Subject: s\nContent-Type: text/plain; charset=no-such\n", "s"),
    (b"Subject: s\nContent-Type: text/plain; charset*=a\0b'x'y\n", "s"),
    (b"Subject: s\nContent-Type: text/plain; charset*0=u; charset*x=tf\n", "s"),
    (b"Subject: s\nContent-Type: multipart/mixed\n", "s"),
    (b"Subject: s\nContent-Type: /\n", "s"),
    (b"Subject: s\nContent-Transfer-Encoding: no-such\n", "s"),
    (b"Subject: s\nContent-Transfer-Encoding: x-uuencode\n", "s"),
    (b"Subject: s\nDate: Fri, 99 Foo 99999 25:61:61 +9999\n", "s"),
    (b"Subject: s\nDate: Fri, 31 Dec 9999 23:59:59 -2359\n", "s"),
    (b"Subject: s\nDate: \xff\xfe\n", "s"),
    (b"Subject: s\nContent-Disposition: attachment; filename*=a\0b''x\n", "s"),
    (b"Subject: s\nContent-Disposition: attachment; filename*0*=%zz; filename*2*=a''b\n", "s"),
    (b"Subject: \xd0\n", "\ufffd"),
    (b": no name\nSubject: s\n", "s"),
]


@pytest.mark.parametrize(("head", "title"), BROKEN_HEADERS)
def test_a_broken_header_costs_itself(head: bytes, title: str) -> None:
    fields = read_message(head + b"\nThe text.\n", "m.eml")
    if head.startswith(b": "):
        return
    assert title in fields["title"] or title == "\ufffd"
    assert "The text." in fields["body"] or fields["attachments"] or b"uuencode" in head
    str(fields).encode()  # no half of a surrogate pair


@pytest.mark.parametrize("depth", [1, 10, 100, 1_500, 20_000])
def test_parts_that_are_nested_too_deeply_are_refused(depth: int) -> None:
    with must_end():
        if depth <= 100:
            assert "The text." in read_message(nested(depth), "m.eml")["body"]
        else:
            with pytest.raises(SourceError, match="nested too deeply"):
                read_message(nested(depth), "m.eml")


def test_a_bad_message_of_an_mbox_costs_no_other(tmp_path: Path) -> None:
    heads = [head for head, _ in BROKEN_HEADERS] + [nested(1_500)]
    box = b"".join(
        b"From a@example.org Fri Mar  1 10:00:00 2024\n%s\nBad %d.\n\n" % (head, number)
        + b"From a@example.org Fri Mar  1 10:00:00 2024\nSubject: good\n\nGood %d.\n\n" % number
        for number, head in enumerate(heads)
    )
    documents, problems = collect(write(tmp_path, {"a.mbox": box, "b.eml": nested(1_500), "c.eml": box}))
    bodies = " ".join(document.get("body", "") for document in documents)
    assert all(f"Good {number}." in bodies for number in range(len(heads)))
    assert [problem.rpartition("/")[2].partition(": ")[2] for problem in problems] == [
        "its parts are nested too deeply"
    ] * 2
