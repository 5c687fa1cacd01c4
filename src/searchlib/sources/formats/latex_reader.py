"""A pass over LaTeX, token by token: what comes in is source, what goes out the text as it is set.

Groups, arguments and formulas are kept track of in stacks, so that depth costs nothing. Notes stand at the
end, each under its number.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from . import latex_commands as commands
from .flow import Flow, raised
from .latex_commands import AUTHOR, DATE, DROP, HEADING, HIGH, KEEP, KEYWORDS, LINE, LOW, NOTE, OVER, TITLE
from .latex_symbols import ACCENTS, MATH, TEXT, accented
from .latex_symbols import HIGH as HIGH_LETTERS
from .latex_symbols import LOW as LOW_LETTERS

_TOKEN = re.compile(
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
_OPTIONAL = re.compile(r"[ \t]*\n?[ \t]*\[(?:[^\[\]{}]|\{[^{}]*\})*\]")
_OPTIONAL_HERE = re.compile(r"\[((?:[^\[\]{}]|\{[^{}]*\})*)\]")
_DEFINITION = re.compile(r"[ \t]*\\(?:[a-zA-Z@]+|.)[^{}\\\n]{0,100}")
_LET = re.compile(r"[ \t]*\\(?:[a-zA-Z@]+|.)[ \t]*=?[ \t]*(?:\\(?:[a-zA-Z@]+|.)|.)?")
_LETTER = re.compile(
    r"\s*(?:\{\s*(?:\\([ij])\b\s*)?([^{}\\]{0,40})\}|\\([ij])(?![a-zA-Z])[ \t]*|([^\s{}\\$&]))"
)
_LENGTH = re.compile(r"[ \t]*=?[ \t]*[-+]?[\d.,]+[ \t]*(?:true)?(?:pt|mm|cm|in|ex|em|bp|pc|dd|sp|mu)\b")
_SKIPS = frozenset(
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
_MARKS = {"---": "—", "--": "–", "``": "“", "''": "”", ",,": "„", "<<": "«", ">>": "»", "`": "‘"}
_CYRILLIC_MARKS = {'"---': "—", '"-': "", '"=': "-", '"~': "-", '""': "", '"<': "«", '">': "»", '"`': "„",
                   "\"'": "“", '"|': ""}  # fmt: skip
_SPACES = {
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
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_CAPTURED = frozenset({DROP, TITLE, AUTHOR, DATE, KEYWORDS, NOTE, HIGH, LOW})


class _Group(NamedTuple):
    kind: str
    rest: tuple[str, ...]  # the arguments that come behind it
    mark: int
    outer: Flow


class LatexReader:
    """Reads at once. said: title, author, date, keywords; heading: the first one of the text."""

    def __init__(self, text: str) -> None:
        self.said: dict[str, str] = {}
        self.heading = ""
        self._text = text
        self._flow = Flow()
        self._groups: list[_Group] = []
        self._arguments: tuple[str, ...] = ()
        self._in_formula = False
        self._num_tables = 0
        self._lists: list[int] = []  # of each that is open: the number of its last item, -1 without numbers
        self._notes: list[str] = []
        self._never_ends: set[str] = set()
        self._is_cyrillic = bool(_CYRILLIC.search(text))
        self._marks = {**_MARKS, **(_CYRILLIC_MARKS if self._is_cyrillic else {})}
        self._read()

    def body(self) -> str:
        for group in reversed(self._groups):  # that never end
            self._flow = group.outer
        if self._notes:
            self._flow.blank()
        for number, note in enumerate(self._notes, 1):
            self._flow.text(f"{raised(str(number))} {note}")
            self._flow.line()
        return self._flow.body()

    def _read(self) -> None:
        text, at = self._text, 0
        while at < len(text):
            if self._arguments and (optional := _OPTIONAL.match(text, at)):
                at = optional.end()
                continue
            token = _TOKEN.match(text, at)
            assert token is not None
            kind, at = token.lastgroup or "", token.end()
            if kind == "words":
                self._words(token.group())
            elif kind == "command":
                at = self._command(token["command"], at)
            elif kind == "line":
                self._flow.words(" ")
            elif kind == "special":
                at = self._special(token.group(), at)
            elif kind == "mark":
                self._mark(token.group())
            elif kind == "paragraph":
                self._arguments = ()
                self._flow.blank()
            elif kind == "sign":
                at = self._sign(token["sign"], at)
            elif kind == "begin":
                at = self._begin(token["begin"].strip(), at)
            elif kind == "end":
                if token["end"] == "document":
                    return
                self._end(token["end"].strip())
            elif kind == "verbatim":
                self._flow.text(token["verbatim"])
            elif kind == "address":
                self._flow.text(token["address"])

    def _words(self, words: str) -> None:
        if self._arguments and words.strip():
            self._arguments = ()
        self._flow.words(words)

    def _mark(self, mark: str) -> None:
        self._arguments = ()
        shown = mark if self._in_formula else self._marks.get(mark, mark)
        if shown:
            self._flow.text(shown)

    def _special(self, special: str, at: int) -> int:
        if special == "{":
            self._open()
        elif special == "}":
            self._close()
        elif special[0] == "$":
            self._in_formula = not self._in_formula
            if special == "$$":
                self._flow.line()
        elif special == "~":
            self._flow.text("\u00a0")
        elif special == "&":
            if self._num_tables:
                self._flow.cell()
            else:
                self._flow.words(" ")
        elif self._in_formula:
            self._arguments = (HIGH if special == "^" else LOW,)
            letter = self._text[at : at + 1]
            if letter.isalnum():
                self._open()
                self._flow.text(letter)
                self._close()
                return at + 1
            if letter != "{":
                self._arguments = ()
                self._flow.text(special)
        else:
            self._flow.text(special)
        return at

    def _open(self) -> None:
        kind, rest = (self._arguments[0], self._arguments[1:]) if self._arguments else (KEEP, ())
        self._arguments = ()
        if kind in (HEADING, LINE):
            self._flow.blank()
        self._groups.append(_Group(kind, rest, self._flow.mark(), self._flow))
        if kind in _CAPTURED:
            self._flow = Flow()

    def _close(self) -> None:
        if not self._groups:
            return
        group = self._groups.pop()
        inside, self._flow = self._flow, group.outer
        self._arguments = group.rest
        kind = group.kind
        if kind == HEADING:
            self.heading = self.heading or self._flow.since(group.mark)
            self._flow.blank()
        elif kind == LINE:
            self._flow.line()
        elif kind == OVER:
            self._flow.text("/")
        elif kind in _CAPTURED and kind != DROP:
            self._captured(kind, inside.body().strip("\n"))

    def _captured(self, kind: str, text: str) -> None:
        if kind == NOTE:
            self._notes.append(text)
            self._flow.text(raised(str(len(self._notes))))
        elif kind in (HIGH, LOW):
            letters = text.translate(HIGH_LETTERS if kind == HIGH else LOW_LETTERS)
            changed = not any(old == new for old, new in zip(text, letters, strict=True))
            mark = "" if changed or not self._in_formula else "^" if kind == HIGH else "_"
            self._flow.text(mark + (letters if changed else text))
        else:
            self.said.setdefault(kind, ", ".join(line.strip() for line in text.split("\n") if line.strip()))
            self._flow.line()
            self._flow.text(text)
            self._flow.line()

    def _command(self, name: str, at: int) -> int:
        if self._arguments and self._arguments[0] == DROP:  # \newcommand\x{…}
            self._arguments = self._arguments[1:]
            return at
        if (
            shown := (MATH.get(name) if self._in_formula else None) or TEXT.get(name) or MATH.get(name)
        ) is not None:
            self._flow.text(shown)
            if name.isalpha() and shown.isalpha() and len(shown) > 1 and self._in_formula:
                self._flow.words(" ")
            return at + 2 if self._text.startswith("{}", at) else at
        if name in ACCENTS and not self._in_formula and (letter := _LETTER.match(self._text, at)):
            return self._accent(name, letter)
        if name in ("def", "gdef", "edef", "xdef"):
            definition = _DEFINITION.match(self._text, at)
            self._arguments = (DROP,) if definition else ()
            return definition.end() if definition else at
        if name == "let" and (found := _LET.match(self._text, at)):
            return found.end()
        if name in _SKIPS and (found := _LENGTH.match(self._text, at)):
            return found.end()
        if name == "item":
            self._flow.line()
            if self._lists and self._lists[-1] >= 0 and not self._text.startswith("[", at):
                self._lists[-1] += 1
                self._flow.words(f"{self._lists[-1]}. ")
            return self._optional(at)
        if name in ("par", "and", "newline", "linebreak", "cr", "tabularnewline", "hline"):
            self._flow.line()
        elif name in ("quad", "qquad", "enspace", "thinspace", "space", "nobreakspace", "left", "right"):
            self._flow.words(" ")
        self._arguments = commands.COMMANDS.get(name, ())
        if not self._arguments and (optional := _OPTIONAL_HERE.match(self._text, at)):
            return optional.end()
        return at

    def _optional(self, at: int) -> int:
        """The term of an item."""
        optional = _OPTIONAL_HERE.match(self._text, at)
        if not optional:
            return at
        self._flow.words(f"{optional[1]} ")
        return optional.end()

    def _sign(self, sign: str, at: int) -> int:
        if sign in ACCENTS and not self._in_formula and (letter := _LETTER.match(self._text, at)):
            return self._accent(sign, letter)
        if sign == "\\":
            self._flow.line()
            optional = _OPTIONAL_HERE.match(self._text, at + self._text.startswith("*", at))
            return optional.end() if optional else at + self._text.startswith("*", at)
        if sign in "[](":
            self._in_formula = sign != "]"
            if sign != "(":
                self._flow.line()
        elif sign == ")":
            self._in_formula = False
        elif sign in _SPACES:
            if shown := _SPACES[sign]:
                self._flow.words(shown) if shown == " " else self._flow.text(shown)
        else:
            self._flow.text(sign)
        return at

    def _accent(self, accent: str, found: re.Match[str]) -> int:
        dotless, inside, alone, single = found.groups()
        letters = (dotless or "") + (inside or "") if inside is not None else alone or single
        self._flow.text(accented(accent, letters)) if letters else None
        return found.end()

    def _begin(self, name: str, at: int) -> int:
        self._arguments = ()
        if name == "document":
            self._begin_document()
            return at
        end = f"\\end{{{name}}}"
        if name in commands.VERBATIM or name in commands.UNSEEN:
            close = -1 if name in self._never_ends else self._text.find(end, at)
            if close < 0:
                self._never_ends.add(name)
                return at
            if name in commands.VERBATIM:
                optional = _OPTIONAL_HERE.match(self._text, at)
                self._flow.blank()
                self._flow.text(self._text[optional.end() if optional else at : close].strip("\n"))
                self._flow.blank()
            return close + len(end)
        if name.rstrip("*") in commands.FORMULAS:
            self._in_formula = True
        self._num_tables += name in commands.TABLES
        self._flow.blank()
        if name in commands.LISTS:
            self._lists.append(0 if name == "enumerate" else -1)
        elif name == "proof":
            self._flow.words("Доказательство. " if self._is_cyrillic else "Proof. ")
        self._arguments = commands.ENVIRONMENTS.get(name, ())
        if not self._arguments and (optional := _OPTIONAL_HERE.match(self._text, at)):
            return optional.end()
        return at

    def _end(self, name: str) -> None:
        self._arguments = ()
        if name.rstrip("*") in commands.FORMULAS:
            self._in_formula = False
        if name in commands.LISTS and self._lists:
            self._lists.pop()
        self._num_tables = max(0, self._num_tables - (name in commands.TABLES))
        self._flow.blank()

    def _begin_document(self) -> None:
        """What stands before it is not set, but for the title."""
        self._groups.clear()
        self._flow, self.heading, self._notes = Flow(), "", []
        for kind in (TITLE, AUTHOR):
            if said := self.said.get(kind):
                self._flow.text(said)
                self._flow.line()
        self._flow.blank()
