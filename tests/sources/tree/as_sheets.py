"""A document as a flat workbook (.fods): its sections are sheets, its lines and rows are rows; beside them
numbers, dates, shares, a formula and a hidden sheet."""

from __future__ import annotations

from html import escape

from .as_fodt import head
from .as_slides import slides_of
from .documents import Document

Cell = str | float | tuple[str, str]
"""Text, a number, or a value of another kind: ("date", "2026-05-31"), ("percentage", "0.256")."""

_STYLES = """<office:styles/><office:automatic-styles>
<number:date-style style:name="nd"><number:day number:style="long"/><number:text>.</number:text>
<number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/>
</number:date-style>
<number:percentage-style style:name="np"><number:number number:decimal-places="1"/>
<number:text>%</number:text>
</number:percentage-style>
<style:style style:name="D" style:family="table-cell" style:data-style-name="nd"/>
<style:style style:name="P" style:family="table-cell" style:data-style-name="np"/>
<style:style style:name="hid" style:family="table"><style:table-properties table:display="false"/>
</style:style>
</office:automatic-styles>"""


def sheets_of(document: Document, word: str) -> tuple[list[tuple[str, list[list[Cell]]]], int]:
    """The sheets by their names, and the number of the one that has the word."""
    slides, place = slides_of(document, word)
    sheets: list[tuple[str, list[list[Cell]]]] = []
    for number, slide in enumerate(slides, 1):
        rows: list[list[Cell]] = [[line] if isinstance(line, str) else list(line) for line in slide]
        if number == 1:
            rows += [
                [("date", "2026-05-31"), ("percentage", "0.256"), 1234.5],
                [("boolean", "true"), 7.0, 0.1],
            ]
        sheets.append((f"{number} {str(slide[0])[:20].strip()}", rows))
    return sheets, place


def fods(document: Document, word: str) -> tuple[str, int]:
    """The workbook as a flat file, and the number of the sheet that has the word."""
    sheets, place = sheets_of(document, word)
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_row, rows))}</table:table>'
        for name, rows in sheets
    )
    hidden = (
        f'<table:table table:name="Hidden" table:style-name="hid">{_row(["secretpassword"])}</table:table>'
    )
    return (
        f"{head(document, 'spreadsheet')}{_STYLES}<office:body><office:spreadsheet>{tables}{hidden}"
        "</office:spreadsheet></office:body></office:document>",
        place,
    )


def _row(row: list[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>"


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return (
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        )
    if isinstance(cell, float):
        return f'<table:table-cell office:value-type="float" office:value="{cell:g}"/>'
    kind, value = cell
    name = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    style = {"date": ' table:style-name="D"', "percentage": ' table:style-name="P"'}.get(kind, "")
    return f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"{style}/>'
