#include "search/count.hpp"

#include "search/deadline.hpp"
#include "search/doc_filter.hpp"
#include "search/joined_sets.hpp"
#include "search/leaf_sets.hpp"
#include "search/make_sets.hpp"

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

// Of a word that is one term in each segment: nothing is read.
std::optional<uint64_t> known_count(const ResolvedNode& node, const Snapshot& snapshot) {
  if (node.plan->kind == Kind::kAll) return snapshot.num_live_docs();
  if (node.plan->kind != Kind::kWord) return std::nullopt;
  if (node.word.empty()) return 0;
  if (node.word.size() > 1 || node.word[0].fields.size() > 1) return std::nullopt;
  const ResolvedNode::Found& found = node.word[0].fields[0];
  const size_t field = node.plan->word[found.number].field;
  for (const SnapshotSegment& part : snapshot.segments()) {
    if (part.deletes && part.segment->field(field).knows_lengths()) return std::nullopt;
  }
  return found.term.df;
}

// The live documents that a filter lets through.
uint64_t count_passing(const DocFilter& filter, const Snapshot& snapshot) {
  uint64_t count = filter.count();
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const auto& deletes = snapshot.segments()[i].deletes;
    if (!deletes || filter.of(i).count() == 0) continue;
    for (const uint32_t doc : deletes->docs()) count -= static_cast<uint64_t>(filter.of(i).admits(doc));
  }
  return count;
}

}  // namespace

uint64_t count(const PlanNode& plan, const Snapshot& snapshot) {
  std::optional<DocFilter> filter;  // its bits are remembered
  if (plan.kind == Kind::kFilter) filter.emplace(*plan.passes, snapshot);
  const ResolvedNode resolved = resolve(filter ? plan.children[0] : plan, snapshot, false);
  if (!filter) {
    if (const std::optional<uint64_t> known = known_count(resolved, snapshot)) return *known;
  } else if (resolved.plan->kind == Kind::kAll) {
    return count_passing(*filter, snapshot);
  }
  uint64_t matches = 0;
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    DocSetPtr set = make_passing_set(resolved, snapshot, i, filter ? &filter->of(i) : nullptr);
    if (!set) continue;
    DocSetPtr deleted;
    if (part.deletes) deleted = std::make_unique<BitsSet>(part.deletes->bits(), part.deletes->size());
    matches += count_live(std::move(set), std::move(deleted), part.segment->num_docs());
  }
  return matches;
}

}  // namespace searchlib
