// Walks one term's postings in one segment.
//
// Contract. A new cursor stands before the first document: call next() or seek(). doc() then is the current
// document, or kNoMoreDocs once and for all. seek(target) moves to the first document ≥ target and never
// backwards; target ≥ doc() or the cursor stays. tf() and places() speak of the current document and may be
// asked any number of times.

#pragma once

#include <optional>

#include "postings/block_reader.hpp"
#include "postings/positions.hpp"

namespace searchlib {

class TermCursor {
 public:
  TermCursor(const FieldParts& field, const TermInfo& term)
      : field_(&field), term_(term), blocks_(field, term) {}

  uint32_t doc() const { return doc_; }
  uint32_t next();
  uint32_t seek(uint32_t target);
  uint32_t tf() { return blocks_.tfs()[at_]; }
  const std::vector<Place>& places();  // only in fields with positions
  PlacesView view_places() { return positions().view(at_); }
  // Whether it is there in one of the forms that are wanted, by rank.
  bool has_rank(const std::vector<bool>& wanted);
  const TermInfo& term() const { return term_; }

  // Bounds tf / (tf + K), at the segment's own average length, for all documents from `doc` to `until`. Asked
  // for ascending documents; leaves the cursor where it is.
  struct FBound {
    float max_f;
    uint32_t until;
  };
  FBound bound_from(uint32_t doc);

 private:
  PositionsReader& positions();  // inside the loaded block

  const FieldParts* field_;
  TermInfo term_;
  BlockReader blocks_;
  uint32_t doc_ = 0;
  bool started_ = false;
  uint32_t at_ = 0;  // index in the loaded block
  uint32_t bound_block_ = 0;

  std::optional<PositionsReader> positions_;
  uint32_t entered_block_ = UINT32_MAX;
  uint32_t places_doc_ = kNoMoreDocs;
  std::vector<Place> places_;
};

}  // namespace searchlib
