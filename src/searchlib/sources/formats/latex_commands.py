"""What commands and environments of LaTeX do with their arguments: those that show something else than them.

An argument is kept where nothing is said of it here: of \\emph{word} the word stays.
"""

from __future__ import annotations

KEEP, DROP, TITLE, AUTHOR, DATE, KEYWORDS, HEADING, NOTE, HIGH, LOW, LINE, OVER = (
    "keep", "drop", "title", "author", "date", "keywords", "heading", "note", "high", "low", "line", "over",
)  # fmt: skip

_DROPPED = (
    "label 1 ref 1 eqref 1 pageref 1 autoref 1 cref 1 Cref 1 nameref 1 vref 1 prettyref 1 cite 1 citep 1"
    " citet 1 citeauthor 1 citeyear 1 nocite 1 parencite 1 textcite 1 footcite 1 autocite 1 fullcite 1"
    " index 1 indexdef 1 indexsee 2 glossary 1 includegraphics 1 input 1 include 1 subfile 1 import 2"
    " usepackage 1 RequirePackage 1 documentclass 1 LoadClass 1 ProvidesPackage 1 NeedsTeXFormat 1 vspace 1"
    " hspace 1 vskip 0 setlength 2 addtolength 2 newlength 1 newcommand 2 renewcommand 2 providecommand 2"
    " newcommandx 2 DeclareMathOperator 2 DeclareRobustCommand 2 newenvironment 3 renewenvironment 3"
    " newtheorem 2 theoremstyle 1 newcounter 1 setcounter 2 addtocounter 2 stepcounter 1 refstepcounter 1"
    " bibliographystyle 1 bibliography 1 addbibresource 1 pagestyle 1 thispagestyle 1 pagenumbering 1"
    " hypersetup 1 geometry 1 definecolor 3 color 1 colorlet 2 fontsize 2 selectlanguage 1 setmainlanguage"
    " 1 setotherlanguage 1 setdefaultlanguage 1 setmainfont 1 setsansfont 1 setmonofont 1 newfontfamily 2"
    " addcontentsline 3 rule 2 graphicspath 1 lstset 1 lstdefinestyle 2 tikzset 1 pgfplotsset 1"
    " usetikzlibrary 1 captionsetup 1 titleformat 5 titlespacing 4 linespread 1 allowdisplaybreaks 0"
    " hyphenation 1 newif 0 patchcmd 5 apptocmd 3 pretocmd 3 AtBeginDocument 1 AtEndDocument 1 ifthenelse 1"
    " value 1 cline 1 cmidrule 1 arraystretch 0 hfill 0 thanks 1 phantom 1 hphantom 1 vphantom 1 usetheme 1"
    " usecolortheme 1 usefonttheme 1 useinnertheme 1 useoutertheme 1 setbeamertemplate 1 setbeamercolor 2"
    " setbeamerfont 2 logo 1 tableofcontents 0 printbibliography 0 lstinputlisting 1 inputminted 2"
    " verbatiminput 1 sisetup 1 bibitem 1 hyperref 0 DeclareUnicodeCharacter 2 counterwithin 2 numberwithin"
    " 2 setstretch 1 enlargethispage 1 markboth 2 markright 1 fancyhead 1 fancyfoot 1 lhead 1 chead 1 rhead"
    " 1 lfoot 1 cfoot 1 rfoot 1 ifnumequal 2 ifdefined 0 tag 1 zlabel 1 captionlabel 0"
)


def _counted(text: str) -> dict[str, tuple[str, ...]]:
    words = text.split()
    return {name: (DROP,) * int(num) for name, num in zip(words[::2], words[1::2], strict=True)}


def _alike(text: str, *arguments: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(text.split(), arguments)


_SHOWN = {
    **_alike("part chapter section subsection subsubsection paragraph subparagraph", HEADING),
    **_alike("frametitle framesubtitle addchap addsec", HEADING),
    **_alike("footnote footnotetext endnote sidenote marginpar", NOTE),
    **_alike("textcolor href foreignlanguage raisebox scalebox parbox colorbox", DROP, KEEP),
    **_alike("hyperlink hypertarget rotatebox makebox", DROP, KEEP),
    **_alike("multicolumn multirow resizebox fcolorbox", DROP, DROP, KEEP),
    **_alike("frac dfrac tfrac nicefrac sfrac", OVER, KEEP),
    **_alike("caption subtitle institute", LINE),
    **_alike("captionof", DROP, LINE),
    **_alike("texorpdfstring", KEEP, DROP),
    **_alike("textsuperscript", HIGH),
    **_alike("textsubscript", LOW),
    **_alike("title", TITLE),
    **_alike("author", AUTHOR),
    **_alike("date", DATE),
    **_alike("keywords", KEYWORDS),
}
COMMANDS: dict[str, tuple[str, ...]] = {**_counted(_DROPPED), **_SHOWN}
"""The arguments of a command, one after another."""

ENVIRONMENTS: dict[str, tuple[str, ...]] = {
    **_counted(
        "tabular 1 tabular* 2 tabularx 2 tabulary 2 longtable 1 longtabu 1 tabu 1 array 1 minipage 1"
        " multicols 1 thebibliography 1 wrapfigure 2 wraptable 2 subfigure 1 subtable 1 adjustbox 1 spacing"
        " 1 list 2 alignat 1 alignat* 1 columns 0 column 1 otherlanguage 1 supertabular 1"
    ),
    "frame": (HEADING,),
}
"""The same of what stands behind \\begin{…}."""

VERBATIM = frozenset(
    ("verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "alltt", "code", "spverbatim", "BVerbatim")
)
UNSEEN = frozenset(
    (
        "comment",
        "tikzpicture",
        "picture",
        "pgfpicture",
        "filecontents",
        "filecontents*",
        "tikzcd",
        "pspicture",
    )
)
TABLES = frozenset(
    ("tabular", "tabular*", "tabularx", "tabulary", "longtable", "longtabu", "tabu", "supertabular", "array")
)
LISTS = frozenset(("itemize", "enumerate", "description"))
_FORMULAS = (
    "equation align gather multline displaymath math eqnarray flalign alignat dmath split aligned gathered"
)
FORMULAS = frozenset(_FORMULAS.split())
"""With a star, too."""
