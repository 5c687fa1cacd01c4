#include "search/count.hpp"

#include "search/deadline.hpp"
#include "search/forms.hpp"
#include "search/joined_sets.hpp"
#include "search/leaf_sets.hpp"
#include "search/phrase_search.hpp"

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

// The live documents of a term, unless its field is not stored: then nobody knows which terms the deleted ones held.
std::optional<uint64_t> live_docs(const SnapshotSegment& part, size_t field, const TermInfo& term) {
  if (!part.deletes) return term.df;
  if (part.segment->field(field).knows_lengths()) return std::nullopt;
  return term.df - part.deletes->df_delta(field, term.index);
}

// Makes the sets of one segment.
class SetMaker {
 public:
  SetMaker(const Snapshot& snapshot, size_t segment)
      : snapshot_(snapshot), number_(segment), part_(snapshot.segments()[segment]) {}

  DocSetPtr make(const ResolvedNode& node) const {
    const PlanNode& plan = *node.plan;
    Deadline::current().tick();
    switch (plan.kind) {
      case Kind::kNothing:
        return nullptr;
      case Kind::kAll:
        return std::make_unique<AllSet>(num_docs(), num_live());
      case Kind::kDocs:
        return plan.docs[number_].empty() ? nullptr : std::make_unique<FoundSet>(plan.docs[number_]);
      case Kind::kHas: {
        const FieldParts& field = part_.segment->field(plan.field);
        if (field.norms == nullptr) return nullptr;
        return std::make_unique<AllSet>(num_docs(), std::nullopt, field.norms);
      }
      case Kind::kPhrase:
        return make_phrase(node);
      case Kind::kWord:
      case Kind::kForms:
      case Kind::kOr:
      case Kind::kMax: {
        DocSets sets;
        add_alternatives(node, sets);
        return united(std::move(sets));
      }
      case Kind::kAnd:
      case Kind::kNot: {
        DocSets wanted, unwanted;
        if (!add_required(node, wanted, unwanted) || wanted.empty()) return nullptr;
        if (wanted.size() == 1 && unwanted.empty()) return std::move(wanted.front());
        return std::make_unique<IntersectionSet>(std::move(wanted), std::move(unwanted), num_docs());
      }
      case Kind::kMaybe:
      case Kind::kBoost:
        return make(node.children[0]);
    }
    return nullptr;
  }

 private:
  uint32_t num_docs() const { return part_.segment->num_docs(); }
  uint64_t num_live() const { return num_docs() - (part_.deletes ? part_.deletes->size() : 0); }

  DocSetPtr united(DocSets sets) const {
    if (sets.empty()) return nullptr;
    if (sets.size() == 1) return std::move(sets.front());
    return std::make_unique<UnionSet>(std::move(sets), num_docs());
  }

  DocSetPtr make_phrase(const ResolvedNode& node) const {
    const uint64_t cost = phrase_cost(node, number_);
    if (cost == 0) return nullptr;
    return std::make_unique<FoundSet>(
        cost, [this_ = *this, &node] { return find_phrase(node, this_.snapshot_, this_.number_); },
        [this_ = *this, &node] { return make_scorer(node, this_.snapshot_, this_.number_); });
  }

  // What any of several matches, unions inside of unions as well.
  void add_alternatives(const ResolvedNode& node, DocSets& sets) const {
    switch (node.plan->kind) {
      case Kind::kOr:
      case Kind::kMax:
        for (const ResolvedNode& child : node.children) add_alternatives(child, sets);
        return;
      case Kind::kBoost:
      case Kind::kMaybe:
        add_alternatives(node.children[0], sets);
        return;
      case Kind::kWord:
        for (const ResolvedNode::Lemma& lemma : node.word) {
          for (const ResolvedNode::Found& found : lemma.fields) {
            const auto& term = found.term.in_segment[number_];
            if (term) sets.push_back(postings(node.plan->word[found.number].field, *term));
          }
        }
        return;
      case Kind::kForms:
        add_forms(node, sets);
        return;
      default:
        if (DocSetPtr set = make(node)) sets.push_back(std::move(set));
    }
  }

  DocSetPtr postings(size_t field, const TermInfo& term) const {
    Deadline::current().tick();
    return std::make_unique<PostingsSet>(part_.segment->field(field), term, num_docs(),
                                         live_docs(part_, field, term));
  }

  void add_forms(const ResolvedNode& node, DocSets& sets) const {
    const FormsFound& found = node.plan->forms_found->find(node.plan->forms, part_.segment);
    if (found.is_empty()) return;
    if (!found.docs().empty()) {
      sets.push_back(std::make_unique<BitsSet>(found.docs(), found.cost()));
      return;
    }
    const auto find = [&found, num_docs = num_docs()] {
      DocBits bits(num_docs / 64 + 1);
      found.add_to(bits);
      std::vector<uint32_t> docs;
      BitsSet(bits, num_docs).list(0, num_docs, docs);
      return docs;
    };
    sets.push_back(std::make_unique<FoundSet>(found.cost(), find, [this_ = *this, &node] {
      return make_scorer(node, this_.snapshot_, this_.number_);
    }));
  }

  // What all of several match, what is required inside of that as well; false where nothing can.
  bool add_required(const ResolvedNode& node, DocSets& wanted, DocSets& unwanted) const {
    switch (node.plan->kind) {
      case Kind::kAnd:
        return !node.children.empty() &&
               std::all_of(node.children.begin(), node.children.end(),
                           [&](const ResolvedNode& child) { return add_required(child, wanted, unwanted); });
      case Kind::kNot:
        if (!add_required(node.children[0], wanted, unwanted)) return false;
        if (DocSetPtr set = make(node.children[1])) unwanted.push_back(std::move(set));
        return true;
      case Kind::kBoost:
      case Kind::kMaybe:
        return add_required(node.children[0], wanted, unwanted);
      default: {
        DocSetPtr set = make(node);
        if (!set) return false;
        wanted.push_back(std::move(set));
        return true;
      }
    }
  }

  const Snapshot& snapshot_;
  size_t number_;
  const SnapshotSegment& part_;
};

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

}  // namespace

DocSetPtr make_doc_set(const ResolvedNode& node, const Snapshot& snapshot, size_t segment) {
  return SetMaker(snapshot, segment).make(node);
}

uint64_t count(const PlanNode& plan, const Snapshot& snapshot) {
  const ResolvedNode resolved = resolve(plan, snapshot, false);
  if (const std::optional<uint64_t> known = known_count(resolved, snapshot)) return *known;
  uint64_t matches = 0;
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    DocSetPtr set = make_doc_set(resolved, snapshot, i);
    if (!set) continue;
    DocSetPtr deleted;
    if (part.deletes) deleted = std::make_unique<BitsSet>(part.deletes->bits(), part.deletes->size());
    matches += count_live(std::move(set), std::move(deleted), part.segment->num_docs());
  }
  return matches;
}

}  // namespace searchlib
