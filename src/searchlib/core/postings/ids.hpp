// The documents' external keys: from number to key, and from key to number.
//
//   "keys" := u32 num_docs, u8 bits, u8 0 {3}, numbers doc_of_rank, numbers rank_of_doc, dictionary
//   numbers := bit string, low bits first: num_docs numbers of `bits` bits; to a multiple of 8 bits
//
// The dictionary (dictionary.hpp, without payloads) holds the keys in the order of their bytes: a key's place
// there is its rank. Of several documents with one key (all but the latest are deleted) the latest comes
// first. Where keys ascend with documents, `bits` is 0 and a document's number is its rank.

#pragma once

#include "postings/dictionary.hpp"
#include "postings/term.hpp"

namespace searchlib {

// keys: one a document, in order.
Bytes encode_ids(std::span<const std::string_view> keys);

class IdTable {
 public:
  IdTable() = default;
  IdTable(const CheckedBuffer& buffer, const PartRange& part, uint32_t num_docs);

  std::string key(uint32_t doc) const;
  std::optional<uint32_t> find(std::string_view key) const;  // the latest document with that key
  // By document; their bytes go to `bytes`, which must be kept.
  std::vector<std::string_view> all(std::string& bytes) const;
  void check() const;

 private:
  uint32_t packed(uint64_t numbers_at, uint32_t index) const;
  uint32_t doc_of(uint32_t rank) const { return bits_ == 0 ? rank : packed(doc_of_rank_at_, rank); }
  uint32_t rank_of(uint32_t doc) const { return bits_ == 0 ? doc : packed(rank_of_doc_at_, doc); }

  const CheckedBuffer* buffer_ = nullptr;
  uint32_t num_docs_ = 0;
  unsigned bits_ = 0;
  uint64_t doc_of_rank_at_ = 0;
  uint64_t rank_of_doc_at_ = 0;
  Dictionary keys_;
};

}  // namespace searchlib
