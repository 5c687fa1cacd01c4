"""Small dictionaries in the formats that are read, written by the tests themselves."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Sequence
from pathlib import Path

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

ARTICLES = [
    ("harbour", "harbour\n   [ˈhɑːbə] _n.\n   1) гавань; порт\n   2) _перен. убежище, приют\n"),
    ("lighthouse", "lighthouse [ˈlaɪthaʊs] _n. маяк\n"),
    ("sail", "sail\n  1. _n. парус; sailing ship парусное судно\n  2. _v. плыть, плавать (под парусом)\n"),
    ("the", "the\n  определённый артикль перед именем существительным единственного числа\n"),
]


def base64(number: int) -> str:
    """As dictd writes numbers."""
    digits = _DIGITS[number % 64]
    while number := number // 64:
        digits = _DIGITS[number % 64] + digits
    return digits


def write_dictd(
    folder: Path, articles: Sequence[tuple[str, str]] = ARTICLES, packed: bool = True, encoding: str = "utf-8"
) -> Path:
    """folder/sea.index, and its articles; the path of the former."""
    data, lines = b"About this dictionary", [f"00-database-short\t{base64(0)}\t{base64(21)}"]
    for word, article in articles:
        content = article.encode(encoding)
        lines.append(f"{word}\t{base64(len(data))}\t{base64(len(content))}")
        data += content
    if packed:
        (folder / "sea.dict.dz").write_bytes(gzip.compress(data))
    else:
        (folder / "sea.dict").write_bytes(data)
    (folder / "sea.index").write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
    return folder / "sea.index"


def write_stardict(
    folder: Path,
    articles: Sequence[tuple[str, bytes]],
    types: str = "m",
    alternates: Sequence[tuple[str, int]] = (),
    wide: bool = False,
) -> Path:
    """folder/sea.ifo and what belongs to it; the path of the former."""
    data, idx = b"", b""
    for word, content in articles:
        idx += word.encode() + b"\0" + struct.pack(">Q" if wide else ">I", len(data))
        idx += struct.pack(">I", len(content))
        data += content
    (folder / "sea.dict").write_bytes(data)
    (folder / "sea.idx").write_bytes(idx)
    if alternates:
        syn = b"".join(word.encode() + b"\0" + struct.pack(">I", number) for word, number in alternates)
        (folder / "sea.syn").write_bytes(syn)
    facts = [
        "StarDict's dict ifo file",
        "version=3.0.0",
        "bookname=Sea",
        f"wordcount={len(articles)}",
        f"idxfilesize={len(idx)}",
        *([f"sametypesequence={types}"] if types else []),
        *(["idxoffsetbits=64"] if wide else []),
    ]
    (folder / "sea.ifo").write_text("\n".join(facts), "utf-8")
    return folder / "sea.ifo"
