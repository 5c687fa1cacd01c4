#include "search/leaf_sets.hpp"

#include <cstring>
#include <numeric>

#include "postings/segment.hpp"

namespace searchlib {
namespace {

// Where fewer than one of so many postings could be wanted, it is looked first whether a block has any.
constexpr uint64_t kWorthLooking = 8;

}  // namespace

uint32_t PostingsSet::next_doc(uint32_t doc) {
  if (block_ < blocks_.num_blocks()) block_ = blocks_.find_block(block_, doc);
  return block_ < blocks_.num_blocks() ? std::max(doc, blocks_.floor_doc(block_)) : kNoMoreDocs;
}

template <class Wanted, class Visit>
void PostingsSet::for_each_block(uint32_t begin, uint32_t end, Wanted&& wanted, Visit&& visit) {
  if (block_ < blocks_.num_blocks()) block_ = blocks_.find_block(block_, begin);
  for (; block_ < blocks_.num_blocks(); ++block_) {
    const uint32_t first = std::max(blocks_.floor_doc(block_), begin);
    if (first >= end) return;
    deadline_.tick();
    const uint32_t last = blocks_.last_doc(block_);
    if (wanted(first, std::min(last, end - 1))) {
      blocks_.load(block_);
      const uint32_t* docs = blocks_.docs();
      const uint32_t start = docs[0] >= begin ? 0 : blocks_.find_doc(begin);
      const uint32_t stop = last < end ? blocks_.count() : std::min(blocks_.find_doc(end), blocks_.count());
      if (start < stop) visit(docs + start, stop - start);
    }
    if (last >= end) return;  // the next stretch begins in this block
  }
}

template <class Visit>
void PostingsSet::for_each_in(const DocFlags& flags, uint64_t num_set, Visit&& visit) {
  const uint64_t here = uint64_t{df_} * (flags.end() - flags.begin()) / std::max(num_docs_, 1U);
  const bool looks = num_set * kWorthLooking < here;
  for_each_block(
      flags.begin(), flags.end(),
      [&](uint32_t first, uint32_t last) { return !looks || flags.any(first, last + 1); }, visit);
}

void PostingsSet::list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) {
  for_each_block(
      begin, end, [](uint32_t, uint32_t) { return true; },
      [&](const uint32_t* found, uint32_t count) { docs.insert(docs.end(), found, found + count); });
}

template <class Hit>
void PostingsSet::join(const std::vector<uint32_t>& docs, Hit&& hit) {
  deadline_.tick(static_cast<uint32_t>(docs.size()));
  if (!join_) join_ = std::make_unique<BlockJoin>();
  if (block_ < blocks_.num_blocks()) block_ = blocks_.find_block(block_, docs.front());
  join_->run(
      blocks_, block_, docs.size(), [&](size_t i) { return docs[i]; },
      [](uint32_t, size_t, size_t) { return true; }, [](size_t) { return true; }, hit);
}

void PostingsSet::keep(std::vector<uint32_t>& docs) {
  if (docs.empty()) return;
  kept_.clear();  // the join reads the documents to its end
  join(docs, [&](size_t i, uint32_t) { kept_.push_back(docs[i]); });
  docs.swap(kept_);
}

void PostingsSet::drop(std::vector<uint32_t>& docs) {
  if (docs.empty()) return;
  found_.assign(docs.size(), 0);
  join(docs, [&](size_t i, uint32_t) { found_[i] = 1; });
  size_t kept = 0;
  for (size_t i = 0; i < docs.size(); ++i) {
    docs[kept] = docs[i];
    kept += static_cast<size_t>(found_[i] == 0);
  }
  docs.resize(kept);
}

void PostingsSet::add_to(DocFlags& flags) {
  uint8_t* const data = flags.data();
  const uint32_t base = flags.begin();
  for_each_block(
      base, flags.end(), [](uint32_t, uint32_t) { return true; },
      [&](const uint32_t* docs, uint32_t count) {
        for (uint32_t i = 0; i < count; ++i) data[docs[i] - base] = 1;
      });
}

