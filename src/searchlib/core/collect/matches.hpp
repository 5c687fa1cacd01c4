// The live documents that match a plan, as bits of each segment: what facets, orders and groups are made over.

#pragma once

#include "search/forms.hpp"
#include "search/resolve.hpp"

namespace searchlib::collect {

struct MatchSet {
  std::vector<DocBits> segments;
  uint64_t count = 0;
};

MatchSet matches_of(const PlanNode& plan, const Snapshot& snapshot);

}  // namespace searchlib::collect
