#include "collect/order.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "collect/local_keys.hpp"
#include "columns/keys.hpp"
#include "errors.hpp"

namespace searchlib::collect {
namespace {

class SegmentSort {
 public:
  SegmentSort(const std::vector<SortKey>& keys, const ResolvedNode& plan, const Snapshot& snapshot,
              size_t segment, size_t limit)
      : plan_(plan), snapshot_(snapshot), segment_(segment), limit_(limit) {
    readers_.reserve(keys.size());
    for (const SortKey& key : keys) readers_.emplace_back(key, segment);
  }

  Entry local(const std::vector<KeyValue>& keys, std::optional<uint32_t> doc) const {
    Entry entry;
    for (size_t i = 0; i < readers_.size(); ++i) entry.keys[i] = readers_[i].local(keys[i]);
    if (doc) entry.doc = int64_t{*doc} - snapshot_.segments()[segment_].first_doc;
    return entry;
  }

  // Nothing that is not behind it is wanted.
  void begin_after(const Entry& after) { after_ = after; }
  // Nothing that is not before it is wanted: what an earlier segment has.
  void end_before(const Entry& worst) { worst_ = worst; }

  std::vector<SortedHit> run(const DocBits& matches) {
    const Reader& first = readers_.front();
    num_docs_ = snapshot_.segments()[segment_].segment->num_docs();
    if (first.values() != nullptr) values_.emplace(*first.values());
    if (first.numbers() != nullptr && (first.numbers()->is_dense() || first.missing().order > 0))
      wanted_.emplace(*first.numbers(), first.is_reverse());
    std::vector<uint32_t> promising;  // ascending
    if (first.numbers() != nullptr) promising = most_promising(matches);
    for (const uint32_t begin : promising) visit(matches, begin);
    scorer_.reset();  // it goes forward only
    for (uint32_t begin = 0; begin < num_docs_; begin += kRunDocs) {
      if (!std::binary_search(promising.begin(), promising.end(), begin)) visit(matches, begin);
    }
    std::sort(heap_.begin(), heap_.end(), [this](const Entry& left, const Entry& right) {
      deadline_.tick();
      return less(left, right);
    });
    return finished();
  }

 private:
  static constexpr int kFew = 8;             // values that are read by themselves
  static constexpr uint32_t kManyRuns = 32;  // so many are worth an order
  static constexpr size_t kHitsOfRun = 32;   // that a promising run may give, roughly

  // The runs of documents that hold the first hits if any do: from them comes a good threshold at once, in whatever
  // order the documents were added.
  std::vector<uint32_t> most_promising(const DocBits& matches) const {
    std::vector<uint32_t> chosen;
    if (num_docs_ < kManyRuns * kRunDocs) return chosen;
    std::vector<std::pair<LocalKey, uint32_t>> runs;
    runs.reserve(num_docs_ / kRunDocs + 1);
    for (uint32_t begin = 0; begin < num_docs_; begin += kRunDocs) {
      const auto bits = bits_at(matches, begin);
      deadline_.tick();
      if ((bits.first | bits.second) == 0) continue;
      const auto [best, worst] = bounds_of(begin, std::min(begin + kRunDocs, num_docs_));
      if (!after_ || worst >= after_->keys.front()) runs.emplace_back(best, begin);
    }
    const size_t count = std::min(runs.size(), 4 + limit_ / kHitsOfRun);
    std::nth_element(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(count), runs.end());
    for (size_t run = 0; run < count; ++run) chosen.push_back(runs[run].second);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
  }

  void visit(const DocBits& matches, uint32_t begin) {
    const Reader& first = readers_.front();
    auto bits = bits_at(matches, begin);
    if ((bits.first | bits.second) == 0) return;
    deadline_.tick(4);
    const uint32_t end = std::min(begin + kRunDocs, num_docs_);
    if (worst_ || after_) {
      const auto [best, worst] = bounds_of(begin, end);
      if ((worst_ && best > worst_->keys.front()) || (after_ && worst < after_->keys.front())) return;
    }
    if (wanted_ && narrow(begin)) bits = wanted_->among(bits, begin);
    const int left = std::popcount(bits.first) + std::popcount(bits.second);
    if (left == 0) return;
    const bool loads = values_ && left > kFew;
    if (loads) values_->load(begin, end);
    for_each_bit(bits, begin, [&](uint32_t doc) {
      offer(doc, first.is_score() ? score_key(first, doc)
                 : loads          ? first.of(values_->of(doc))
                                  : first.of(doc));
    });
  }

