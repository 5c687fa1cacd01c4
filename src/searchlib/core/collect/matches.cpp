#include "collect/matches.hpp"

#include "search/make_sets.hpp"

namespace searchlib::collect {

MatchSet matches_of(const PlanNode& plan, const Snapshot& snapshot) {
  std::optional<DocFilter> filter;  // its bits are remembered
  if (plan.kind == PlanNode::Kind::kFilter) filter.emplace(*plan.passes, snapshot);
  const ResolvedNode resolved = resolve(filter ? plan.children[0] : plan, snapshot, false);
  MatchSet matches;
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    DocBits bits = live_bits_of(resolved, snapshot, i, filter ? &filter->of(i) : nullptr);
    matches.count += count_bits(bits);
    matches.segments.push_back(std::move(bits));
  }
  return matches;
}

}  // namespace searchlib::collect
