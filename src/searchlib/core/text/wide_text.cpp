#include "text/wide_text.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace searchlib {
namespace {

constexpr size_t kLanes = 8;       // that are encoded at a time
constexpr size_t kMostBytes = 3;   // of a character
constexpr size_t kStep = 1 << 16;  // characters, for which room is made at a time

// The bytes of one character, but for a surrogate: null.
char* put(uint16_t character, char* out) {
  if (character < 0x80) {
    *out++ = static_cast<char>(character);
    return out;
  }
  if (character < 0x800) {
    *out++ = static_cast<char>(0xC0 | character >> 6);
  } else {
    if (character >= 0xD800 && character < 0xE000) return nullptr;
    *out++ = static_cast<char>(0xE0 | character >> 12);
    *out++ = static_cast<char>(0x80 | (character >> 6 & 0x3F));
  }
  *out++ = static_cast<char>(0x80 | (character & 0x3F));
  return out;
}

#if defined(__SSE2__)

// Characters before the first of these lanes of 16 bits that is all ones.
size_t lanes_before(__m128i lanes) {
  const __m128i bytes = _mm_packs_epi16(lanes, lanes);
  return static_cast<size_t>(
      std::countr_zero(static_cast<uint32_t>(_mm_movemask_epi8(bytes)) | 1U << kLanes));
}

// Moves over characters of one kind, of one byte or of two, and maybe one behind them; out has room for sixteen bytes
// more than they take.
char* put_some(const uint16_t*& at, char* out) {
  const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i zero = _mm_setzero_si128();
  const __m128i ascii =
      _mm_cmpeq_epi16(_mm_and_si128(text, _mm_set1_epi16(static_cast<short>(0xFF80))), zero);
  if (*at < 0x80) {
    const size_t count = lanes_before(_mm_andnot_si128(ascii, _mm_set1_epi16(-1)));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out), _mm_packus_epi16(text, text));
    at += count;
    return out + count;
  }
  const __m128i two = _mm_cmpeq_epi16(_mm_and_si128(text, _mm_set1_epi16(static_cast<short>(0xF800))), zero);
  const size_t count = lanes_before(_mm_or_si128(ascii, _mm_andnot_si128(two, _mm_set1_epi16(-1))));
  const __m128i lead = _mm_or_si128(_mm_srli_epi16(text, 6), _mm_set1_epi16(0xC0));
  const __m128i last = _mm_or_si128(_mm_and_si128(text, _mm_set1_epi16(0x3F)), _mm_set1_epi16(0x80));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm_or_si128(lead, _mm_slli_epi16(last, 8)));
  at += count;
  out += 2 * count;
  if (count == kLanes) return out;
  out = put(*at, out);  // mostly the space behind a word
  ++at;
  return out;
}

#endif

}  // namespace

bool utf8_of_wide(std::span<const uint16_t> text, std::string& out) {
  constexpr size_t kSlack = 2 * kLanes;
  const uint16_t* at = text.data();
  const uint16_t* const end = at + text.size();
  size_t size = 0;
  while (at != end) {
    const uint16_t* const step_end = at + std::min<size_t>(kStep, static_cast<size_t>(end - at));
    out.resize(size + static_cast<size_t>(step_end - at) * kMostBytes + kSlack);
    char* to = out.data() + size;
#if defined(__SSE2__)
    while (to != nullptr && static_cast<size_t>(step_end - at) > kLanes) to = put_some(at, to);
#endif
    while (to != nullptr && at != step_end) to = put(*at++, to);
    if (to == nullptr) return false;
    size = static_cast<size_t>(to - out.data());
  }
  out.resize(size);
  return true;
}

}  // namespace searchlib
