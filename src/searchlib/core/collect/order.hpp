// The first of a plan's matches in the order of fields and scores, and those behind a place in that order.
//
// Documents are compared by their keys, one after the other, and then by their numbers. Within a segment strings
// are ranks of its collation; between segments they are compared as strings. A field with several values counts
// as its least one where the order ascends, as its greatest where it descends.

#pragma once

#include <optional>

#include "collect/matches.hpp"
#include "collect/values.hpp"

namespace searchlib::collect {

constexpr size_t kMaxKeys = 8;

struct SortKey {
  const FieldColumn* column;  // null: the score
  bool reverse;               // the greatest first
  bool missing_first;         // documents without a value
};

// A document's key, whatever segment it is in.
struct KeyValue {
  bool is_missing = true;
  int64_t number = 0;  // a score as its sortable bits
  std::string text;    // a string
};

inline KeyValue string_key(std::string text) { return {false, 0, std::move(text)}; }
inline KeyValue number_key(int64_t number) { return {false, number, {}}; }

// A place in the order: behind a document with these keys.
struct After {
  std::vector<KeyValue> keys;
  std::optional<uint32_t> doc;  // none: before all documents with these keys
};

struct SortedHit {
  uint32_t doc;
  double score;
  std::vector<KeyValue> keys;
};

// The first `limit` of the matches, in order. The plan's, for their scores.
std::vector<SortedHit> sort_matches(const MatchSet& matches, const PlanNode& plan, const Snapshot& snapshot,
                                    const std::vector<SortKey>& keys, size_t limit,
                                    const std::optional<After>& after);

}  // namespace searchlib::collect
