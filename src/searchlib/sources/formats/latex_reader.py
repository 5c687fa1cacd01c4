"""A pass over LaTeX, token by token: what comes in is source, what goes out the text as it is set.

Groups, arguments and formulas are kept track of in stacks, so that depth costs nothing; what becomes of a
group's text is known to latex_groups.py.
"""

from __future__ import annotations

import re

from . import latex_commands as commands
from . import latex_tokens as tokens
from .latex_commands import DROP, HIGH, LOW
from .latex_groups import LatexGroups
from .latex_symbols import ACCENTS, MATH, TEXT, accented

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


class LatexReader(LatexGroups):
    """Reads at once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._num_tables = 0
        self._lists: list[int] = []  # of each that is open: the number of its last item, -1 without numbers
        self._never_ends: set[str] = set()
        self._is_cyrillic = bool(_CYRILLIC.search(text))
        self._marks = {**tokens.MARKS, **(tokens.CYRILLIC_MARKS if self._is_cyrillic else {})}
        self._read()

    def _read(self) -> None:
        text, at = self._text, 0
        while at < len(text):
            if self._arguments and (optional := tokens.OPTIONAL.match(text, at)):
                at = optional.end()
                continue
            token = tokens.TOKEN.match(text, at)
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
        if name in ACCENTS and not self._in_formula and (letter := tokens.LETTER.match(self._text, at)):
            return self._accent(name, letter)
        if name in ("def", "gdef", "edef", "xdef"):
            definition = tokens.DEFINITION.match(self._text, at)
            self._arguments = (DROP,) if definition else ()
            return definition.end() if definition else at
        if name == "let" and (found := tokens.LET.match(self._text, at)):
            return found.end()
        if name in tokens.SKIPS and (found := tokens.LENGTH.match(self._text, at)):
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
        if not self._arguments and (optional := tokens.OPTIONAL_HERE.match(self._text, at)):
            return optional.end()
        return at

    def _optional(self, at: int) -> int:
        """The term of an item."""
        optional = tokens.OPTIONAL_HERE.match(self._text, at)
        if not optional:
            return at
        self._flow.words(f"{optional[1]} ")
        return optional.end()

    def _sign(self, sign: str, at: int) -> int:
        if sign in ACCENTS and not self._in_formula and (letter := tokens.LETTER.match(self._text, at)):
            return self._accent(sign, letter)
        if sign == "\\":
            self._flow.line()
            optional = tokens.OPTIONAL_HERE.match(self._text, at + self._text.startswith("*", at))
            return optional.end() if optional else at + self._text.startswith("*", at)
        if sign in "[](":
            self._in_formula = sign != "]"
            if sign != "(":
                self._flow.line()
        elif sign == ")":
            self._in_formula = False
        elif sign in tokens.SPACES:
            if shown := tokens.SPACES[sign]:
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
                optional = tokens.OPTIONAL_HERE.match(self._text, at)
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
        if not self._arguments and (optional := tokens.OPTIONAL_HERE.match(self._text, at)):
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
