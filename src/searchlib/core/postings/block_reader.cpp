#include "postings/block_reader.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "postings/segment.hpp"

namespace searchlib {

BlockReader::BlockReader(const FieldParts& field, const TermInfo& term)
    : df_(term.df),
      num_docs_(field.num_docs),
      num_blocks_(static_cast<uint32_t>((uint64_t{term.df} + kBlockSize - 1) / kBlockSize)),
      has_headers_(term.df >= kBlockSize),
      term_max_f_(term.max_f) {
  begin_ = field.buffer->touch(term.postings.offset, term.postings.length);
  end_ = begin_ + term.postings.length;
  if (has_headers_ && uint64_t{num_blocks_} * kHeaderBytes > term.postings.length) {
    throw CorruptIndexError("a term's postings are shorter than their headers");
  }
}

BlockHeader BlockReader::header(uint32_t block) const {
  return BlockHeader::load(begin_ + size_t{block} * kHeaderBytes);
}

float BlockReader::max_f(uint32_t block) const { return has_headers_ ? header(block).max_f : term_max_f_; }

uint32_t BlockReader::find_block_behind(uint32_t from, uint32_t target) {
  // Gallop over the block ends, then halve the last stride.
  uint32_t stride = 1;
  while (from + stride < num_blocks_ && last_doc(from + stride - 1) < target) {
    from += stride;
    stride *= 2;
  }
  uint32_t high = std::min(from + stride, num_blocks_);
  while (from < high) {
    const uint32_t middle = from + (high - from) / 2;
    if (last_doc(middle) < target) {
      from = middle + 1;
    } else {
      high = middle;
    }
  }
  return from;
}

void BlockReader::read(uint32_t block) {
  loaded_ = block;
  count_ = std::min<uint32_t>(kBlockSize, df_ - block * static_cast<uint32_t>(kBlockSize));
  if (!has_headers_) {
    load_tail(kNoMoreDocs, begin_);
    return;
  }
  const BlockHeader head = header(block);
  const uint32_t previous = block == 0 ? kNoMoreDocs : header(block - 1).last_doc;
  if (count_ < kBlockSize) {
    if (head.offset > static_cast<size_t>(end_ - begin_)) {
      throw CorruptIndexError("a block lies outside its term's postings");
    }
    load_tail(previous, begin_ + head.offset);
  } else {
    load_packed(head, previous);
  }
  if (docs_[count_ - 1] != head.last_doc)
    throw CorruptIndexError("a block does not end where its header says");
}

const uint8_t* BlockReader::packed(const BlockHeader& head) const {
  if (head.offset > static_cast<size_t>(end_ - begin_)) {
    throw CorruptIndexError("a block lies outside its term's postings");
  }
  const uint8_t* data = begin_ + head.offset;
  if (head.doc_bits > 32 || head.tf_bits > 32 ||
      packed_bytes(head.doc_bits) + packed_bytes(head.tf_bits) > static_cast<size_t>(end_ - data)) {
    throw CorruptIndexError("a block runs past its term's postings");
  }
  return data;
}

void BlockReader::load_packed(const BlockHeader& head, uint32_t previous) {
  const uint8_t* const data = packed(head);
  unpack_ascending(data, head.doc_bits, previous);
  packed_tfs_ = data + packed_bytes(head.doc_bits);
  tf_bits_ = head.tf_bits;
  tfs_loaded_ = false;
}

void BlockReader::unpack_ascending(const uint8_t* packed, unsigned bits, uint32_t previous) {
  constexpr unsigned kCannotWrap = 24;  // 128 gaps of so many bits stay below 2³²
  kernels().unpack_ascending(packed, bits, previous, docs_);
  const uint32_t last = docs_[kBlockSize - 1];
  bool ascends = last < num_docs_ && (previous == kNoMoreDocs || last > previous);
  if (bits > kCannotWrap) {
    for (size_t i = 1; i < kBlockSize; ++i) ascends = ascends && docs_[i] > docs_[i - 1];
    ascends = ascends && (previous == kNoMoreDocs || docs_[0] > previous);
  }
  if (!ascends) throw CorruptIndexError("a block's documents do not ascend within the segment");
}

void BlockReader::load_tail(uint32_t previous, const uint8_t* from) {
  uint64_t doc = previous == kNoMoreDocs ? UINT64_MAX : previous;
  uint32_t i = 0;
  // Gaps of one or two bytes and frequencies of one, as nearly all are, without a branch for how long each is.
  constexpr std::ptrdiff_t kMostBytes = 4;
  for (; i < count_ && end_ - from >= kMostBytes; ++i) {
    const auto bytes = load_fixed<uint32_t>(from);
    const uint32_t is_long = bytes >> 7 & 1;
    const uint32_t coded = (bytes & 0x7F) | (bytes >> 1 & 0x3F80 & (0 - is_long));
    const uint32_t has_tf = ~coded & 1;
    const uint32_t behind = bytes >> (8 + 8 * is_long);
    if ((bytes >> 15 & is_long) != 0 || (behind >> 7 & has_tf) != 0) break;
    const uint64_t gap = coded >> 1;
    if (gap == 0 || doc + gap >= num_docs_) break;  // no good, as is said below
    doc += gap;
    docs_[i] = static_cast<uint32_t>(doc);
    tfs_[i] = has_tf != 0 ? behind & 0x7F : 1;
    from += 1 + is_long + has_tf;
  }
  ByteReader reader(from, end_);
  for (; i < count_; ++i) {
    const uint64_t coded = reader.varint();
    const uint64_t gap = coded >> 1;
    if (gap == 0 || gap > num_docs_ || doc + gap >= num_docs_) {
      throw CorruptIndexError("a block's documents do not ascend within the segment");
    }
    doc += gap;
    docs_[i] = static_cast<uint32_t>(doc);
    tfs_[i] = (coded & 1) != 0 ? 1 : reader.varint32();
  }
  std::fill(docs_ + count_, docs_ + kBlockSize, kNoMoreDocs);
  tfs_loaded_ = true;
}

void BlockReader::make_filter() {
  std::fill(std::begin(filter_), std::end(filter_), 0);
  for (uint32_t i = 0; i < count_; ++i) {
    const uint32_t bit = docs_[i] % kFilterBits;
    filter_[bit / 64] |= uint64_t{1} << (bit % 64);
  }
  filtered_ = loaded_;
}

void BlockReader::add_up_tfs(uint32_t block, uint32_t* ends) {
  if (has_headers_ && (size_t{block} + 1) * kBlockSize <= df_) {
    const BlockHeader head = header(block);
    kernels().unpack_ascending(packed(head) + packed_bytes(head.doc_bits), head.tf_bits, 0, ends);
    return;
  }
  load(block);
  std::partial_sum(tfs_, tfs_ + count_, ends);
}

void BlockReader::load_tfs() {
  kernels().unpack(packed_tfs_, tf_bits_, tfs_);
  for (uint32_t& tf : tfs_) ++tf;
  tfs_loaded_ = true;
}

}  // namespace searchlib
