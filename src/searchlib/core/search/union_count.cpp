#include "search/union_count.hpp"

#include <algorithm>
#include <bit>

#include "postings/block_reader.hpp"
#include "search/deadline.hpp"

namespace searchlib {
namespace {

// A list of postings of one segment.
struct List {
  const FieldParts* field;
  const TermInfo* term;
};

void collect(const ResolvedNode& node, const Segment& segment, size_t number, std::vector<List>& lists) {
  const bool is_maybe = node.plan->kind == PlanNode::Kind::kMaybe;  // its second child matches nothing more
  for (const ResolvedNode& child : std::span(node.children).first(is_maybe ? 1 : node.children.size()))
    collect(child, segment, number, lists);
  for (size_t i = 0; i < node.word.size(); ++i) {
    const FieldParts& field = segment.field(node.plan->word[i].field);
    for (const ResolvedNode::Lemma& lemma : node.word[i]) {
      const auto& term = lemma.term.in_segment[number];
      if (term) lists.push_back({&field, &*term});
    }
  }
}

uint64_t count_live(const std::vector<uint64_t>& bits, const Deletes* deletes) {
  uint64_t count = 0;
  for (const uint64_t word : bits) count += static_cast<uint64_t>(std::popcount(word));
  if (deletes == nullptr) return count;
  for (const uint32_t doc : deletes->docs()) count -= bits[doc / 64] >> (doc % 64) & 1;
  return count;
}

uint64_t count_in(const std::vector<List>& lists, const SnapshotSegment& part) {
  if (lists.empty()) return 0;
  if (lists.size() == 1 && !part.deletes) return lists.front().term->df;
  Deadline& deadline = Deadline::current();
  std::vector<uint64_t> bits(part.segment->num_docs() / 64 + 1);
  for (const List& list : lists) {
    BlockReader blocks(*list.field, *list.term);
    for (uint32_t block = 0; block < blocks.num_blocks(); ++block) {
      deadline.tick();
      blocks.load(block);
      // A loaded block's documents are inside the segment.
      std::for_each_n(blocks.docs(), blocks.count(),
                      [&](uint32_t doc) { bits[doc / 64] |= uint64_t{1} << (doc % 64); });
    }
  }
  return count_live(bits, part.deletes.get());
}

}  // namespace

bool is_union_of_words(const PlanNode& plan) {
  using Kind = PlanNode::Kind;
  if (plan.kind == Kind::kWord || plan.kind == Kind::kNothing) return true;
  if (plan.kind == Kind::kMaybe) return is_union_of_words(plan.children[0]);
  const bool is_union = plan.kind == Kind::kOr || plan.kind == Kind::kMax || plan.kind == Kind::kBoost;
  return is_union && std::all_of(plan.children.begin(), plan.children.end(), is_union_of_words);
}

uint64_t count_union(const ResolvedNode& plan, const Snapshot& snapshot) {
  uint64_t count = 0;
  std::vector<List> lists;
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    lists.clear();
    collect(plan, *part.segment, i, lists);
    count += count_in(lists, part);
  }
  return count;
}

}  // namespace searchlib
