// What must match too and adds nothing: the plan of a filter, and the keys that segments keep its documents under. It is
// made once for all searches that filter by it, and shared.

#pragma once

#include "search/plan.hpp"

namespace searchlib {

// What tells a plan's documents of a segment from those of any other plan; of what makes no difference to
// them (scores, the order of what is joined) nothing.
std::string key_of_plan(const PlanNode& plan, size_t segment);

class FilterPlan {
 public:
  explicit FilterPlan(PlanNode plan);

  const PlanNode& plan() const { return plan_; }
  // One for all segments, unless documents are named by their numbers.
  const std::shared_ptr<const std::string>& key(size_t segment) const {
    return keys_.size() == 1 ? keys_.front() : keys_.at(segment);
  }

 private:
  PlanNode plan_;
  std::vector<std::shared_ptr<const std::string>> keys_;
};

}  // namespace searchlib