void PostingsSet::keep_in(DocFlags& flags, uint64_t num_set) {
  uint8_t* const data = flags.data();
  const uint32_t base = flags.begin();
  for_each_in(flags, num_set, [&](const uint32_t* docs, uint32_t count) {
    for (uint32_t i = 0; i < count; ++i)
      data[docs[i] - base] = static_cast<uint8_t>(data[docs[i] - base] * 2);
  });
  flags.halve();
}

void PostingsSet::drop_from(DocFlags& flags) {
  uint8_t* const data = flags.data();
  const uint32_t base = flags.begin();
  for_each_block(
      base, flags.end(), [](uint32_t, uint32_t) { return true; },
      [&](const uint32_t* docs, uint32_t count) {
        for (uint32_t i = 0; i < count; ++i) data[docs[i] - base] = 0;
      });
}

uint32_t PostingsSet::count_in(DocFlags& flags, uint64_t num_set) {
  const uint8_t* const data = flags.data();
  const uint32_t base = flags.begin();
  uint32_t found = 0;
  for_each_in(flags, num_set, [&](const uint32_t* docs, uint32_t count) {
    for (uint32_t i = 0; i < count; ++i) found += data[docs[i] - base];
  });
  return found;
}

void BitsSet::list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) {
  for_each_doc(bits_, begin, end, [&](uint32_t doc) { docs.push_back(doc); });
}

void BitsSet::keep(std::vector<uint32_t>& docs) {
  std::erase_if(docs, [&](uint32_t doc) { return !has(doc); });
}

void BitsSet::drop(std::vector<uint32_t>& docs) {
  std::erase_if(docs, [&](uint32_t doc) { return has(doc); });
}

void BitsSet::add_to(DocFlags& flags) {
  const size_t first = flags.begin() / 64, last = (size_t{flags.end()} + 63) / 64;
  for (size_t word = first; word < std::min(last, bits_.size()); ++word) {
    if (bits_[word] == 0) continue;
    for (size_t byte = 0; byte < 8; ++byte) {
      constexpr uint64_t kEach = 0x0101010101010101;
      // Each bit into a byte of its own, and from there to its lowest place.
      const uint64_t spread = (bits_[word] >> (8 * byte) & 0xFF) * kEach & 0x8040201008040201;
      const uint64_t ones = ((spread + 0x7F7F7F7F7F7F7F7F) | spread) >> 7 & kEach;
      uint8_t* const at = flags.data() + ((word - first) * 64 + byte * 8);
      for (size_t i = 0; i < 8; ++i) at[i] |= static_cast<uint8_t>(ones >> (8 * i));
    }
  }
}

void BitsSet::add_to(DocBits& bits) {
  for (size_t word = 0; word < std::min(bits.size(), bits_.size()); ++word) bits[word] |= bits_[word];
}

void BitsSet::drop_from(DocFlags& flags) {
  for_each_doc(bits_, flags.begin(), flags.end(),
               [&](uint32_t doc) { flags.data()[doc - flags.begin()] = 0; });
}

void AllSet::list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) {
  for (uint32_t doc = begin; doc < std::min(end, num_docs_); ++doc) {
    if (norms_ == nullptr || norms_[doc] != 0) docs.push_back(doc);
  }
}

void AllSet::keep(std::vector<uint32_t>& docs) {
  if (norms_ != nullptr) std::erase_if(docs, [&](uint32_t doc) { return norms_[doc] == 0; });
}

void AllSet::add_to(DocFlags& flags) {
  uint8_t* const data = flags.data();
  const uint32_t count = std::min(flags.end(), num_docs_) - flags.begin();
  if (norms_ == nullptr) {
    std::fill_n(data, count, uint8_t{1});
  } else {
    const uint8_t* const norms = norms_ + flags.begin();
    for (uint32_t i = 0; i < count; ++i) data[i] |= static_cast<uint8_t>(norms[i] != 0);
  }
}

void AllSet::add_to(DocBits& bits) {
  if (norms_ != nullptr) return DocSet::add_to(bits);
  std::fill_n(bits.begin(), num_docs_ / 64, ~uint64_t{0});
  if (num_docs_ % 64 != 0) bits[num_docs_ / 64] |= (uint64_t{1} << (num_docs_ % 64)) - 1;
}

}  // namespace searchlib
