#include "search/plan_bits.hpp"

#include <algorithm>
#include <bit>

#include "postings/block_reader.hpp"
#include "search/column_scorer.hpp"
#include "search/deadline.hpp"
#include "search/forms.hpp"

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

void set_doc(DocBits& bits, uint32_t doc) { bits[doc / 64] |= uint64_t{1} << (doc % 64); }

void add_postings(const FieldParts& field, const TermInfo& term, DocBits& bits) {
  Deadline& deadline = Deadline::current();
  BlockReader blocks(field, term);
  for (uint32_t block = 0; block < blocks.num_blocks(); ++block) {
    deadline.tick();
    blocks.load(block);
    // A loaded block's documents are inside the segment.
    std::for_each_n(blocks.docs(), blocks.count(), [&](uint32_t doc) { set_doc(bits, doc); });
  }
}

class Evaluation {
 public:
  Evaluation(const Snapshot& snapshot, size_t segment)
      : snapshot_(snapshot), number_(segment), segment_(*snapshot.segments()[segment].segment) {}

  DocBits of(const ResolvedNode& node) const {
    DocBits bits(segment_.num_docs() / 64 + 1);
    add(node, bits);
    return bits;
  }

 private:
  void add(const ResolvedNode& node, DocBits& bits) const {
    const PlanNode& plan = *node.plan;
    switch (plan.kind) {
      case Kind::kNothing:
        return;
      case Kind::kAll:
        add_all(bits);
        return;
      case Kind::kDocs:
        for (const uint32_t doc : plan.docs[number_]) set_doc(bits, doc);
        return;
      case Kind::kHas: {
        const FieldParts& field = segment_.field(plan.field);
        for (uint32_t doc = 0; field.norms != nullptr && doc < field.num_docs; ++doc)
          bits[doc / 64] |= uint64_t{field.norms[doc] != 0} << (doc % 64);
        return;
      }
      case Kind::kForms:
        plan.forms_found->find(plan.forms, snapshot_.segments()[number_].segment).add_to(bits);
        return;
      case Kind::kInRange:
      case Kind::kInStrings:
      case Kind::kInSet:
        if (std::optional<columns::ColumnMatch> wanted = column_match(plan, segment_.columns()))
          add_matches(*wanted, bits);
        return;
      case Kind::kWord:
        for (const ResolvedNode::Lemma& lemma : node.word) {
          for (const ResolvedNode::Found& found : lemma.fields) {
            const auto& term = found.term.in_segment[number_];
            if (term) add_postings(segment_.field(plan.word[found.number].field), *term, bits);
          }
        }
        return;
      case Kind::kPhrase:
        if (const ScorerPtr scorer = make_scorer(node, snapshot_, number_)) {
          Deadline& deadline = Deadline::current();
          for (uint32_t doc = scorer->seek(0); doc != kNoMoreDocs; doc = scorer->seek(doc + 1)) {
            deadline.tick();
            set_doc(bits, doc);
          }
        }
        return;
      case Kind::kOr:
      case Kind::kMax:
        for (const ResolvedNode& child : node.children) add(child, bits);
        return;
      case Kind::kMaybe:
      case Kind::kBoost:
        add(node.children[0], bits);
        return;
      case Kind::kAnd:
      case Kind::kFilter:
      case Kind::kNot:
        add_joined(node, bits);
        return;
    }
  }

  void add_joined(const ResolvedNode& node, DocBits& bits) const {
    if (node.children.empty()) return;
    const bool negates = node.plan->kind == Kind::kNot;
    DocBits joined = of(node.children[0]);
    for (size_t i = 1; i < node.children.size(); ++i) {
      const DocBits other = of(node.children[i]);
      for (size_t word = 0; word < joined.size(); ++word)
        joined[word] &= negates ? ~other[word] : other[word];
    }
    for (size_t word = 0; word < bits.size(); ++word) bits[word] |= joined[word];
  }

  void add_all(DocBits& bits) const {
    const uint32_t num_docs = segment_.num_docs();
    std::fill_n(bits.begin(), num_docs / 64, ~uint64_t{0});
    bits[num_docs / 64] |= (uint64_t{1} << (num_docs % 64)) - 1;
  }

