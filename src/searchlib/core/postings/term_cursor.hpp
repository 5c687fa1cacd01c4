// Walks one term's postings in one segment.
//
// Contract. A new cursor stands before the first document: call next() or seek(). doc() then is the current document, or
// kNoMoreDocs once and for all. seek(target) moves to the first document ≥ target and never backwards; target ≥ doc() or the
// cursor stays. tf() and places() speak of the current document and may be asked any number of times. Numbers that a damaged
// file could hold are checked: documents ascend and stay below the segment's count, else CorruptIndexError.

#pragma once

#include <memory>
#include <optional>

#include "bytes/checked_buffer.hpp"
#include "postings/block.hpp"
#include "postings/positions.hpp"
#include "postings/term.hpp"

namespace searchlib {

struct FieldParts;

class TermCursor {
 public:
  TermCursor(const FieldParts& field, const TermInfo& term);

  uint32_t doc() const { return doc_; }
  uint32_t next();
  uint32_t seek(uint32_t target);
  uint32_t tf();
  const std::vector<Place>& places();  // only in fields with positions
  const TermInfo& term() const { return term_; }

 private:
  void load_block(uint32_t block);
  void load_tail(uint32_t first_doc, const uint8_t* from, uint32_t count);
  void load_tfs();
  uint32_t block_last_doc(uint32_t block) const;

  const FieldParts* field_;
  TermInfo term_;
  const uint8_t* begin_;
  const uint8_t* end_;
  uint32_t num_blocks_;
  bool has_headers_;

  uint32_t doc_ = 0;
  bool started_ = false;
  uint32_t block_ = 0;
  uint32_t at_ = 0;     // index in docs_
  uint32_t count_ = 0;  // documents in the loaded block
  bool tfs_loaded_ = false;
  const uint8_t* packed_tfs_ = nullptr;
  unsigned tf_bits_ = 0;
  alignas(16) uint32_t docs_[kBlockSize];
  alignas(16) uint32_t tfs_[kBlockSize];

  std::optional<PositionsReader> positions_;
  uint32_t entered_block_ = UINT32_MAX;
  uint32_t places_doc_ = kNoMoreDocs;
  std::vector<Place> places_;
};

}  // namespace searchlib
