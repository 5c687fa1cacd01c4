#include "collect/matches.hpp"

#include "search/make_sets.hpp"

namespace searchlib::collect {
namespace {

DocBits matching(const ResolvedNode& node, const Snapshot& snapshot, size_t segment,
                 const SegmentFilter* filter) {
  DocBits bits = no_docs(snapshot.segments()[segment].segment->num_docs());
  if (const DocSetPtr set = make_passing_set(node, snapshot, segment, filter)) set->add_to(bits);
  return bits;
}

}  // namespace

MatchSet matches_of(const PlanNode& plan, const Snapshot& snapshot) {
  std::optional<DocFilter> filter;  // its bits are remembered
  if (plan.kind == PlanNode::Kind::kFilter) filter.emplace(*plan.passes, snapshot);
  const ResolvedNode resolved = resolve(filter ? plan.children[0] : plan, snapshot, false);
  MatchSet matches;
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    DocBits bits = matching(resolved, snapshot, i, filter ? &filter->of(i) : nullptr);
    if (const auto& deletes = snapshot.segments()[i].deletes) {
      for (const uint32_t doc : deletes->docs()) drop_doc(bits, doc);
    }
    matches.count += count_bits(bits);
    matches.segments.push_back(std::move(bits));
  }
  return matches;
}

}  // namespace searchlib::collect
