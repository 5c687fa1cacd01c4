// The matches by a field's values, the best of each.

#include "collect/facets.hpp"

#include <algorithm>
#include <unordered_map>

#include "collect/runs.hpp"
#include "errors.hpp"
#include "search/search.hpp"

namespace searchlib::collect {
namespace {

// Finds the group of each value, and makes it while there is room for one more.
class Groups {
 public:
  Groups(const FieldColumn& column, size_t limit) : column_(column), limit_(limit) {
    for (const auto& values : column.segments)
      of_ordinal_.emplace_back(values ? values->num_distinct() : 0, kUnknown);
  }

  // Calls visit(group) for each of a document's values; for the group of those without one, if it has none.
  template <class Visit>
  void for_each(size_t segment, uint32_t doc, Visit&& visit) {
    const Values* values = column_.segments[segment].get();
    const auto [first, end] = values == nullptr ? std::pair(0U, 0U) : values->values_of(doc);
    if (first == end) visit_if(missing_ == kUnknown ? missing_ = made({}) : missing_, visit);
    for (uint32_t number = first; number < end; ++number) {
      const int64_t value = values->value(number);
      visit_if(column_.has_strings ? of_string(segment, *values, value) : of_number(value), visit);
    }
  }

  std::vector<Group>&& take() { return std::move(groups_); }

 private:
  static constexpr int32_t kUnknown = -1;
  static constexpr int32_t kNone = -2;  // there were enough others before it

  template <class Visit>
  void visit_if(int32_t group, Visit&& visit) {
    if (group >= 0) visit(groups_[static_cast<size_t>(group)]);
  }

  int32_t made(KeyValue value) {
    if (groups_.size() >= limit_) return kNone;
    groups_.push_back({std::move(value), 0, {}});
    return static_cast<int32_t>(groups_.size() - 1);
  }

  int32_t of_string(size_t segment, const Values& values, int64_t ordinal) {
    int32_t& known = of_ordinal_[segment][ordinal_in(ordinal, values.num_distinct())];
    if (known != kUnknown) return known;
    std::string text = values.string(static_cast<uint32_t>(ordinal));
    const auto at = strings_.find(text);
    if (at != strings_.end()) return known = at->second;
    known = made(string_key(text));
    if (known >= 0) strings_.emplace(std::move(text), known);
    return known;
  }

  int32_t of_number(int64_t number) {
    const auto at = numbers_.find(number);
    if (at != numbers_.end()) return at->second;
    const int32_t group = made(number_key(number));
    if (group >= 0) numbers_.emplace(number, group);
    return group;
  }

  const FieldColumn& column_;
  size_t limit_;
  std::vector<Group> groups_;
  std::vector<std::vector<int32_t>> of_ordinal_;  // by segment
  std::unordered_map<std::string, int32_t> strings_;
  std::unordered_map<int64_t, int32_t> numbers_;
  int32_t missing_ = kUnknown;
};

}  // namespace

std::vector<Group> group_matches(const MatchSet& matches, const PlanNode& plan, const Snapshot& snapshot,
                                 const FieldColumn& column, const std::vector<SortKey>& keys, size_t limit,
                                 size_t hits_of_group) {
  std::vector<ScoredDoc> order;
  if (keys.empty()) {
    order = search_exhaustively(plan, snapshot, snapshot.num_live_docs());
  } else {
    for (const SortedHit& hit : sort_matches(matches, plan, snapshot, keys, matches.count, std::nullopt))
      order.push_back({hit.score, hit.doc});
  }
  std::vector<uint32_t> first_docs;
  for (const SnapshotSegment& part : snapshot.segments()) first_docs.push_back(part.first_doc);
  Deadline& deadline = Deadline::current();
  Groups groups(column, limit);
  for (const ScoredDoc& hit : order) {
    deadline.tick();
    const auto behind = std::upper_bound(first_docs.begin(), first_docs.end(), hit.doc);
    const auto segment = static_cast<size_t>(behind - first_docs.begin() - 1);
    const uint32_t doc = hit.doc - first_docs[segment];
    if ((matches.segments[segment][doc / 64] >> (doc % 64) & 1) == 0) continue;
    groups.for_each(segment, doc, [&](Group& group) {
      ++group.count;
      if (group.hits.size() < hits_of_group) group.hits.push_back(hit);
    });
  }
  return groups.take();
}

}  // namespace searchlib::collect
