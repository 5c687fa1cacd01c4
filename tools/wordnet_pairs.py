"""Lists what WordNet writes as one word and as two: `python tools/wordnet_pairs.py --out FILE`.

A line is health_care; one synset has both ways. It is read from the same files as the table of words
(wordnet_table.py); the same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

WORDNET = Path("/usr/share/wordnet")
PARTS = ("noun", "verb", "adj", "adv")


def synsets(folder: Path) -> Iterator[list[str]]:
    """The words of each synset in small letters, with _ for a space."""
    for part in PARTS:
        for line in (folder / f"data.{part}").read_text("ascii").splitlines():
            if not line.startswith(" "):  # the licence
                fields = line.split()
                count = int(fields[3], 16)
                yield [word.lower() for word in fields[4 : 4 + 2 * count : 2]]


def pairs(folder: Path) -> list[str]:
    """Two words, with _ for the space, where the synset has them joined, too."""
    found = set()
    for words in synsets(folder):
        for word in words:
            if re.fullmatch("[a-z]{3,}_[a-z]{3,}", word) and word.replace("_", "") in words:
                found.add(word)
    return sorted(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, required=True, help="the list to write")
    parser.add_argument("--wordnet", type=Path, default=WORDNET, help=f"WordNet's files (default {WORDNET})")
    options = parser.parse_args()
    about = "# What WordNet writes as two words and as one: health_care, healthcare. tools/wordnet_pairs.py"
    options.out.write_text("".join(f"{line}\n" for line in (about, *pairs(options.wordnet))), "ascii")


if __name__ == "__main__":
    main()
