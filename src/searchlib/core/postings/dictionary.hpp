// A sorted table of distinct strings, each with a payload that only its owner understands: the terms and the
// forms of a field. Blocks of 16 entries; a block's first string is whole, the others share a prefix with the
// one before.
//
//   part   := u32 num_entries, u32 num_blocks, u32 block_offset[num_blocks + 1], block…
//   block  := entry{1..16}
//   entry  := varint shared, varint length, byte suffix[length], varint payload_length, byte
//   payload[payload_length]
//
// block_offset counts from the first block. `shared` is 0 in a block's first entry. Strings ascend by bytes.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bytes/checked_buffer.hpp"
#include "bytes/varint.hpp"

namespace searchlib {

constexpr uint32_t kDictionaryBlock = 16;

class DictionaryWriter {
 public:
  // Keys come in ascending order.
  void add(std::string_view key, std::span<const uint8_t> payload);
  bool at_block_start() const { return num_entries_ % kDictionaryBlock == 0; }
  uint32_t num_entries() const { return num_entries_; }
  Bytes finish();

 private:
  uint32_t num_entries_ = 0;
  std::string previous_;
  std::vector<uint32_t> offsets_;
  Bytes blocks_;
};

class Dictionary {
 public:
  Dictionary() = default;
  Dictionary(const CheckedBuffer& buffer, uint64_t offset, uint64_t length);

  uint32_t size() const { return num_entries_; }
  uint32_t num_blocks() const { return num_blocks_; }

  // Calls visit(index, key, payload) for a block's entries in order, until visit returns false.
  template <class Visit>
  void scan_block(uint32_t block, Visit&& visit) const;

  // The same without putting keys together: visit(index, shared, suffix, payload), where `shared` bytes are
  // those of the key before; 0 for a block's first. For walks through a million keys, most of which need no
  // key.
  template <class Visit>
  void scan_entries(uint32_t block, Visit&& visit) const;

  // The last block whose first key is ≤ key, or none. Only that block can hold the key.
  std::optional<uint32_t> block_of(std::string_view key) const;

 private:
  std::string_view first_key(uint32_t block) const;
  std::span<const uint8_t> block_bytes(uint32_t block) const;

  const CheckedBuffer* buffer_ = nullptr;
  uint64_t blocks_at_ = 0;  // file offset of the first block
  uint64_t blocks_length_ = 0;
  const uint8_t* offsets_ = nullptr;
  uint32_t num_entries_ = 0;
  uint32_t num_blocks_ = 0;
};

template <class Visit>
void Dictionary::scan_block(uint32_t block, Visit&& visit) const {
  ByteReader reader(block_bytes(block));
  std::string key;
  uint32_t index = block * kDictionaryBlock;
  while (!reader.done()) {
    const uint64_t shared = reader.varint();
    if (shared > key.size()) throw CorruptIndexError("a dictionary's key shares more than there is");
    key.resize(shared);
    key += reader.text(reader.varint());
    const uint64_t payload_length = reader.varint();
    const uint8_t* payload = reader.take(payload_length);
    if (!visit(index, std::string_view(key), std::span<const uint8_t>(payload, payload_length))) return;
    ++index;
  }
}

template <class Visit>
void Dictionary::scan_entries(uint32_t block, Visit&& visit) const {
  ByteReader reader(block_bytes(block));
  uint64_t key_length = 0;
  uint32_t index = block * kDictionaryBlock;
  while (!reader.done()) {
    const uint64_t shared = reader.varint();
    if (shared > key_length) throw CorruptIndexError("a dictionary's key shares more than there is");
    const std::string_view suffix = reader.text(reader.varint());
    key_length = shared + suffix.size();
    const uint64_t payload_length = reader.varint();
    const uint8_t* payload = reader.take(payload_length);
    if (!visit(index, shared, suffix, std::span<const uint8_t>(payload, payload_length))) return;
    ++index;
  }
}

// Walks a whole dictionary in order. Owners that keep running state (offsets that count from a block's head)
// see every entry of each block they enter.
class DictionaryWalker {
 public:
  explicit DictionaryWalker(const Dictionary& dictionary);
  bool next();  // false at the end
  uint32_t index() const { return index_; }
  const std::string& key() const { return key_; }
  std::span<const uint8_t> payload() const { return payload_; }

 private:
  void enter(uint32_t block);

  const Dictionary* dictionary_;
  struct Entry {
    std::string key;
    std::span<const uint8_t> payload;
  };
  std::vector<Entry> entries_;
  size_t at_ = 0;
  uint32_t block_ = 0;
  uint32_t index_ = 0;
  std::string key_;
  std::span<const uint8_t> payload_;
};

}  // namespace searchlib
