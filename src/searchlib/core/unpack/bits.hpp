// The bits of a stream of zstandard, which is read from its end to its beginning. Reading on behind its beginning
// gives what stands there; whoever reads asks has_overrun() before the results are used.

#pragma once

#include <bit>
#include <cstdint>

#include "bytes/varint.hpp"
#include "unpack/frame_error.hpp"

namespace searchlib::unpacking {

class BackwardBits {
 public:
  // Before the stream's end there are at least 8 bytes that may be read, and before its beginning as many: those of
  // the frame's head, or of a dictionary's.
  BackwardBits(const uint8_t* begin, const uint8_t* end) : begin_(begin) {
    if (begin >= end || end[-1] == 0) broken("a stream of bits has no end");
    left_ = 8 * (end - begin) - std::countl_zero(end[-1]) - 1;
    refill();
  }

  bool has_overrun() const { return left_ < 0; }
  int64_t left() const { return left_; }

  // After this 57 bits may be read. has_overrun() must be false.
  void refill() {
    const int64_t bytes = (left_ + 7) >> 3;
    bits_ = load_fixed<uint64_t>(begin_ + (bytes - 8)) << (8 * bytes - left_);
  }

  // count < 64, and no more than are there since refill().
  uint64_t read(unsigned count) {
    const uint64_t value = bits_ >> 1 >> (63 - count);
    skip(count);
    return value;
  }
  // The same without moving on; count > 0.
  uint64_t peek(unsigned count) const { return bits_ >> (64 - count); }
  void skip(unsigned count) {
    bits_ <<= count;
    left_ -= count;
  }

 private:
  const uint8_t* begin_;
  int64_t left_;
  uint64_t bits_ = 0;  // the next ones at the top
};

}  // namespace searchlib::unpacking
