import os
import subprocess
import sys

CODE = """
import sys
from searchlib.storage import check, columns, directory, documents, lock, manifest, memory, segment
heavy = {"zstandard", "numpy", "nltk", "pymorphy3", "whoosh", "concurrent.futures"}
print(sorted(heavy & set(sys.modules)))
"""


def test_nothing_heavy_is_imported_before_it_is_used():
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(
        [sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
