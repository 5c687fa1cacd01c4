// One term's postings, block by block: bounds and ends without decoding, then documents, then term
// frequencies. Cursors of all kinds stand on it. Everything that a damaged file could hold is checked when a
// block is loaded.

#pragma once

#include "bytes/checked_buffer.hpp"
#include "postings/block.hpp"
#include "postings/term.hpp"

namespace searchlib {

struct FieldParts;

class BlockReader {
 public:
  BlockReader(const FieldParts& field, const TermInfo& term);

  uint32_t num_blocks() const { return num_blocks_; }
  // The block's last document. Exact where there are headers; the only block of a short list is
  // loaded to learn it.
  uint32_t last_doc(uint32_t block) {
    if (has_headers_) return load_fixed<uint32_t>(begin_ + size_t{block} * kHeaderBytes);
    load(0);
    return docs_[count_ - 1];
  }
  // A document that the block's first one is not below: one past the block before.
  uint32_t floor_doc(uint32_t block) { return block == 0 ? 0 : last_doc(block - 1) + 1; }
  // Bounds tf / (tf + K) over the block, at the segment's own average length.
  float max_f(uint32_t block) const;
  // The first block at or after `from` whose last document is ≥ target; num_blocks() if there is none.
  uint32_t find_block(uint32_t from, uint32_t target) {
    if (from < num_blocks_ && last_doc(from) >= target) return from;  // as mostly
    return find_block_behind(from, target);
  }

  void load(uint32_t block) {
    if (loaded_ != block) read(block);
  }
  uint32_t loaded() const { return loaded_; }
  uint32_t count() const { return count_; }
  // Always 128 of them: kNoMoreDocs stands after the last.
  const uint32_t* docs() const { return docs_; }
  // The index of the first document ≥ target in the loaded block: seven steps without a branch to mispredict.
  uint32_t find_doc(uint32_t target) const {
    const uint32_t* at = docs_;
    for (uint32_t half = kBlockSize / 2; half > 0; half /= 2)
      at += half * static_cast<uint32_t>(at[half - 1] < target);
    return static_cast<uint32_t>(at - docs_) + (*at < target ? 1 : 0);
  }
  // Many documents that the loaded block lacks are told by one bit each. The filter takes as long to make as some
  // ten searches; it stays while the block is loaded.
  bool has_filter() const { return filtered_ == loaded_; }
  void make_filter();
  bool may_hold(uint32_t doc) const {
    const uint32_t bit = doc % kFilterBits;
    return (filter_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  const uint32_t* tfs() {
    if (!tfs_loaded_) load_tfs();
    return tfs_;
  }
  // The i-th frequency alone, without unpacking the others.
  uint32_t tf_at(uint32_t i) const {
    return tfs_loaded_ ? tfs_[i] : unpack_one(packed_tfs_, tf_bits_, i) + 1;
  }
  // ends[i]: the sum of a block's first i + 1 frequencies. Loads the block where its documents stand between them.
  void add_up_tfs(uint32_t block, uint32_t* ends);
  // Whether the loaded block is known to hold frequencies of 1 alone.
  bool all_once() const { return !tfs_loaded_ && tf_bits_ == 0; }

 private:
  static constexpr uint32_t kFilterBits = 4096;  // of which 128 documents set 3%

  uint32_t find_block_behind(uint32_t from, uint32_t target);
  void read(uint32_t block);
  BlockHeader header(uint32_t block) const;
  const uint8_t* packed(const BlockHeader& header) const;  // checked
  void load_packed(const BlockHeader& header, uint32_t previous);
  void unpack_ascending(const uint8_t* packed, unsigned bits, uint32_t previous);
  void load_tail(uint32_t previous, const uint8_t* from);
  void load_tfs();

  const uint8_t* begin_;
  const uint8_t* end_;
  uint32_t df_;
  uint32_t num_docs_;  // of the segment
  uint32_t num_blocks_;
  bool has_headers_;
  float term_max_f_;

  uint32_t loaded_ = UINT32_MAX;
  uint32_t count_ = 0;
  bool tfs_loaded_ = false;
  const uint8_t* packed_tfs_ = nullptr;
  unsigned tf_bits_ = 0;
  uint32_t filtered_ = UINT32_MAX - 1;  // the block whose filter there is
  alignas(16) uint32_t docs_[kBlockSize];
  alignas(16) uint32_t tfs_[kBlockSize];
  uint64_t filter_[kFilterBits / 64];
};

}  // namespace searchlib
