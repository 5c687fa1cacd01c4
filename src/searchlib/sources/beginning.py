"""The first bytes of a file, which tell its format and the encoding of its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .ahead import LookAhead
from .encodings import detect
from .formats import of_mistaken, of_name, of_signature, of_text
from .formats.declaration import Format

_SAMPLE_BYTES = 1024 * 1024
_PROGRAMS, _END_OF_ZIP = (b"MZ", b"\x7fELF"), b"PK\x05\x06"


class Beginning(NamedTuple):
    """The first bytes; whether they are all; and the encoding that was asked for."""

    sample: bytes
    is_complete: bool
    forced: str | None

    @classmethod
    def of(cls, stream: LookAhead, forced: str | None) -> Beginning:
        """That of a stream of which nothing was read; nothing is taken from it."""
        sample = stream.look(_SAMPLE_BYTES)
        return cls(sample, len(sample) < _SAMPLE_BYTES and not stream.is_broken, forced)

    def format(self, tail: Callable[[], bytes]) -> Format:
        """The format of standard input, or of a file whose name does not tell. tail: gives its last bytes."""
        binary = of_signature(self.sample)
        if self.sample.startswith(_PROGRAMS) and _END_OF_ZIP in tail():
            binary = of_name("zip")  # it unpacks itself
        if binary is not None:
            return binary
        encoding = self.forced or detect(self.sample, complete=self.is_complete, by_row=True)[0]
        return of_text(self._text(encoding))

    def other_archive(self, format: Format) -> Format | None:
        """Where a .zip is a tar, or the other way round."""
        other = of_signature(self.sample) if format.has_members else None
        return other if other is not None and other.has_members else None

    def other_format(self, format: Format, encoding: str) -> Format | None:
        """The format that it begins like, where its name says a neighbour of it. encoding: "" if unknown."""
        if not format.mistaken:
            return None
        return of_mistaken(format, self._text(encoding or self.forced or "utf-8"), self.is_complete)

    def encoding_of_rows(self) -> tuple[str, str]:
        """The encoding, in which a mark of UTF-8 is no text, and how it was found."""
        if self.forced is None:
            encoding, how = detect(self.sample, complete=self.is_complete, by_row=True)
        else:
            encoding, how = self.forced, "forced"
            if encoding.startswith("utf-16") and self.sample.startswith((b"\xff\xfe", b"\xfe\xff")):
                encoding = "utf-16"
        return "utf-8-sig" if encoding == "utf-8" else encoding, how

    def _text(self, encoding: str) -> str:
        return self.sample.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
