"""Bytes on disk: immutable, checksummed, atomic. FORMAT.md, beside this file, is the format's grammar.

Others make the parts of a segment; here they become files, commit points and verified views. Nothing knows
what a term, a posting or a score is.
"""

import sys

if sys.byteorder != "little":  # pragma: no cover
    raise ImportError("searchlib reads its files in place, and they are little-endian: this machine is not")
