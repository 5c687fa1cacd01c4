// Text of two bytes a character, as Python keeps most of what is no English, → UTF-8: a run of letters of one alphabet
// at a time. Python's own encoder takes four times as long, and keeps what it made with the text.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace searchlib {

// Replaces `out`; false if there is a surrogate, which UTF-8 has no bytes for.
bool utf8_of_wide(std::span<const uint16_t> text, std::string& out);

}  // namespace searchlib
