// Sums of words that bound what a plan scores: from above by all its parts, from below by those that are sure.

#pragma once

#include <memory>

#include "search/upper_parts.hpp"

namespace searchlib {

// A sum of words, or a conjunction of them.
struct WordSum {
  std::unique_ptr<PlanNode> plan;  // where the nodes of `words` find it
  ResolvedNode words;
};

// That of parts, each at the weight that bounds it. most: receives how many times its score a lemma may have there,
// if that is more.
WordSum bounding_sum(PlanNode::Kind kind, const std::vector<BoundPart>& parts, double& most);

// An OR of the sure parts, at the weights that they have of themselves: nothing that the plan finds scores less.
WordSum sure_sum(const std::vector<BoundPart>& parts);

}  // namespace searchlib
