#include "collect/matches.hpp"

#include <algorithm>
#include <bit>

#include "postings/block_reader.hpp"
#include "search/column_scorer.hpp"
#include "search/deadline.hpp"

namespace searchlib::collect {
namespace {

using Kind = PlanNode::Kind;

// A walk costs about as much a match as so many documents cost as bits.
constexpr uint64_t kDocsOfWalk = 32;

class Laying {
 public:
  Laying(const Snapshot& snapshot, size_t segment)
      : snapshot_(snapshot), part_(snapshot.segments()[segment]), segment_(segment) {}

  DocBits bits_of(const ResolvedNode& node) const {
    DocBits bits = none();
    add(node, bits);
    return bits;
  }

 private:
  DocBits none() const { return DocBits(part_.segment->num_docs() / 64 + 1); }

  static void set(DocBits& bits, uint32_t doc) { bits[doc / 64] |= uint64_t{1} << (doc % 64); }

  void add(const ResolvedNode& node, DocBits& bits) const {
    deadline_.tick();
    const PlanNode& plan = *node.plan;
    switch (plan.kind) {
      case Kind::kNothing:
        return;
      case Kind::kAll:
        for (uint64_t& word : bits) word = ~uint64_t{0};
        bits.back() = (uint64_t{1} << (part_.segment->num_docs() % 64)) - 1;
        return;
      case Kind::kForms:
        plan.forms_found->find(plan.forms, part_.segment).add_to(bits);
        return;
      case Kind::kWord:
        return add_word(node, bits);
      case Kind::kOr:
      case Kind::kMax:
        for (const ResolvedNode& child : node.children) add(child, bits);
        return;
      case Kind::kBoost:
      case Kind::kRaised:
      case Kind::kMaybe:  // its second child matches nothing more
        return add(node.children[0], bits);
      case Kind::kAnd:
      case Kind::kNot:
      case Kind::kFilter:
        return add_both(node, bits);
      case Kind::kInRange:
      case Kind::kInStrings:
      case Kind::kInSet:
        if (auto wanted = column_match(plan, part_.segment->columns())) add_matches(*wanted, bits);
        return;
      default:
        if (const ScorerPtr scorer = make_scorer(node, snapshot_, segment_)) walk(*scorer, bits);
    }
  }

  void add_word(const ResolvedNode& node, DocBits& bits) const {
    for (const ResolvedNode::Lemma& lemma : node.word) {
      for (const ResolvedNode::Found& found : lemma.fields) {
        const auto& term = found.term.in_segment[segment_];
        if (!term) continue;
        BlockReader blocks(part_.segment->field(node.plan->word[found.number].field), *term);
        for (uint32_t block = 0; block < blocks.num_blocks(); ++block) {
          deadline_.tick();
          blocks.load(block);
          // A loaded block's documents are inside the segment.
          std::for_each_n(blocks.docs(), blocks.count(), [&](uint32_t doc) { set(bits, doc); });
        }
      }
    }
  }

  // Few documents are walked to, many are laid over each other.
  void add_both(const ResolvedNode& node, DocBits& bits) const {
    const ScorerPtr scorer = make_scorer(node, snapshot_, segment_);
    if (!scorer) return;
    if (scorer->cost() < part_.segment->num_docs() / kDocsOfWalk) return walk(*scorer, bits);
    DocBits all = bits_of(node.children[0]);
    for (size_t child = 1; child < node.children.size(); ++child) {
      const DocBits others = bits_of(node.children[child]);
      const uint64_t flip = node.plan->kind == Kind::kNot ? ~uint64_t{0} : 0;
      for (size_t i = 0; i < all.size(); ++i) all[i] &= others[i] ^ flip;
    }
    for (size_t i = 0; i < all.size(); ++i) bits[i] |= all[i];
  }

  void walk(Scorer& scorer, DocBits& bits) const {
    for (uint32_t doc = scorer.seek(0); doc != kNoMoreDocs; doc = scorer.seek(doc + 1)) {
      deadline_.tick();
      set(bits, doc);
    }
  }

  Deadline& deadline_ = Deadline::current();
  const Snapshot& snapshot_;
  const SnapshotSegment& part_;
  size_t segment_;
};

}  // namespace

MatchSet matches_of(const PlanNode& plan, const Snapshot& snapshot) {
  const ResolvedNode resolved = resolve(plan, snapshot);
  MatchSet matches;
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    DocBits bits = Laying(snapshot, i).bits_of(resolved);
    if (part.deletes) {
      for (const uint32_t doc : part.deletes->docs()) bits[doc / 64] &= ~(uint64_t{1} << (doc % 64));
    }
    for (const uint64_t word : bits) matches.count += static_cast<uint64_t>(std::popcount(word));
    matches.segments.push_back(std::move(bits));
  }
  return matches;
}

}  // namespace searchlib::collect
