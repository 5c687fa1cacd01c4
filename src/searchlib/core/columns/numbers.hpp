// Signed 64-bit numbers, packed by blocks of 128: each block has its least number and its range, and takes as
// many bits a number as that range needs. What all have in common, the least and a divisor, stands once.
//
//   numbers  := i64 least, u64 step, u8 width, u8 offset_width, u16 0, u32 0, u64 blocks_length,
//               minima, ranges, offsets, block…
//   minima, ranges := bit strings of `width` bits a block, low bits first, to a whole byte
//   offsets  := the same of `offset_width` bits: where each block begins, in units of 16 bytes
//   block    := bits ≤ 32: 128 packed (postings/bitpack.hpp); more: u32[128], the low halves, and the high ones packed
//
// A number is least + step · (the block's minimum + what the block has for it), modulo 2⁶⁴. A block has as many bits
// as its range; of the last one, which may be shorter, what is missing is 0.

#pragma once

#include <span>

#include "bytes/checked_buffer.hpp"
#include "postings/bitpack.hpp"
#include "postings/term.hpp"

namespace searchlib::columns {

void encode_numbers(std::span<const int64_t> numbers, Bytes& out);

class Numbers {
 public:
  static constexpr uint32_t kBlock = kBlockSize;

  Numbers() = default;
  // part: begins with the numbers. count: how many there are.
  Numbers(const CheckedBuffer& buffer, const PartRange& part, uint32_t count);

  uint32_t size() const { return count_; }
  uint32_t num_blocks() const { return num_blocks_; }
  uint64_t num_bytes() const { return num_bytes_; }

  int64_t operator[](uint32_t number) const;                    // number < size()
  void decode(uint32_t first, uint32_t n, int64_t* out) const;  // first + n ≤ size()
  int64_t block_min(uint32_t block) const { return number_of(minimum(block)); }
  int64_t block_max(uint32_t block) const { return number_of(minimum(block) + range(block)); }

  // The least of a block, as steps from least(); how far its greatest lies above it, in steps.
  uint64_t least_units(uint32_t block) const { return minimum(block); }
  uint64_t block_range(uint32_t block) const { return range(block); }

  // Where a block is packed, and in how many bits a number (postings/bitpack.hpp, of 32 bits at most).
  struct Packed {
    const uint8_t* data;
    unsigned bits;
  };
  Packed packed(uint32_t block) const { return packed(block, range(block)); }

  // The block's numbers as least() + step() · (what is written here + the returned base); false, and nothing is written,
  // where 32 bits do not hold them. What is behind the last number is 0.
  bool unpack_low(uint32_t block, uint32_t out[kBlock], uint64_t& base) const;
  // The same of all of it: least() + step() · what is written here.
  void unpack(uint32_t block, uint64_t out[kBlock]) const;
  int64_t least() const { return least_; }
  uint64_t step() const { return step_; }

  // One block, for who reads a few of its numbers.
  class Block {
   public:
    Block(const Numbers& numbers, uint32_t block)
        : numbers_(numbers), packed_(numbers.packed(block)), minimum_(numbers.minimum(block)) {}
    int64_t operator[](uint32_t i) const { return numbers_.number_of(minimum_ + units(i)); }

   private:
    uint64_t units(uint32_t i) const;

    const Numbers& numbers_;
    Packed packed_;
    uint64_t minimum_;
  };

  // A stretch of numbers in units of what is stored; false if nothing stored can lie in it.
  struct Units {
    uint64_t low;
    uint64_t high;
  };
  bool units_between(int64_t low, int64_t high, Units& units) const;
  // Bit i of the 128: whether the block's i-th number lies in the stretch. Bits from the last number on are 0.
  void match(uint32_t block, const Units& units, uint64_t bits[2]) const;

 private:
  uint64_t minimum(uint32_t block) const { return bits_at(minima_, block, width_); }
  uint64_t range(uint32_t block) const { return bits_at(ranges_, block, width_); }
  int64_t number_of(uint64_t units) const {
    return static_cast<int64_t>(static_cast<uint64_t>(least_) + step_ * units);
  }
  uint32_t count_in(uint32_t block) const {
    return block + 1 < num_blocks_ ? kBlock : count_ - block * kBlock;
  }
  Packed packed(uint32_t block, uint64_t range) const;
  static uint64_t bits_at(const uint8_t* base, uint64_t index, unsigned width);

  const CheckedBuffer* buffer_ = nullptr;
  uint32_t count_ = 0;
  uint32_t num_blocks_ = 0;
  int64_t least_ = 0;
  uint64_t step_ = 1;
  unsigned width_ = 0;
  unsigned offset_width_ = 0;
  const uint8_t* minima_ = nullptr;
  const uint8_t* ranges_ = nullptr;
  const uint8_t* offsets_ = nullptr;
  uint64_t blocks_at_ = 0;  // in the buffer
  uint64_t blocks_length_ = 0;
  uint64_t num_bytes_ = 0;
};

}  // namespace searchlib::columns
