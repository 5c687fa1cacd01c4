"""What a browser shows of a page's elements, as text: blocks are lines, cells have tabs between them.

A tree of elements comes in. Paragraphs and headings stand between empty lines, an item and a row in a line
each. Scripts, what is hidden, and what waits in a list of choices are left out; a picture is its description.
"""

from __future__ import annotations

import re
from typing import Any

from ..word_sets import words_of
from .list_numbers import ListNumbers

_INVISIBLE = words_of(
    "head script style noscript template iframe object canvas audio video select datalist title desc metadata"
    " defs annotation annotation-xml noframes noembed rp"
)
_APART = words_of("p h1 h2 h3 h4 h5 h6 pre blockquote table dl figure hr xmp listing")
_BLOCKS = _APART | words_of(
    "address article aside body br caption center col colgroup dd details dialog dir div dt fieldset"
    " figcaption footer form header hgroup html legend li main menu nav ol optgroup option plaintext search"
    " section summary tbody text tfoot thead tr ul"
)
_CELLS = words_of("td th")
_OTHERS = _CELLS | words_of("img input q sup rt")
_PREFORMATTED = words_of("pre xmp listing plaintext")
_BUTTONS = words_of("submit button reset")
_HIDDEN = (
    "[hidden], dialog:not([open]), [style*='none'], [style*='NONE'], [style*='hidden']"  # lexbor has no i
)
_HIDES = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NOTE_NUMBER = re.compile(r"[-−–]?\d+(?:[,;\s–-]+\d+)*", re.ASCII)
_RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_BORDERS = ("", " ", "\t", "\n", "\n\n")
_SPACE, _TAB, _LINE, _BLANK = 1, 2, 3, 4


def text_of(tree: Any) -> str:
    """The text of a page: lines, each with its end, or ""."""
    return "" if tree.body is None else text_of_element(tree.body)


def text_of_element(root: Any) -> str:
    """The text of an element, by itself."""
    hidden = {node.mem_id for node in root.css(_HIDDEN) if _is_hidden(node)}
    page = _Page()
    above: list[tuple[Any, str]] = []
    node = root
    while True:
        tag = node.tag or "-instruction"  # <?php … ?>
        if tag == "-text":
            page.text(node.text())
        elif tag not in _INVISIBLE and not (hidden and node.mem_id in hidden and node.mem_id != root.mem_id):
            child = node.child if page.begin(node, tag) else None
            if child is not None:
                above.append((node, tag))
                node = child
                continue
            page.end(tag)
        following = node.next
        while following is None and above:
            node, tag = above.pop()
            page.end(tag)
            following = node.next
        if not above:
            return page.body()
        node = following


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    if "hidden" in attributes:
        return (attributes["hidden"] or "").lower() != "until-found"
    return bool(_HIDES.search(attributes.get("style") or "")) or (
        node.tag == "dialog" and "open" not in attributes
    )


class _Page:
    """The text in the making: what stands between two words is decided when the second one comes."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pending = 0
        self._is_locked = False  # at the begin of a cell or an item, where a block parts nothing
        self._num_cells: list[int] = []  # of each row that is open
        self._num_preformatted = 0
        self._is_after_picture = False
        self._lists = ListNumbers()

    def body(self) -> str:
        return "".join(self._parts) + "\n" if self._parts else ""

    def begin(self, node: Any, tag: str) -> bool:
        """Whether what is in the element is to be shown, too."""
        if tag in _BLOCKS:
            if tag == "tr":
                self._begin_row()
                return True
            self._border(_BLANK if tag in _APART else _LINE)
            if tag == "li":
                if number := self._lists.next(node):
                    self._put(number)
                    self._pending, self._is_locked = _SPACE, True
            elif tag == "ol" or tag == "ul":
                self._lists.begin(tag, node)
            elif tag in _PREFORMATTED:
                self._num_preformatted += 1
        elif tag in _OTHERS:
            return self._begin_other(node, tag)
        return True

    def end(self, tag: str) -> None:
        if tag in _BLOCKS:
            if tag == "tr":
                if self._num_cells:
                    self._num_cells.pop()
                self._is_locked = False
            elif tag == "ol" or tag == "ul":
                self._lists.end()
            elif tag in _PREFORMATTED:
                self._num_preformatted -= 1
                if self._parts and not self._pending:  # the last line's own end
                    self._parts[-1] = self._parts[-1].removesuffix("\n")
            elif tag == "li":
                self._is_locked = False
            self._border(_BLANK if tag in _APART else _LINE)
        elif tag in _CELLS:
            self._is_locked = False
            self._border(_TAB)
        elif tag == "q":
            self._put("\N{RIGHT DOUBLE QUOTATION MARK}")
        elif tag == "rt":
            self._put(")")

    def _begin_other(self, node: Any, tag: str) -> bool:
        if tag in _CELLS:
            self._begin_cell()
        elif tag == "q":
            self._put("\N{LEFT DOUBLE QUOTATION MARK}")
        elif tag == "rt":
            self._put("(")
        elif tag == "sup":
            text = node.text().strip()
            if _NOTE_NUMBER.fullmatch(text):  # the number of a note, or a power, is no part of the word
                self._put(text.translate(_RAISED))
                if (node.attributes.get("class") or "") == "footnote-definition-label":
                    self._pending, self._is_locked = _SPACE, True
                return False
            if len(text) < 4 and node.css_first("a") is not None:  # a note by another mark: слово<sup>а</sup>
                self._put(f"[{text}]" if text.isalnum() else text)
                return False
        elif tag == "img":
            self._put_apart(node.attributes.get("alt"))
        elif (node.attributes.get("type") or "").lower() in _BUTTONS:
            self._put_apart(node.attributes.get("value"))
        return True

    def text(self, data: str) -> None:
        if self._num_preformatted:
            self._put(data)
            return
        data = _SPACES.sub(" ", data)
        text = data.strip(" ")
        if not text:
            if not self._pending:
                self._pending = _SPACE
            return
        if not self._pending and data[0] == " ":
            self._pending = _SPACE
        self._put(text)
        if data[-1] == " ":
            self._pending = _SPACE

    def _put(self, text: str) -> None:
        if self._is_after_picture:
            self._is_after_picture = False
            if not self._pending and text[:1].isalnum():
                self._pending = _SPACE
        if self._pending and self._parts:
            self._parts.append(_BORDERS[self._pending])
        self._pending, self._is_locked = 0, False
        self._parts.append(text)

    def _put_apart(self, text: str | None) -> None:
        """A picture's words: no part of the words beside it, and no space before a comma."""
        if text and (text := _SPACES.sub(" ", text).strip()):
            if not self._pending and self._parts and self._parts[-1][-1:].isalnum():
                self._pending = _SPACE
            self._put(text)
            self._is_after_picture = True

    def _border(self, border: int) -> None:
        if border > self._pending and not self._is_locked:
            self._pending = min(border, _LINE) if self._num_cells else border

    def _begin_row(self) -> None:
        self._is_locked = False
        self._border(_LINE)
        self._num_cells.append(0)

    def _begin_cell(self) -> None:
        if self._num_cells:
            if self._num_cells[-1]:
                self._pending = _TAB
            self._num_cells[-1] += 1
        else:
            self._border(_TAB)
        self._is_locked = True
