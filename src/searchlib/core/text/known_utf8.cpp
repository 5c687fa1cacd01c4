#include "text/known_utf8.hpp"

#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "text/utf8.hpp"

namespace searchlib::utf8 {
namespace {

// Over what characters of one byte and of two there are, sixteen bytes at a time; the others are for the caller.
#if defined(__SSE2__)
const uint8_t* skip_short(const uint8_t* at, const uint8_t* end) {
  while (end - at >= 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const auto below = [&](int least) {  // as signed numbers, the bytes beyond ASCII come first: 0x80 to 0xFF
      return static_cast<uint32_t>(
          _mm_movemask_epi8(_mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(least)))));
    };
    const uint32_t continuations = below(0xC0), leads = ~below(0xC2) & below(0xE0);
    const uint32_t wide = static_cast<uint32_t>(_mm_movemask_epi8(bytes));
    const uint32_t others = (continuations ^ (leads << 1 & 0xFFFF)) | (wide & ~(continuations | leads));
    const int num_read = others == 0 ? 16 : std::countr_zero(others);
    at += num_read > 0 && (leads >> (num_read - 1) & 1) != 0 ? num_read - 1 : num_read;  // none by half
    if (others != 0) return at;
  }
  return at;
}
#else
const uint8_t* skip_short(const uint8_t* at, const uint8_t*) { return at; }
#endif

}  // namespace

bool is_known(std::string_view text) {
  const auto* at = reinterpret_cast<const uint8_t*>(text.data());
  const uint8_t* const end = at + text.size();
  while (true) {
    at = skip_short(at, end);
    if (at == end) return true;
    const uint8_t lead = *at;
    if (lead < 0x80) {
      uint64_t eight = 0x80;
      if (end - at >= 8) std::memcpy(&eight, at, 8);
      at += (eight & 0x8080808080808080) == 0 ? 8 : 1;
    } else if (lead < 0xE0) {
      if (lead < 0xC2 || end - at < 2 || !is_continuation(at[1])) return false;
      at += 2;
    } else {
      const Decoded decoded = decode(at, end);
      if (decoded.code_point > 0x10FFFF || decoded.code_point < (decoded.length == 3 ? 0x800u : 0x10000u))
        return false;
      at += decoded.length;
    }
  }
}

Extent extent_of(std::string_view text) {
  size_t continuations = 0;
  uint8_t greatest = 0;
  for (const char byte : text) {
    const auto value = static_cast<uint8_t>(byte);
    continuations += is_continuation(value);
    greatest = greatest < value ? value : greatest;
  }
  return {text.size() - continuations, greatest};
}

std::string_view first_chars(std::string_view text, size_t count) {
  if (text.size() <= count) return text;
  size_t at = 0;
  for (; at < text.size() && count > 0; --count) {
    for (++at; at < text.size() && is_continuation(static_cast<uint8_t>(text[at]));) ++at;
  }
  return text.substr(0, at);
}

}  // namespace searchlib::utf8
