#include "postings/ids.hpp"

#include <algorithm>
#include <numeric>

namespace searchlib {

Bytes encode_ids(std::span<const std::string_view> keys) {
  Bytes out;
  put_fixed(out, static_cast<uint32_t>(keys.size()));
  uint64_t offset = 0;
  for (const std::string_view key : keys) {
    put_fixed(out, static_cast<uint32_t>(offset));
    offset += key.size();
  }
  if (offset > UINT32_MAX) throw DocumentError("the ids of one segment exceed 4 GiB");
  put_fixed(out, static_cast<uint32_t>(offset));
  std::vector<uint32_t> sorted(keys.size());
  std::iota(sorted.begin(), sorted.end(), 0U);
  std::sort(sorted.begin(), sorted.end(), [&](uint32_t left, uint32_t right) {
    const int order = keys[left].compare(keys[right]);
    return order != 0 ? order < 0 : left > right;
  });
  for (const uint32_t doc : sorted) put_fixed(out, doc);
  for (const std::string_view key : keys) out.insert(out.end(), key.begin(), key.end());
  return out;
}

IdTable::IdTable(const CheckedBuffer& buffer, uint64_t offset, uint64_t length, uint32_t num_docs)
    : buffer_(&buffer), num_docs_(num_docs), offsets_at_(offset + 4) {
  sorted_at_ = offsets_at_ + (uint64_t{num_docs} + 1) * 4;
  keys_at_ = sorted_at_ + uint64_t{num_docs} * 4;
  if (keys_at_ - offset > length || load_fixed<uint32_t>(buffer.touch(offset, 4)) != num_docs) {
    throw CorruptIndexError("the table of ids does not fit the segment", "ids");
  }
  keys_length_ = length - (keys_at_ - offset);
}

std::string_view IdTable::key(uint32_t doc) const {
  if (doc >= num_docs_) throw CorruptIndexError("a document's number is out of range", "ids");
  const uint8_t* at = buffer_->touch(offsets_at_ + uint64_t{doc} * 4, 8);
  const uint32_t begin = load_fixed<uint32_t>(at);
  const uint32_t end = load_fixed<uint32_t>(at + 4);
  if (begin > end || end > keys_length_) throw CorruptIndexError("an id lies outside its part", "ids");
  return {reinterpret_cast<const char*>(buffer_->touch(keys_at_ + begin, end - begin)), end - begin};
}

uint32_t IdTable::sorted_doc(uint32_t rank) const {
  return load_fixed<uint32_t>(buffer_->touch(sorted_at_ + uint64_t{rank} * 4, 4));
}

std::optional<uint32_t> IdTable::find(std::string_view wanted) const {
  uint32_t low = 0;
  uint32_t high = num_docs_;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (key(sorted_doc(middle)) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == num_docs_) return std::nullopt;
  const uint32_t doc = sorted_doc(low);
  if (key(doc) != wanted) return std::nullopt;
  return doc;
}

void IdTable::check() const {
  for (uint32_t rank = 0; rank < num_docs_; ++rank) {
    const std::string_view here = key(sorted_doc(rank));
    if (rank > 0 && here < key(sorted_doc(rank - 1))) {
      throw CorruptIndexError("the order of ids is broken", "ids");
    }
  }
}

}  // namespace searchlib
