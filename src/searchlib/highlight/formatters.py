"""Spans and fragments → strings for a page, a terminal or a file, where nothing in them can act.

A formatter says what plain text and a match look like; control characters and what reverses the direction of
writing are taken out before it is asked. What is searched and chosen has been decided by then.
"""

from __future__ import annotations

from ..lean import TYPE_CHECKING, NamedTuple, Protocol
from ..records import Record
from .fragments import Fragment
from .matches import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from re import Match

SEPARATOR = " … "
"""What stands between two fragments."""

# C0 and C1 controls (tab and newline apart), the bidi overrides and isolates, and halves of surrogate pairs,
# which no encoder takes.
_UNSAFE = "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
_BREAKS = frozenset("\x0b\x0c\r\x85\u2028\u2029")


class Formatter(Protocol):
    """Your own formatter has these two methods; both get text without control characters, never empty."""

    def plain(self, text: str) -> str:
        """What the text between two matches looks like."""
        ...

    def marked(self, text: str, mark: int) -> str:
        """What a match of marks[mark] looks like."""
        ...


class Html(Record):
    """HTML: all text escaped, matches in `<mark>`. tag: another element. css_class: its class attribute."""

    tag: str = "mark"
    css_class: str | None = None

    def __post_init__(self) -> None:
        import re

        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", self.tag):
            raise ValueError(f"tag is the name of an HTML element, like 'mark' or 'b', got {self.tag!r}")

    def plain(self, text: str) -> str:
        from html import escape  # brings a table of 2,231 names; most output is no HTML

        return escape(text)

    def marked(self, text: str, mark: int) -> str:
        from html import escape

        attribute = "" if self.css_class is None else f' class="{escape(self.css_class)}"'
        return f"<{self.tag}{attribute}>{escape(text)}</{self.tag}>"


class Ansi(Record):
    """For a terminal: matches bold and yellow. style: other SGR numbers, like "1" or "1;31" (red)."""

    style: str = "1;33"

    def __post_init__(self) -> None:
        import re

        if not re.fullmatch(r"[0-9]+(;[0-9]+)*", self.style):
            raise ValueError(f"style is made of SGR numbers, like '1;33', got {self.style!r}")

    def plain(self, text: str) -> str:
        return text

    def marked(self, text: str, mark: int) -> str:
        return f"\x1b[{self.style}m{text}\x1b[0m"


class Plain(Record):
    """Plain text. before, after: what stands around a match, nothing by default; `Plain("**", "**")`."""

    before: str = ""
    after: str = ""

    def plain(self, text: str) -> str:
        return text

    def marked(self, text: str, mark: int) -> str:
        return f"{self.before}{text}{self.after}"


class NativeStyle(NamedTuple):
    """What the core needs to know of a formatter that it writes by itself, in all of a page at once."""

    html: bool
    before: str
    after: str
    separator: str


def native_style(formatter: Formatter) -> NativeStyle | None:
    """None for a formatter of one's own, whose methods are asked."""
    if type(formatter) is Html:
        begin, _, end = formatter.marked("\n", 0).partition("\n")
        return NativeStyle(True, begin, end, SEPARATOR)
    if type(formatter) is Ansi:
        return NativeStyle(False, f"\x1b[{formatter.style}m", "\x1b[0m", SEPARATOR)
    if type(formatter) is Plain:
        return NativeStyle(False, formatter.before, formatter.after, SEPARATOR)
    return None


def mark(text: str, spans: Sequence[Span], formatter: Formatter) -> str:
    """The whole text with its spans (sorted, disjoint) marked; newlines and tabs stay."""
    return _rendered(text, 0, spans, formatter, printable)


def join(fragments: Iterable[Fragment], formatter: Formatter, separator: str = SEPARATOR) -> str:
    """The fragments in one line: every run of spaces, tabs and newlines in them becomes one space."""
    lines = (_rendered(part.text, part.start, part.spans, formatter, one_line) for part in fragments)
    return formatter.plain(separator).join(lines)


def printable(text: str) -> str:
    """The text without control characters, bidi overrides and surrogates; every line break becomes \\n."""
    # Nothing unsafe is printable to Python either, and most text is; regexes take long to compile and search.
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    import re  # to load it takes as long as a query

    if not re.search(_UNSAFE, text):
        return text
    return re.sub(_UNSAFE, _replacement, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """The text printable and in one line: for fragments, titles, file names."""
    text = printable(text)
    words = text.split()
    if not words:
        return text and " "
    return f"{' ' * text[0].isspace()}{' '.join(words)}{' ' * text[-1].isspace()}"


def _replacement(match: Match[str]) -> str:
    character = match.group()
    if character in _BREAKS:
        return "\n"
    return "\ufffd" if "\ud800" <= character <= "\udfff" else ""


def _rendered(
    text: str, base: int, spans: Sequence[Span], formatter: Formatter, clean: Callable[[str], str]
) -> str:
    pieces: list[str] = []
    at = 0
    for span in spans:
        start, end = span.start - base, span.end - base
        if not at <= start < end <= len(text):
            raise ValueError(f"spans are sorted, disjoint and inside their text, got {span}")
        if between := clean(text[at:start]):
            pieces.append(formatter.plain(between))
        if match := clean(text[start:end]):
            pieces.append(formatter.marked(match, span.mark))
        at = end
    if rest := clean(text[at:]):
        pieces.append(formatter.plain(rest))
    return "".join(pieces)
