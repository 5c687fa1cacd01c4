"""Which stored documents go out as they are: those that any reader of JSON takes."""

import json
import re
from datetime import timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchlib._core import DocumentLines, empty_texts, mark_keywords
from searchlib.highlight import WordMatch
from searchlib.highlight.fragments import abbreviations

MAX_DEPTH = 64
_HALF = re.compile(r"\\u[dD][89abAB]|\\u[dD][c-fC-F]")


def strict(line: bytes) -> bytes | None:
    return DocumentLines([line]).strict()[0]


def is_strict(line: bytes) -> bool:
    """The same in Python: slow, by json and UTF-8."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        text = line.decode()
        value = json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(value, dict)
        and (text[0], text[-1]) == ("{", "}")
        and not _HALF.search(text.replace("\\\\", ""))
        and _depth(value) <= MAX_DEPTH
    )


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)
DOCUMENTS = st.dictionaries(st.text(), VALUES, max_size=4)


@given(DOCUMENTS, st.booleans(), st.booleans())
def test_documents_that_json_wrote(document: dict[str, Any], ascii_only: bool, spaced: bool) -> None:
    text = json.dumps(document, ensure_ascii=ascii_only, indent=1 if spaced else None)
    line = text.encode("utf-8", "surrogatepass")
    assert strict(line) == (line if is_strict(line) else None)


@given(DOCUMENTS, st.data())
def test_what_is_damaged(document: dict[str, Any], data: st.DataObject) -> None:
    line = bytearray(json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    at = data.draw(st.integers(0, len(line) - 1))
    line[at : at + data.draw(st.integers(0, 2))] = data.draw(
        st.sampled_from(
            [b'"', b"\\", b"{", b"}", b"[", b",", b":", b"0", b".", b"e", b"-", b"\x00", b"\xed\xa0"]
        )
    )
    assert strict(bytes(line)) == (bytes(line) if is_strict(bytes(line)) else None)


@given(st.text(alphabet='{}[]:,"\\u0d8fFeE+-.1 \n\tntrueflasNI', max_size=24))
@example('{"a":01}')
@example('{"a":1.}')
@example('{"a":-}')
@example('{"a":1e}')
@example('{"a":1E+0}')
@example('{"a":"\\ud83d\\ude00"}')
@example('{"a":"\\u00zz"}')
@example('{"a":"\\u00')
@example('{"a":NaN}')
@example('{"a":-Infinity}')
@example('{"a":1}{')
@example(' {"a":1}')
@example("{")
@example("")
def test_letters_of_json(text: str) -> None:
    assert strict(text.encode()) == (text.encode() if is_strict(text.encode()) else None)


@pytest.mark.parametrize(
    ("line", "is_kept"),
    [
        (b'{"a":' + b"[" * 63 + b"]" * 63 + b"}", True),
        (b'{"a":' + b"[" * 64 + b"]" * 64 + b"}", False),
        (b'{"a":' * 100_000, False),
        (b'{"a":"\xed\x9f\xbf"}', True),  # U+D7FF, the last one before the surrogates
        (b'{"a":"\xed\xa0\x80"}', False),
        (b'{"a":"\xff"}', False),
        (b'{"a":"\xc3"}', False),
    ],
)
def test_the_borders(line: bytes, is_kept: bool) -> None:
    assert strict(line) == (line if is_kept else None)


def test_a_text_with_half_of_a_pair_has_no_fragments_in_json() -> None:
    texts = empty_texts(2)
    texts.put(0, ["\ud800"])
    texts.put(1, ['a "word"'])
    marked = mark_keywords(texts, [WordMatch(frozenset(('a "word"', "\ud800")))], False)
    found = marked.json_fragments(abbreviations(), 1, 100, 'a "field"')
    expected = {"field": 'a "field"', "text": 'a "word"', "start": 0, "end": 8, "spans": [[0, 8]]}
    assert found[0] is None
    assert json.loads(found[1] or b"") == expected


_DATE = r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{6})?\+00:00)?"
_MOMENTS = st.datetimes(timezones=st.just(timezone.utc))


@given(
    st.lists((st.dates() | _MOMENTS).map(lambda day: day.isoformat()) | st.none() | st.text(max_size=4)),
    st.text(st.characters(codec="utf-8"), max_size=3),
    st.booleans(),
)
def test_moments_end_with_z(values: list[str | None], field: str, is_list: bool) -> None:
    stored = values if is_list else (values or [None])[0]
    document = {"elsewhere": values, field: stored, "below": {field: values}}
    line = json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")
    found = DocumentLines([line]).strict([field])[0]
    dates = stored if isinstance(stored, list) else [stored]
    if not is_strict(line) or not all(date is None or re.fullmatch(_DATE, date, re.ASCII) for date in dates):
        assert found is None
        return
    ended = [date and date.replace("+00:00", "Z") for date in dates]
    assert json.loads(found or b"") == {**document, field: ended if is_list else ended[0]}
