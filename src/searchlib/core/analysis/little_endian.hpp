// Unaligned little-endian numbers from bytes, on any architecture. The caller has checked the bounds.

#pragma once

#include <cstdint>

namespace searchlib {

inline uint16_t load_u16(const uint8_t* bytes) { return static_cast<uint16_t>(bytes[0] | (bytes[1] << 8)); }

inline uint32_t load_u32(const uint8_t* bytes) {
  return static_cast<uint32_t>(load_u16(bytes)) | (static_cast<uint32_t>(load_u16(bytes + 2)) << 16);
}

}  // namespace searchlib
