#include "collect/matches.hpp"

#include "search/doc_filter.hpp"
#include "search/joined_sets.hpp"
#include "search/leaf_sets.hpp"
#include "search/make_sets.hpp"

namespace searchlib::collect {
namespace {

DocBits matching(const ResolvedNode& node, const Snapshot& snapshot, size_t segment,
                 const SegmentFilter* filter) {
  const uint32_t num_docs = snapshot.segments()[segment].segment->num_docs();
  DocBits bits(num_docs / 64 + 1);
  DocSetPtr set = make_doc_set(node, snapshot, segment, true);
  if (!set) return bits;
  if (filter != nullptr) {
    DocSets both;
    both.push_back(std::move(set));
    both.push_back(std::make_unique<BitsSet>(filter->bits(), filter->count()));
    set = std::make_unique<IntersectionSet>(std::move(both), DocSets(), num_docs);
  }
  set->add_to(bits);
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
      for (const uint32_t doc : deletes->docs()) bits[doc / 64] &= ~(uint64_t{1} << (doc % 64));
    }
    matches.count += count_bits(bits);
    matches.segments.push_back(std::move(bits));
  }
  return matches;
}

}  // namespace searchlib::collect
