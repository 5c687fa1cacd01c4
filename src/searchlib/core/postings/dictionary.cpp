#include "postings/dictionary.hpp"

#include <algorithm>

namespace searchlib {

void DictionaryWriter::add(std::string_view key, std::span<const uint8_t> payload) {
  size_t shared = 0;
  if (at_block_start()) {
    if (blocks_.size() > UINT32_MAX) throw DocumentError("a field's dictionary exceeds 4 GiB in one segment");
    offsets_.push_back(static_cast<uint32_t>(blocks_.size()));
  } else {
    const size_t limit = std::min(key.size(), previous_.size());
    while (shared < limit && key[shared] == previous_[shared]) ++shared;
  }
  put_varint(blocks_, shared);
  put_varint(blocks_, key.size() - shared);
  blocks_.insert(blocks_.end(), key.begin() + static_cast<std::ptrdiff_t>(shared), key.end());
  put_varint(blocks_, payload.size());
  blocks_.insert(blocks_.end(), payload.begin(), payload.end());
  previous_.assign(key);
  ++num_entries_;
}

Bytes DictionaryWriter::finish() {
  Bytes out;
  put_fixed(out, num_entries_);
  put_fixed(out, static_cast<uint32_t>(offsets_.size()));
  offsets_.push_back(static_cast<uint32_t>(blocks_.size()));
  for (const uint32_t offset : offsets_) put_fixed(out, offset);
  out.insert(out.end(), blocks_.begin(), blocks_.end());
  return out;
}

Dictionary::Dictionary(const CheckedBuffer& buffer, uint64_t offset, uint64_t length) : buffer_(&buffer) {
  if (length < 12) throw CorruptIndexError("a dictionary is shorter than its head");
  const uint8_t* head = buffer.touch(offset, 8);
  num_entries_ = load_fixed<uint32_t>(head);
  num_blocks_ = load_fixed<uint32_t>(head + 4);
  const uint64_t offsets_length = (uint64_t{num_blocks_} + 1) * 4;
  const uint64_t expected_blocks = (uint64_t{num_entries_} + kDictionaryBlock - 1) / kDictionaryBlock;
  if (num_blocks_ != expected_blocks || offsets_length > length - 8) {
    throw CorruptIndexError("a dictionary's head does not fit its part");
  }
  offsets_ = buffer.touch(offset + 8, offsets_length);
  blocks_at_ = offset + 8 + offsets_length;
  blocks_length_ = length - 8 - offsets_length;
}

std::span<const uint8_t> Dictionary::block_bytes(uint32_t block) const {
  const uint32_t begin = load_fixed<uint32_t>(offsets_ + size_t{4} * block);
  const uint32_t end = load_fixed<uint32_t>(offsets_ + size_t{4} * block + 4);
  if (begin > end || end > blocks_length_)
    throw CorruptIndexError("a dictionary's block lies outside its part");
  return {buffer_->touch(blocks_at_ + begin, end - begin), end - begin};
}

std::string_view Dictionary::first_key(uint32_t block) const {
  ByteReader reader(block_bytes(block));
  reader.varint();  // nothing is shared with the block before
  return reader.text(reader.varint());
}

std::optional<uint32_t> Dictionary::block_of(std::string_view key) const {
  uint32_t low = 0;
  uint32_t high = num_blocks_;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (first_key(middle) <= key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0) return std::nullopt;
  return low - 1;
}

DictionaryWalker::DictionaryWalker(const Dictionary& dictionary) : dictionary_(&dictionary) {}

void DictionaryWalker::enter(uint32_t block) {
  entries_.clear();
  at_ = 0;
  dictionary_->scan_block(block, [&](uint32_t, std::string_view key, std::span<const uint8_t> payload) {
    entries_.push_back({std::string(key), payload});
    return true;
  });
}

bool DictionaryWalker::next() {
  while (at_ == entries_.size()) {
    if (block_ == dictionary_->num_blocks()) return false;
    enter(block_++);
  }
  key_ = std::move(entries_[at_].key);
  payload_ = entries_[at_].payload;
  index_ = (block_ - 1) * kDictionaryBlock + static_cast<uint32_t>(at_);
  ++at_;
  return true;
}

}  // namespace searchlib
