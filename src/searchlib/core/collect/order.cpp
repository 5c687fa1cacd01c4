#include "collect/order.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "collect/runs.hpp"
#include "columns/keys.hpp"
#include "errors.hpp"

namespace searchlib::collect {
namespace {

// A key inside a segment; less comes first. order: -1 missing and first, 0 there, 1 missing and last.
struct LocalKey {
  int64_t order = 0;
  int64_t value = 0;
  auto operator<=>(const LocalKey&) const = default;
};

// doc: in the segment; -1 for a place before all of them.
struct Entry {
  std::array<LocalKey, kMaxKeys> keys;
  int64_t doc = -1;
};

// One key in one segment.
class Reader {
 public:
  Reader(const SortKey& key, size_t segment)
      : key_(key), values_(key.column == nullptr ? nullptr : key.column->segments[segment].get()) {
    if (values_ != nullptr && key.column->has_strings) collation_ = &values_->collation();
  }

  bool is_score() const { return key_.column == nullptr; }
  // Its order is that of the numbers that the column holds.
  const Values* numbers() const { return collation_ == nullptr ? values_ : nullptr; }
  const Values* values() const { return values_; }

  LocalKey missing() const { return {key_.missing_first ? -1 : 1, 0}; }
  LocalKey of_number(int64_t number) const { return {0, key_.reverse ? ~number : number}; }

  LocalKey of(std::span<const int64_t> values) const {
    if (values.empty()) return missing();
    if (collation_ == nullptr) return of_number(key_.reverse ? values.back() : values.front());
    int64_t best = rank_of(values.front());
    for (const int64_t ordinal : values.subspan(1)) {
      const int64_t rank = rank_of(ordinal);
      best = key_.reverse ? std::max(best, rank) : std::min(best, rank);
    }
    return of_number(best);
  }

  LocalKey of(uint32_t doc) const {
    if (values_ == nullptr) return missing();
    const auto [first, end] = values_->values_of(doc);
    if (first == end) return missing();
    if (collation_ == nullptr) return of_number(values_->value(key_.reverse ? end - 1 : first));
    int64_t best = rank_of(values_->value(first));
    for (uint32_t number = first + 1; number < end; ++number) {
      const int64_t rank = rank_of(values_->value(number));
      best = key_.reverse ? std::max(best, rank) : std::min(best, rank);
    }
    return of_number(best);
  }

  // A key of any segment as it compares with those of this one.
  LocalKey local(const KeyValue& key) const {
    if (key.is_missing) return missing();
    if (key_.column == nullptr || !key_.column->has_strings) return of_number(key.number);
    if (collation_ == nullptr) return of_number(0);  // nothing here to compare it with
    const std::string fold = folded(key.text);
    const auto& by_rank = collation_->ordinal;
    const auto at = std::lower_bound(by_rank.begin(), by_rank.end(), key.text,
                                     [&](uint32_t ordinal, const std::string& text) {
                                       const std::string here = values_->string(ordinal);
                                       const std::string here_folded = folded(here);
                                       return here_folded != fold ? here_folded < fold : here < text;
                                     });
    const int64_t rank = 2 * (at - by_rank.begin());
    return of_number(at != by_rank.end() && values_->string(*at) == key.text ? rank : rank - 1);
  }

  KeyValue global(const LocalKey& key) const {
    KeyValue made;
    if (key.order != 0) return made;
    made.is_missing = false;
    made.number = key_.reverse ? ~key.value : key.value;
    if (collation_ != nullptr)
      made.text = values_->string(collation_->ordinal[static_cast<size_t>(made.number / 2)]);
    return made;
  }

 private:
  // Even: what lies between two strings has a place, too.
  int64_t rank_of(int64_t ordinal) const {
    if (ordinal < 0 || static_cast<uint64_t>(ordinal) >= collation_->rank_of.size())
      throw CorruptIndexError("a column has a string that its dictionary lacks");
    return 2 * int64_t{collation_->rank_of[static_cast<size_t>(ordinal)]};
  }

  const SortKey& key_;
  const Values* values_;
  const Values::Collation* collation_ = nullptr;
};

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
    const uint32_t num_docs = snapshot_.segments()[segment_].segment->num_docs();
    std::optional<Run> values;
    if (first.values() != nullptr) values.emplace(*first.values());
    for (uint32_t begin = 0; begin < num_docs; begin += kRunDocs) {
      const auto bits = bits_at(matches, begin);
      if ((bits.first | bits.second) == 0) continue;
      deadline_.tick(4);
      const uint32_t end = std::min(begin + kRunDocs, num_docs);
      if (worst_ && best_of(begin, end) > worst_->keys.front()) continue;
      if (values) values->load(begin, end);
      for_each_bit(bits, begin, [&](uint32_t doc) {
        offer(doc, first.is_score() ? score_key(first, doc)
                   : values         ? first.of(values->of(doc))
                                    : first.missing());
      });
    }
    std::sort(heap_.begin(), heap_.end(), [this](const Entry& left, const Entry& right) {
      deadline_.tick();
      return less(left, right);
    });
    return finished();
  }

 private:
  // What no key of these documents comes before.
  LocalKey best_of(uint32_t begin, uint32_t end) const {
    constexpr LocalKey kAny{-1, std::numeric_limits<int64_t>::min()};
    const Reader& reader = readers_.front();
    if (reader.is_score()) return kAny;
    if (reader.values() == nullptr) return reader.missing();
    const Values* numbers = reader.numbers();
    if (numbers == nullptr) return kAny;
    const bool is_dense = numbers->is_dense();
    const uint32_t first = is_dense ? begin : numbers->values_of(begin).first;
    const uint32_t last = is_dense ? end : numbers->values_of(end - 1).second;
    if (first == last) return reader.missing();
    if (reader.missing().order < 0 && !is_dense) return kAny;
    LocalKey best = reader.missing();
    for (uint32_t block = first / Values::kBlock; block <= (last - 1) / Values::kBlock; ++block)
      best = std::min(
          {best, reader.of_number(numbers->block_min(block)), reader.of_number(numbers->block_max(block))});
    return best;
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
  std::vector<Reader> readers_;
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
