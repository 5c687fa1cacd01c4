// How many positions each of a term's surface forms takes: of «wifi» {wifi, wi-fi} one and two, by rank. The
// places of a document say by rank which form stands there (positions.hpp), and so where the next word begins.

#pragma once

#include <cstdint>
#include <vector>

#include "postings/segment.hpp"

namespace searchlib {

class FormWidths {
 public:
  FormWidths() = default;  // one each, as nearly all terms have it
  FormWidths(const FieldParts& field, const TermInfo& term, bool divides);

  bool are_one() const { return widths_.empty(); }
  uint32_t of(uint32_t rank) const { return rank < widths_.size() ? widths_[rank] : 1; }
  // Adds them to others, and one, which some form beyond these may have; without repetition.
  void add_to(std::vector<uint32_t>& distinct) const;

 private:
  std::vector<uint32_t> widths_;  // empty if all are one
};

}  // namespace searchlib
