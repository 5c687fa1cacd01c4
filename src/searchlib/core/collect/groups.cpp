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

  // visit(group's number) for each of a document's values; for the group of those without one, if it has none.
  template <class Visit>
  void for_each(size_t segment, std::span<const int64_t> of_doc, Visit&& visit) {
    if (of_doc.empty()) visit_if(missing_ == kUnknown ? missing_ = made({}) : missing_, visit);
    for (const int64_t value : of_doc)
      visit_if(column_.has_strings ? of_string(segment, value) : of_number(value), visit);
  }

  bool are_all() const { return groups_.size() >= limit_; }
  std::vector<Group>& all() { return groups_; }

 private:
  static constexpr int32_t kUnknown = -1;
  static constexpr int32_t kNone = -2;  // there were enough others before it

  template <class Visit>
  void visit_if(int32_t group, Visit&& visit) {
    if (group >= 0) visit(static_cast<size_t>(group));
  }

  int32_t made(KeyValue value) {
    if (are_all()) return kNone;
    groups_.push_back({std::move(value), 0, {}});
    return static_cast<int32_t>(groups_.size() - 1);
  }

  int32_t of_string(size_t segment, int64_t ordinal) {
    const Values& values = *column_.segments[segment];
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

// Groups in the order of their first documents. These are met among the first of all matches: so many are ranked, and
// more of them as long as groups are lacking. Then the documents of each group are counted; where its best are not met
// yet, they are looked for among its own alone.
class Grouping {
 public:
  Grouping(const MatchSet& matches, const PlanNode& plan, const Snapshot& snapshot, const FieldColumn& column,
           const std::vector<SortKey>& keys, size_t limit, size_t hits_of_group)
      : matches_(matches),
        plan_(plan),
        snapshot_(snapshot),
        column_(column),
        keys_(keys),
        most_(std::min<uint64_t>(hits_of_group, matches.count)),
        groups_(column, limit) {
    const uint64_t met = std::min<uint64_t>(limit, matches.count) * std::min<uint64_t>(hits_of_group, 8);
    ranked_ = std::min<uint64_t>(std::max<uint64_t>(4 * met, kLeastRanked), matches.count);
  }

  std::vector<Group> run() {
    meet_first();
    if (groups_.all().empty()) return {};
    count();
    for (size_t group = 0; group < groups_.all().size(); ++group) {
      Group& found = groups_.all()[group];
      if (found.hits.size() < std::min<uint64_t>(most_, found.count)) find_hits(group);
    }
    return std::move(groups_.all());
  }

 private:
  static constexpr uint64_t kLeastRanked = 256;
  static constexpr uint64_t kMoreRanked = 8;

  std::vector<ScoredDoc> first_of_all(size_t limit) const {
    if (keys_.empty()) return search(plan_, snapshot_, limit);
    return first_of(matches_, keys_, limit);
  }

  std::vector<ScoredDoc> first_of(const MatchSet& matches, const std::vector<SortKey>& keys,
                                  size_t limit) const {
    std::vector<ScoredDoc> found;
    for (const SortedHit& hit : sort_matches(matches, plan_, snapshot_, keys, limit, std::nullopt))
      found.push_back({hit.score, hit.doc});
    return found;
  }

  std::vector<int64_t> values_of(size_t segment, uint32_t doc) const {
    std::vector<int64_t> of_doc;
    if (const Values* values = column_.segments[segment].get()) {
      const auto [first, end] = values->values_of(doc);
      of_doc.resize(end - first);
      if (first < end) values->decode(first, end - first, of_doc.data());
    }
    return of_doc;
  }

  // The groups, in order, each with those of its best that are among the first.
  void meet_first() {
    Deadline& deadline = Deadline::current();
    for (size_t begin = 0; ranked_ > 0; ranked_ = std::min(ranked_ * kMoreRanked, matches_.count)) {
      const std::vector<ScoredDoc> order = first_of_all(ranked_);
      for (; begin < order.size(); ++begin) {
        deadline.tick();
        const auto [segment, doc] = snapshot_.place_of(order[begin].doc);
        groups_.for_each(segment, values_of(segment, doc), [&](size_t group) {
          Group& found = groups_.all()[group];
          if (found.hits.size() < most_) found.hits.push_back(order[begin]);
        });
      }
      if (groups_.are_all() || ranked_ >= matches_.count || order.size() < ranked_) return;
    }
  }

  // visit(segment, document, its values) for all matches.
  template <class Visit>
  void for_each_match(Visit&& visit) const {
    for (size_t segment = 0; segment < column_.segments.size(); ++segment) {
      if (const Values* values = column_.segments[segment].get()) {
        Run run(*values);
        for_each_run(values->num_docs(), matches_.segments[segment],
                     [&](uint32_t begin, std::pair<uint64_t, uint64_t> bits) {
                       run.load(begin, std::min(begin + kRunDocs, values->num_docs()));
                       for_each_bit(bits, begin, [&](uint32_t doc) { visit(segment, doc, run.of(doc)); });
                     });
        continue;
      }
      const DocBits& bits = matches_.segments[segment];
      for (uint32_t word = 0; word < bits.size(); ++word) {
        Deadline::current().tick(4);
        for_each_bit({bits[word], 0}, word * 64,
                     [&](uint32_t doc) { visit(segment, doc, std::span<const int64_t>()); });
      }
    }
  }

  // Of groups whose best are not all met the documents are kept.
  void count() {
    docs_.resize(groups_.all().size());
    for_each_match([&](size_t segment, uint32_t doc, std::span<const int64_t> values) {
      groups_.for_each(segment, values, [&](size_t group) {
        Group& found = groups_.all()[group];
        ++found.count;
        if (found.hits.size() < most_) docs_[group].push_back(snapshot_.segments()[segment].first_doc + doc);
      });
    });
  }

  void find_hits(size_t wanted) {
    MatchSet own;
    for (const DocBits& bits : matches_.segments) own.segments.emplace_back(bits.size());
    own.count = docs_[wanted].size();
    for (const uint32_t number : docs_[wanted]) {
      const auto [segment, doc] = snapshot_.place_of(number);
      set_doc(own.segments[segment], doc);
    }
    const std::vector<SortKey> by_score{{nullptr, true, false}};  // the best first, as a search has them
    groups_.all()[wanted].hits = first_of(own, keys_.empty() ? by_score : keys_, most_);
  }

  const MatchSet& matches_;
  const PlanNode& plan_;
  const Snapshot& snapshot_;
  const FieldColumn& column_;
  const std::vector<SortKey>& keys_;
  uint64_t most_;  // hits of a group
  uint64_t ranked_ = 0;
  Groups groups_;
  std::vector<std::vector<uint32_t>> docs_;  // of each group
};

}  // namespace

std::vector<Group> group_matches(const MatchSet& matches, const PlanNode& plan, const Snapshot& snapshot,
                                 const FieldColumn& column, const std::vector<SortKey>& keys, size_t limit,
                                 size_t hits_of_group) {
  if (limit == 0) return {};
  return Grouping(matches, plan, snapshot, column, keys, limit, hits_of_group).run();
}

}  // namespace searchlib::collect
