// CRC-32C (Castagnoli) of bytes. The processor's own instruction does the work where there is one, a table of
// 8 × 256 words elsewhere or where the environment says SEARCHLIB_PORTABLE=1. Knows nothing of files.

#pragma once

#include <cstdint>
#include <span>

namespace searchlib {

// Continues from `seed`, the checksum of what came before: crc32c(b, crc32c(a)) == crc32c(a + b).
uint32_t crc32c(std::span<const uint8_t> bytes, uint32_t seed = 0);

// The same without special instructions: the oracle of the fast path, and the path where there is none.
uint32_t crc32c_portable(std::span<const uint8_t> bytes, uint32_t seed = 0);

// Which path crc32c takes in this process: "sse4.2", "armv8" or "portable".
const char* crc32c_path();

}  // namespace searchlib
