// Makes PlanNodes of the nodes of searchlib/plan.py. Each is read by its attributes, and `kind` says which of
// them it has.

#pragma once

#include <nanobind/nanobind.h>

#include <optional>
#include <utility>
#include <vector>

#include "search/plan.hpp"
#include "search/snapshot.hpp"

namespace searchlib {

// Throws what Python calls TypeError for what is no node and ValueError for one that cannot be,
// QueryTooComplex for a plan that nests too deep.
PlanNode plan_of(nanobind::handle item);

// The same where the documents that hold a lemma are counted elsewhere, too: {(field, lemma): how many}. ValueError for
// a lemma that is not among them.
PlanNode plan_of(nanobind::handle item, const nanobind::dict& dfs);

// (name, weight) pairs, as the weights of search/signals.hpp; none if there are no pairs.
std::optional<SignalWeights> signals_of(nanobind::handle pairs);

FormPattern pattern_of(const std::string& kind, const std::string& text, unsigned distance,
                       bool exact = false);

// Words that a query is expanded by, read once, each a boosted word of one lemma: Python makes nodes of them where
// somebody looks at the plan.
struct WeightedWords {
  using Fields = std::vector<std::pair<size_t, double>>;  // number, weight

  // rows: (factor, lemma, which of the fields) each.
  WeightedWords(const nanobind::list& rows, const std::vector<Fields>& fields);

  std::vector<PlanNode> nodes;
};

// A plan given as nodes, read for one call, or as a Plan, read when that was made; it fits the snapshot.
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
