// What a field's values are over some matches, counted: how many documents have each, how many have one in each
// of some ranges, what the numbers add up to, and the best documents of each value.

#pragma once

#include <optional>
#include <span>

#include "collect/order.hpp"
#include "search/top_k.hpp"

namespace searchlib::collect {

struct TermCount {
  KeyValue value;
  uint64_t count = 0;
};

struct Terms {
  std::vector<TermCount> top;  // the most frequent, of equal ones the least first
  uint64_t distinct = 0;
  uint64_t docs = 0;  // with a value
};

// least: for one that fewer documents have there is no place in `top`.
Terms count_terms(const MatchSet& matches, const FieldColumn& column, size_t limit, uint64_t least);

// How many documents have a value in each of the ranges, both ends included; they ascend and are disjoint.
struct Ranges {
  std::vector<uint64_t> counts;
  uint64_t docs = 0;
};
Ranges count_ranges(const MatchSet& matches, const FieldColumn& column,
                    std::span<const std::pair<int64_t, int64_t>> ranges);

// The least and the greatest value that a match has; nothing if none has one.
std::optional<std::pair<int64_t, int64_t>> extent_of(const MatchSet& matches, const FieldColumn& column);

// The sum is exact: of integers a number, of doubles several that do not overlap, whatever the order.
struct Numbers {
  uint64_t docs = 0;
  uint64_t values = 0;
  int64_t least = 0;
  int64_t most = 0;
  __extension__ typedef __int128 Sum;
  Sum integers = 0;
  std::vector<double> doubles;
};
Numbers sum_numbers(const MatchSet& matches, const FieldColumn& column, bool are_doubles);

struct Group {
  KeyValue value;  // missing: the documents without one
  uint64_t count = 0;
  std::vector<ScoredDoc> hits;
};

// The groups of one value each, in the order of their first documents. keys: the order; none: by score.
std::vector<Group> group_matches(const MatchSet& matches, const PlanNode& plan, const Snapshot& snapshot,
                                 const FieldColumn& column, const std::vector<SortKey>& keys, size_t limit,
                                 size_t hits_of_group);

}  // namespace searchlib::collect
