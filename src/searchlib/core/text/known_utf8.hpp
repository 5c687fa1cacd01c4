// UTF-8 that was looked at once, and is decoded quickly from then on.

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace searchlib::utf8 {

// Whether Python would decode it with surrogatepass: all it takes to be decode_known().
bool is_known(std::string_view text);

// How many code points there are, of what is_known(), and the greatest byte, which says how wide they are.
struct Extent {
  size_t count;
  uint8_t greatest;
};
Extent extent_of(std::string_view text);

// The first code points of a text; all of it, if it has no more.
std::string_view first_chars(std::string_view text, size_t count);

// The characters of two bytes that stand here, up to eight: how many are written. 0: it takes another way.
template <class Char>
int decode_pairs([[maybe_unused]] const uint8_t* at, [[maybe_unused]] const uint8_t* end,
                 [[maybe_unused]] Char* out) {
#if defined(__SSE2__)
  if constexpr (sizeof(Char) > 1) {
    if (end - at < 32) return 0;  // of so many bytes eight characters come at least: there is room for them
    const __m128i pairs =
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));  // the leads are the lower bytes
    const __m128i marks = _mm_and_si128(pairs, _mm_set1_epi16(static_cast<int16_t>(0xC0E0)));
    const __m128i are_pairs = _mm_cmpeq_epi16(marks, _mm_set1_epi16(static_cast<int16_t>(0x80C0)));
    const __m128i high = _mm_slli_epi16(_mm_and_si128(pairs, _mm_set1_epi16(0x1F)), 6);
    const __m128i low = _mm_and_si128(_mm_srli_epi16(pairs, 8), _mm_set1_epi16(0x3F));
    const __m128i chars = _mm_or_si128(high, low);
    auto* const to = reinterpret_cast<__m128i*>(out);
    if constexpr (sizeof(Char) == 2) {
      _mm_storeu_si128(to, chars);
    } else {
      _mm_storeu_si128(to, _mm_unpacklo_epi16(chars, _mm_setzero_si128()));
      _mm_storeu_si128(to + 1, _mm_unpackhi_epi16(chars, _mm_setzero_si128()));
    }
    return std::countr_one(static_cast<uint32_t>(_mm_movemask_epi8(are_pairs))) / 2;
  }
#endif
  return 0;
}

// Decodes what is_known() to its code points, for which there is room; they fit a Char. The end of what was written.
template <class Char>
Char* decode_known(std::string_view text, Char* out) {
  const auto* at = reinterpret_cast<const uint8_t*>(text.data());
  const uint8_t* const end = at + text.size();
  while (at != end) {
    const uint32_t lead = *at;
    if (lead < 0x80) {
      uint64_t eight = 0x80;
      if (end - at >= 8) std::memcpy(&eight, at, 8);
      if ((eight & 0x8080808080808080) == 0) {
        for (int i = 0; i < 8; ++i) out[i] = static_cast<Char>(at[i]);
        out += 8;
        at += 8;
        continue;
      }
      *out++ = static_cast<Char>(lead);
      ++at;
    } else if (const int num_pairs = decode_pairs(at, end, out); num_pairs > 0) {
      at += 2 * num_pairs;
      out += num_pairs;
    } else if (lead < 0xE0) {
      *out++ = static_cast<Char>((lead & 0x1F) << 6 | (at[1] & 0x3Fu));
      at += 2;
    } else if (lead < 0xF0) {
      *out++ = static_cast<Char>((lead & 0x0F) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu));
      at += 3;
    } else {
      *out++ = static_cast<Char>((lead & 0x07) << 18 | (at[1] & 0x3Fu) << 12 | (at[2] & 0x3Fu) << 6 |
                                 (at[3] & 0x3Fu));
      at += 4;
    }
  }
  return out;
}

}  // namespace searchlib::utf8
