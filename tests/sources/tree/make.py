"""The tree itself: every document by every converter into every type, and the list of what is where."""

from __future__ import annotations

import importlib.util
import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from . import by_hand, by_libraries
from .as_fodt import PICTURE, fodt
from .as_markdown import markdown
from .as_sheets import fods
from .as_slides import fodp
from .convert import by_office, by_pandoc, office, pandoc
from .documents import DOCUMENTS, Document
from .places import place_in
from .words import word_of

_BY_OFFICE = {
    "fodt": {
        "docx": "docx:MS Word 2007 XML", "odt": "odt", "rtf": "rtf", "doc": "doc:MS Word 97", "pdf": "pdf",
        "html": "html:HTML (StarWriter)", "xhtml": "xhtml:XHTML Writer File", "epub": "epub",
        "txt": "txt:Text (encoded):UTF8",
        "xml": "xml:MS Word 2003 XML", "ott": "ott", "dotx": "dotx:MS Word 2007 XML Template",
        "2003.doc": "xml:MS Word 2003 XML",
    },
    "fodp": {
        "pptx": "pptx:Impress MS PowerPoint 2007 XML", "odp": "odp", "ppt": "ppt:MS PowerPoint 97",
        "otp": "otp",
        "ppsx": "ppsx:Impress MS PowerPoint 2007 XML AutoPlay",
    },
    "fods": {
        "xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods", "xls": "xls:MS Excel 97", "ots": "ots",
        "xltx": "xltx:Calc MS Excel 2007 XML Template", "2003.xls": "xml:MS Excel 2003 XML",
    },
}  # fmt: skip
_BY_PANDOC = {
    "docx": "docx", "odt": "odt", "rtf": "rtf", "html": "html5", "epub": "epub3", "fb2": "fb2",
    "pptx": "pptx", "ipynb": "ipynb", "txt": "plain", "tex": "latex", "org": "org", "adoc": "asciidoc",
    "rst": "rst", "md": "gfm", "markdown": "markdown", "docbook.xml": "docbook5", "jats.xml": "jats",
    "tei.xml": "tei",
    "mediawiki": "mediawiki", "1": "man", "opml": "opml", "textile": "textile", "epub2.epub": "epub2",
}  # fmt: skip
_OPTIONS = {"docx": ("--track-changes=all",)}


class Made(NamedTuple):
    """A file of the tree, the word that only it holds, another form of it, and its place ("" if none)."""

    name: str
    word: str
    form: str
    place: str
    by: str
    document: str


def lacking() -> str:
    """What is not installed of all that makes the tree; "" if nothing is."""
    absent = [name for name, found in (("LibreOffice", office()), ("pandoc", pandoc())) if not found]
    libraries = {
        "docx": "python-docx",
        "pptx": "python-pptx",
        "openpyxl": "openpyxl",
        "xlsxwriter": "XlsxWriter",
    }
    absent += [name for module, name in libraries.items() if importlib.util.find_spec(module) is None]
    return ", ".join(absent)


def make_tree(root: Path) -> list[Made]:
    """Write the tree, and NAME.list.json beside it."""
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(2) as threads:
        office_job = threads.submit(_by_office, root, Path(scratch, "office"))
        made = _by_pandoc(root, Path(scratch, "pandoc")) + _by_libraries(root) + _by_hand(root)
        made += office_job.result()
    made.sort()
    write_list(root, made)
    return made


def write_list(root: Path, made: list[Made]) -> None:
    """Write down what is where in a tree."""
    lines = ",\n".join(json.dumps(each._asdict(), ensure_ascii=False) for each in made)
    root.with_suffix(".list.json").write_text(f"[\n{lines}\n]\n", "utf-8")


def read_list(root: Path) -> list[Made]:
    """What was written down of it."""
    return [Made(**each) for each in json.loads(root.with_suffix(".list.json").read_text("utf-8"))]


def _by_office(root: Path, scratch: Path) -> list[Made]:
    made = []
    folder = root / "office"
    for source, targets in _BY_OFFICE.items():
        for kind, to in {source: "", **targets}.items():
            from_here = folder if not to else scratch / kind
            from_here.mkdir(parents=True, exist_ok=True)
            files = []
            for document in DOCUMENTS:
                name = f"{document.name}-office"
                word, form = word_of(f"{name}.{kind}", document.language)
                text, place = (
                    (fodt(document, word), "") if source == "fodt" else _paged(source, document, word)
                )
                path = from_here / f"{name}.{source}"
                path.write_text(text, "utf-8")
                files.append(path)
                made.append(Made(f"office/{name}.{kind}", word, form, place, "LibreOffice", document.name))
            if to:
                by_office(files, to, scratch / "out" / kind)
                _take(scratch / "out" / kind, to.partition(":")[0], folder, kind)
    there = (each for each in made if (root / each.name).exists())
    return [each._replace(place=each.place or place_in(root / each.name, each.word)) for each in there]


def _take(out: Path, suffix: str, folder: Path, kind: str) -> None:
    """Move what was converted to its place, without pictures that lie beside it."""
    for path in out.glob(f"*.{suffix}"):
        path.rename(folder / f"{path.stem}.{kind}")


def _paged(source: str, document: Document, word: str) -> tuple[str, str]:
    write, unit = {"fodp": (fodp, "slide"), "fods": (fods, "sheet")}[source]
    text, number = write(document, word)
    return text, f"{unit} {number}"


def _by_pandoc(root: Path, scratch: Path) -> list[Made]:
    import base64

    made = []
    scratch.mkdir(parents=True)
    (scratch / "picture.png").write_bytes(base64.b64decode(PICTURE))
    for kind, to in _BY_PANDOC.items():
        for document in DOCUMENTS:
            name = f"pandoc/{document.name}-pandoc.{kind}"
            word, form = word_of(name, document.language)
            source = scratch / f"{document.name}.{kind}.md"
            source.write_text(markdown(document, word), "utf-8")
            if by_pandoc(source, to, root / name, "-s", *_OPTIONS.get(kind, ())):
                made.append(Made(name, word, form, place_in(root / name, word), "pandoc", document.name))
    return made


def _by_libraries(root: Path) -> list[Made]:
    made = []
    for number, (kind, maker) in enumerate(by_libraries.MAKERS.items()):
        for document in DOCUMENTS[number % 2 :: 2]:
            name = f"libraries/{document.name}-library.{kind}"
            word, form = word_of(name, document.language)
            written = maker(document, word)
            _write(root / name, written.data)
            made.append(Made(name, word, form, written.place, "a library", document.name))
    return made


def _by_hand(root: Path) -> list[Made]:
    made = []
    for name, document in by_hand.files():
        word, form = word_of(name, document.language)
        written = by_hand.written(name, document, word)
        _write(root / "hand" / name, written.data)
        made.append(Made(f"hand/{name}", word, form, written.place, "hand", document.name))
    return made


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
