#include "search/union_count.hpp"

#include <algorithm>
#include <bit>

#include "postings/block_reader.hpp"
#include "search/deadline.hpp"
#include "search/forms.hpp"

namespace searchlib {
namespace {

// A list of postings of one segment.
struct List {
  const FieldParts* field;
  const TermInfo* term;
};

// What is united in one segment: lists, and the documents of patterns.
struct Parts {
  std::vector<List> lists;
  std::vector<const FormsFound*> forms;
};

void collect(const ResolvedNode& node, const SnapshotSegment& part, size_t number, Parts& parts) {
  const bool is_maybe = node.plan->kind == PlanNode::Kind::kMaybe;  // its second child matches nothing more
  for (const ResolvedNode& child : std::span(node.children).first(is_maybe ? 1 : node.children.size()))
    collect(child, part, number, parts);
  if (node.plan->kind == PlanNode::Kind::kForms)
    parts.forms.push_back(&node.plan->forms_found->find(node.plan->forms, part.segment));
  for (const ResolvedNode::Lemma& lemma : node.word) {
    for (const ResolvedNode::Found& found : lemma.fields) {
      const auto& term = found.term.in_segment[number];
      if (term) parts.lists.push_back({&part.segment->field(node.plan->word[found.number].field), &*term});
    }
  }
}

uint64_t count_live(const DocBits& bits, const Deletes* deletes) {
  uint64_t count = 0;
  for (const uint64_t word : bits) count += static_cast<uint64_t>(std::popcount(word));
  if (deletes == nullptr) return count;
  for (const uint32_t doc : deletes->docs()) count -= bits[doc / 64] >> (doc % 64) & 1;
  return count;
}

uint64_t count_in(const Parts& parts, const SnapshotSegment& part) {
  if (parts.lists.empty() && parts.forms.empty()) return 0;
  if (parts.lists.size() == 1 && parts.forms.empty() && !part.deletes) return parts.lists.front().term->df;
  Deadline& deadline = Deadline::current();
  DocBits bits(part.segment->num_docs() / 64 + 1);
  for (const FormsFound* found : parts.forms) found->add_to(bits);
  for (const List& list : parts.lists) {
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
  if (plan.kind == Kind::kWord || plan.kind == Kind::kForms || plan.kind == Kind::kNothing) return true;
  if (plan.kind == Kind::kMaybe) return is_union_of_words(plan.children[0]);
  const bool is_union = plan.kind == Kind::kOr || plan.kind == Kind::kMax || plan.kind == Kind::kBoost;
  return is_union && std::all_of(plan.children.begin(), plan.children.end(), is_union_of_words);
}

uint64_t count_union(const ResolvedNode& plan, const Snapshot& snapshot) {
  uint64_t count = 0;
  Parts parts;
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    parts = {};
    collect(plan, part, i, parts);
    count += count_in(parts, part);
  }
  return count;
}

}  // namespace searchlib
