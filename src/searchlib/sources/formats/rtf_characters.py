"""The characters of RTF: bytes in the code page of their font, and \\u with what stands in for it.

What comes is gathered until all of a character is there: two bytes of Japanese, two halves of an emoji.
Groups and their text are known to rtf.py.
"""

from __future__ import annotations

from . import rtf_words as words

_MAX_FONTS = 10_000
_CODECS = {65001: "utf-8", 10000: "mac_roman", 10007: "mac_cyrillic", 936: "gbk"}


class Characters:
    """Gathers characters; flush() gives them as text."""

    def __init__(self) -> None:
        self.page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = -1  # which the table of fonts is at
        self._bytes, self._units = bytearray(), bytearray()
        self._left = 0

    def add_unit(self, number: int, font: int, num_after: int) -> str:
        """A code unit of UTF-16, behind which `num_after` characters are to be passed over.

        What was gathered before of another kind comes back.
        """
        before = self._of_bytes(font)
        self._units += (number & 0xFFFF).to_bytes(2, "little")
        self._left = num_after
        return before

    def add_bytes(self, data: bytes) -> str:
        """Bytes in the code page of their font; what was gathered before of another kind comes back."""
        if self._left:
            taken = min(self._left, len(data))
            self._left -= taken
            data = data[taken:]
        before = self._of_units() if data else ""
        self._bytes += data
        return before

    def passes_over(self) -> bool:
        """Whether the character that comes next is for programs that do not know \\u."""
        if not self._left:
            return False
        self._left -= 1
        return True

    def flush(self, font: int) -> str:
        """All that was gathered: the text goes on in another way."""
        self._left = 0
        return self._of_bytes(font) + self._of_units()

    def _of_bytes(self, font: int) -> str:
        if not self._bytes:
            return ""
        text = self._bytes.decode(self._fonts.get(font, self.page), "replace")
        self._bytes.clear()
        return text

    def _of_units(self) -> str:
        if not self._units:
            return ""
        text = self._units.decode("utf-16-le", "replace")
        self._units.clear()
        return text

    # ---- fonts and pages

    def begin_font(self, number: int) -> None:
        self._font = number

    def set_charset(self, number: int) -> None:
        if number in words.CHARSETS and len(self._fonts) < _MAX_FONTS:
            self._fonts.setdefault(self._font, words.CHARSETS[number])

    def set_page(self, number: int) -> None:
        name = _CODECS.get(number, f"cp{number}")
        try:
            "".encode(name)
            self.page = name
        except LookupError:
            pass  # the page that holds for files that name none
