#include "postings/bitpack.hpp"

#include <array>
#include <cstring>
#include <utility>

namespace searchlib {
namespace {

constexpr size_t kLanes = 4;
constexpr size_t kRows = kBlockSize / kLanes;

// One row of four numbers. All shifts are constants after inlining, so that the lane loop becomes vector
// code.
template <unsigned Bits, size_t Row>
inline void unpack_row(const uint32_t* words, uint32_t* values) {
  constexpr unsigned bit = Row * Bits;
  constexpr unsigned word = bit / 32;
  constexpr unsigned shift = bit % 32;
  constexpr uint32_t mask = Bits == 32 ? UINT32_MAX : (uint32_t{1} << (Bits % 32)) - 1;
  for (size_t lane = 0; lane < kLanes; ++lane) {
    uint32_t value = words[word * kLanes + lane] >> shift;
    if constexpr (shift + Bits > 32) value |= words[(word + 1) * kLanes + lane] << (32 - shift);
    values[Row * kLanes + lane] = value & mask;
  }
}

template <unsigned Bits>
void unpack(const uint8_t* packed, uint32_t* values) {
  if constexpr (Bits == 0) {
    std::memset(values, 0, kBlockSize * sizeof(uint32_t));
  } else {
    uint32_t words[kLanes * Bits];
    std::memcpy(words, packed, sizeof(words));
    [&]<size_t... Row>(std::index_sequence<Row...>) {
      (unpack_row<Bits, Row>(words, values), ...);
    }(std::make_index_sequence<kRows>());
  }
}

using Unpacker = void (*)(const uint8_t*, uint32_t*);

template <size_t... Bits>
constexpr std::array<Unpacker, sizeof...(Bits)> make_unpackers(std::index_sequence<Bits...>) {
  return {unpack<Bits>...};
}

constexpr auto kUnpackers = make_unpackers(std::make_index_sequence<33>());

}  // namespace

void pack_block(const uint32_t* values, unsigned bits, uint8_t* out) {
  uint32_t words[kLanes * 32] = {};
  for (size_t i = 0; i < kBlockSize; ++i) {
    const size_t bit = (i / kLanes) * bits;
    const size_t word = bit / 32 * kLanes + i % kLanes;
    const unsigned shift = bit % 32;
    if (bits == 0) continue;
    words[word] |= values[i] << shift;
    if (shift + bits > 32) words[word + kLanes] |= values[i] >> (32 - shift);
  }
  std::memcpy(out, words, packed_bytes(bits));
}

void unpack_block(const uint8_t* packed, unsigned bits, uint32_t* values) {
  kUnpackers[bits](packed, values);
}

}  // namespace searchlib
