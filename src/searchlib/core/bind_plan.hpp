// Plans from Python: nested tuples in, PlanNodes out.
//
//   ("nothing",)
//   ("all", score)
//   ("docs", score, [documents by segment])
//   ("has", score, field)
//   ("forms", score, [(field, kind, text, distance)])
//   ("word", [(field, boost, lemmas)])
//   ("word", [(field, boost, lemmas)], ([related lemmas of each field], weight, [form for each field],
//   exact))
//                                                                related or forms may be empty lists
//   ("phrase", [(field, boost, [(offset, lemmas)])], slop)
//   ("and" | "or" | "max" | "not" | "maybe", [children])
//   ("boost", factor, node)                                      more items may follow, for `explain`

#pragma once

#include <nanobind/nanobind.h>

#include <optional>

#include "search/plan.hpp"
#include "search/snapshot.hpp"

namespace searchlib {

// Throws what Python calls TypeError and ValueError for anything else, QueryTooComplex for a plan that nests
// too deep.
PlanNode plan_of(nanobind::handle item);

FormPattern pattern_of(const std::string& kind, const std::string& text, unsigned distance);

// A plan given as tuples, read for one call, or as a Plan, read when that was made; it fits the snapshot.
class CheckedPlan {
 public:
  CheckedPlan(nanobind::handle item, const Snapshot& snapshot);
  CheckedPlan(const CheckedPlan&) = delete;
  CheckedPlan& operator=(const CheckedPlan&) = delete;

  const PlanNode& operator*() const { return *plan_; }
  PlanNode release() { return own_ ? *std::move(own_) : *plan_; }

 private:
  std::optional<PlanNode> own_;
  const PlanNode* plan_;
};

}  // namespace searchlib
