// UTF-8 that was looked at once, and is decoded quickly from then on.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace searchlib::utf8 {

// Whether Python would decode it with surrogatepass: all it takes to be decode_known().
bool is_known(std::string_view text);

// How many code points there are, of what is_known(), and the greatest byte, which says how wide they are.
struct Extent {
  size_t count;
  uint8_t greatest;
};
Extent extent_of(std::string_view text);

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
