import re
from pathlib import Path

from format_example import example

from searchlib.storage import blocks, files, segment

# From the repository: an installation has no use for it.
FORMAT = (Path(__file__).parents[2] / "src/searchlib/storage/FORMAT.md").read_text("utf-8")


def _constant(file: str, name: str) -> int:
    text = (Path(__file__).parents[2] / "src/searchlib/core" / file).read_text("utf-8")
    return int(re.findall(rf"constexpr \w+ {name} = (\d+);", text)[0])


def _constant(file: str, name: str) -> int:
    text = (Path(__file__).parents[2] / "src/searchlib/core" / file).read_text("utf-8")
    return int(re.findall(rf"constexpr \w+ {name} = (\d+);", text)[0])


def test_the_worked_example_is_what_the_code_writes():
    blocks = re.findall(r"^```text\n(.*?)^```$", FORMAT, re.DOTALL | re.MULTILINE)
    assert blocks == ["\n".join(example()) + "\n"]


def test_the_constants_are_those_of_the_code():
    assert f"Format version {files.FORMAT_VERSION}." in FORMAT
    assert files.MAGIC.hex(" ") in FORMAT
    assert f"at most {blocks.BLOCK_BYTES:,} bytes" in FORMAT
    assert (
        f"no more than {_constant('postings/document_blocks.cpp', 'kMaxExpansion'):,} times its own" in FORMAT
    )
    assert (segment.ALIGNMENT, segment.PADDING, segment.HEADER_BYTES, segment.CHUNK) == (64, 8, 64, 65536)
    for kind in files.KINDS:
        assert re.search(rf"`0000\d\d\.{kind}`", FORMAT)
    assert f"| {files.FORMAT_VERSION} |" in FORMAT.split("## Version history")[1]
