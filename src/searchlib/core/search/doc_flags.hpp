// A stretch of a segment's documents as bytes, 1 for those that match: what counting works on. A byte is set by a
// store, where a bit of a word would wait for the store of the bit before it.

#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "vector/kernels.hpp"

namespace searchlib {

class DocFlags {
 public:
  static constexpr uint32_t kSize = 16384;  // documents at most: half of the fastest cache

  DocFlags() : flags_(new uint8_t[kSize]) {}  // what `enter` clears is enough

  // For [begin, end), at most kSize of them, begin a multiple of 64; no document matches yet.
  void enter(uint32_t begin, uint32_t end) {
    begin_ = begin;
    end_ = end;
    std::fill_n(flags_.get(), padded(), uint8_t{0});
  }
  uint32_t begin() const { return begin_; }
  uint32_t end() const { return end_; }

  // From begin() on.
  uint8_t* data() { return flags_.get(); }
  const uint8_t* data() const { return flags_.get(); }
  void set(uint32_t doc) { flags_[doc - begin_] = 1; }
  bool has(uint32_t doc) const { return flags_[doc - begin_] != 0; }

  uint32_t count() const { return kernels().sum_flags(flags_.get(), padded()); }
  void keep(const DocFlags& other) { kernels().keep_flags(flags_.get(), other.flags_.get(), padded()); }
  void drop(const DocFlags& other) { kernels().drop_flags(flags_.get(), other.flags_.get(), padded()); }
  void add(const DocFlags& other) { kernels().add_flags(flags_.get(), other.flags_.get(), padded()); }
  // Keeps what was doubled.
  void halve() { kernels().halve_flags(flags_.get(), padded()); }
  // Whether one of [begin, end) is set, which lie inside the stretch.
  bool any(uint32_t begin, uint32_t end) const {
    return kernels().any_flag(flags_.get() + (begin - begin_), end - begin);
  }

  // Appends those that are set.
  void list(std::vector<uint32_t>& docs) const {
    constexpr size_t kWord = sizeof(uint64_t);
    for (size_t at = 0; at < padded(); at += kWord) {
      uint64_t word;
      std::memcpy(&word, flags_.get() + at, kWord);
      if (word == 0) continue;
      for (size_t i = at; i < at + kWord; ++i) {
        if (flags_[i] != 0) docs.push_back(begin_ + static_cast<uint32_t>(i));
      }
    }
  }

  // Sets their bits: begin() is a multiple of 64.
  void add_to(std::vector<uint64_t>& bits) const {
    for (size_t at = 0; at < padded(); at += 64) {
      uint64_t word = 0;
      for (size_t byte = 0; byte < 8; ++byte) {  // eight bytes of 0 or 1 to eight bits
        uint64_t eight;
        std::memcpy(&eight, flags_.get() + at + byte * 8, sizeof(eight));
        word |= (eight * 0x0102040810204080ULL >> 56) << (byte * 8);
      }
      if (word != 0) bits[(begin_ + at) / 64] |= word;
    }
  }

 private:
  size_t padded() const { return (size_t{end_} - begin_ + 63) / 64 * 64; }

  uint32_t begin_ = 0;
  uint32_t end_ = 0;
  std::unique_ptr<uint8_t[]> flags_;
};

}  // namespace searchlib
