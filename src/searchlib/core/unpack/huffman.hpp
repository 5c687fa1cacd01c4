// Huffman's codes of zstandard's literals (RFC 8878, 4.2): the tree as it is written, and the bytes of a stream.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "unpack/bits.hpp"

namespace searchlib::unpacking {

class HuffmanTable {
 public:
  static constexpr unsigned kMaxBits = 11;

  // Reads a tree from the beginning of the bytes and gives how many they are. Throws FrameError.
  size_t read(std::span<const uint8_t> bytes);

  // For a table that serves many blocks: it will give two bytes at a time.
  void pair();

  // The next bytes of a stream. Throws FrameError if it has not so many.
  void decode(BackwardBits& stream, uint8_t* out, size_t count) const;

 private:
  struct Cell {
    uint8_t symbol, bits;
  };

  struct Pair {
    uint16_t symbols;  // the second is nothing if count is 1
    uint8_t bits, count;
  };

  void fill(std::span<const uint8_t> weights);
  uint8_t* decode_pairs(BackwardBits& stream, uint8_t* out, const uint8_t* end) const;

  std::array<Cell, 1 << kMaxBits> cells_;
  unsigned bits_ = 0;
  std::vector<Pair> pairs_;
};

}  // namespace searchlib::unpacking
