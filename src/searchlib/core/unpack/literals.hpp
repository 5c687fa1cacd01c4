// The literals of a block (RFC 8878, 3.1.1.3.1), unpacked as far as they are asked for where they are one stream.

#pragma once

#include <algorithm>

#include "unpack/frame.hpp"

namespace searchlib::unpacking {

constexpr size_t kMaxBlock = 1 << 17;
constexpr size_t kSlack = 32;  // what may be read and written behind a buffer, to copy in large steps

class Unpacker::Literals {
 public:
  // Reads their section at the beginning of the block. Throws FrameError.
  Literals(Unpacker& unpacker, std::span<const uint8_t> block);

  size_t section_size() const { return section_; }
  size_t left() const { return static_cast<size_t>(end_ - at_); }

  // So many are unpacked, and some more bytes may be read. count <= left().
  const uint8_t* take(size_t count) {
    if (static_cast<size_t>(ready_ - at_) < count) unpack(count);
    const uint8_t* const taken = at_;
    at_ += count;
    return taken;
  }

 private:
  static constexpr size_t kAhead = 128;  // so many are unpacked ahead of what is needed

  void set(Unpacker& unpacker, size_t count);
  void read_plain(Unpacker& unpacker, std::span<const uint8_t> block, unsigned form);
  void read_coded(Unpacker& unpacker, std::span<const uint8_t> block, unsigned form);
  void unpack_four(std::span<const uint8_t> bytes);

  void unpack(size_t count) {
    const auto missing = static_cast<size_t>(at_ + count - ready_);
    const size_t some = std::min(static_cast<size_t>(end_ - ready_), std::max(missing, kAhead));
    table_->decode(*stream_, ready_, some);
    ready_ += some;
    if (ready_ == end_ && stream_->left() != 0) broken("a stream of literals is too long");
  }

  uint8_t *at_, *ready_, *end_;  // taken; unpacked; all of them
  size_t section_;
  const HuffmanTable* table_ = nullptr;
  std::optional<BackwardBits> stream_;
};

}  // namespace searchlib::unpacking
