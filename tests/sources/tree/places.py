"""Where in a file of the tree a word stands, found by other means than ours; "" where its type has none."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree


def place_in(path: Path, word: str) -> str:
    """The place of a word in a file that a converter wrote."""
    kind = path.name.rpartition(".")[2]
    if kind == "txt":
        text = path.read_text("utf-8")
        return f"line {text[: text.index(word)].count(chr(10)) + 1}"
    if kind == "epub":
        return f"chapter {_chapter(path, word)}"
    if kind == "fb2":
        return f"chapter {_section(path, word)}"
    if kind == "pptx":
        return f"slide {_slide(path, word)}"
    if kind == "ipynb":
        cells = json.loads(path.read_text("utf-8"))["cells"]
        return f"cell {next(at for at, cell in enumerate(cells, 1) if word in ''.join(cell['source']))}"
    return ""


def _chapter(path: Path, word: str) -> int:
    """Of the pages in the order of reading the one with the word."""
    with zipfile.ZipFile(path) as book:
        (name,) = (name for name in book.namelist() if name.endswith(".opf"))
        package = book.read(name).decode()
        files = {}
        for item in re.findall(r"<item\b[^>]*>", package):
            attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', item))
            files[attributes["id"]] = attributes["href"]
        order = re.findall(r'<itemref\b[^>]*idref="([^"]*)"', package)
        folder = name.rpartition("/")[0]
        pages = [book.read(f"{folder}/{files[id]}" if folder else files[id]).decode() for id in order]
    return next(at for at, page in enumerate(pages, 1) if word in page)


def _section(path: Path, word: str) -> int:
    """Of the sections of two levels the one with the word; an outer one's own text comes first."""
    root = ElementTree.parse(path).getroot()
    space = root.tag.partition("}")[0] + "}"
    body = root.find(f"{space}body")
    assert body is not None
    texts: list[str] = []
    for outer in body.findall(f"{space}section"):
        inner = outer.findall(f"{space}section")
        own = [element for element in outer if element not in inner]
        texts += ["".join(text for element in own for text in element.itertext())]
        texts += ["".join(section.itertext()) for section in inner]
    return next(at for at, text in enumerate(texts, 1) if word in text)


def _slide(path: Path, word: str) -> int:
    """Of the slides in their order the one with the word."""
    import pptx

    slides = pptx.Presentation(str(path)).slides
    return next(
        at
        for at, slide in enumerate(slides, 1)
        if word in "".join(element.text or "" for element in slide.element.iter())
    )
