"""What pandoc, LibreOffice and python-pptx read of the files of the tree, and how far ours agrees.

`python -m tree.witnesses FOLDER`, in tests/sources, prints the table for a tree that was made there. Where a
witness leaves out what we read, or shows what we leave out, that is a rule, and each rule names its words.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sample_files import read_file

from .agreement import Agreement, Words, agreement
from .convert import by_office, plain_by_pandoc
from .documents import DOCUMENTS, Document
from .make import Made, read_list
from .model import blocks, pieces
from .words import words_of

_PANDOC = {"docx": "docx", "dotx": "docx", "odt": "odt", "ott": "odt", "epub": "epub", "epub2.epub": "epub",
           "fb2": "fb2",
           "html": "html", "xhtml": "html", "ipynb": "ipynb", "rst": "rst", "md": "gfm"}  # fmt: skip
_OFFICE = ("docx", "dotx", "odt", "ott", "fodt", "rtf", "2003.doc")
_SHEETS = ("xlsx", "ods", "fods", "xltx", "2003.xls")
_SLIDES = ("pptx", "odp", "fodp")
_CSV = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,-1"
_NUMBER = re.compile(r"(?m)^[ \t>]*(?:\d+[.)])+[ \t]")
_BROKEN = re.compile(r"%0%\.[\d.]*")
_MARK = re.compile(r"\[\d+\]")
_PICTURE = re.compile(r"(?m)^[ \t]*\[[^\[\]\n]*\][ \t]*$")
_DATE = re.compile(r"\b(\d\d)\.(\d\d)\.(\d{4})\b")
_DATE_OF_OFFICE = re.compile(r"\b(\d\d)/(\d\d)/(\d{4})\b")
_MIDNIGHT = re.compile(r"(?<=\d{4}-\d\d-\d\d) 00:00:00")

_LEFT_OUT = {
    ("pandoc", ""): "header footer box picture",
    ("pandoc", "odt"): "row",
    ("pandoc", "ott"): "row",
    ("pandoc", "fb2"): "row formula",
    ("LibreOffice", ""): "header footer box formula",
    ("python-pptx", "pptx"): "formula",
}
"""What a witness does not show of files that have it, by type; all else that differs counts.

Besides: numbers of lists are not compared where pandoc reads, for it makes its own. Pandoc shows [1] for a
note, and in brackets the text of a picture. What is hidden, deleted or a comment we leave out, and witnesses
show. The text of LibreOffice has the mark of a note and not the note. Pandoc's reader of .odt loses columns.
Title and author are no text to pandoc where they are metadata. Dates of sheets are ISO's in ours. In a slide
of pandoc's python-pptx passes over the shape that has a formula, and all else in it. In the XML of Office
2003 LibreOffice writes no numbers of lists and hides no sheet, and does not read its own references; what has
the format "Percent" is 25.60% to Excel.
"""


class Line(NamedTuple):
    """A line of the table. Shares are of words: raw, after the rules, and of the common ones in one order."""

    kind: str
    witness: str
    num_files: int
    num_words: int
    raw: float
    ruled: float
    ordered: float
    missing: Words
    added: Words


def table(root: Path, made: list[Made]) -> list[Line]:
    """The agreement for each type and witness."""
    sums: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
    left: dict[tuple[str, str], tuple[Words, Words, list[int]]] = defaultdict(
        lambda: (Counter(), Counter(), [0])
    )
    documents = {document.name: document for document in DOCUMENTS}
    with tempfile.TemporaryDirectory() as scratch:
        for each, witness, ours, theirs in _texts(root, made, Path(scratch)):
            kind = f"{each.by}: {_kind(each)}"
            found = agreement(ours, theirs)
            may_miss, may_add = _allowed(documents[each.document], each, witness)
            sums[kind, witness].append(found)
            missing, added, explained = left[kind, witness]
            missing.update(found.missing - may_miss)
            added.update(found.added - may_add)
            explained[0] += found.num_explained(may_miss, may_add)
    return [
        _line(kind, witness, found, *left[kind, witness]) for (kind, witness), found in sorted(sums.items())
    ]


def _line(
    kind: str, witness: str, found: list[Agreement], missing: Words, added: Words, explained: list[int]
) -> Line:
    words, common = sum(each.num_words for each in found), sum(each.num_common for each in found)
    ordered = sum(each.num_ordered for each in found) / common
    return Line(
        kind,
        witness,
        len(found),
        words,
        common / words,
        common / (words - explained[0]),
        ordered,
        missing,
        added,
    )


def _kind(made: Made) -> str:
    return made.name.partition(".")[2].replace("writer.", "").replace("epub2.", "")


def _texts(root: Path, made: list[Made], scratch: Path) -> Iterator[tuple[Made, str, str, str]]:
    """Files, the name of a witness, our text and the witness's."""
    by_kind: dict[str, list[Made]] = defaultdict(list)
    for each in made:
        by_kind[_kind(each)].append(each)
    for kind, files in by_kind.items():
        if kind in _PANDOC:
            for each in files:
                theirs = plain_by_pandoc(root / each.name, _PANDOC[kind])
                if theirs is not None:
                    ours = _NUMBER.sub("", _ours(root, each, scratch))
                    yield each, "pandoc", ours, _NUMBER.sub("", _PICTURE.sub("", _MARK.sub("", theirs)))
        if kind in (*_OFFICE, *_SHEETS, *_SLIDES):
            yield from _by_office(root, kind, files, scratch / kind)


