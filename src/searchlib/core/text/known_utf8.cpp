#include "text/known_utf8.hpp"

#include "text/utf8.hpp"

namespace searchlib::utf8 {

bool is_known(std::string_view text) {
  const auto* at = reinterpret_cast<const uint8_t*>(text.data());
  const uint8_t* const end = at + text.size();
  while (at != end) {
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
  return true;
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

}  // namespace searchlib::utf8
