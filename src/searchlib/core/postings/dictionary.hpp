// A sorted table of strings, front-coded in blocks of 16; beside each block's strings lies a payload that
// only its owner understands. The words of a field stand in one, and the documents' keys.
//
//   dictionary := u32 num_entries, u32 num_blocks, u32 block_offset[num_blocks + 1], block…
//   block      := varint length, byte first_key[length], varint keys_length, key{0..15}, byte payload…
//   key        := u8 dropped | length << 4, [varint], [varint], byte suffix[length]
//
// block_offset counts from the first block, keys_length is that of all keys but the first. A key is the one
// before without its last `dropped` bytes, and the suffix; either number, from 15 on, is 15 and a varint of
// what is missing. Keys ascend by bytes; equal ones are allowed.

#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bytes/checked_buffer.hpp"
#include "bytes/varint.hpp"

namespace searchlib {

constexpr uint32_t kDictionaryBlock = 16;

class DictionaryWriter {
 public:
  // Call it with ascending keys; after each 16, and after the last, call end_block.
  void add(std::string_view key);
  void end_block(std::span<const uint8_t> payload);
  bool block_is_full() const { return keys_in_block_ == kDictionaryBlock; }
  uint32_t num_entries() const { return num_entries_; }
  void finish(Bytes& out);  // ends the last block, without a payload, if that was not done

 private:
  void add_difference(std::string_view key);

  uint32_t num_entries_ = 0;
  uint32_t keys_in_block_ = 0;
  std::string previous_;
  std::string first_key_;  // of the block that is not ended
  Bytes keys_;             // … and its others
  std::vector<uint32_t> offsets_;
  Bytes blocks_;
};

// The keys of one block, one after the other, without putting them together.
class KeyReader {
 public:
  KeyReader(std::string_view first_key, std::span<const uint8_t> keys) : suffix_(first_key), reader_(keys) {}

  // To the next key; at the beginning, to the second. False at the end.
  bool next() {
    if (reader_.done()) return false;
    const uint8_t head = reader_.fixed<uint8_t>();
    const uint64_t dropped = number(head & 0x0F);
    const uint64_t length = shared_ + suffix_.size();
    if (dropped > length) throw CorruptIndexError("a dictionary's key drops more than there is");
    shared_ = length - dropped;
    suffix_ = reader_.text(number(head >> 4));
    return true;
  }
  // The key has its first `shared` bytes from the one before.
  uint64_t shared() const { return shared_; }
  std::string_view suffix() const { return suffix_; }

 private:
  uint64_t number(uint8_t nibble) {
    if (nibble < 0x0F) return nibble;
    return uint64_t{0x0F} + reader_.varint32();
  }

  uint64_t shared_ = 0;
  std::string_view suffix_;
  ByteReader reader_;
};

class Dictionary {
 public:
  Dictionary() = default;
  Dictionary(const CheckedBuffer& buffer, uint64_t offset, uint64_t length);

  uint32_t size() const { return num_entries_; }
  uint32_t num_blocks() const { return num_blocks_; }
  uint32_t entries_of(uint32_t block) const {
    return block + 1 < num_blocks_ ? kDictionaryBlock : num_entries_ - block * kDictionaryBlock;
  }

  struct Block {
    KeyReader keys;
    std::span<const uint8_t> payload;
    uint64_t payload_at;  // in the buffer
  };
  Block block(uint32_t index) const;

  // Calls visit(index, key) for a block's keys in order, until visit returns false.
  template <class Visit>
  void scan_block(uint32_t block, Visit&& visit) const;

  // The same without putting keys together: visit(index, shared, suffix), where `shared` bytes are those of
  // the key before; 0 for a block's first. For walks through a million keys, most of which need no key.
  template <class Visit>
  void scan_entries(uint32_t block, Visit&& visit) const;

  // The last block whose first key is ≤ key, or none. Of different keys, only that block can hold the key.
  std::optional<uint32_t> block_of(std::string_view key) const;

  // The last block from `from` on whose first key is < key, as that of `from` is: the first that may hold a
  // key that is not. Quick where it is near.
  uint32_t last_block_below(uint32_t from, std::string_view key) const;

  std::optional<uint32_t> find(std::string_view key) const;  // the first of equal ones
  std::string key_at(uint32_t index) const;
  std::string_view first_key(uint32_t block) const;

 private:
  struct Search {
    uint32_t position;  // in the block, of the first key that is not below; or the number of keys
    bool found;         // whether it is the one
  };
  Search find_in_block(uint32_t block, std::string_view key) const;
  std::span<const uint8_t> block_bytes(uint32_t block) const;

  // How the keys begin that halving meets first, by the way there: 1, then 2 and 3, then 4 to 7. Each is written when
  // it is first met, so that opening reads nothing; 0 until then. Halving reads most of them from few lines of the
  // cache, where the keys themselves lie all over the file.
  uint64_t prefix_met(size_t way, uint32_t block) const;

  const CheckedBuffer* buffer_ = nullptr;
  size_t num_ways_ = 0;
  std::shared_ptr<std::atomic<uint64_t>[]> met_;
  uint64_t blocks_at_ = 0;  // file offset of the first block
  uint64_t blocks_length_ = 0;
  const uint8_t* offsets_ = nullptr;
  uint32_t num_entries_ = 0;
  uint32_t num_blocks_ = 0;
};

template <class Visit>
void Dictionary::scan_entries(uint32_t block_index, Visit&& visit) const {
  KeyReader keys = block(block_index).keys;
  const uint32_t first = block_index * kDictionaryBlock;
  const uint32_t count = entries_of(block_index);
  for (uint32_t i = 0; visit(first + i, keys.shared(), keys.suffix()) && i + 1 < count; ++i) {
    if (!keys.next()) throw CorruptIndexError("a dictionary's block holds too few keys");
  }
}

template <class Visit>
void Dictionary::scan_block(uint32_t block_index, Visit&& visit) const {
  std::string key;
  scan_entries(block_index, [&](uint32_t index, uint64_t shared, std::string_view suffix) {
    key.resize(shared);
    key += suffix;
    return visit(index, std::string_view(key));
  });
}

}  // namespace searchlib
