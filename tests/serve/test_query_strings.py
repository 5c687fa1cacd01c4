"""Query strings are read as the standard library reads them, and as HTML's forms write them."""

from urllib.parse import parse_qsl, urlencode

from hypothesis import example, given
from hypothesis import strategies as st

from searchlib.serve.types.reading import parameters

PIECES = st.sampled_from(
    ["&", "=", "+", "%", "%4", "%D0%BF", "%d0", "%zz", ";", "a", "é", "%25", "\0", "%26"]
)


def by_the_library(query_string: bytes) -> list[tuple[str, str]]:
    return parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)


@given(st.lists(PIECES).map("".join).map(lambda text: text.encode("latin-1")))
@example(b"q=%D1%88%D0%BB%D0%B8+to&show=title&show=&=x&&y")
@example(b"q=%D1")
def test_any_query_string_is_read_as_the_library_reads_it(query_string: bytes) -> None:
    assert parameters(query_string) == by_the_library(query_string)


@given(st.lists(st.tuples(st.text(), st.text())))
def test_what_a_form_writes_is_read(given_: list[tuple[str, str]]) -> None:
    clean = [(name, value) for name, value in given_ if (name + value).isascii() or _is_text(name + value)]
    assert parameters(urlencode(clean).encode()) == clean


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
