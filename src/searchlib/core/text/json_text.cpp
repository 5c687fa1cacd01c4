#include "text/json_text.hpp"

#include <cstdint>
#include <cstring>

namespace searchlib {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101ULL;
constexpr uint64_t kHighs = 0x8080808080808080ULL;

bool must_escape(unsigned char byte) { return byte < 0x20 || byte == '"' || byte == '\\'; }

uint64_t has_zero(uint64_t bytes) { return (bytes - kOnes) & ~bytes & kHighs; }

// Not 0 if one of eight bytes must be escaped; never 0 then, and seldom else.
uint64_t may_escape(uint64_t bytes) {
  const uint64_t controls = (bytes - kOnes * 0x20) & ~bytes & kHighs;
  return controls | has_zero(bytes ^ kOnes * '"') | has_zero(bytes ^ kOnes * '\\');
}

void escape(unsigned char byte, std::string& out) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  static constexpr std::string_view kNamed = "\"\\\n\r\t\b\f";
  static constexpr std::string_view kLetters = "\"\\nrtbf";
  out.push_back('\\');
  const size_t named = kNamed.find(static_cast<char>(byte));
  if (named != std::string_view::npos) {
    out.push_back(kLetters[named]);
    return;
  }
  out += "u00";
  out.push_back(kDigits[byte >> 4]);
  out.push_back(kDigits[byte & 15]);
}

// The first byte from `at` on that must be escaped, or the end.
size_t next_escape(std::string_view text, size_t at) {
  for (; at + 8 <= text.size(); at += 8) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, 8);
    if (may_escape(bytes) != 0) break;
  }
  while (at < text.size() && !must_escape(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

}  // namespace

void put_json_string(std::string_view utf8, std::string& out) {
  out.push_back('"');
  size_t copied = 0;
  for (size_t at = next_escape(utf8, 0); at < utf8.size(); at = next_escape(utf8, copied)) {
    out.append(utf8, copied, at - copied);
    escape(static_cast<unsigned char>(utf8[at]), out);
    copied = at + 1;
  }
  out.append(utf8, copied, utf8.size() - copied);
  out.push_back('"');
}

}  // namespace searchlib
