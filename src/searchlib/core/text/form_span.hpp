// How many positions a surface form takes in running text: "wi-fi" two, "1 000 000" three, most forms one. It
// follows from the form alone, so that no index keeps it. The invariant, which tests hold: of any token, the span
// that the scanner gave it in its text is that of its form. Whoever teaches the scanner another joint sees to it
// that forms keep that one, too.
//
// The bounds: of a token of more than 1,024 bytes the form is cut, and what is cut off takes no positions; a
// capital Ё that begins a part of an identifier is no joint; a letter that folds to several (ﬁ, ß) may make parts,
// or take them away, and so may a word that mixes both alphabets.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace searchlib {

// Where the first byte is that may divide a form, as most forms have none: what is no small letter of the two
// alphabets. The bytes may be a piece of a form.
size_t first_form_joint(std::string_view bytes);

// divides: whether words have parts, as ScanRules says.
uint32_t form_span(std::string_view form, bool divides = true);

}  // namespace searchlib
