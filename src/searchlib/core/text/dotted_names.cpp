#include "text/dotted_names.hpp"

#include "text/chars.hpp"
#include "text/units.hpp"

namespace searchlib::scanning {
namespace {

using unicode::Script;

constexpr int kFewest = 2, kMost = 5;  // letters and digits of an ending

// The first letter of a word, or a character that is none.
Char first_letter(const uint8_t* at, const uint8_t* end) {
  while (at != end) {
    const Char next = char_at(at, end);
    if (next.letter()) return next;
    at += next.length;
  }
  return {};
}

// pdf, XLSX, mp3: of ASCII, a letter first, small ones or, if they may be, capitals.
bool is_ending(const uint8_t* at, const uint8_t* end, bool capitals) {
  const uint8_t* const begin = at;
  bool small = false, capital = false;
  for (; at != end; ++at) {
    if (*at >= 'a' && *at <= 'z') {
      small = true;
    } else if (*at >= 'A' && *at <= 'Z') {
      capital = true;
    } else if (at == begin || !is_ascii_digit(*at)) {
      break;
    }
  }
  const Char behind = char_at(at, end);
  const bool goes_on = at != end && *at == '.' && char_at(at + 1, end).letter();  // jquery-3.min.js
  return at - begin >= kFewest && at - begin <= kMost && small != capital && (capitals || small) &&
         !behind.alphanumeric() && !behind.attached() && (goes_on || !is_unit(begin, end));
}

}  // namespace

bool dot_joins_name(const uint8_t* begin, const uint8_t* dot, const uint8_t* behind, const uint8_t* end,
                    bool digit) {
  const Char stem = first_letter(begin, dot);
  if (!digit || stem.length == 0) return is_ending(behind, end, digit);
  const Script after = char_at(behind, end).script();
  return after == stem.script() || (after == Script::kLatin && is_ending(behind, end, true));
}

}  // namespace searchlib::scanning