  const Snapshot& snapshot_;
  size_t number_;
  const Segment& segment_;
};

// ---- keys: each part says how long it is, so that no two plans share one

void put_number(std::string& key, uint64_t number) {
  key.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

void put_text(std::string& key, std::string_view text) {
  put_number(key, text.size());
  key += text;
}

void put_texts(std::string& key, std::vector<std::string> texts, bool in_order = false) {
  if (!in_order) std::sort(texts.begin(), texts.end());
  put_number(key, texts.size());
  for (const std::string& text : texts) put_text(key, text);
}

void put_plan(std::string& key, const PlanNode& plan, size_t segment);

void put_children(std::string& key, const PlanNode& plan, size_t segment, size_t fixed) {
  std::vector<std::string> keys;
  for (const PlanNode& child : plan.children) put_plan(keys.emplace_back(), child, segment);
  std::sort(keys.begin() + static_cast<std::ptrdiff_t>(std::min(fixed, keys.size())), keys.end());
  put_texts(key, std::move(keys), true);
}

void put_plan(std::string& key, const PlanNode& plan, size_t segment) {
  if (plan.kind == Kind::kBoost || plan.kind == Kind::kMaybe) {  // as its first child alone
    put_plan(key, plan.children[0], segment);
    return;
  }
  key.push_back(static_cast<char>(plan.kind));
  switch (plan.kind) {
    case Kind::kDocs:
      put_number(key, plan.docs[segment].size());
      for (const uint32_t doc : plan.docs[segment]) put_number(key, doc);
      return;
    case Kind::kHas:
      put_number(key, plan.field);
      return;
    case Kind::kForms:
      put_number(key, plan.forms.size());
      for (const FormsField& forms : plan.forms) {
        put_number(key, forms.field);
        put_number(key, forms.pattern.letters.size());
        for (const char32_t letter : forms.pattern.letters) put_number(key, letter);
        put_number(key, forms.pattern.runs.size());
        for (const bool run : forms.pattern.runs) key.push_back(static_cast<char>(run));
        put_number(key, forms.pattern.edits);
        key.push_back(static_cast<char>(forms.pattern.folds));
      }
      return;
    case Kind::kInRange:
      put_number(key, plan.column);
      put_number(key, plan.ranges.size());
      for (const auto& [low, high] : plan.ranges) {
        put_number(key, static_cast<uint64_t>(low));
        put_number(key, static_cast<uint64_t>(high));
      }
      return;
    case Kind::kInStrings:
      put_number(key, plan.column);
      for (const bool flag : {plan.has_low, plan.has_high, plan.includes_low, plan.includes_high})
        key.push_back(static_cast<char>(flag));
      put_texts(key, plan.strings, true);
      return;
    case Kind::kInSet:
      put_number(key, plan.column);
      put_texts(key, plan.strings);
      return;
    case Kind::kWord:
      put_number(key, plan.word.size());
      for (const WordField& field : plan.word) {
        put_number(key, field.field);
        put_texts(key, field.lemmas);
        put_texts(key, field.related);
      }
      return;
    case Kind::kPhrase:
      put_number(key, plan.slop);
      put_number(key, plan.phrase.size());
      for (const PhraseField& field : plan.phrase) {
        put_number(key, field.field);
        put_number(key, field.divides);
        put_number(key, field.slots.size());
        for (const PhraseField::Slot& slot : field.slots) {
          put_number(key, slot.offset);
          put_texts(key, slot.lemmas);
        }
      }
      return;
    default:
      put_children(key, plan, segment, plan.kind == Kind::kNot ? 1 : 0);
  }
}

}  // namespace

DocBits bits_of(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment) {
  return Evaluation(snapshot, segment).of(plan);
}

uint64_t count_bits(const DocBits& bits) {
  uint64_t count = 0;
  for (const uint64_t word : bits) count += static_cast<uint64_t>(std::popcount(word));
  return count;
}

std::string key_of_plan(const PlanNode& plan, size_t segment) {
  std::string key;
  put_plan(key, plan, segment);
  return key;
}

}  // namespace searchlib
