// Which of a term's surface forms are the one that a query has: of «дом» {дома, дом, домов}, by rank, that of
// «домов». The places of a document say by rank which form stands there (positions.hpp).

#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "postings/segment.hpp"

namespace searchlib {

class FormRanks {
 public:
  FormRanks() = default;
  // Forms that differ in ё alone are the same.
  FormRanks(const FieldParts& field, const TermInfo& term, std::string_view form);

  bool are_none() const { return ranks_.empty(); }
  bool are_all() const { return all_; }  // the term has no other forms: all its places are of this one
  bool contain(uint32_t rank) const { return std::find(ranks_.begin(), ranks_.end(), rank) != ranks_.end(); }

 private:
  std::vector<uint32_t> ranks_;
  bool all_ = false;
};

}  // namespace searchlib
