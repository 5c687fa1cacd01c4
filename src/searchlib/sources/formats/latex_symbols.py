"""The characters that commands of TeX stand for: accents, letters, dashes, Greek, signs of mathematics."""

from __future__ import annotations

import unicodedata

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "U": "\u030e", "G": "\u030f",
}  # fmt: skip
"""The accents of \\'e and \\v{s}, as characters that combine with the letter before them."""


def accented(accent: str, letter: str) -> str:
    """The first letter of a text with an accent. accent: its name, as in ACCENTS."""
    base = {"ı": "i", "ȷ": "j"}.get(letter[:1], letter[:1])
    return unicodedata.normalize("NFC", base + ACCENTS[accent]) + letter[1:] if base.strip() else letter


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


TEXT = _pairs(
    "i ı j ȷ ss ß SS SS ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł aa å AA Å dh ð DH Ð th þ TH Þ ng ŋ dj đ DJ Đ"
    " dots … ldots … textellipsis … textemdash — textendash – cdash — S § P ¶ copyright © textcopyright ©"
    " textregistered ® texttrademark ™ pounds £ textsterling £ euro € texteuro € textnumero № No №"
    " textdegree ° degree ° textbackslash \\ textasciitilde ~ textasciicircum ^ textunderscore _ textbar |"
    " textless < textgreater > textquotedblleft “ textquotedblright ” textquoteleft ‘ textquoteright ’"
    " guillemotleft « guillemotright » guillemetleft « guillemetright » glqq „ grqq “ quotedblbase „ flqq «"
    " frqq » og « fg »"
    ' textquotedbl " textbullet • textperiodcentered · textmu µ textpm ± texttimes × textonehalf ½'
    " textparagraph ¶ textsection § dag † ddag ‡ textdagger † TeX TeX LaTeX LaTeX LaTeXe LaTeX2e"
    " BibTeX BibTeX XeLaTeX"
    " XeLaTeX LuaLaTeX LuaLaTeX XeTeX XeTeX LuaTeX LuaTeX pdfLaTeX pdfLaTeX textdollar $ lbrace { rbrace }"
    " slash / lq ‘ rq ’ textvisiblespace ␣ rub ₽ textrouble ₽ No № numero № cyryo ё CYRYO Ё"
)
"""Letters and signs that stand in a text."""

MATH = _pairs(
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ"
    " lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ"
    " chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
    " le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝"
    " pm ± mp ∓ times × div ÷ cdot ⋅ cdots ⋯ ldots … dots … ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗"
    " in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ emptyset ∅"
    " varnothing ∅ forall ∀ exists ∃ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨ vee ∨ to → rightarrow → leftarrow ←"
    " gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ implies ⇒ mapsto ↦ uparrow ↑"
    " downarrow ↓ longrightarrow ⟶ infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ oint ∮ iint ∬ sqrt √ angle"
    " ∠ perp ⊥ parallel ∥ mid ∣ prime ′ hbar ℏ ell ℓ Re ℜ Im ℑ aleph ℵ degree ° langle ⟨ rangle ⟩ lfloor ⌊"
    " rfloor ⌋ lceil ⌈ rceil ⌉ vert | Vert ‖ lVert ‖ rVert ‖ lvert | rvert | ll ≪ gg ≫ square □ therefore ∴"
    " because ∵ dagger † top ⊤ bot ⊥ vdash ⊢ models ⊨ triangle △ colon : backslash \\ lbrace { rbrace }"
    " cosh cosh sinh sinh tanh tanh sin sin cos cos tan tan cot cot sec sec csc csc arcsin arcsin arccos"
    " arccos arctan arctan tg tg ctg ctg arctg arctg ln ln lg lg log log exp exp lim lim limsup limsup"
    " liminf liminf sup sup inf inf max max min min det det dim dim ker ker deg deg gcd gcd arg arg hom hom"
    " Pr Pr mod mod bmod mod"
)
"""Signs and names of functions within a formula."""

HIGH = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
LOW = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
