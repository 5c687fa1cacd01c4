// How a key begins, as a number that orders as keys do: of two keys with different numbers, the one with the lesser
// number comes first by bytes. A letter takes one of the number's eight bytes, a small Cyrillic one as well as an
// ASCII one; other characters take more.

#pragma once

#include <cstdint>
#include <string_view>

namespace searchlib {

namespace key_prefix_detail {

// The codes of what begins with a byte from 0x80 on, in the order of those bytes. An escape is followed by the byte
// that it stands before.
enum Code : uint8_t {
  kBelowD0 = 0x80,
  kBelowSmallA = 0x81,  // D0 and a byte below that of «а»
  kSmallA = 0x82,       // sixteen letters, «а» to «п»: D0 B0 to D0 BF
  kAboveSmallP = 0x92,
  kBelowSmallR = 0x93,
  kSmallR = 0x94,  // sixteen, «р» to «я»: D1 80 to D1 8F
  kAboveSmallYa = 0xA4,
  kAboveD1 = 0xA5,
};

}  // namespace key_prefix_detail

inline uint64_t key_prefix(std::string_view key) {
  using namespace key_prefix_detail;
  uint64_t prefix = 0;
  int shift = 64;
  const auto put = [&](unsigned code) {
    if (shift > 0) prefix |= uint64_t{code} << (shift -= 8);
  };
  const auto put_letter = [&](uint8_t next, uint8_t first, Code below, Code letters, Code above) {
    if (next >= first && next < first + 16) {
      put(letters + (next - first));
    } else {
      put(next < first ? below : above);
      put(next);
    }
  };
  for (size_t i = 0; i < key.size() && shift > 0; ++i) {
    const auto byte = static_cast<uint8_t>(key[i]);
    if (byte < 0x80) {
      put(byte);
    } else if (byte != 0xD0 && byte != 0xD1) {
      put(byte < 0xD0 ? kBelowD0 : kAboveD1);
      put(byte);
    } else {
      const auto next = static_cast<uint8_t>(++i < key.size() ? key[i] : 0);
      if (byte == 0xD0) {
        put_letter(next, 0xB0, kBelowSmallA, kSmallA, kAboveSmallP);
      } else {
        put_letter(next, 0x80, kBelowSmallR, kSmallR, kAboveSmallYa);
      }
    }
  }
  return prefix;
}

}  // namespace searchlib
