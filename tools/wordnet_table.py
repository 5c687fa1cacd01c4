"""Makes the table of English words from WordNet's files: `python tools/wordnet_table.py --out FILE`.

Words, parts of speech, exceptions and SemCor counts are read through NLTK from Debian's packages wordnet-base
and wordnet-sense-index; the same input gives the same bytes. It knows the layout (drawn at encode, read by
core/analysis/english_table.cpp), none of the rules that are run on it.
"""

from __future__ import annotations

import argparse
import shutil
import struct
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WORDNET = Path("/usr/share/wordnet")
MAGIC = b"SLENGLSH"
VERSION = 1
PARTS_OF_SPEECH = "nvar"
WORD_BUCKET_BITS = 14
EXCEPTION_BUCKET_BITS = 10
NOT_THIS_PART = 0xFFFF
HEADER = struct.Struct("<8s6IQQ")

Vocabulary = Mapping[str, Mapping[str, int]]
"""word → part of speech (n, v, a, r) → how often SemCor's annotators tagged it so."""
Exceptions = Mapping[str, Mapping[str, list[str]]]
"""part of speech → irregular form → its lemmas."""

_MASK = (1 << 64) - 1
_COUNT_OF_LEXICOGRAPHER_FILES = 45
_SENSE_TYPES = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_READ_BY_NLTK = (
    *(f"{kind}.{part}" for kind in ("index", "data") for part in ("noun", "verb", "adj", "adv")),
    *(f"{part}.exc" for part in ("noun", "verb", "adj", "adv")),
    "cntlist.rev",
    "index.sense",
)


@contextmanager
def wordnet_reader(source: Path = WORDNET) -> Iterator[Any]:
    """NLTK's WordNetCorpusReader over `source`, as long as the context lasts.

    NLTK wants a file `lexnames` that Debian does not ship, and a folder within its own search path: a
    temporary one gets both. The names in that file are not used here, only their number matters to NLTK.
    """
    import nltk.data
    from nltk.corpus.reader.wordnet import WordNetCorpusReader

    with tempfile.TemporaryDirectory(prefix="wordnet-") as top:
        corpus = Path(top, "corpora", "wordnet")
        corpus.mkdir(parents=True)
        for name in _READ_BY_NLTK:
            shutil.copyfile(source / name, corpus / name)
        lexnames = "".join(f"{number:02d}\tunnamed\t1\n" for number in range(_COUNT_OF_LEXICOGRAPHER_FILES))
        (corpus / "lexnames").write_text(lexnames, encoding="ascii")
        nltk.data.path.insert(0, top)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # "multilingual functions are not available": none is wanted
                yield WordNetCorpusReader(str(corpus), None)
        finally:
            nltk.data.path.remove(top)


def vocabulary(reader: Any) -> dict[str, dict[str, int]]:
    """The single words of WordNet (no spaces, no slashes: no token has them) with SemCor's counts.

    The count file is older than the index: a sense that has another key by now still counts for its word, one
    whose word is no longer there as this part of speech is left out.
    """
    words: dict[str, dict[str, int]] = {}
    for part in PARTS_OF_SPEECH:
        for word in reader.all_lemma_names(part):
            if "_" not in word and "/" not in word:
                words.setdefault(word, {})[part] = 0
    for line in reader.open("cntlist.rev"):
        sense_key, _, count = line.split()
        word, sense = sense_key.split("%")
        part = _SENSE_TYPES[sense[0]]
        if part in words.get(word, {}):
            words[word][part] += int(count)
    return words


def exceptions(reader: Any) -> dict[str, dict[str, list[str]]]:
    """The irregular forms of single words: {"n": {"mice": ["mouse"], …}, "v": …}."""
    files = {"n": "noun.exc", "v": "verb.exc", "a": "adj.exc", "r": "adv.exc"}
    result: dict[str, dict[str, list[str]]] = {}
    for part, name in files.items():
        forms = result.setdefault(part, {})
        for line in reader.open(name):
            form, *lemmas = line.split()
            lemmas = [lemma for lemma in lemmas if "_" not in lemma]
            if "_" not in form and lemmas:
                forms[form] = lemmas
    return result


