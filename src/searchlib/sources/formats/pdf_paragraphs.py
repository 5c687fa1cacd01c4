"""The text of a page: paragraphs, headings, items and rows, each in a line, and notes at its end."""

from __future__ import annotations

from collections.abc import Sequence

from .pdf_hyphens import Hyphens
from .pdf_lines import Line, usual_size
from .pdf_stacks import ENDS_SENTENCE, NOTE, Stack, border_of_stacks, stacks_of

_NOTE_SIZE = 0.96  # of the usual size of letters


def text_of(lines: Sequence[Line], hyphens: Hyphens) -> str:
    """The text of a page: paragraphs, each in a line, and notes at its foot.

    Notes stand before the last paragraph where that goes on on the next page.
    """
    body, notes = _without_notes(stacks_of(lines))
    parts = _parts(body, hyphens)
    if not notes:
        return "".join(parts)
    last = body[-1].lines[-1] if body else None
    begin = 0
    if last is None or (not last.divided and (last.is_row or ENDS_SENTENCE.search(last.text))):
        begin = len(parts)
    else:
        begin = max((at + 1 for at, part in enumerate(parts) if part.startswith("\n")), default=0)
    texts = ["".join(parts[:begin]).rstrip("\n"), "".join(_parts(notes, hyphens)), "".join(parts[begin:])]
    return "\n\n".join(text for text in texts if text)


def _parts(stacks: Sequence[Stack], hyphens: Hyphens) -> list[str]:
    """Lines, and what stands between two of them."""
    parts: list[str] = []
    previous: Stack | None = None
    for stack in stacks:
        for number, line in enumerate(stack.lines):
            if number:
                _join(parts, stack.lines[number - 1], line, stack.border(number), hyphens)
            elif previous is not None:
                _join(parts, previous.lines[-1], line, border_of_stacks(previous, line), hyphens)
            parts.append(line.text)
        previous = stack
    if previous is not None and previous.lines[-1].divided:
        parts.append("-")
    return parts


def _without_notes(stacks: list[Stack]) -> tuple[list[Stack], list[Stack]]:
    """The stacks of the text, and those of notes: small letters at the foot of a column, behind a number."""
    small = _NOTE_SIZE * usual_size([line for stack in stacks for line in stack.lines])
    notes: set[int] = set()
    begin = 0
    for end in range(1, len(stacks) + 1):
        if end < len(stacks) and stacks[end].lines[0].top > stacks[end - 1].lines[0].top:
            continue
        first = end  # of the stacks of small letters at the foot of the column [begin, end)
        while first > begin and stacks[first - 1].lines[0].size < small:
            first -= 1
        first = next((at for at in range(first, end) if NOTE.match(stacks[at].lines[0].text)), end)
        notes.update(range(first if begin else max(first, 1), end))
        begin = end
    for number in notes:
        stacks[number].is_notes = True
    return [stack for stack in stacks if not stack.is_notes], [stack for stack in stacks if stack.is_notes]


def _join(parts: list[str], line: Line, following: Line, border: str, hyphens: Hyphens) -> None:
    if line.divided:
        border = hyphens.between(line.text, following.text) if border == " " else "-" + border
    elif border == " " and _is_ideograph(line.text[-1:]) and _is_ideograph(following.text[:1]):
        border = ""
    parts.append(border)


def _is_ideograph(character: str) -> bool:
    """Whether a character is of a script that has no spaces between words: Chinese, Japanese."""
    return "\u2e80" <= character <= "\ua4cf" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"
