// CRC-32 as zlib has it, byte by byte from a table: for the fingerprints and the checksum of the interface, which
// every start computes of a few kilobytes, so that none loads zlib. Files are checked by crc32c.hpp.

#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace searchlib {

namespace crc32_tables {

constexpr std::array<uint32_t, 256> make() {
  std::array<uint32_t, 256> table{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? 0xEDB88320u : 0);
    table[byte] = crc;
  }
  return table;
}

inline constexpr std::array<uint32_t, 256> kTable = make();

}  // namespace crc32_tables

// Continues from `seed`, the checksum of what came before.
inline uint32_t crc32(std::span<const uint8_t> bytes, uint32_t seed = 0) {
  uint32_t crc = ~seed;
  for (const uint8_t byte : bytes) crc = (crc >> 8) ^ crc32_tables::kTable[(crc ^ byte) & 0xFF];
  return ~crc;
}

}  // namespace searchlib