def word_hash(word: bytes) -> int:
    """64-bit FNV-1a, then the finaliser of MurmurHash3, as core/analysis/english_table.hpp has it."""
    value = 0xCBF29CE484222325
    for byte in word:
        value = ((value ^ byte) * 0x100000001B3) & _MASK
    value = ((value ^ (value >> 33)) * 0xFF51AFD7ED558CCD) & _MASK
    value = ((value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53) & _MASK
    return value ^ (value >> 33)


def body_checksum(body: bytes) -> int:
    """A 64-bit mix over little-endian words; every step can be undone, so one changed word always shows."""
    value = len(body)
    for (word,) in struct.iter_unpack("<Q", body):
        value = ((value ^ word) * 0x9E3779B97F4A7C15) & _MASK
        value ^= value >> 29
    return value


def hash_table(entries: Mapping[str, int], bucket_bits: int) -> tuple[bytes, bytes, bytes]:
    """Three arrays: where buckets start (u32), the words' keys (u32, rising in a bucket), their values (u16).

    A word is known by its bucket and key together, 46 bits of its hash; that no two share them is checked.
    """
    hashes = [(word_hash(word.encode()), value) for word, value in entries.items()]
    rows = sorted((hashed >> (64 - bucket_bits), hashed & 0xFFFFFFFF, value) for hashed, value in hashes)
    if len({row[:2] for row in rows}) != len(rows):
        raise ValueError("two words share a bucket and a key; change the hash and the version")
    starts = [0] * ((1 << bucket_bits) + 1)
    for bucket, _, _ in rows:
        starts[bucket + 1] += 1
    for bucket in range(1 << bucket_bits):
        starts[bucket + 1] += starts[bucket]
    return (
        _pack("I", starts),
        _pack("I", [key for _, key, _ in rows]),
        _pack("H", [value for *_, value in rows]),
    )


def exception_record(lemmas: Iterable[tuple[int, str]], form: str) -> bytes:
    """An irregular form's own rules: how many, then for each its part of speech, bytes to drop, bytes to add.

    mice → mouse is (noun, drop "ice", add "ouse"): the shortest that can be said.
    """
    rules = []
    for part, lemma in lemmas:
        source, target = form.encode(), lemma.encode()
        shared = 0
        while shared < min(len(source), len(target)) and source[shared] == target[shared]:
            shared += 1
        added = target[shared:]
        rules.append(bytes([part, len(source) - shared, len(added)]) + added)
    return bytes([len(rules)]) + b"".join(rules)


def encode(words: Vocabulary, irregular: Exceptions) -> bytes:
    """The table, all little-endian, every section padded to 8 bytes:

    header      magic "SLENGLSH"; u32 version, words, exceptions, profiles, bytes of the pool, 0;
                u64 checksum of all that follows; u64 its length
    words       u32 starts[2^14 + 1], u32 keys[words], u16 profile_of[words]
    exceptions  u32 starts[2^10 + 1], u32 keys[exceptions], u16 record_at[exceptions]
    profiles    u16[profiles][4]: count as noun, verb, adjective, adverb; 0xFFFF: not this part of speech
    pool        the exceptions' records
    """
    profile_ids: dict[tuple[int, ...], int] = {}
    for profile in sorted({_profile(parts) for parts in words.values()}):
        profile_ids[profile] = len(profile_ids)
    profile_of = {word: profile_ids[_profile(parts)] for word, parts in words.items()}
    word_table = hash_table(profile_of, WORD_BUCKET_BITS)

    pool = bytearray()
    record_at: dict[bytes, int] = {}
    at: dict[str, int] = {}
    for form in sorted(set().union(*irregular.values())):
        lemmas = [
            (number, lemma)
            for number, part in enumerate(PARTS_OF_SPEECH)
            for lemma in irregular[part].get(form, ())
        ]
        record = exception_record(lemmas, form)
        if record not in record_at:
            record_at[record] = len(pool)
            pool += record
        at[form] = record_at[record]
    exception_table = hash_table(at, EXCEPTION_BUCKET_BITS)

    profiles = b"".join(_pack("H", profile) for profile in profile_ids)
    body = b"".join(_padded(part) for part in (*word_table, *exception_table, profiles, bytes(pool)))
    counts = (len(words), len(at), len(profile_ids), len(pool), 0)
    return HEADER.pack(MAGIC, VERSION, *counts, body_checksum(body), len(body)) + body


def _profile(parts: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(
        min(parts[part], NOT_THIS_PART - 1) if part in parts else NOT_THIS_PART for part in PARTS_OF_SPEECH
    )


def _pack(code: str, values: Iterable[int]) -> bytes:
    numbers = list(values)
    return struct.pack(f"<{len(numbers)}{code}", *numbers)


def _padded(part: bytes) -> bytes:
    return part + b"\0" * (-len(part) % 8)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build the table of English words from WordNet.")
    parser.add_argument("--out", type=Path, required=True, help="the table to write")
    parser.add_argument("--wordnet", type=Path, default=WORDNET, help=f"WordNet's files (default {WORDNET})")
    options = parser.parse_args(arguments)
    missing = [name for name in _READ_BY_NLTK if not (options.wordnet / name).is_file()]
    if missing:
        print(
            f"{options.wordnet} lacks {', '.join(missing)}; "
            "on Debian: apt-get install wordnet-base wordnet-sense-index",
            file=sys.stderr,
        )
        return 2
    with wordnet_reader(options.wordnet) as reader:
        table = encode(vocabulary(reader), exceptions(reader))
    options.out.write_bytes(table)
    print(f"{options.out}: {len(table):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
