"""Files of python-docx, python-pptx, openpyxl and XlsxWriter, as programs write them that are no office."""

from __future__ import annotations

import datetime
import io
from typing import Any

from .as_sheets import sheets_of
from .as_slides import slides_of
from .by_hand import Written
from .documents import Document
from .model import blocks, pieces


def _shown(line: str) -> str:
    return "".join(piece.text for piece in pieces(line) if piece.kind not in ("hidden", "deleted", "comment"))


def docx(document: Document, word: str) -> Written:
    """Word, with a nested table, and the word in the inner one."""
    import docx as library

    made = library.Document()
    made.core_properties.title, made.core_properties.author = document.title, "Анна Ли"
    made.sections[0].header.paragraphs[0].text = "Running head"
    for block in blocks(document.text.replace("{word}", word)):
        if block.kind == "heading":
            made.add_heading(block.text, block.level)
        elif block.kind in ("item", "number"):
            style = "List Bullet" if block.kind == "item" else "List Number"
            made.add_paragraph(_shown(block.text), style)
        elif block.kind == "row":
            row = made.add_table(1, len(block.cells)).rows[0]
            for cell, text in zip(row.cells, block.cells, strict=True):
                cell.text = _shown(text)
        elif text := _shown(block.text):
            made.add_paragraph(text)
    outer = made.add_table(1, 2)
    outer.cell(0, 0).text = "outer"
    inner = outer.cell(0, 1).add_table(2, 2)
    for at, text in enumerate(("inner one", "inner two", "inner three", "inner four")):
        inner.cell(at // 2, at % 2).text = text
    return Written(_saved(made), "")


def pptx(document: Document, word: str) -> Written:
    """PowerPoint, with notes."""
    import pptx as library

    made = library.Presentation()
    slides, place = slides_of(document, word)
    for number, slide in enumerate(slides, 1):
        page = made.slides.add_slide(made.slide_layouts[1])
        page.shapes.title.text = slide[0]
        frame = page.placeholders[1].text_frame
        for line in slide[1:]:
            frame.add_paragraph().text = line if isinstance(line, str) else "; ".join(line)
        page.notes_slide.notes_text_frame.text = f"Notes {number}"
    return Written(_saved(made), f"slide {place}")


def xlsx(document: Document, word: str) -> Written:
    """Excel by openpyxl: strings that are shared, formulas without values."""
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.active)
    sheets, place = sheets_of(document, word)
    for name, rows in sheets:
        sheet = made.create_sheet(name.replace("/", " ").replace("?", ""))
        for row in rows:
            sheet.append([_value(cell) for cell in row])
    return Written(_saved(made), f"sheet {place}")


def xlsx_by_writer(document: Document, word: str) -> Written:
    """Excel by XlsxWriter: with dates, formats and a hidden sheet."""
    import xlsxwriter

    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    shown = made.add_format({"num_format": "dd.mm.yyyy"})
    sheets, place = sheets_of(document, word)
    for name, rows in sheets:
        sheet = made.add_worksheet(name.replace("/", " ").replace("?", ""))
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                value = _value(cell)
                if isinstance(value, datetime.date):
                    sheet.write_datetime(at, column, value, shown)
                else:
                    sheet.write(at, column, value)
    hidden = made.add_worksheet("Hidden")
    hidden.write(0, 0, "secretpassword")
    hidden.hide()
    made.close()
    return Written(out.getvalue(), f"sheet {place}")


def _value(cell: Any) -> Any:
    if not isinstance(cell, tuple):
        return cell
    kind, value = cell
    if kind == "date":
        return datetime.datetime.fromisoformat(value)
    return value == "true" if kind == "boolean" else float(value)


def _saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


MAKERS = {"docx": docx, "pptx": pptx, "xlsx": xlsx, "writer.xlsx": xlsx_by_writer}