  // Whether of documents from `begin` on only those are wanted whose first keys lie in a stretch; it is set then.
  bool narrow(uint32_t begin) {
    int64_t first = std::numeric_limits<int64_t>::min(), last = std::numeric_limits<int64_t>::max();
    const bool bounded = worst_ && worst_->keys.front().order == 0;
    // While a document without a value may be wanted, those with one tell nothing.
    if (!bounded && (!after_ || !readers_.front().numbers()->is_dense())) return false;
    if (after_ && after_->keys.front().order == 0) first = after_->keys.front().value;
    if (bounded) {
      last = worst_->keys.front().value;
      // Of equal ones the document that was added first comes first.
      if (readers_.size() == 1 && worst_->doc < begin) {
        if (last == std::numeric_limits<int64_t>::min()) return false;
        --last;
      }
    }
    wanted_->set_stretch(first, last);
    return true;
  }

  // What no key of these documents comes before, and what none comes behind.
  std::pair<LocalKey, LocalKey> bounds_of(uint32_t begin, uint32_t end) const {
    constexpr LocalKey kFirst{-1, std::numeric_limits<int64_t>::min()};
    constexpr LocalKey kLast{1, std::numeric_limits<int64_t>::max()};
    const Reader& reader = readers_.front();
    const LocalKey missing = reader.missing();
    if (!reader.is_score() && reader.values() == nullptr) return {missing, missing};
    const Values* numbers = reader.numbers();
    if (reader.is_score() || numbers == nullptr) return {kFirst, kLast};
    const bool is_dense = numbers->is_dense();
    const uint32_t first = is_dense ? begin : numbers->values_of(begin).first;
    const uint32_t last = is_dense ? end : numbers->values_of(end - 1).second;
    if (first == last) return {missing, missing};
    std::pair<LocalKey, LocalKey> bounds{kLast, kFirst};
    if (!is_dense) bounds = {missing, missing};
    for (uint32_t block = first / Values::kBlock; block <= (last - 1) / Values::kBlock; ++block) {
      const auto [low, high] = std::minmax(
          {reader.of_number(numbers->block_min(block)), reader.of_number(numbers->block_max(block))});
      bounds = {std::min(bounds.first, low), std::max(bounds.second, high)};
    }
    return bounds;
  }

  LocalKey score_key(const Reader& reader, uint32_t doc) {
    return reader.of_number(columns::key_of_double(score(doc)));
  }

  double score(uint32_t doc) {
    if (!scorer_) scorer_ = make_scorer(plan_, snapshot_, segment_);
    return scorer_ && scorer_->match(doc) ? scorer_->score() : 0;
  }

  bool less(const Entry& left, const Entry& right) const {
    for (size_t i = 0; i < readers_.size(); ++i) {
      if (const auto order = left.keys[i] <=> right.keys[i]; order != 0) return order < 0;
    }
    return left.doc < right.doc;
  }

  void offer(uint32_t doc, const LocalKey& first) {
    if (worst_ && first > worst_->keys.front()) return;
    if (after_ && first < after_->keys.front()) return;
    Entry entry;
    entry.doc = doc;
    entry.keys[0] = first;
    for (size_t i = 1; i < readers_.size(); ++i)
      entry.keys[i] = readers_[i].is_score() ? score_key(readers_[i], doc) : readers_[i].of(doc);
    if (worst_ && !less(entry, *worst_)) return;
    if (after_ && !less(*after_, entry)) return;
    const auto by_order = [this](const Entry& left, const Entry& right) { return less(left, right); };
    if (heap_.size() == limit_) {
      std::pop_heap(heap_.begin(), heap_.end(), by_order);
      heap_.back() = entry;
      std::push_heap(heap_.begin(), heap_.end(), by_order);
    } else {
      heap_.push_back(entry);
      if (heap_.size() < limit_) return;
      std::make_heap(heap_.begin(), heap_.end(), by_order);
    }
    worst_ = heap_.front();
  }

