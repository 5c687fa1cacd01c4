#include "search/doc_filter.hpp"

#include "search/make_sets.hpp"

namespace searchlib {
namespace {

// What passes, or a part of it: looked up once for all segments, and only where one of them does not know it yet.
class Part {
 public:
  explicit Part(const PlanNode& plan) : plan_(plan) {}

  // What a segment keeps it under.
  const BitmapCache::Key& key(size_t segment) {
    if (!keys_) keys_.emplace(plan_);
    return keys_->of(segment);
  }

  std::shared_ptr<const CountedBits> find(const BitmapCache::Key& key, const Snapshot& snapshot,
                                          size_t segment) {
    return kept(key, snapshot, segment, [&] {
      if (!resolved_) resolved_.emplace(resolve(plan_, snapshot, false));
      return bits_of(*resolved_, snapshot, segment);
    });
  }

  // The same; what is joined by AND is kept part by part, too: shops change one of them at a time.
  std::shared_ptr<const CountedBits> find_divided(const BitmapCache::Key& key, const Snapshot& snapshot,
                                                  size_t segment) {
    if (plan_.kind != PlanNode::Kind::kAnd || plan_.children.empty()) return find(key, snapshot, segment);
    return kept(key, snapshot, segment, [&] {
      if (parts_.empty()) {
        for (const PlanNode& child : plan_.children) parts_.emplace_back(child);
      }
      DocBits bits;
      for (Part& part : parts_) {
        const auto found = part.find(part.key(segment), snapshot, segment);
        if (bits.empty()) {
          bits = found->bits;
        } else {
          for (size_t word = 0; word < bits.size(); ++word) bits[word] &= found->bits[word];
        }
      }
      return bits;
    });
  }

 private:
  template <class Make>
  static std::shared_ptr<const CountedBits> kept(const BitmapCache::Key& key, const Snapshot& snapshot,
                                                 size_t segment, Make&& make) {
    BitmapCache& cache = snapshot.segments()[segment].segment->bitmaps();
    if (std::shared_ptr<const CountedBits> known = cache.find(key)) return known;
    auto made = std::make_shared<CountedBits>();
    made->bits = make();
    made->count = count_bits(made->bits);
    cache.keep(key, made);
    return made;
  }

  const PlanNode& plan_;
  std::optional<FilterKeys> keys_;
  std::optional<ResolvedNode> resolved_;
  std::vector<Part> parts_;
};

}  // namespace

DocFilter::DocFilter(const FilterPlan& filter, const Snapshot& snapshot) {
  Part whole(filter.plan());
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    segments_.emplace_back(whole.find_divided(filter.key(i), snapshot, i),
                           snapshot.segments()[i].segment->num_docs());
    count_ += segments_.back().count();
  }
}

DocFilter::DocFilter(const ResolvedNode& plan, const Snapshot& snapshot) {
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    auto made = std::make_shared<CountedBits>();
    made->bits = live_bits_of(plan, snapshot, i, nullptr);
    made->count = count_bits(made->bits);
    count_ += made->count;
    segments_.emplace_back(std::move(made), snapshot.segments()[i].segment->num_docs());
  }
}

}  // namespace searchlib
