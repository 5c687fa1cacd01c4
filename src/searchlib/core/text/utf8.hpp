// Decodes UTF-8 to code points, and encodes them again. It never reads past the end, whatever the bytes: what
// is not UTF-8 gives a number that is no letter, one byte at a time. Surrogates that Python lets through (three
// bytes) are decoded as themselves.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace searchlib::utf8 {

struct Decoded {
  uint32_t code_point;
  uint32_t length;  // in bytes, at least 1
};

inline constexpr uint32_t kInvalid = 0xFFFFFFFF;

inline bool is_continuation(uint8_t byte) { return (byte & 0xC0) == 0x80; }

// The code point that starts at `at`; at < end.
inline Decoded decode(const uint8_t* at, const uint8_t* end) {
  const uint8_t lead = *at;
  if (lead < 0x80) return {lead, 1};
  const uint32_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || static_cast<uint32_t>(end - at) < length) return {kInvalid, 1};
  uint32_t code_point = lead & (0x7Fu >> length);
  for (uint32_t i = 1; i < length; ++i) {
    if (!is_continuation(at[i])) return {kInvalid, 1};
    code_point = code_point << 6 | (at[i] & 0x3F);
  }
  return {code_point, length};
}

inline void append(std::string& out, uint32_t code_point) {
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
    return;
  }
  if (code_point < 0x800) {
    out += static_cast<char>(0xC0 | code_point >> 6);
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0 | code_point >> 12);
    out += static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code_point >> 18);
    out += static_cast<char>(0x80 | (code_point >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
  }
  out += static_cast<char>(0x80 | (code_point & 0x3F));
}

// The longest prefix of at most max_bytes that ends at a character's border.
inline std::string_view prefix(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  size_t length = max_bytes;
  while (length > 0 && is_continuation(static_cast<uint8_t>(text[length]))) --length;
  return text.substr(0, length);
}

}  // namespace searchlib::utf8
