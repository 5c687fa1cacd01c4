// Numbers of any width as one string of bits, the low ones first. They are read back by a 64-bit load at the
// byte where one begins.

#pragma once

#include <cassert>

#include "bytes/varint.hpp"

namespace searchlib {

class BitWriter {
 public:
  // Appends to out, which nobody else may touch before finish(), so many bits, and not one more.
  BitWriter(Bytes& out, uint64_t num_bits) : out_(out), size_(out.size() + (num_bits + 7) / 8) {
    const size_t before = out.size();
    out.resize(size_ + sizeof(uint64_t));
    at_ = out.data() + before;
  }

  void put(uint64_t value, unsigned bits) {  // bits ≤ 56, and value has no more
    pending_ |= value << count_;
    std::memcpy(at_, &pending_, sizeof(pending_));
    count_ += bits;
    at_ += count_ / 8;
    pending_ >>= count_ & ~7U;
    count_ %= 8;
  }

  void finish() {  // to a whole byte
    assert(at_ + (count_ > 0) == out_.data() + size_);
    out_.resize(size_);
  }

 private:
  Bytes& out_;
  size_t size_;  // of it, in the end
  uint8_t* at_;
  uint64_t pending_ = 0;
  unsigned count_ = 0;
};

}  // namespace searchlib
