#include "search/make_sets.hpp"

#include "search/column_scorer.hpp"
#include "search/deadline.hpp"
#include "search/forms.hpp"
#include "search/joined_sets.hpp"
#include "search/leaf_sets.hpp"
#include "search/listed_set.hpp"
#include "search/phrase_set.hpp"

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
  SetMaker(const Snapshot& snapshot, size_t segment, bool omits_deleted)
      : snapshot_(snapshot),
        number_(segment),
        part_(snapshot.segments()[segment]),
        omits_deleted_(omits_deleted) {}

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
      case Kind::kFilter:
      case Kind::kNot: {
        Required required;
        if (!add_required(node, required) || required.wanted.empty()) return nullptr;
        if (required.wanted.size() == 1 && required.unwanted.empty() && required.verified.empty())
          return std::move(required.wanted.front());
        return std::make_unique<IntersectionSet>(std::move(required.wanted), std::move(required.unwanted),
                                                 num_docs(), std::move(required.verified));
      }
      case Kind::kInRange:
      case Kind::kInStrings:
      case Kind::kInSet:
        return make_values(plan);
      case Kind::kMaybe:
      case Kind::kBoost:
      case Kind::kRaised:
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

  DocSetPtr make_values(const PlanNode& plan) const {
    std::optional<columns::ColumnMatch> wanted = column_match(plan, part_.segment->columns());
    if (!wanted) return nullptr;
    DocBits bits = no_docs(num_docs());
    add_matches(*wanted, bits);
    const uint64_t count = count_bits(bits);
    return count == 0 ? nullptr : std::make_unique<OwnBitsSet>(std::move(bits), count);
  }

  DocSetPtr make_phrase(const ResolvedNode& node) const {
    if (phrase_cost(node, number_) == 0) return nullptr;
    return std::make_unique<PhraseSet>(node, snapshot_, number_, omits_deleted_);
  }

  // The documents that have one of a phrase's words, for each of its words.
  void add_words_of(const ResolvedNode& phrase, DocSets& sets) const {
    const auto& fields = phrase.phrase;
    for (size_t slot = 0; slot < fields.front().size(); ++slot) {
      DocSets lemmas;
      for (size_t number = 0; number < fields.size(); ++number) {
        for (const ResolvedNode::Found& found : fields[number][slot]) {
          const auto& term = found.term.in_segment[number_];
          if (term) lemmas.push_back(postings(phrase.plan->phrase[number].field, *term));
        }
      }
      sets.push_back(united(std::move(lemmas)));
    }
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
      case Kind::kRaised:
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
      DocBits bits = no_docs(num_docs);
      found.add_to(bits);
      std::vector<uint32_t> docs;
      BitsSet(bits, num_docs).list(0, num_docs, docs);
      return docs;
    };
    sets.push_back(std::make_unique<FoundSet>(found.cost(), find, [this_ = *this, &node] {
      return make_scorer(node, this_.snapshot_, this_.number_);
    }));
  }

  struct Required {
    DocSets wanted;
    DocSets unwanted;
    DocSets verified;  // takes long to ask a document: last
  };

  // What all of several match, what is required inside of that as well; false where nothing can.
  bool add_required(const ResolvedNode& node, Required& required) const {
    switch (node.plan->kind) {
      case Kind::kAnd:
        return !node.children.empty() &&
               std::all_of(node.children.begin(), node.children.end(),
                           [&](const ResolvedNode& child) { return add_required(child, required); });
      case Kind::kFilter:
        return add_required(node.children[0], required) && add_required(node.children[1], required);
      case Kind::kNot:
        if (!add_required(node.children[0], required)) return false;
        if (DocSetPtr set = make(node.children[1])) required.unwanted.push_back(std::move(set));
        return true;
      case Kind::kBoost:
      case Kind::kMaybe:
      case Kind::kRaised:
        return add_required(node.children[0], required);
      case Kind::kPhrase: {
        DocSetPtr set = make_phrase(node);
        if (!set) return false;
        if (has_all_slots(node)) {
          add_words_of(node, required.wanted);
          required.verified.push_back(std::move(set));
        } else {
          required.wanted.push_back(std::move(set));
        }
        return true;
      }
      default: {
        DocSetPtr set = make(node);
        if (!set) return false;
        required.wanted.push_back(std::move(set));
        return true;
      }
    }
  }

  // Whether each of its words is there in some field, and the fields have the same words.
  bool has_all_slots(const ResolvedNode& phrase) const {
    const auto& fields = phrase.phrase;
    for (const auto& slots : fields) {
      if (slots.size() != fields.front().size()) return false;
    }
    for (size_t slot = 0; slot < fields.front().size(); ++slot) {
      const bool found = std::any_of(fields.begin(), fields.end(), [&](const auto& slots) {
        return std::any_of(slots[slot].begin(), slots[slot].end(),
                           [&](const auto& lemma) { return lemma.term.in_segment[number_].has_value(); });
      });
      if (!found) return false;
    }
    return !fields.front().empty();
  }

  const Snapshot& snapshot_;
  size_t number_;
  const SnapshotSegment& part_;
  bool omits_deleted_;
};

}  // namespace

DocSetPtr make_doc_set(const ResolvedNode& node, const Snapshot& snapshot, size_t segment,
                       bool omits_deleted) {
  return SetMaker(snapshot, segment, omits_deleted).make(node);
}

DocSetPtr make_passing_set(const ResolvedNode& node, const Snapshot& snapshot, size_t segment,
                           const SegmentFilter* filter) {
  if (filter != nullptr && filter->count() == 0) return nullptr;
  if (filter != nullptr && node.plan->kind == PlanNode::Kind::kAll)
    return std::make_unique<BitsSet>(filter->bits(), filter->count());
  DocSetPtr set = make_doc_set(node, snapshot, segment, true);
  if (!set || filter == nullptr) return set;
  DocSets both;
  both.push_back(std::move(set));
  both.push_back(std::make_unique<BitsSet>(filter->bits(), filter->count()));
  return std::make_unique<IntersectionSet>(std::move(both), DocSets(),
                                           snapshot.segments()[segment].segment->num_docs());
}

DocBits bits_of(const ResolvedNode& node, const Snapshot& snapshot, size_t segment) {
  DocBits bits = no_docs(snapshot.segments()[segment].segment->num_docs());
  if (const DocSetPtr set = make_doc_set(node, snapshot, segment, false)) set->add_to(bits);
  return bits;
}

DocBits live_bits_of(const ResolvedNode& node, const Snapshot& snapshot, size_t segment,
                     const SegmentFilter* filter) {
  const SnapshotSegment& part = snapshot.segments()[segment];
  DocBits bits = no_docs(part.segment->num_docs());
  const DocSetPtr set = make_passing_set(node, snapshot, segment, filter);
  if (!set) return bits;
  set->add_to(bits);
  if (!part.deletes) return bits;
  const std::span<const uint64_t> deleted = part.deletes->bits();
  for (size_t word = 0; word < deleted.size(); ++word) bits[word] &= ~deleted[word];
  return bits;
}

}  // namespace searchlib
