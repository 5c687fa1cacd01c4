"""Makes a text file of words of one root from WordNet's derivations: `wordnet_derivations.py --out FILE`.

Derivationally related forms (theory, theorise) and pertainyms (mathematically, mathematical) are read through
NLTK, as wordnet_table.py reads words. A line is a word, a tab, and its relatives, both ways, all in the order
of their bytes. Single words whose first three letters agree, so that no pair is kept that only meaning holds
together. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from wordnet_table import PARTS_OF_SPEECH, WORDNET, wordnet_reader

COMMON_LETTERS = 3


def derivations(reader: Any) -> dict[str, set[str]]:
    """The relatives of each single word that has any."""
    related: dict[str, set[str]] = defaultdict(set)
    for part in PARTS_OF_SPEECH:
        for synset in reader.all_synsets(part):
            for lemma in synset.lemmas():
                for other in lemma.derivationally_related_forms() + lemma.pertainyms():
                    _relate(related, lemma.name().lower(), other.name().lower())
    return dict(related)


def _relate(related: dict[str, set[str]], first: str, second: str) -> None:
    plain = first.isalpha() and second.isalpha() and first.isascii() and second.isascii()
    if plain and first != second and first[:COMMON_LETTERS] == second[:COMMON_LETTERS]:
        related[first].add(second)
        related[second].add(first)


def encode(related: dict[str, set[str]]) -> bytes:
    """The file: every line ends in a line feed, and one stands before the first."""
    lines = (f"{word}\t{' '.join(sorted(others))}\n" for word, others in sorted(related.items()))
    return b"\n" + "".join(lines).encode("ascii")


def main(arguments: list[str] | None = None) -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=WORDNET, help="folder of WordNet's files")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    with wordnet_reader(options.source) as reader:
        content = encode(derivations(reader))
    options.out.write_bytes(content)
    print(f"{options.out}: {content.count(chr(9).encode()):,} words, {len(content):,} bytes")


if __name__ == "__main__":
    main()
