// One character of UTF-8 after the other, with what the tables know of it: what the rules of the scanner look at.
// Nothing is read at or past `end`.

#pragma once

#include <cstdint>

#include "text/unicode.hpp"
#include "text/utf8.hpp"

namespace searchlib::scanning {

struct Char {
  uint32_t code_point = utf8::kInvalid;
  uint32_t length = 0;
  unicode::Properties properties{0};

  unicode::Class word_class() const { return properties.word_class(); }
  unicode::Script script() const { return properties.script(); }
  bool upper() const { return properties.upper(); }
  bool letter() const { return word_class() == unicode::Class::kLetter; }
  bool small() const { return letter() && !upper(); }
  bool digit() const { return word_class() == unicode::Class::kDigit; }
  bool alphanumeric() const { return letter() || digit(); }
  bool attached() const {
    return word_class() == unicode::Class::kExtend || word_class() == unicode::Class::kFormat;
  }
};

// The character at `at`; at the end, one of no length that is a border.
inline Char char_at(const uint8_t* at, const uint8_t* end) {
  if (at == end) return {};
  if (*at < 0x80) return {*at, 1, unicode::Properties(unicode::kAsciiProperties[*at])};
  const utf8::Decoded decoded = utf8::decode(at, end);
  return {decoded.code_point, decoded.length, unicode::properties(decoded.code_point)};
}

// Over the marks that belong to what stands before them.
inline const uint8_t* skip_attached(const uint8_t* at, const uint8_t* end) {
  for (Char next = char_at(at, end); next.attached(); next = char_at(at, end)) at += next.length;
  return at;
}

inline bool is_ascii_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

// The spaces that people put inside a number, a name or an abbreviation.
inline bool is_inner_space(uint32_t code_point) {
  return code_point == ' ' || code_point == 0xA0 || code_point == 0x202F || code_point == 0x2009;
}

}  // namespace searchlib::scanning
