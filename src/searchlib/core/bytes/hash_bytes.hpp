// A hash of a short string, a few nanoseconds for a word: products of 64 bits folded to their halves. It
// withstands nobody who knows the seed. Most words have up to sixteen bytes, their head, and are hashed and compared
// without a branch on their length, which no processor foresees.

#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace searchlib {

inline uint64_t fold_product(uint64_t left, uint64_t right) {
#ifdef __SIZEOF_INT128__
  __extension__ typedef unsigned __int128 Wide;
  const Wide product = static_cast<Wide>(left) * right;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
#else
  const uint64_t folded = (left ^ (right >> 29)) * 0x9E3779B97F4A7C15ULL;
  return (folded ^ (folded >> 32)) * (right | 1);
#endif
}

inline uint64_t load_8(const char* at) {
  uint64_t word = 0;
  std::memcpy(&word, at, 8);
  return word;
}

// The first bytes of a word, the first of all lowest; zeros behind its end.
struct WordHead {
  uint64_t low = 0;
  uint64_t high = 0;

  bool operator==(const WordHead& other) const { return ((low ^ other.low) | (high ^ other.high)) == 0; }
};
constexpr size_t kWordHeadBytes = 16;

// Of a word from `at` on, behind which so many bytes may be read, whatever they are.
inline WordHead readable_head(const char* at, size_t size) {
  static constexpr auto kMask = [] {
    std::array<char, 2 * kWordHeadBytes> mask{};
    std::fill_n(mask.begin(), kWordHeadBytes, '\xFF');
    return mask;
  }();
  const char* const mask = kMask.data() + kWordHeadBytes - std::min(size, kWordHeadBytes);
  return {load_8(at) & load_8(mask), load_8(at + 8) & load_8(mask + 8)};
}

// The same of any word.
inline WordHead head_of(std::string_view word) {
  const char* const at = word.data();
  const size_t size = word.size();
  if (size >= kWordHeadBytes) return {load_8(at), load_8(at + 8)};
  if (size > 8) return {load_8(at), load_8(at + size - 8) >> 8 * (kWordHeadBytes - size)};
  if (size >= 4) {
    uint32_t first = 0;
    uint32_t last = 0;
    std::memcpy(&first, at, 4);
    std::memcpy(&last, at + size - 4, 4);
    return {first | uint64_t{last} >> 8 * (8 - size) << 32, 0};
  }
  if (size == 0) return {};
  const auto byte = [&](size_t i) { return uint64_t{static_cast<uint8_t>(at[i])} << 8 * i; };
  return {byte(0) | byte(size / 2) | byte(size - 1), 0};
}

inline uint64_t hash_bytes(std::string_view word, const WordHead& head, uint64_t seed) {
  uint64_t state = fold_product(head.low ^ seed ^ (word.size() * 0xD6E8FEB86659FD93ULL),
                                head.high ^ seed ^ 0xA0761D6478BD642FULL);
  if (word.size() <= kWordHeadBytes) return state;
  const char* const end = word.data() + word.size();
  for (const char* at = word.data() + kWordHeadBytes; end - at > 8; at += 8)
    state = fold_product(state ^ load_8(at), 0x9E3779B97F4A7C15ULL);
  return fold_product(state ^ load_8(end - 8), 0xA0761D6478BD642FULL ^ seed);
}

inline uint64_t hash_bytes(std::string_view word, uint64_t seed) {
  return hash_bytes(word, head_of(word), seed);
}

}  // namespace searchlib
