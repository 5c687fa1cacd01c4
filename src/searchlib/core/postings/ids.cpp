#include "postings/ids.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "postings/bit_writer.hpp"

namespace searchlib {
namespace {

constexpr uint64_t kHeadBytes = 8;

// Of all keys of a segment together, not front-coded: what reads them all takes so much memory.
constexpr uint64_t kMaxKeyBytes = UINT32_MAX;

uint64_t numbers_bytes(uint32_t count, unsigned bits) { return (uint64_t{count} * bits + 7) / 8; }

std::vector<uint32_t> sort_keys(std::span<const std::string_view> keys) {
  std::vector<uint32_t> docs(keys.size());
  std::iota(docs.begin(), docs.end(), 0U);
  std::sort(docs.begin(), docs.end(), [&](uint32_t left, uint32_t right) {
    const int order = keys[left].compare(keys[right]);
    return order != 0 ? order < 0 : left > right;
  });
  return docs;
}

void put_numbers(std::span<const uint32_t> numbers, unsigned bits, Bytes& out) {
  BitWriter writer(out, uint64_t{numbers.size()} * bits);
  for (const uint32_t number : numbers) writer.put(number, bits);
  writer.finish();
}

}  // namespace

Bytes encode_ids(std::span<const std::string_view> keys) {
  uint64_t length = 0;
  for (const std::string_view key : keys) length += key.size();
  if (length > kMaxKeyBytes) throw DocumentError("the ids of one segment exceed 4 GiB");
  const std::vector<uint32_t> doc_of_rank = sort_keys(keys);
  std::vector<uint32_t> rank_of_doc(keys.size());
  DictionaryWriter dictionary;
  for (uint32_t rank = 0; rank < keys.size(); ++rank) {
    rank_of_doc[doc_of_rank[rank]] = rank;
    dictionary.add(keys[doc_of_rank[rank]]);
    if (dictionary.block_is_full()) dictionary.end_block({});
  }
  unsigned bits = 0;
  if (!std::is_sorted(doc_of_rank.begin(), doc_of_rank.end())) {
    bits = static_cast<unsigned>(std::bit_width(keys.size() - 1));
  }
  Bytes out;
  put_fixed(out, static_cast<uint32_t>(keys.size()));
  put_fixed(out, bits);
  put_numbers(doc_of_rank, bits, out);
  put_numbers(rank_of_doc, bits, out);
  dictionary.finish(out);
  return out;
}

IdTable::IdTable(const CheckedBuffer& buffer, const PartRange& part, uint32_t num_docs)
    : buffer_(&buffer), num_docs_(num_docs) {
  const auto refuse = [] { throw CorruptIndexError("the table of keys does not fit the segment", "keys"); };
  if (part.length < kHeadBytes) refuse();
  const uint8_t* head = buffer.touch(part.offset, kHeadBytes);
  bits_ = load_fixed<uint32_t>(head + 4);
  if (load_fixed<uint32_t>(head) != num_docs || bits_ > 32) refuse();
  const uint64_t numbers_length = numbers_bytes(num_docs, bits_);
  if (kHeadBytes + 2 * numbers_length > part.length) refuse();
  doc_of_rank_at_ = part.offset + kHeadBytes;
  rank_of_doc_at_ = doc_of_rank_at_ + numbers_length;
  const uint64_t dictionary_at = rank_of_doc_at_ + numbers_length;
  keys_ = Dictionary(buffer, dictionary_at, part.offset + part.length - dictionary_at);
  if (keys_.size() != num_docs) refuse();
}

uint32_t IdTable::packed(uint64_t numbers_at, uint32_t index) const {
  // At most 32 bits from at most bit 7 on; every part ends with eight spare bytes.
  const uint64_t bit = uint64_t{index} * bits_;
  const uint64_t word = load_fixed<uint64_t>(buffer_->touch(numbers_at + bit / 8, sizeof(uint64_t)));
  const uint64_t number = word >> (bit % 8) & ((uint64_t{1} << bits_) - 1);
  if (number >= num_docs_) throw CorruptIndexError("a document's number is out of range", "keys");
  return static_cast<uint32_t>(number);
}

std::string IdTable::key(uint32_t doc) const {
  if (doc >= num_docs_) throw CorruptIndexError("a document's number is out of range", "keys");
  return keys_.key_at(rank_of(doc));
}

std::optional<uint32_t> IdTable::find(std::string_view wanted) const {
  const auto rank = keys_.find(wanted);
  if (!rank) return std::nullopt;
  return doc_of(*rank);
}

std::vector<std::string_view> IdTable::all(std::string& bytes) const {
  uint64_t length = 0;
  for (uint32_t block = 0; block < keys_.num_blocks(); ++block) {
    keys_.scan_entries(block, [&](uint32_t, uint64_t shared, std::string_view suffix) {
      length += shared + suffix.size();
      return true;
    });
  }
  if (length > kMaxKeyBytes) throw CorruptIndexError("a segment's keys exceed 4 GiB", "keys");
  bytes.clear();
  bytes.reserve(length);  // so that none of the views moves
  std::vector<std::string_view> keys(num_docs_);
  for (uint32_t block = 0; block < keys_.num_blocks(); ++block) {
    keys_.scan_block(block, [&](uint32_t rank, std::string_view key) {
      keys[doc_of(rank)] = {bytes.data() + bytes.size(), key.size()};
      bytes += key;
      return true;
    });
  }
  return keys;
}

void IdTable::check() const {
  std::string previous;
  for (uint32_t block = 0; block < keys_.num_blocks(); ++block) {
    keys_.scan_block(block, [&](uint32_t rank, std::string_view key) {
      if (key < previous) throw CorruptIndexError("the order of keys is broken", "keys");
      if (rank_of(doc_of(rank)) != rank) {
        throw CorruptIndexError("a document's key is not the key's document", "keys");
      }
      previous = key;
      return true;
    });
  }
}

}  // namespace searchlib
