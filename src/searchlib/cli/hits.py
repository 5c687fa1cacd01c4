"""Hits for people: number, title, id, and the fragments in which the matches stand.

Matches are bold and yellow where there is colour, and between ** where there is none, as in a log. Which
fields are shown is chosen here; which fragments are best is the library's business.
"""

from __future__ import annotations

from searchlib.highlight import Fragment, Plain, Span, join, mark

from ..lean import TYPE_CHECKING
from .output import Style, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searchlib import Hit, Schema

# Control characters: the highlighter has taken them out of every text, so that none but ours is left.
_BEGIN, _END = "\x01", "\x02"
_SENTINELS = Plain(_BEGIN, _END)
_MARK_COLOUR = ("\x1b[1;33m", "\x1b[0m")
_MARK_PLAIN = ("**", "**")
_INDENT = "    "
_MAX_WIDTH = 110
_LIST_SEPARATOR = "; "
BODY = "body"
"""The text of a document that is a whole file."""

_SENTENCE_ENDS = frozenset(".!?…»”\"')]")


class HitPrinter:
    """Lays out hits for one stream.

    num_fragments, size: how many are shown of each hit, and of how many letters. columns: the fields that are
    shown, in this order; None: the texts, as far as they match.
    """

    def __init__(
        self,
        style: Style,
        schema: Schema,
        num_fragments: int,
        size: int,
        columns: Sequence[str] | None = None,
    ) -> None:
        self._style = style
        self._num_fragments, self._size = num_fragments, size
        self._marks = _MARK_COLOUR if style.colour else _MARK_PLAIN
        self._width = min(_MAX_WIDTH, style.width) if style.is_terminal else 0
        self._schema = schema
        texts = schema.text_fields
        self._title_field = next(iter(schema.title_fields), None)
        shown = texts if columns is None else [name for name in columns if name in texts]
        self._body_fields = [name for name in shown if name != self._title_field]
        self._values = [name for name in columns or () if name not in texts and name != "id"]

    def lines(self, number: int, hit: Hit) -> Iterator[str]:
        """The lines of one hit, the last of them blank."""
        title, shown_id = self._title(hit), one_line(hit.id)
        score = self._style.dim(f"{hit.score:.2f}")
        yield f"{number:>3} {title or self._style.bold(shown_id)}  {score}"
        place = self._place(hit)
        if title:
            yield _INDENT + self._style.dim(f"{shown_id}, {place}" if place else shown_id)
        elif place:
            yield _INDENT + self._style.dim(place)
        for name in self._values:
            if (value := hit[name]) is not None:
                yield f"{_INDENT}{self._style.dim(f'{name}:')} {one_line(value_text(value))}"
        for name, text in self._fragments(hit):
            label = f"{name}: " if name != self._body_fields[0] else ""
            for line in self._wrapped(label + text):
                yield _INDENT + line
        yield ""

    def _place(self, hit: Hit) -> str:
        """Where in its file the best match stands: slide 3; "" where that is not known."""
        if BODY not in self._body_fields or not self._num_fragments or "." not in hit.id:
            return ""
        from searchlib import place_of_hit

        behind_title = self._end_of_title(hit, hit.text(BODY))
        for whole in self._chosen(hit, BODY):
            if spans := _from(whole, behind_title).spans:
                return place_of_hit(hit, spans[0].start)
        return ""

    def _chosen(self, hit: Hit, name: str) -> Sequence[Fragment]:
        """The best fragments, one more where the first may be a title that the text repeats."""
        is_repeated = self._end_of_title(hit, hit.text(name)) > 0
        return hit.fragments(name, self._num_fragments + is_repeated, self._size)

    def _title(self, hit: Hit) -> str:
        """The title, bold, its matches marked; "" if there is none."""
        if self._title_field is None:
            return ""
        title = hit.text(self._title_field)
        spans = _joined([*hit.spans(self._title_field), *self._from_body(hit, title)])
        marked = " ".join(mark(title, spans, _SENTINELS).split())
        if not self._style.colour:
            return self._painted(marked)
        # Bold again after each match, whose end has reset it.
        return self._style.bold(self._painted(marked).replace(_MARK_COLOUR[1], f"{_MARK_COLOUR[1]}\x1b[1m"))

    def _from_body(self, hit: Hit, title: str) -> Iterator[Span]:
        """What of the title belongs to a match of a text that begins with it and goes on."""
        begin = len(title) - len(title.lstrip())
        for name in self._body_fields[:1]:
            text = hit.text(name)
            end = self._end_of_title(hit, text)
            left = len(text) - len(text.lstrip()) if end else 0
            length = len(title.strip())
            for span in hit.spans(name) if end else ():
                if span.start < left + length < span.end:
                    yield Span(max(span.start - left, 0) + begin, length + begin, span.mark)

    def _fragments(self, hit: Hit) -> Iterator[tuple[str, str]]:
        """Fields and what is shown of them: the fragments that match, or the first one that there is."""
        found = [(name, *shown) for name in self._body_fields for shown in self._of_field(hit, name)]
        marked = [shown for shown in found if shown[2]]
        for name, text, _ in (marked or found[:1])[: self._num_fragments]:
            yield name, text

    def _of_field(self, hit: Hit, name: str) -> Iterator[tuple[str, int]]:
        """The best fragments, and how many matches each has; without a title that the text repeats."""
        if not self._num_fragments:
            return
        text = hit.text(name)
        body = self._end_of_title(hit, text)
        borders = _borders(hit.fields.get(name))
        for whole in self._chosen(hit, name):
            fragment = _from(whole, body)
            if not fragment.text:
                continue
            before = "" if fragment.start <= body or _ends_sentence(text, fragment.start) else "… "
            after = (
                "" if fragment.end >= len(text.rstrip()) or fragment.text.endswith((".", "!", "?")) else " …"
            )
            shown = join(_split(fragment, borders), _SENTINELS, _LIST_SEPARATOR)
            yield before + shown + after, len(fragment.spans)

    def _end_of_title(self, hit: Hit, text: str) -> int:
        """Where the text goes on after its first line, if that is the title; 0 if it is not."""
        title = hit.text(self._title_field).strip() if self._title_field else ""
        first, newline, _ = text.partition("\n")
        return len(first) + len(newline) if title and first.strip() == title else 0

    def _wrapped(self, text: str) -> Iterator[str]:
        """Lines of the stream's width, if it has one; a mark that is cut goes on in the next line."""
        open_mark = False
        for line in _cut(text, self._width - len(_INDENT)) if self._width else [text]:
            ends_open = line.rfind(_BEGIN) > line.rfind(_END) or (open_mark and _END not in line)
            yield self._painted((_BEGIN if open_mark else "") + line + (_END if ends_open else ""))
            open_mark = ends_open

    def _painted(self, text: str) -> str:
        return text.replace(_BEGIN, self._marks[0]).replace(_END, self._marks[1])


