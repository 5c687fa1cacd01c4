#include "postings/bitpack.hpp"

#include <cstring>

namespace searchlib {

constexpr size_t kLanes = 4;

void pack_block(const uint32_t* values, unsigned bits, uint8_t* out) {
  if (bits == 0) return;  // there is nothing to be written, and out may be null
  uint32_t words[kLanes * 32] = {};
  for (size_t i = 0; i < kBlockSize; ++i) {
    const size_t bit = (i / kLanes) * bits;
    const size_t word = bit / 32 * kLanes + i % kLanes;
    const unsigned shift = bit % 32;
    words[word] |= values[i] << shift;
    if (shift + bits > 32) words[word + kLanes] |= values[i] >> (32 - shift);
  }
  std::memcpy(out, words, packed_bytes(bits));
}

}  // namespace searchlib
