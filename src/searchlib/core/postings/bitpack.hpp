// 128 numbers of a fixed number of bits each, packed in four interleaved lanes of 32-bit words: number i
// stands in lane i % 4 as that lane's (i / 4)-th number. Four neighbours are then one vector register,
// whatever its instruction set. Packed size: 16 bytes a bit of width.

#pragma once

#include "bytes/varint.hpp"
#include "vector/kernels.hpp"

namespace searchlib {

constexpr size_t packed_bytes(unsigned bits) { return size_t{16} * bits; }

// bits ≤ 32; every value fits into them. Writes packed_bytes(bits) bytes.
void pack_block(const uint32_t* values, unsigned bits, uint8_t* out);

// The i-th of the values alone; kernels.hpp has what unpacks all.
inline uint32_t unpack_one(const uint8_t* packed, unsigned bits, uint32_t i) {
  if (bits == 0) return 0;
  const uint32_t bit = i / 4 * bits;
  const uint8_t* word = packed + (size_t{bit / 32} * 4 + i % 4) * 4;
  uint64_t value = load_fixed<uint32_t>(word) >> (bit % 32);
  if (bit % 32 + bits > 32) value |= uint64_t{load_fixed<uint32_t>(word + 16)} << (32 - bit % 32);
  return static_cast<uint32_t>(value & ((uint64_t{1} << bits) - 1));
}

}  // namespace searchlib
