// Unpacks frames of zstandard (RFC 8878), whole or up to a wanted line: of a block of documents one is wanted, and
// what stands behind it need not be unpacked. Bytes may be anything: what is no frame throws FrameError, and nothing
// is read or written beyond its bounds.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unpack/frame_error.hpp"
#include "unpack/huffman.hpp"
#include "unpack/sequences.hpp"

namespace searchlib::unpacking {

// What frames begin with: tables, and text that they may repeat.
class Dictionary {
 public:
  // Throws FrameError for what is no dictionary of zstandard's own making.
  explicit Dictionary(std::span<const uint8_t> bytes);

 private:
  friend class Unpacker;
  HuffmanTable huffman_;
  CodeTables codes_;
  uint32_t offsets_[3];
  std::vector<uint8_t> text_;  // and some bytes behind it that may be read
  size_t size_;
};

// What a frame's head says: how long the head is, and what is unpacked, if it says so.
struct Head {
  size_t size;
  std::optional<uint64_t> length;
};
// Throws FrameError.
Head head_of(std::span<const uint8_t> frame);

// Working memory, for one thread at a time.
class Unpacker {
 public:
  // The frame's bytes, which are `length`, or those up to the end of line `line` or a little beyond. They stay until
  // the next call. dictionary: null for none. Throws FrameError.
  std::string_view unpack(std::span<const uint8_t> frame, const Dictionary* dictionary, size_t length,
                          uint32_t line = UINT32_MAX);

 private:
  class Literals;

  bool has_line();
  void unpack_block(std::span<const uint8_t> block, const Dictionary* dictionary);
  size_t read_tables(std::span<const uint8_t> block);
  void run_sequences(std::span<const uint8_t> bits, size_t count, Literals& literals,
                     const Dictionary* dictionary);
  void copy_slowly(const Dictionary* dictionary, uint8_t* to, size_t offset, size_t length) const;

  std::unique_ptr<uint8_t[]> out_, literals_;
  size_t out_room_ = 0;
  uint8_t *begin_ = nullptr, *at_ = nullptr, *end_ = nullptr;
  const uint8_t* seen_ = nullptr;  // so far lines are counted
  uint32_t lines_left_ = 0;        // to end before the wanted one does
  CodeTables own_;
  HuffmanTable own_huffman_;
  const CodeTable *literal_codes_ = nullptr, *offset_codes_ = nullptr, *match_codes_ = nullptr;
  const HuffmanTable* huffman_ = nullptr;
  size_t offsets_[3];
};

}  // namespace searchlib::unpacking