  std::vector<SortedHit> finished() const {
    const uint32_t first_doc = snapshot_.segments()[segment_].first_doc;
    std::vector<SortedHit> hits;
    hits.reserve(heap_.size());
    for (const Entry& entry : heap_) {
      deadline_.tick();
      SortedHit& hit = hits.emplace_back(SortedHit{first_doc + static_cast<uint32_t>(entry.doc), 0, {}});
      hit.keys.reserve(readers_.size());
      for (size_t i = 0; i < readers_.size(); ++i) hit.keys.push_back(readers_[i].global(entry.keys[i]));
    }
    return hits;
  }

  Deadline& deadline_ = Deadline::current();
  const ResolvedNode& plan_;
  const Snapshot& snapshot_;
  size_t segment_;
  size_t limit_;
  uint32_t num_docs_ = 0;
  std::vector<Reader> readers_;
  std::optional<Run> values_;            // of the first key
  std::optional<WantedNumbers> wanted_;  // the same, where numbers say what is wanted
  ScorerPtr scorer_;
  std::optional<Entry> after_;
  std::optional<Entry> worst_;
  std::vector<Entry> heap_;  // once full, the last one in front
};

// Whether a hit's keys come before those of a later segment's.
class Before {
 public:
  explicit Before(const std::vector<SortKey>& keys) : keys_(keys) {}

  bool operator()(const SortedHit& left, const SortedHit& right) const {
    for (size_t i = 0; i < keys_.size(); ++i) {
      if (const int order = compare(left.keys[i], right.keys[i], keys_[i]); order != 0) return order < 0;
    }
    return left.doc < right.doc;
  }

 private:
  static int compare(const KeyValue& left, const KeyValue& right, const SortKey& key) {
    if (left.is_missing || right.is_missing) {
      if (left.is_missing && right.is_missing) return 0;
      return left.is_missing == key.missing_first ? -1 : 1;
    }
    int order = 0;
    if (key.column == nullptr || !key.column->has_strings) {
      order = left.number < right.number ? -1 : left.number > right.number;
    } else {
      order = folded(left.text).compare(folded(right.text));
      if (order == 0) order = left.text.compare(right.text);
    }
    return key.reverse ? -order : order;
  }

  const std::vector<SortKey>& keys_;
};

void add_scores(std::vector<SortedHit>& hits, const ResolvedNode& plan, const Snapshot& snapshot) {
  std::vector<SortedHit*> by_doc;
  by_doc.reserve(hits.size());
  for (SortedHit& hit : hits) by_doc.push_back(&hit);
  std::sort(by_doc.begin(), by_doc.end(),
            [](const SortedHit* left, const SortedHit* right) { return left->doc < right->doc; });
  auto next = by_doc.begin();
  for (size_t i = 0; i < snapshot.segments().size() && next != by_doc.end(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    const uint32_t end = part.first_doc + part.segment->num_docs();
    if ((*next)->doc >= end) continue;
    const ScorerPtr scorer = make_scorer(plan, snapshot, i);
    for (; next != by_doc.end() && (*next)->doc < end; ++next) {
      Deadline::current().tick();
      if (scorer && scorer->match((*next)->doc - part.first_doc)) (*next)->score = scorer->score();
    }
  }
}

}  // namespace

std::vector<SortedHit> sort_matches(const MatchSet& matches, const PlanNode& plan, const Snapshot& snapshot,
                                    const std::vector<SortKey>& keys, size_t limit,
                                    const std::optional<After>& after) {
  std::vector<SortedHit> best;
  if (limit == 0 || keys.empty()) return best;
  const ResolvedNode resolved = resolve(plan, snapshot);
  const Before before(keys);
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    SegmentSort segment(keys, resolved, snapshot, i, limit);
    if (after) segment.begin_after(segment.local(after->keys, after->doc));
    if (best.size() == limit) segment.end_before(segment.local(best.back().keys, std::nullopt));
    std::vector<SortedHit> found = segment.run(matches.segments[i]);
    if (found.empty()) continue;
    const auto middle = static_cast<std::ptrdiff_t>(best.size());
    best.insert(best.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
    std::inplace_merge(best.begin(), best.begin() + middle, best.end(), before);
    if (best.size() > limit) best.resize(limit);
  }
  add_scores(best, resolved, snapshot);
  return best;
}

}  // namespace searchlib::collect
