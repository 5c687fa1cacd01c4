// Wholes that are written with spaces inside: «т. д.», «ст. л.», «А. С.», +7 (999) 123-45-67, 20 x 30. The first word of one is
// asked for; where the whole begins and ends is the answer. What stands inside is scanned as ever.

#pragma once

#include <cstdint>
#include <string_view>

#include "text/word.hpp"

namespace searchlib::scanning {

// The whole that begins with the word [begin, end) of a text, whose first byte is `text` and whose end is
// `text_end`; an empty range if there is none. A telephone number takes a plus or bracket before its digits.
Range find_spaced_whole(const uint8_t* text, const uint8_t* begin, const uint8_t* end,
                        const uint8_t* text_end);

// Whether a byte begins a times sign, or a letter that stands for one: x, ×, х.
inline bool may_be_times(uint8_t byte) {
  return byte == 'x' || byte == 'X' || byte == 0xC3 || byte == 0xD1 || byte == 0xD0;
}

// Whether a word of letters may be the first of «т. д.» or «ст. л.», by its length and its dot.
inline bool may_begin_initials(const uint8_t* begin, const uint8_t* end, const uint8_t* text_end) {
  return end != text_end && *end == '.' && end - begin <= 4;
}

// Whether find_spaced_whole need be asked: all that is cheap to see.
inline bool may_begin_spaced_whole(const uint8_t* text, const uint8_t* begin, const uint8_t* end,
                                   const uint8_t* text_end) {
  if (*begin >= '0' && *begin <= '9') {
    if (begin != text && (begin[-1] == '+' || begin[-1] == '(')) return true;
    if (text_end - end >= 4 && *end == ' ' && may_be_times(end[1])) return true;
    return end - begin == 1 && (*begin == '7' || *begin == '8') && end != text_end;
  }
  if (!may_begin_initials(begin, end, text_end)) return false;
  if (text_end - end <= 2 || (end[1] != ' ' && end[1] != 0xC2 && end[1] != 0xE2)) return false;
  if (end - begin <= 2) return ((*begin & 0x80) != 0) == (end - begin == 2);  // one letter
  return end - begin == 4 && *begin == 0xD1 && begin[1] == 0x81 && begin[2] == 0xD1 &&
         begin[3] == 0x82;  // ст.
}

// Whether all of these bytes are such a whole.
bool is_spaced_whole(std::string_view token);

// How many positions the words inside take.
uint32_t count_positions(std::string_view inside, bool divides);

}  // namespace searchlib::scanning
