#include "search/doc_filter.hpp"

#include "search/make_sets.hpp"

namespace searchlib {

DocFilter::DocFilter(const FilterPlan& filter, const Snapshot& snapshot) {
  std::optional<ResolvedNode> resolved;  // only where a segment does not know the filter yet
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    segments_.emplace_back(find(filter.plan(), filter.key(i), snapshot, i, resolved),
                           snapshot.segments()[i].segment->num_docs());
    count_ += segments_.back().count();
  }
}

DocFilter::DocFilter(const ResolvedNode& plan, const Snapshot& snapshot) {
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    auto made = std::make_shared<CountedBits>();
    made->bits = bits_of(plan, snapshot, i);
    if (part.deletes) {
      const std::span<const uint64_t> deleted = part.deletes->bits();
      for (size_t word = 0; word < deleted.size(); ++word) made->bits[word] &= ~deleted[word];
    }
    made->count = count_bits(made->bits);
    count_ += made->count;
    segments_.emplace_back(std::move(made), part.segment->num_docs());
  }
}

// Of what is joined by AND each part is kept, too: shops change one of them at a time.
std::shared_ptr<const CountedBits> DocFilter::find(const PlanNode& plan, const BitmapCache::Key& key,
                                                   const Snapshot& snapshot, size_t segment,
                                                   std::optional<ResolvedNode>& resolved, bool divides) {
  BitmapCache& cache = snapshot.segments()[segment].segment->bitmaps();
  if (std::shared_ptr<const CountedBits> known = cache.find(key)) return known;
  auto made = std::make_shared<CountedBits>();
  if (divides && plan.kind == PlanNode::Kind::kAnd && !plan.children.empty()) {
    for (const PlanNode& child : plan.children) {
      std::optional<ResolvedNode> of_child;
      const auto child_key = std::make_shared<const std::string>(key_of_plan(child, segment));
      const std::shared_ptr<const CountedBits> bits =
          find(child, child_key, snapshot, segment, of_child, false);
      if (made->bits.empty()) {
        made->bits = bits->bits;
      } else {
        for (size_t word = 0; word < made->bits.size(); ++word) made->bits[word] &= bits->bits[word];
      }
    }
  } else {
    if (!resolved) resolved.emplace(resolve(plan, snapshot, false));
    made->bits = bits_of(*resolved, snapshot, segment);
  }
  made->count = count_bits(made->bits);
  cache.keep(key, made);
  return made;
}

}  // namespace searchlib
