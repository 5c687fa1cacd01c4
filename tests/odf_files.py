"""Documents of LibreOffice, made by hand."""

from __future__ import annotations

from ooxml_files import HEBREW, ROAD, packed

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
O = " ".join(  # noqa: E741 (OpenDocument)
    f'xmlns:{name}="{ODF}{of}:1.0"'
    for name, of in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "presentation": "presentation",
        "meta": "meta",
    }.items()
)


def opendocument(
    kind: str, body: str, title: str = "", styles: str = "", master: str = "", **more: str
) -> bytes:
    """A package of OpenDocument: text, presentation or spreadsheet."""
    inner = "spreadsheet" if kind == "spreadsheet" else kind
    meta = (
        f'<office:document-meta {O} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        f"<dc:title>{title}</dc:title><meta:initial-creator>Анна Ли</meta:initial-creator>"
        "<dc:creator>Пётр</dc:creator><meta:creation-date>2026-05-31T10:20:30.5</meta:creation-date>"
        "<meta:keyword>смета</meta:keyword><meta:keyword>дом</meta:keyword><dc:language>ru</dc:language>"
        "</office:meta></office:document-meta>"
    )
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": (
                f"<office:document-content {O}><office:automatic-styles>{styles}</office:automatic-styles>"
                f"<office:body><office:{inner}>{body}</office:{inner}></office:body></office:document-content>"
            ),
            "styles.xml": (
                f"<office:document-styles {O}><office:master-styles>{master}</office:master-styles>"
                "</office:document-styles>"
            ),
            "meta.xml": meta,
            **more,
        }
    )


HIDDEN_STYLE = '<style:style style:name="T9"><style:text-properties text:display="none"/></style:style>'


def odf_table(*rows: tuple[str, ...], name: str = "Т", style: str = "") -> str:
    cells = (
        "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        for row in rows
    )
    inner = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f'<table:table table:name="{name}" table:style-name="{style}">{inner}</table:table>'


def odt_sample(word: str) -> bytes:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Сноска внизу</text:p></text:note-body></text:note>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>вычеркнуто</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="1">Договор   аренды</text:h>'
        f"<text:p>Слово\n {word} и {ROAD}{note}.</text:p>"
        '<text:p>Ка<text:span text:style-name="b">зань</text:span><text:s text:c="2"/>там<text:tab/>тут'
        '<text:span text:style-name="T9">скрыто</text:span>'
        "<office:annotation><text:p>примечание</text:p></office:annotation></text:p>"
        "<text:list><text:list-item><text:p>пункт раз</text:p></text:list-item>"
        "<text:list-item><text:p>пункт два</text:p></text:list-item></text:list>"
        + odf_table(("Город", "Жители"), ("Полтава", "279593"))
        + "<text:p>Рядом<draw:frame><draw:text-box><text:p>Врезка сбоку</text:p></draw:text-box></draw:frame>"
        "</text:p>"
        f"<text:p>{HEBREW}</text:p>"
    )
    header = "<style:header><text:p>Колонтитул фирмы</text:p></style:header>"
    master = f"<style:master-page>{header}</style:master-page>"
    return opendocument("text", body, "Договор № 7", HIDDEN_STYLE, master * 2)


def odp_sample(word: str) -> bytes:
    def frame(text: str, kind: str = "") -> str:
        return (
            f'<draw:frame presentation:class="{kind}"><draw:text-box><text:p>{text}</text:p></draw:text-box>'
            "</draw:frame>"
        )

    body = (
        "<presentation:footer-decl>ООО Ромашка</presentation:footer-decl>"
        f"<draw:page>{frame('Отчёт о продажах', 'title')}{frame(f'Первая {ROAD}')}"
        f"{frame('17', 'page-number')}</draw:page>"
        f"<draw:page>{odf_table(('Город', 'Жители'), ('Полтава', '279593'))}</draw:page>"
        f"<draw:page>{frame(f'Тут стоит {word}')}{frame(HEBREW)}"
        f"<presentation:notes>{frame('Сказать вслух')}</presentation:notes></draw:page>"
    )
    return opendocument("presentation", body)


def ods_sample(word: str) -> bytes:
    styles = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    dates = (
        '<table:table table:name="Дни"><table:table-row><table:table-cell office:value-type="date"'
        ' office:date-value="2026-05-31"><text:p>31.05.26</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="3"><text:p>ноль</text:p></table:table-cell>'
        "<table:covered-table-cell><text:p>накрыто</text:p></table:covered-table-cell>"
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
        f"<table:table-row><table:table-cell><text:p>{word}</text:p><text:p>вторая {ROAD}</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    body = (
        odf_table(("Город", "Жители"), ("Полтава", "279593"), (HEBREW,), name="Смета")
        + odf_table(("тайное",), name="Черновик", style="ta2")
        + dates
    )
    return opendocument("spreadsheet", body, styles=styles)
