// Numbers of any width as one string of bits, the low ones first. They are read back by a 64-bit load at the
// byte where one begins.

#pragma once

#include "bytes/varint.hpp"

namespace searchlib {

class BitWriter {
 public:
  explicit BitWriter(Bytes& out) : out_(out) {}

  void put(uint64_t value, unsigned bits) {  // bits ≤ 56
    pending_ |= value << count_;
    count_ += bits;
    while (count_ >= 8) {
      out_.push_back(static_cast<uint8_t>(pending_));
      pending_ >>= 8;
      count_ -= 8;
    }
  }

  void flush() {  // to a whole byte
    if (count_ > 0) out_.push_back(static_cast<uint8_t>(pending_));
  }

 private:
  Bytes& out_;
  uint64_t pending_ = 0;
  unsigned count_ = 0;
};

}  // namespace searchlib
