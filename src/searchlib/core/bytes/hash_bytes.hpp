// A hash of a short string, a few nanoseconds for a word: products of 64 bits folded to their halves. It
// withstands nobody who knows the seed.

#pragma once

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

// Up to eight bytes, read without a loop: from 4 on two halves that may overlap. Equal for different strings
// only where their lengths differ, which the caller mixes in.
inline uint64_t load_up_to_8(const char* at, size_t count) {
  if (count >= 4) {
    uint32_t first = 0;
    uint32_t last = 0;
    std::memcpy(&first, at, 4);
    std::memcpy(&last, at + count - 4, 4);
    return static_cast<uint64_t>(first) << 32 | last;
  }
  if (count == 0) return 0;
  const auto byte = [&](size_t i) { return static_cast<uint64_t>(static_cast<uint8_t>(at[i])); };
  return byte(0) << 16 | byte(count / 2) << 8 | byte(count - 1);
}

// Whether two words of one length are equal. Most have up to 32 bytes, and need no call for it.
inline bool equal_bytes(const char* left, const char* right, size_t size) {
  if (size <= 8) return load_up_to_8(left, size) == load_up_to_8(right, size);
  if (size > 32) return std::memcmp(left, right, size) == 0;
  const auto differ = [&](size_t at) { return load_8(left + at) ^ load_8(right + at); };
  if (size <= 16) return (differ(0) | differ(size - 8)) == 0;
  return (differ(0) | differ(8) | differ(size - 16) | differ(size - 8)) == 0;
}

inline uint64_t hash_bytes(std::string_view key, uint64_t seed) {
  const char* at = key.data();
  size_t left = key.size();
  uint64_t state = seed ^ (key.size() * 0xD6E8FEB86659FD93ULL);
  for (; left > 8; at += 8, left -= 8) {
    state = fold_product(state ^ load_8(at), 0x9E3779B97F4A7C15ULL);
  }
  return fold_product(state ^ load_up_to_8(at, left), 0xA0761D6478BD642FULL ^ seed);
}

}  // namespace searchlib
