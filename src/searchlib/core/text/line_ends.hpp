// Words that the end of a line divides, as PDF and OCR leave them: "прези-⏎дент".

#pragma once

#include <cstdint>

namespace searchlib::scanning {

// Where a word [begin, at) goes on that a line's end divides behind `at`, with a hyphen, a soft one or ¬; null if
// none does.
const uint8_t* behind_division(const uint8_t* begin, const uint8_t* at, const uint8_t* end);

}  // namespace searchlib::scanning
