// What must match too and adds nothing: the plan of a filter, and the keys that segments keep its documents under. It is
// made once for all searches that filter by it, and shared.

#pragma once

#include "search/plan.hpp"

namespace searchlib {

// What tells a plan's documents of a segment from those of any other plan; of what makes no difference to
// them (scores, the order of what is joined) nothing.
class FilterKeys {
 public:
  using Key = std::shared_ptr<const std::string>;

  explicit FilterKeys(const PlanNode& plan);
  // One for all segments, unless documents are named by their numbers.
  const Key& of(size_t segment) const { return keys_.size() == 1 ? keys_.front() : keys_.at(segment); }

 private:
  std::vector<Key> keys_;
};

class FilterPlan {
 public:
  explicit FilterPlan(PlanNode plan) : plan_(std::move(plan)), keys_(plan_) {}

  const PlanNode& plan() const { return plan_; }
  const FilterKeys::Key& key(size_t segment) const { return keys_.of(segment); }

 private:
  PlanNode plan_;
  FilterKeys keys_;
};

}  // namespace searchlib
