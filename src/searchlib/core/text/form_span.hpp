// How many positions a surface form takes in running text: "wi-fi" two, "1 000 000" three, most forms one. It
// follows from the form alone, so that no index keeps it: a form goes in, a number comes out. The invariant,
// which tests hold: of any token, the span that the scanner gave it in its text is that of its form. Whoever
// teaches the scanner another joint sees to it that forms keep that one, too.
//
// The bound: of a token of more than 1,024 bytes the form is cut, and what is cut off takes no positions.

#pragma once

#include <cstdint>
#include <string_view>

namespace searchlib {

// What stands between the parts of a compound, as forms have it: a form without them takes one position.
constexpr std::string_view kFormJoints = "- ";

uint32_t form_span(std::string_view form);

}  // namespace searchlib
