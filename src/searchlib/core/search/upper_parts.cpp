#include "search/upper_parts.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <string_view>

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

void add_word(const ResolvedNode& node, double boost, bool is_sure, std::vector<BoundPart>& parts) {
  parts.push_back({&node, boost, is_sure, 0, node.least_own_idf()});
}

bool collect_boosted_word(const ResolvedNode& node, double boost, std::vector<BoundPart>& parts) {
  if (node.plan->kind == Kind::kBoost)
    return collect_boosted_word(node.children[0], boost * node.plan->boost, parts);
  if (node.plan->kind != Kind::kWord) return false;
  add_word(node, boost, true, parts);
  return true;
}

// How many documents have one of a slot's lemmas, at most.
uint64_t num_docs(const ResolvedNode& phrase, size_t slot) {
  uint64_t num = 0;
  for (const auto& slots : phrase.phrase) {
    for (const ResolvedNode::Found& lemma : slots[slot]) {
      for (const auto& info : lemma.term.in_segment) num += info ? info->df : 0;
    }
  }
  return num;
}

// How many widths the forms of a phrase's word have, in one field: as many matches may end at one place.
size_t num_widths(const ResolvedNode& phrase, size_t slot) {
  size_t most = 1;
  for (const auto& slots : phrase.phrase) {
    std::vector<uint32_t> distinct;
    for (const ResolvedNode::Found& lemma : slots[slot]) {
      for (const FormWidths& widths : lemma.widths) widths.add_to(distinct);
    }
    most = std::max(most, distinct.size());
  }
  return most;
}

bool has_slots_everywhere(const PlanNode& phrase, size_t num_slots) {
  return std::all_of(phrase.phrase.begin(), phrase.phrase.end(),
                     [&](const PhraseField& field) { return field.slots.size() == num_slots; });
}

// The lemmas of a phrase's word, each at that weight; one that is the same in several fields is one of them.
std::vector<ResolvedNode::Lemma> lemmas_of_slot(const ResolvedNode& phrase, size_t slot, double weight) {
  std::vector<ResolvedNode::Lemma> lemmas;
  std::vector<std::string_view> names;
  for (size_t i = 0; i < phrase.phrase.size(); ++i) {
    for (const ResolvedNode::Found& found : phrase.phrase[i][slot]) {
      const std::string_view name = phrase.plan->phrase[i].slots[slot].lemmas[found.place];
      const auto at = static_cast<size_t>(std::find(names.begin(), names.end(), name) - names.begin());
      if (at == names.size()) {
        names.push_back(name);
        lemmas.emplace_back().idf = weight;
      }
      lemmas[at].fields.push_back({i, found.term});
    }
  }
  return lemmas;
}

// A phrase that stands for no word is a part only where its rarest word leads to so few documents: each of them is
// looked at, as if it had the phrase.
constexpr uint64_t kFewDocs = 8192;

// A phrase that may match where no other part does, by its rarest word: there are no more matches than places of that,
// and as many to a place as the words before it have widths.
bool collect_phrase(const ResolvedNode& node, double boost, uint64_t most_docs,
                    std::vector<BoundPart>& parts) {
  const PlanNode& phrase = *node.plan;
  if (phrase.phrase.empty()) return false;
  const size_t num_slots = phrase.phrase.front().slots.size();
  if (num_slots == 0 || !has_slots_everywhere(phrase, num_slots)) return false;
  size_t rarest = 0;
  uint64_t fewest = std::numeric_limits<uint64_t>::max();
  double most_sharing = 1;
  double num_sharing = 1;
  for (size_t slot = 0; slot < (phrase.slop == 0 ? num_slots : 1); ++slot) {
    if (const uint64_t num = num_docs(node, slot); num < fewest) {
      fewest = num;
      rarest = slot;
      most_sharing = num_sharing;
    }
    num_sharing *= static_cast<double>(num_widths(node, slot));
  }
  if (fewest == 0) return true;  // it matches nowhere
  if (fewest > most_docs) return false;
  std::vector<ResolvedNode::Lemma> lemmas = lemmas_of_slot(node, rarest, node.phrase_idf() * most_sharing);
  const auto num_lemmas = static_cast<double>(lemmas.size());
  for (ResolvedNode::Lemma& lemma : lemmas) lemma.idf *= num_lemmas;
  parts.push_back({&node, boost, false, 0, 0, std::move(lemmas)});
  return true;
}

bool add_extras(const ResolvedNode& node, double boost, std::vector<BoundPart>& parts);

