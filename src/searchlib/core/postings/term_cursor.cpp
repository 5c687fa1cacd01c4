#include "postings/term_cursor.hpp"

#include "postings/segment.hpp"

namespace searchlib {

uint32_t TermCursor::next() {
  if (!started_) return seek(0);
  if (doc_ == kNoMoreDocs) return doc_;
  if (++at_ == blocks_.count()) {
    const uint32_t block = blocks_.loaded() + 1;
    if (block == blocks_.num_blocks()) return doc_ = kNoMoreDocs;
    blocks_.load(block);
    at_ = 0;
  }
  return doc_ = blocks_.docs()[at_];
}

uint32_t TermCursor::seek(uint32_t target) {
  if (started_ && doc_ >= target) return doc_;
  if (!started_ || blocks_.docs()[blocks_.count() - 1] < target) {
    const uint32_t block = blocks_.find_block(started_ ? blocks_.loaded() + 1 : 0, target);
    started_ = true;
    if (block == blocks_.num_blocks()) return doc_ = kNoMoreDocs;
    blocks_.load(block);
    at_ = 0;
  }
  const uint32_t* docs = blocks_.docs();
  // Mostly it is the next one.
  if (docs[at_] < target && docs[++at_] < target) at_ = blocks_.find_doc(target);
  return doc_ = docs[at_];
}

TermCursor::FBound TermCursor::bound_from(uint32_t doc) {
  if (bound_block_ < blocks_.num_blocks()) bound_block_ = blocks_.find_block(bound_block_, doc);
  if (bound_block_ == blocks_.num_blocks()) return {0, kNoMoreDocs};
  return {blocks_.max_f(bound_block_), blocks_.last_doc(bound_block_)};
}

PositionsReader& TermCursor::positions() {
  if (!positions_) positions_.emplace(*field_->buffer, term_);
  if (entered_block_ != blocks_.loaded()) {
    positions_->enter(blocks_.loaded(), blocks_);
    entered_block_ = blocks_.loaded();
  }
  return *positions_;
}

const std::vector<Place>& TermCursor::places() {
  if (places_doc_ == doc_) return places_;
  positions().read(at_, places_);
  places_doc_ = doc_;
  return places_;
}

bool TermCursor::has_rank(const std::vector<bool>& wanted) { return positions().has_rank(at_, wanted); }

}  // namespace searchlib
