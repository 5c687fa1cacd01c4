#include "search/doc_filter.hpp"

#include "search/plan_bits.hpp"

namespace searchlib {

DocFilter::DocFilter(const PlanNode& filter, const Snapshot& snapshot) {
  std::optional<ResolvedNode> resolved;  // only where a segment does not know the filter yet
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    segments_.emplace_back(find(filter, snapshot, i, resolved, filter),
                           snapshot.segments()[i].segment->num_docs());
    count_ += segments_.back().count();
  }
}

// Of what is joined by AND each part is kept, too: shops change one of them at a time.
std::shared_ptr<const CountedBits> DocFilter::find(const PlanNode& plan, const Snapshot& snapshot,
                                                   size_t segment, std::optional<ResolvedNode>& resolved,
                                                   const PlanNode& whole) {
  BitmapCache& cache = snapshot.segments()[segment].segment->bitmaps();
  const std::string key = key_of_plan(plan, segment);
  if (std::shared_ptr<const CountedBits> known = cache.find(key)) return known;
  auto made = std::make_shared<CountedBits>();
  if (&plan == &whole && plan.kind == PlanNode::Kind::kAnd && !plan.children.empty()) {
    for (const PlanNode& child : plan.children) {
      std::optional<ResolvedNode> of_child;
      const std::shared_ptr<const CountedBits> bits = find(child, snapshot, segment, of_child, whole);
      if (made->bits.empty()) {
        made->bits = bits->bits;
      } else {
        for (size_t word = 0; word < made->bits.size(); ++word) made->bits[word] &= bits->bits[word];
      }
    }
  } else {
    if (!resolved) resolved.emplace(resolve(plan, snapshot));
    made->bits = bits_of(*resolved, snapshot, segment);
  }
  made->count = count_bits(made->bits);
  cache.keep(key, made);
  return made;
}

}  // namespace searchlib
