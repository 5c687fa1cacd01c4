#include "text/json_text.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "text/utf8.hpp"

namespace searchlib {
namespace {

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

// The number of four hexadecimal digits; nothing if they are none.
bool read_code_unit(const char*& at, const char* end, uint32_t& code) {
  if (end - at < 4) return false;
  code = 0;
  for (int i = 0; i < 4; ++i) {
    const char digit = *at++;
    const char lower = static_cast<char>(digit | 0x20);
    if (digit >= '0' && digit <= '9') {
      code = code << 4 | static_cast<uint32_t>(digit - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      code = code << 4 | static_cast<uint32_t>(lower - 'a' + 10);
    } else {
      return false;
    }
  }
  return true;
}

// What stands behind a backslash.
bool unescape(const char*& at, const char* end, std::string& out) {
  constexpr std::string_view kEscapes = "\"\"\\\\//b\bf\fn\nr\rt\t";
  if (at == end) return false;
  const char letter = *at++;
  if (letter == 'u') {
    uint32_t code = 0;
    if (!read_code_unit(at, end, code) || (code >= 0xD800 && code < 0xE000)) return false;
    utf8::append(out, code);
    return true;
  }
  for (size_t i = 0; i < kEscapes.size(); i += 2) {
    if (kEscapes[i] != letter) continue;
    out.push_back(kEscapes[i + 1]);
    return true;
  }
  return false;
}

}  // namespace

void put_json_string(std::string_view utf8, std::string& out) {
  out.push_back('"');
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  for (const char* next = end_of_plain_json(at, end); next != end; next = end_of_plain_json(at, end)) {
    out.append(at, next);
    escape(static_cast<unsigned char>(*next), out);
    at = next + 1;
  }
  out.append(at, end);
  out.push_back('"');
}

// The first quote, backslash or control character, eight bytes at a time: in each byte of `found` the top bit says
// that it is one, and nothing below the first such byte is disturbed by borrows.
const char* end_of_plain_json(const char* at, const char* end) {
  constexpr uint64_t kOnes = 0x0101010101010101, kTops = 0x8080808080808080;
  const auto zeros = [](uint64_t bytes) { return (bytes - kOnes) & ~bytes; };
#if defined(__SSE2__)
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const auto found =
        static_cast<uint32_t>(_mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, backslash))));
    if (found != 0) return at + std::countr_zero(found);
  }
#endif
  while (end - at >= 8) {
    uint64_t bytes;
    std::memcpy(&bytes, at, 8);  // little-endian, as all machines that searchlib runs on
    const uint64_t control = (bytes - kOnes * 0x20) & ~bytes;
    const uint64_t found = (zeros(bytes ^ kOnes * '"') | zeros(bytes ^ kOnes * '\\') | control) & kTops;
    if (found != 0) return at + std::countr_zero(found) / 8;
    at += 8;
  }
  while (at != end && *at != '"' && *at != '\\' && static_cast<uint8_t>(*at) >= 0x20) ++at;
  return at;
}

bool read_json_string(const char*& at, const char* end, std::string& out) {
  while (at != end) {
    const char* const plain = at;
    at = end_of_plain_json(at, end);
    out.append(plain, at);
    if (at == end || static_cast<uint8_t>(*at) < 0x20) return false;
    if (*at++ == '"') return true;
    if (!unescape(at, end, out)) return false;
  }
  return false;
}

}  // namespace searchlib
