"""The tokens of LaTeX as patterns, and what marks and spaces are set as. Each pattern runs in linear time."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""(?P<words>[^\\{}$&~%\n^_"'`<>,-]+)
    |(?P<paragraph>\n[ \t]*\n\s*)
    |(?P<comment>%[^\n]*(?:\n[ \t]*(?!\n))?)
    |(?P<line>\n)
    |\\begin[ \t]*\{(?P<begin>[^{}\n]*)\}
    |\\end[ \t]*\{(?P<end>[^{}\n]*)\}
    |\\(?:verb|lstinline)\*?(?P<delimiter>[^\sa-zA-Z*{\[])(?P<verbatim>[^\n]*?)(?P=delimiter)
    |\\(?:url|path|nolinkurl)[ \t]*\{(?P<address>[^{}\n]*)\}
    |\\(?P<command>[a-zA-Z@]+)\*?[ \t]*
    |\\(?P<sign>[^a-zA-Z@])
    |(?P<special>\$\$|[{}$&~^_])
    |(?P<mark>---?|``|''|,,|<<|>>|"---|"[-=~"<>`'|]|.)""",
    re.VERBOSE | re.DOTALL,
)
OPTIONAL = re.compile(r"[ \t]*\n?[ \t]*\[(?:[^\[\]{}]|\{[^{}]*\})*\]")
OPTIONAL_HERE = re.compile(r"\[((?:[^\[\]{}]|\{[^{}]*\})*)\]")
DEFINITION = re.compile(r"[ \t]*\\(?:[a-zA-Z@]+|.)[^{}\\\n]{0,100}")
LET = re.compile(r"[ \t]*\\(?:[a-zA-Z@]+|.)[ \t]*=?[ \t]*(?:\\(?:[a-zA-Z@]+|.)|.)?")
LETTER = re.compile(
    r"\s*(?:\{\s*(?:\\([ij])\b\s*)?([^{}\\]{0,40})\}|\\([ij])(?![a-zA-Z])[ \t]*|([^\s{}\\$&]))"
)
LENGTH = re.compile(r"[ \t]*=?[ \t]*[-+]?[\d.,]+[ \t]*(?:true)?(?:pt|mm|cm|in|ex|em|bp|pc|dd|sp|mu)\b")
SKIPS = frozenset(
    (
        "vskip",
        "hskip",
        "kern",
        "parskip",
        "parindent",
        "baselineskip",
        "leftskip",
        "rightskip",
        "hsize",
        "vsize",
    )
)
MARKS = {"---": "—", "--": "–", "``": "“", "''": "”", ",,": "„", "<<": "«", ">>": "»", "`": "‘"}
CYRILLIC_MARKS = {'"---': "—", '"-': "", '"=': "-", '"~': "-", '""': "", '"<': "«", '">': "»", '"`': "„",
                   "\"'": "“", '"|': ""}  # fmt: skip
SPACES = {
    " ": " ",
    ",": "\u00a0",
    ";": " ",
    ":": " ",
    "!": "",
    "\n": " ",
    "/": "",
    "-": "",
    "@": "",
    ">": " ",
}