bool collect_any(const ResolvedNode& node, double boost, bool is_sure, std::vector<BoundPart>& parts) {
  const PlanNode& plan = *node.plan;
  const auto each = [&](double factor) {
    return std::all_of(node.children.begin(), node.children.end(),
                       [&](const ResolvedNode& child) { return collect_any(child, factor, is_sure, parts); });
  };
  switch (plan.kind) {
    case Kind::kWord:
      add_word(node, boost, is_sure, parts);
      return true;
    case Kind::kBoost:
      return each(boost * plan.boost);
    case Kind::kOr:
      return each(boost);
    case Kind::kMax: {
      bool is_first = true;
      for (const ResolvedNode& child : node.children) {
        if (!collect_any(child, boost, is_sure && is_first, parts)) return false;
        is_first = false;
      }
      return true;
    }
    case Kind::kMaybe:
      return collect_any(node.children[0], boost, is_sure, parts) &&
             add_extras(node.children[1], boost, parts);
    case Kind::kNothing:
      return true;
    case Kind::kPhrase:
      return collect_phrase(node, boost, is_sure ? kFewDocs : UINT64_MAX, parts);
    default:
      return false;
  }
}

bool collect_counting(const ResolvedNode& node, double boost, bool any, std::vector<BoundPart>& parts) {
  const PlanNode& plan = *node.plan;
  const auto each = [&](double factor, bool is_any) {
    return std::all_of(node.children.begin(), node.children.end(), [&](const ResolvedNode& child) {
      return collect_counting(child, factor, is_any, parts);
    });
  };
  switch (plan.kind) {
    case Kind::kWord:
      add_word(node, boost, true, parts);
      return true;
    case Kind::kBoost:
      return each(boost * plan.boost, any);
    case Kind::kOr:
      return each(boost, true);
    case Kind::kAnd:
      return !any && each(boost, false);
    case Kind::kNot:
      return !any && collect_counting(node.children[0], boost, false, parts);
    case Kind::kPhrase:
      return !any && collect_phrase(node, boost, UINT64_MAX, parts);
    default:
      return false;
  }
}

// Whether the word is searched wherever the phrase is, and has there the lemmas of the phrase's slot.
bool covers(const PlanNode& word, const PlanNode& phrase, size_t slot) {
  return word.kind == Kind::kWord &&
         std::all_of(phrase.phrase.begin(), phrase.phrase.end(), [&](const PhraseField& wanted) {
           return std::any_of(word.word.begin(), word.word.end(), [&](const WordField& field) {
             return field.field == wanted.field && field.weight == wanted.weight &&
                    field.lemmas == wanted.slots[slot].lemmas;
           });
         });
}

size_t num_lemmas(const PlanNode& word) {
  if (word.word.size() == 1) return word.word[0].lemmas.size();
  std::set<std::string_view> distinct;
  for (const WordField& field : word.word) distinct.insert(field.lemmas.begin(), field.lemmas.end());
  return distinct.size();
}

bool add_phrase(const ResolvedNode& node, double boost, std::vector<BoundPart>& parts) {
  const PlanNode& phrase = *node.plan;
  if (phrase.slop != 0 || phrase.phrase.empty()) return false;
  const size_t num_slots = phrase.phrase.front().slots.size();
  if (!has_slots_everywhere(phrase, num_slots)) return false;
  double num_sharing = 1;  // matches that may share a place of the slot's word
  for (size_t slot = 0; slot < num_slots; ++slot) {
    const auto part = std::find_if(parts.begin(), parts.end(), [&](const BoundPart& each) {
      return covers(*each.node->plan, phrase, slot);
    });
    if (part == parts.end() || part->boost <= 0) return false;
    const double more = std::max(node.slot_idf[slot] / part->idf, 1.0);
    const auto lemmas = static_cast<double>(num_lemmas(*part->node->plan));
    part->extra += boost / part->boost * lemmas * num_sharing * more;
    num_sharing *= static_cast<double>(num_widths(node, slot));
  }
  return true;
}

bool add_extras(const ResolvedNode& node, double boost, std::vector<BoundPart>& parts) {
  const PlanNode& plan = *node.plan;
  if (plan.kind == Kind::kBoost) return add_extras(node.children[0], boost * plan.boost, parts);
  if (plan.kind == Kind::kPhrase) return add_phrase(node, boost, parts);
  return plan.kind == Kind::kOr &&
         std::all_of(node.children.begin(), node.children.end(),
                     [&](const ResolvedNode& child) { return add_extras(child, boost, parts); });
}

}  // namespace

bool collect_parts(const ResolvedNode& tree, std::vector<BoundPart>& parts) {
  if (tree.plan->kind != Kind::kAnd) return collect_any(tree, 1, true, parts);
  return std::all_of(tree.children.begin(), tree.children.end(),
                     [&](const ResolvedNode& child) { return collect_boosted_word(child, 1, parts); });
}

bool collect_counting_parts(const ResolvedNode& tree, std::vector<BoundPart>& parts) {
  return collect_counting(tree, 1, false, parts);
}

bool add_extras(const ResolvedNode& extras, std::vector<BoundPart>& parts) {
  return add_extras(extras, 1, parts);
}

}  // namespace searchlib
