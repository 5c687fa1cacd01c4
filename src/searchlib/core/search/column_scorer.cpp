#include "search/column_scorer.hpp"

#include <algorithm>
#include <bit>

namespace searchlib {

using columns::ColumnMatch;

namespace {

std::optional<ColumnMatch> in_strings(const PlanNode& plan, const columns::KeywordColumn& column) {
  std::optional<std::string_view> low;
  std::optional<std::string_view> high;
  if (plan.has_low) low = plan.strings[0];
  if (plan.has_high) high = plan.strings[1];
  const auto [first, end] = column.ordinals(low, high, plan.includes_low, plan.includes_high);
  if (first >= end) return std::nullopt;
  return ColumnMatch(column, int64_t{first}, int64_t{end} - 1);
}

std::optional<ColumnMatch> in_set(const PlanNode& plan, const columns::KeywordColumn& column) {
  Deadline& deadline = Deadline::current();
  std::vector<uint32_t> ordinals;
  for (const std::string& string : plan.strings) {
    deadline.tick();
    if (const std::optional<uint32_t> ordinal = column.find(string)) ordinals.push_back(*ordinal);
  }
  if (ordinals.empty()) return std::nullopt;
  std::sort(ordinals.begin(), ordinals.end());
  ordinals.erase(std::unique(ordinals.begin(), ordinals.end()), ordinals.end());
  return ColumnMatch(column, ordinals);
}

}  // namespace

std::optional<ColumnMatch> column_match(const PlanNode& plan, const columns::Columns& segment) {
  std::optional<ColumnMatch> found;
  if (plan.kind == PlanNode::Kind::kInRange) {
    const columns::Column* column = segment.find(plan.column);
    if (column != nullptr) found.emplace(*column, plan.ranges);
  } else if (const columns::KeywordColumn* column = segment.find_strings(plan.column)) {
    std::optional<ColumnMatch> made =
        plan.kind == PlanNode::Kind::kInSet ? in_set(plan, *column) : in_strings(plan, *column);
    if (made) found.emplace(std::move(*made));
  }
  if (found && found->is_empty()) found.reset();
  return found;
}

uint32_t ColumnScorer::seek(uint32_t target) {
  const uint32_t num_docs = wanted_.column().num_docs();
  for (uint32_t doc = std::max(target, doc_); doc < num_docs;) {  // it never moves back
    const uint32_t chunk = doc / ColumnMatch::kChunk;
    if (chunk != chunk_) {
      deadline_.tick();
      found_ = wanted_.documents(chunk);
      chunk_ = chunk;
    }
    for (uint32_t at = doc % ColumnMatch::kChunk; at < ColumnMatch::kChunk; at = (at / 64 + 1) * 64) {
      const uint64_t left = found_[at / 64] >> (at % 64);
      if (left != 0)
        return doc_ = chunk * ColumnMatch::kChunk + at + static_cast<uint32_t>(std::countr_zero(left));
    }
    doc = (chunk + 1) * ColumnMatch::kChunk;
  }
  return doc_ = kNoMoreDocs;
}

void add_matches(ColumnMatch& wanted, DocBits& bits) {
  Deadline& deadline = Deadline::current();
  const uint32_t num_docs = wanted.column().num_docs();
  for (uint32_t chunk = 0; chunk * uint64_t{ColumnMatch::kChunk} < num_docs; ++chunk) {
    deadline.tick();
    const columns::Bits128 found = wanted.documents(chunk);
    bits[size_t{chunk} * 2] |= found[0];
    if (found[1] != 0) bits[size_t{chunk} * 2 + 1] |= found[1];  // there is such a word then
  }
}

}  // namespace searchlib
