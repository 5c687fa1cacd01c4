#include "collect/matches.hpp"

#include "search/deadline.hpp"
#include "search/doc_filter.hpp"
#include "search/plan_bits.hpp"

namespace searchlib::collect {
namespace {

// A walk costs about as much a match as so many documents cost as bits.
constexpr uint64_t kDocsOfWalk = 32;

DocBits walked(Scorer& scorer, uint32_t num_docs) {
  Deadline& deadline = Deadline::current();
  DocBits bits(num_docs / 64 + 1);
  for (uint32_t doc = scorer.seek(0); doc != kNoMoreDocs; doc = scorer.seek(doc + 1)) {
    deadline.tick();
    bits[doc / 64] |= uint64_t{1} << (doc % 64);
  }
  return bits;
}

// Few documents are walked to, of many the bits are laid over each other.
DocBits matching(const ResolvedNode& node, const Snapshot& snapshot, size_t segment,
                 const DocFilter* filter) {
  const uint32_t num_docs = snapshot.segments()[segment].segment->num_docs();
  const ScorerPtr scorer = make_scorer(node, snapshot, segment);
  if (!scorer) return DocBits(num_docs / 64 + 1);
  if (scorer->cost() < num_docs / kDocsOfWalk) return walked(*scorer, num_docs);
  if (filter == nullptr) return bits_of(node, snapshot, segment);
  DocBits bits = bits_of(node.children[0], snapshot, segment);
  const DocBits& passing = filter->of(segment).bits();
  for (size_t word = 0; word < bits.size(); ++word) bits[word] &= passing[word];
  return bits;
}

}  // namespace

MatchSet matches_of(const PlanNode& plan, const Snapshot& snapshot) {
  const ResolvedNode resolved = resolve(plan, snapshot);
  std::optional<DocFilter> filter;  // its bits are remembered
  if (plan.kind == PlanNode::Kind::kFilter) filter.emplace(plan.children[1], snapshot);
  MatchSet matches;
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    DocBits bits = matching(resolved, snapshot, i, filter ? &*filter : nullptr);
    if (const auto& deletes = snapshot.segments()[i].deletes) {
      for (const uint32_t doc : deletes->docs()) bits[doc / 64] &= ~(uint64_t{1} << (doc % 64));
    }
    matches.count += count_bits(bits);
    matches.segments.push_back(std::move(bits));
  }
  return matches;
}

}  // namespace searchlib::collect
