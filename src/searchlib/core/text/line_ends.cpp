#include "text/line_ends.hpp"

#include <cstddef>

#include "text/chars.hpp"

namespace searchlib::scanning {
namespace {

constexpr uint32_t kSoftHyphen = 0xAD, kHyphenSign = 0x2010;
constexpr uint32_t kBroken = 0xAC;  // ¬
constexpr uint8_t kPageEnd = '\f';
constexpr std::ptrdiff_t kMaxLineEnd = 128;  // bytes of a line's end: hyphen, spaces, indentation

// Where the next line begins with a letter, if `at` is at the end of this one: null if it is not.
const uint8_t* letter_on_next_line(const uint8_t* at, const uint8_t* end) {
  const uint8_t* const last = end - at > kMaxLineEnd ? at + kMaxLineEnd : end;
  const auto skip_blanks = [&] {
    while (at != last && (*at == ' ' || *at == '\t')) ++at;
  };
  skip_blanks();
  if (at == last || (*at != '\n' && *at != '\r' && *at != kPageEnd)) return nullptr;
  const bool line = *at != kPageEnd;
  at += *at == '\r' && last - at > 1 && at[1] == '\n' ? 2 : 1;
  if (line && at != last && *at == kPageEnd) ++at;
  skip_blanks();
  return at != last && char_at(at, end).letter() ? at : nullptr;
}

}  // namespace

const uint8_t* behind_division(const uint8_t* begin, const uint8_t* at, const uint8_t* end) {
  if (at - begin >= 2 && at[-2] == 0xC2 && at[-1] == kSoftHyphen) {
    if (const uint8_t* const found = letter_on_next_line(at, end)) return found;
  }
  Char next = char_at(at, end);
  if (next.code_point == '-' || next.code_point == kHyphenSign) {
    at += next.length;
    if (const uint8_t* const found = letter_on_next_line(at, end)) return found;
    next = char_at(at, end);
  }
  if (next.code_point != kBroken) return nullptr;
  at += next.length;
  if (const uint8_t* const found = letter_on_next_line(at, end)) return found;
  return char_at(at, end).letter() ? at : nullptr;
}

}  // namespace searchlib::scanning
