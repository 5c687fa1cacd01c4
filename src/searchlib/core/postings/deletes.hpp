// A segment's deleted documents, and what their going takes from its statistics, so that N, df and lengths
// count live documents however the index is cut.
//
//   deletes := u32 num_docs, u32 num_deleted, u64 bitmap{⌈num_docs / 64⌉}, u32 num_fields, field{num_fields}
//   field   := u32 docs_with_value, u64 total_length, u32 num_terms, (u32 term index, u32 df){num_terms}
//
// Terms ascend. A bit is set where the document is deleted. The numbers of a field are what to subtract. A
// term's index is its number in the segment's own dictionary.

#pragma once

#include <map>

#include "postings/segment.hpp"

namespace searchlib {

class Deletes {
 public:
  explicit Deletes(const Segment& segment);
  Deletes(const Segment& segment, std::span<const uint8_t> encoded);

  bool contains(uint32_t doc) const { return has_doc(bitmap_, doc); }
  uint32_t size() const { return num_deleted_; }
  uint32_t num_docs() const { return num_docs_; }  // of the segment
  bool fits(const Segment& segment) const {
    return num_docs_ == segment.num_docs() && fields_.size() == segment.num_fields();
  }
  std::vector<uint32_t> docs() const;  // ascending
  std::span<const uint64_t> bits() const { return bitmap_; }

  struct FieldDelta {
    uint32_t docs_with_value = 0;
    uint64_t total_length = 0;
    std::map<uint32_t, uint32_t> df;  // by term index
  };
  const FieldDelta& field(size_t index) const { return fields_[index]; }
  uint32_t df_delta(size_t field, uint32_t term) const;

  // False if it was deleted before; then nothing may be subtracted again.
  bool mark(uint32_t doc);
  FieldDelta& delta(size_t field) { return fields_[field]; }

  Bytes encode() const;

 private:
  uint32_t num_docs_;
  uint32_t num_deleted_ = 0;
  std::vector<uint64_t> bitmap_;
  std::vector<FieldDelta> fields_;
};

}  // namespace searchlib
