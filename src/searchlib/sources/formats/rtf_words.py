"""The words of RTF that a reader of text has to know: characters, code pages, and groups that are no text.

Facts of the specification (1.9.1), in tables. How a file is read is known to rtf.py.
"""

from __future__ import annotations

CHARACTERS = {
    "line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "softline": "\n", "zwj": "\u200d", "zwnj": "\u200c", "zwbo": "\u200b", "zwnbo": "\u2060",
}  # fmt: skip

SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad", "{": "{", "}": "}", "\\": "\\"}

PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}

CHARSETS = {
    77: "mac_roman", 78: "cp932", 80: "cp949", 81: "mac_arabic", 84: "mac_cyrillic", 85: "mac_greek",
    88: "mac_latin2", 89: "mac_cyrillic", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""The code pages of fonts by \\fcharset; 0 and 1 are the document's own."""

STARRED = frozenset({"ud", "shpinst", "shptxt", "dptxbxtext", "do", "listtext", "footnote"})
"""Groups that begin with \\* and hold text all the same; any other such group is left out."""

_NO_TEXT = (
    "aftncn aftnsep aftnsepc annotation atnauthor atndate atnicn atnid atnparent atnref atntime atrfend "
    "atrfstart background bkmkend bkmkstart blipuid buptim category colorschememapping colortbl comment "
    "company datafield datastore defchp defpap doccomm docvar ebcend ebcstart factoidname falt fchars "
    "ffdeftext ffentrymcr ffexitmcr ffformat ffhelptext ffl ffname ffstattext file filetbl fldinst fname "
    "fontemb fontfile ftncn ftnsep ftnsepc generator gridtbl hl hlinkbase hlloc hlsrc htmltag "
    "latentstyles lchars levelnumbers leveltext lfolevel list listlevel listname listoverride "
    "listoverridetable listpicture liststylename listtable mailmerge manager mhtmltag mmathPr "
    "nesttableprops nextfile nonesttables nonshppict objalias objclass objdata objname objsect objtime "
    "oldcprops oldpprops oldsprops oldtprops oleclsid operator panose password passwordhash pgp pgptbl "
    "picprop pict pn pnseclvl pntext printim private propname protend protstart protusertbl pxe revtbl "
    "revtim rsidtbl rxe shprslt sn sp sv svb tc template themedata title txe userprops "
    "vern wgrffmtfilter windowcaption writereservation writereservhash xe xform xmlattrname xmlattrvalue "
    "xmlclose xmlname xmlnstbl xmlopen "
)
LEFT_OUT = frozenset(_NO_TEXT.split())
"""Groups that are no text, whether or not they begin with \\*."""

APART = {
    "footnote": "note",
    "shptxt": "box",
    "dptxbxtext": "box",
    "listtext": "list",
    **dict.fromkeys(
        ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"), "margin"
    ),
}
"""Groups whose text does not stand where they do, and what it is."""

INFO = {
    **{"title": "title", "author": "author", "keywords": "keywords", "doccomm": "description"},
    **dict.fromkeys(("subject", "creatim", "operator", "revtim", "printim", "buptim"), ""),
}
"""What a document says of itself, and the field that it is."""

NO_TEXT = frozenset({"info", "fonttbl", "stylesheet", *INFO})
