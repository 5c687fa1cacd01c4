#include "postings/term_cursor.hpp"

#include <algorithm>

#include "postings/segment.hpp"

namespace searchlib {

TermCursor::TermCursor(const FieldParts& field, const TermInfo& term)
    : field_(&field),
      term_(term),
      num_blocks_(static_cast<uint32_t>((uint64_t{term.df} + kBlockSize - 1) / kBlockSize)),
      has_headers_(term.df >= kBlockSize) {
  if (term.postings_at > field.postings.length || term.postings_length > field.postings.length - term.postings_at) {
    throw CorruptIndexError("a term's postings lie outside their part");
  }
  begin_ = field.buffer->touch(field.postings.offset + term.postings_at, term.postings_length);
  end_ = begin_ + term.postings_length;
  if (has_headers_ && uint64_t{num_blocks_} * kHeaderBytes > term.postings_length) {
    throw CorruptIndexError("a term's postings are shorter than their headers");
  }
}

uint32_t TermCursor::block_last_doc(uint32_t block) const {
  return load_fixed<uint32_t>(begin_ + size_t{block} * kHeaderBytes);
}

void TermCursor::load_block(uint32_t block) {
  block_ = block;
  at_ = 0;
  count_ = std::min<uint32_t>(kBlockSize, term_.df - block * static_cast<uint32_t>(kBlockSize));
  if (!has_headers_) {
    load_tail(kNoMoreDocs, begin_, count_);
    return;
  }
  const BlockHeader header = BlockHeader::load(begin_ + size_t{block} * kHeaderBytes);
  const uint32_t previous = block == 0 ? kNoMoreDocs : block_last_doc(block - 1);
  if (header.offset > term_.postings_length) throw CorruptIndexError("a block lies outside its term's postings");
  const uint8_t* data = begin_ + header.offset;
  if (count_ < kBlockSize) {
    load_tail(previous, data, count_);
    return;
  }
  if (header.doc_bits > 32 || header.tf_bits > 32 ||
      packed_bytes(header.doc_bits) + packed_bytes(header.tf_bits) > static_cast<size_t>(end_ - data)) {
    throw CorruptIndexError("a block runs past its term's postings");
  }
  unpack_block(data, header.doc_bits, docs_);
  uint32_t doc = previous;
  uint32_t descents = 0;
  for (uint32_t& slot : docs_) {
    const uint32_t next = doc + slot + 1;
    descents |= static_cast<uint32_t>(doc != kNoMoreDocs && next <= doc);
    slot = doc = next;
  }
  if (descents != 0 || doc != header.last_doc || doc >= field_->num_docs) {
    throw CorruptIndexError("a block's documents do not ascend within the segment");
  }
  packed_tfs_ = data + packed_bytes(header.doc_bits);
  tf_bits_ = header.tf_bits;
  tfs_loaded_ = false;
}

void TermCursor::load_tail(uint32_t previous, const uint8_t* from, uint32_t count) {
  ByteReader reader(from, end_);
  uint64_t doc = previous == kNoMoreDocs ? UINT64_MAX : previous;
  for (uint32_t i = 0; i < count; ++i) {
    const uint64_t coded = reader.varint();
    const uint64_t gap = coded >> 1;
    if (gap == 0 || gap > field_->num_docs || doc + gap >= field_->num_docs) {
      throw CorruptIndexError("a block's documents do not ascend within the segment");
    }
    doc += gap;
    docs_[i] = static_cast<uint32_t>(doc);
    tfs_[i] = (coded & 1) != 0 ? 1 : reader.varint32();
  }
  tfs_loaded_ = true;
}

void TermCursor::load_tfs() {
  unpack_block(packed_tfs_, tf_bits_, tfs_);
  for (uint32_t& tf : tfs_) ++tf;
  tfs_loaded_ = true;
}

uint32_t TermCursor::next() {
  if (!started_) return seek(0);
  if (doc_ == kNoMoreDocs) return doc_;
  if (++at_ == count_) {
    if (block_ + 1 == num_blocks_) return doc_ = kNoMoreDocs;
    load_block(block_ + 1);
  }
  return doc_ = docs_[at_];
}

uint32_t TermCursor::seek(uint32_t target) {
  if (!started_) {
    started_ = true;
    load_block(0);
    doc_ = docs_[0];
  }
  if (doc_ >= target) return doc_;
  if (docs_[count_ - 1] < target) {
    uint32_t block = block_ + 1;
    if (has_headers_) {
      // Gallop over the block ends, then halve the last stride.
      uint32_t stride = 1;
      while (block + stride < num_blocks_ && block_last_doc(block + stride - 1) < target) {
        block += stride;
        stride *= 2;
      }
      uint32_t high = std::min(block + stride, num_blocks_);
      while (block < high) {
        const uint32_t middle = block + (high - block) / 2;
        if (block_last_doc(middle) < target) {
          block = middle + 1;
        } else {
          high = middle;
        }
      }
    }
    if (block >= num_blocks_) return doc_ = kNoMoreDocs;
    load_block(block);
  }
  const uint32_t* found = std::lower_bound(docs_ + at_, docs_ + count_, target);
  at_ = static_cast<uint32_t>(found - docs_);
  if (at_ == count_) throw CorruptIndexError("a block ends before its header says");
  return doc_ = docs_[at_];
}

uint32_t TermCursor::tf() {
  if (!tfs_loaded_) load_tfs();
  return tfs_[at_];
}

const std::vector<Place>& TermCursor::places() {
  if (places_doc_ == doc_) return places_;
  if (!tfs_loaded_) load_tfs();
  if (!positions_) positions_.emplace(*field_->buffer, field_->positions.offset, field_->positions.length, term_);
  if (entered_block_ != block_) {
    positions_->enter(block_, std::span<const uint32_t>(tfs_, count_));
    entered_block_ = block_;
  }
  positions_->read(at_, places_);
  places_doc_ = doc_;
  return places_;
}

}  // namespace searchlib