def _by_office(root: Path, kind: str, files: list[Made], out: Path) -> Iterator[tuple[Made, str, str, str]]:
    to = {**dict.fromkeys(_OFFICE, "txt:Text (encoded):UTF8"), **dict.fromkeys(_SHEETS, _CSV)}.get(
        kind, "pptx"
    )
    slides = kind in _SLIDES
    if kind != "pptx":
        by_office([root / each.name for each in files], to, out)
    for each in files:
        stem = Path(each.name).stem
        if slides:
            path = root / each.name if kind == "pptx" else out / f"{stem}.pptx"
            theirs = _slides_text(path) if path.exists() else None
        elif kind in _SHEETS:
            sheets = {path.stem.removeprefix(f"{stem}-"): path for path in out.glob(f"{stem}-*.csv")}
            parts = sorted(
                (name for name in sheets if name[0].isdigit()), key=lambda name: int(name.split()[0])
            )
            texts = (f"{name}\n{sheets[name].read_text('utf-8-sig')}" for name in parts)
            theirs = _iso("\n".join(texts)) if parts else None
        else:
            path = out / f"{stem}.txt"
            theirs = path.read_text("utf-8-sig") if path.exists() else None
        if theirs is not None:
            ours, witness = _ours(root, each, out), "python-pptx" if slides else "LibreOffice"
            if kind == "2003.doc":
                ours, theirs = _NUMBER.sub("", ours), _BROKEN.sub("", theirs)
            yield each, witness, ours, theirs


def _slides_text(path: Path) -> str:
    import pptx

    lines: list[str] = []
    for slide in pptx.Presentation(str(path)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                lines.append(shape.text_frame.text)
            elif getattr(shape, "has_table", False) and shape.has_table:
                lines += ["\t".join(cell.text for cell in row.cells) for row in shape.table.rows]
        if slide.has_notes_slide:
            lines += [
                shape.text_frame.text
                for shape in slide.notes_slide.shapes
                if shape.has_text_frame and not _is_number(shape)
            ]
    return "\n".join(lines)


def _iso(text: str) -> str:
    """Dates as ISO has them."""
    return _MIDNIGHT.sub("", _DATE_OF_OFFICE.sub(r"\3-\1-\2", _DATE.sub(r"\3-\2-\1", text)))


def _is_number(shape: Any) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER

    number = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE)
    return bool(shape.is_placeholder) and shape.placeholder_format.type in number


def _ours(root: Path, made: Made, scratch: Path) -> str:
    scratch.mkdir(parents=True, exist_ok=True)
    path = root / made.name
    body: str = read_file(scratch, path.name, path.read_bytes())["body"]
    return body


def _allowed(document: Document, made: Made, witness: str) -> tuple[Words, Words]:
    """The words that ours may lack, and those that it may have alone, by the rules."""
    may_miss, may_add = Counter[str](), Counter[str]()
    kind = _kind(made)
    left_out = {*_LEFT_OUT.get((witness, ""), "").split(), *_LEFT_OUT.get((witness, kind), "").split()}
    loses_columns = witness == "pandoc" and kind in ("odt", "ott")
    loses_columns = loses_columns or (
        witness == "python-pptx" and made.by == "pandoc" and document.name == "paper"
    )
    in_columns = False
    for block in blocks(document.text.replace("{word}", made.word)):
        if block.kind in ("columns", "/columns"):
            in_columns = block.kind == "columns"
        for line in (block.text, *block.cells):
            shown, all_of_it = _shown(line), _shown(line, with_all=True)
            may_miss.update(all_of_it - shown)
            may_add.update(shown - all_of_it)
            if block.kind in left_out or (in_columns and loses_columns):
                may_add.update(shown)
            for piece in pieces(line):
                if piece.kind == "note":
                    may_miss.update("123")
                    may_add.update("123" if witness == "pandoc" else words_of(piece.text))
                elif piece.kind in ("page", "pages"):
                    may_add.update("1")
    if kind == "2003.xls":
        may_add.update(("hidden", "secretpassword", "60"))
        may_miss.update(("6",))
    if kind == "2003.doc":
        may_add.update(("table", "1"))
    if made.by == "a library":
        may_add.update(("running", "head"))
    if witness == "pandoc":
        may_add.update(words_of(f"{document.title} Анна Ли"))
    return may_miss, may_add


def _shown(line: str, *, with_all: bool = False) -> Words:
    """The words of a line as readers see it, or with what is hidden, deleted or a comment."""
    unseen = () if with_all else ("hidden", "deleted", "comment")
    return Counter(words_of("".join(p.text for p in pieces(line) if p.kind not in (*unseen, "note"))))


def main(root: Path) -> None:
    """Print the table."""
    print(
        "| type | witness | files | words | agree | after the rules | in order |\n"
        "|---|---|---|---|---|---|---|"
    )
    for line in table(root, read_list(root)):
        print(
            f"| {line.kind} | {line.witness} | {line.num_files} | {line.num_words // 2} | {line.raw:.1%}"
            f" | {line.ruled:.2%} | {line.ordered:.1%} |"
        )
        if line.missing or line.added:
            print("   -", dict(line.missing.most_common(12)), "+", dict(line.added.most_common(12)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
