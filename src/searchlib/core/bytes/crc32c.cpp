// CRC-32C by one instruction per 8 bytes, of which three run side by side, or by slicing: eight table look-ups per 8
// bytes.

#include "bytes/crc32c.hpp"

#include <array>
#include <cstdlib>
#include <cstring>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define SEARCHLIB_CRC_SSE42 1
#include <nmmintrin.h>
#elif defined(__ARM_FEATURE_CRC32)
#define SEARCHLIB_CRC_ARMV8 1
#include <arm_acle.h>
#endif

namespace searchlib {
namespace {

constexpr uint32_t kPolynomial = 0x82F63B78;  // Castagnoli's, bits reversed
using Tables = std::array<std::array<uint32_t, 256>, 8>;

// tables[k][b] is the effect of byte b on the register after k further zero bytes.
constexpr Tables make_tables() {
  Tables tables{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? kPolynomial : 0);
    tables[0][byte] = crc;
  }
  for (size_t k = 1; k < 8; ++k) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint32_t before = tables[k - 1][byte];
      tables[k][byte] = (before >> 8) ^ tables[0][before & 0xFF];
    }
  }
  return tables;
}

constexpr Tables kTables = make_tables();

// Little-endian on every machine; compilers make one load of it where they can.
uint32_t load_u32(const uint8_t* p) {
  return uint32_t{p[0]} | uint32_t{p[1]} << 8 | uint32_t{p[2]} << 16 | uint32_t{p[3]} << 24;
}

[[maybe_unused]] uint64_t load_u64(const uint8_t* p) {
  uint64_t word;
  std::memcpy(&word, p, 8);
  return word;
}

using Function = uint32_t (*)(std::span<const uint8_t>, uint32_t);

struct Path {
  Function function;
  const char* name;
};

#if defined(SEARCHLIB_CRC_SSE42)
// The instruction takes three cycles, and one of them can begin in each: so three streams are read at once.
constexpr size_t kStream = 1024;

using ShiftTables = std::array<std::array<uint32_t, 256>, 4>;

// tables[k][b] is what byte k of the register becomes, if it is b and all others are 0, after a stream of zeros.
constexpr ShiftTables make_shift_tables() {
  std::array<uint32_t, 32> of_bit{};
  for (size_t bit = 0; bit < 32; ++bit) {
    uint32_t crc = uint32_t{1} << bit;
    for (size_t i = 0; i < kStream; ++i) crc = (crc >> 8) ^ kTables[0][crc & 0xFF];
    of_bit[bit] = crc;
  }
  ShiftTables tables{};
  for (size_t k = 0; k < 4; ++k) {
    for (size_t byte = 0; byte < 256; ++byte) {
      for (size_t bit = 0; bit < 8; ++bit) {
        if (byte >> bit & 1) tables[k][byte] ^= of_bit[8 * k + bit];
      }
    }
  }
  return tables;
}

constexpr ShiftTables kShift = make_shift_tables();

uint32_t shifted(uint64_t crc) {
  return kShift[0][crc & 0xFF] ^ kShift[1][crc >> 8 & 0xFF] ^ kShift[2][crc >> 16 & 0xFF] ^
         kShift[3][crc >> 24 & 0xFF];
}

__attribute__((target("sse4.2"))) uint32_t crc32c_sse42(std::span<const uint8_t> bytes, uint32_t seed) {
  const uint8_t* p = bytes.data();
  size_t left = bytes.size();
  uint64_t crc = static_cast<uint32_t>(~seed);
  for (; left >= 3 * kStream; p += 3 * kStream, left -= 3 * kStream) {
    uint64_t second = 0, third = 0;
    for (size_t at = 0; at < kStream; at += 8) {
      crc = _mm_crc32_u64(crc, load_u64(p + at));
      second = _mm_crc32_u64(second, load_u64(p + kStream + at));
      third = _mm_crc32_u64(third, load_u64(p + 2 * kStream + at));
    }
    crc = shifted(shifted(crc) ^ second) ^ third;
  }
  for (; left >= 8; p += 8, left -= 8) crc = _mm_crc32_u64(crc, load_u64(p));
  uint32_t tail = static_cast<uint32_t>(crc);
  for (; left > 0; ++p, --left) tail = _mm_crc32_u8(tail, *p);
  return ~tail;
}

Path special_path() {
  return __builtin_cpu_supports("sse4.2") ? Path{crc32c_sse42, "sse4.2"} : Path{crc32c_portable, "portable"};
}
#elif defined(SEARCHLIB_CRC_ARMV8)
uint32_t crc32c_armv8(std::span<const uint8_t> bytes, uint32_t seed) {
  const uint8_t* p = bytes.data();
  size_t left = bytes.size();
  uint32_t crc = ~seed;
  for (; left >= 8; p += 8, left -= 8) crc = __crc32cd(crc, load_u64(p));
  for (; left > 0; ++p, --left) crc = __crc32cb(crc, *p);
  return ~crc;
}

Path special_path() { return {crc32c_armv8, "armv8"}; }
#else
Path special_path() { return {crc32c_portable, "portable"}; }
#endif

Path choose_path() {
  const char* portable = std::getenv("SEARCHLIB_PORTABLE");
  if (portable != nullptr && std::strcmp(portable, "1") == 0) return {crc32c_portable, "portable"};
  return special_path();
}

const Path& path() {
  static const Path chosen = choose_path();
  return chosen;
}

}  // namespace

uint32_t crc32c_portable(std::span<const uint8_t> bytes, uint32_t seed) {
  const uint8_t* p = bytes.data();
  size_t left = bytes.size();
  uint32_t crc = ~seed;
  for (; left >= 8; p += 8, left -= 8) {
    const uint32_t low = crc ^ load_u32(p);
    const uint32_t high = load_u32(p + 4);
    crc = kTables[7][low & 0xFF] ^ kTables[6][low >> 8 & 0xFF] ^ kTables[5][low >> 16 & 0xFF] ^
          kTables[4][low >> 24] ^ kTables[3][high & 0xFF] ^ kTables[2][high >> 8 & 0xFF] ^
          kTables[1][high >> 16 & 0xFF] ^ kTables[0][high >> 24];
  }
  for (; left > 0; ++p, --left) crc = (crc >> 8) ^ kTables[0][(crc ^ *p) & 0xFF];
  return ~crc;
}

uint32_t crc32c(std::span<const uint8_t> bytes, uint32_t seed) { return path().function(bytes, seed); }

const char* crc32c_path() { return path().name; }

}  // namespace searchlib
