// 128 numbers of a fixed number of bits each, packed in four interleaved lanes of 32-bit words: number i
// stands in lane i % 4 as that lane's (i / 4)-th number. Four neighbours are then one vector register,
// whatever its instruction set. Packed size: 16 bytes a bit of width.

#pragma once

#include <cstddef>
#include <cstdint>

namespace searchlib {

constexpr size_t kBlockSize = 128;

constexpr size_t packed_bytes(unsigned bits) { return size_t{16} * bits; }

// bits ≤ 32; every value fits into them. Writes packed_bytes(bits) bytes.
void pack_block(const uint32_t* values, unsigned bits, uint8_t* out);

// Reads packed_bytes(bits) bytes, writes 128 values.
void unpack_block(const uint8_t* packed, unsigned bits, uint32_t* values);

}  // namespace searchlib