def _ends_sentence(text: str, end: int) -> bool:
    """Whether text[:end] ends as a sentence or a line does, but for spaces."""
    tail = text[max(end - 8, 0) : end]
    last = tail.rstrip()
    return last[-1:] in _SENTENCE_ENDS or "\n" in tail[len(last) :]


def _from(fragment: Fragment, start: int) -> Fragment:
    """The part of a fragment from an offset of its text on."""
    if fragment.start >= start:
        return fragment
    rest = fragment.text[start - fragment.start :]
    begin = fragment.end - len(rest.lstrip())
    return Fragment(rest.lstrip(), begin, fragment.end, _clipped(fragment.spans, begin, fragment.end))


def _clipped(spans: Sequence[Span], begin: int, end: int) -> tuple[Span, ...]:
    """What of the spans is between two offsets: a match may go on beyond."""
    within = (Span(max(span.start, begin), min(span.end, end), span.mark) for span in spans)
    return tuple(span for span in within if span.start < span.end)


def _joined(spans: list[Span]) -> list[Span]:
    """Sorted, and disjoint: of two that overlap, one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = found[-1]._replace(end=max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _borders(value: object) -> list[int]:
    """Where the line breaks stand that join a list's values to one text."""
    borders: list[int] = []
    if isinstance(value, (list, tuple)):
        end = -1
        for item in value[:-1]:
            end += 1 + len(str(item))
            borders.append(end)
    return borders


def _split(fragment: Fragment, borders: Sequence[int]) -> list[Fragment]:
    """The fragment cut where one value of a list ends and the next begins."""
    parts, begin = [], fragment.start
    for end in [*(border for border in borders if fragment.start <= border < fragment.end), fragment.end]:
        text = fragment.text[begin - fragment.start : end - fragment.start]
        if text.strip():
            parts.append(Fragment(text, begin, end, _clipped(fragment.spans, begin, end)))
        begin = end + 1
    return parts


def value_text(value: object) -> str:
    """A stored value for people; those of a list with ; between."""
    if isinstance(value, (list, tuple)):
        return _LIST_SEPARATOR.join(map(value_text, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    # str of a date is ISO 8601, that of a time has a space for the T.
    return str(value).removesuffix(" 00:00:00+00:00")


def _cut(text: str, width: int) -> Iterator[str]:
    """Greedy lines of whole words; sentinels have no width."""
    line, length = "", 0
    for word in text.split(" "):
        size = len(word) - word.count(_BEGIN) - word.count(_END)
        if line and length + 1 + size > width:
            yield line
            line, length = word, size
        else:
            line, length = (f"{line} {word}", length + 1 + size) if line else (word, size)
    yield line
