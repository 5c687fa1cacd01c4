// The documents' external keys: from number to key, and from key to number.
//
//   "ids" := u32 num_docs, u32 offset{num_docs + 1}, u32 sorted{num_docs}, byte keys…
//
// offset counts from the first key; sorted holds the document numbers in the order of their keys' bytes;
// of several documents with one key (all but the latest are deleted) the latest comes first.

#pragma once

#include <optional>
#include <string_view>

#include "bytes/checked_buffer.hpp"
#include "bytes/varint.hpp"

namespace searchlib {

// keys: one a document, in order.
Bytes encode_ids(std::span<const std::string_view> keys);

class IdTable {
 public:
  IdTable() = default;
  IdTable(const CheckedBuffer& buffer, uint64_t offset, uint64_t length, uint32_t num_docs);

  std::string_view key(uint32_t doc) const;
  std::optional<uint32_t> find(std::string_view key) const;  // the latest document with that key
  void check() const;

 private:
  uint32_t sorted_doc(uint32_t rank) const;

  const CheckedBuffer* buffer_ = nullptr;
  uint32_t num_docs_ = 0;
  uint64_t offsets_at_ = 0;
  uint64_t sorted_at_ = 0;
  uint64_t keys_at_ = 0;
  uint64_t keys_length_ = 0;
};

}  // namespace searchlib
