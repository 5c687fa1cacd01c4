#include "bind_plan.hpp"

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <map>

#include "bind_checks.hpp"
#include "errors.hpp"
#include "search/forms.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

// Scorers nest as the plan does; a plan this deep is no query that a person means.
constexpr int kMaxDepth = 200;
constexpr unsigned kMaxDistance = 2;

const std::map<std::string, Kind, std::less<>> kKinds = {
    {"nothing", Kind::kNothing}, {"all", Kind::kAll},     {"docs", Kind::kDocs},     {"word", Kind::kWord},
    {"has", Kind::kHas},         {"forms", Kind::kForms}, {"phrase", Kind::kPhrase}, {"and", Kind::kAnd},
    {"or", Kind::kOr},           {"max", Kind::kMax},     {"not", Kind::kNot},       {"maybe", Kind::kMaybe},
    {"boost", Kind::kBoost},
};

WordField word_of(nb::handle item) {
  const nb::tuple field = tuple_of(item, 3);
  return {nb::cast<size_t>(field[0]), checked_factor(nb::cast<double>(field[1])),
          nb::cast<std::vector<std::string>>(field[2])};
}

// What else counts besides a word's lemmas: related ones, and its surface form.
void add_signals(std::vector<WordField>& word, nb::handle item) {
  const nb::tuple signals = tuple_of(item, 4);
  const auto related = nb::cast<std::vector<std::vector<std::string>>>(signals[0]);
  const auto forms = nb::cast<std::vector<std::string>>(signals[2]);
  const double weight = checked_factor(nb::cast<double>(signals[1]));
  const double exact = checked_factor(nb::cast<double>(signals[3]));
  if ((!related.empty() && related.size() != word.size()) || (!forms.empty() && forms.size() != word.size()))
    throw nb::value_error("related lemmas and a form are given for each field, or for none");
  for (size_t i = 0; i < word.size(); ++i) {
    if (!related.empty()) {
      word[i].related = related[i];
      word[i].related_weight = weight;
    }
    if (!forms.empty() && !forms[i].empty()) {
      word[i].form = forms[i];
      word[i].exact = exact;
    }
  }
}

PhraseField phrase_of(nb::handle item) {
  const nb::tuple field = tuple_of(item, 3);
  PhraseField phrase{nb::cast<size_t>(field[0]), checked_factor(nb::cast<double>(field[1])), {}};
  for (nb::handle entry : nb::cast<nb::sequence>(field[2])) {
    const nb::tuple slot = tuple_of(entry, 2);
    phrase.slots.push_back({nb::cast<uint32_t>(slot[0]), nb::cast<std::vector<std::string>>(slot[1])});
  }
  return phrase;
}

size_t num_items(Kind kind) {
  switch (kind) {
    case Kind::kNothing:
      return 1;
    case Kind::kDocs:
    case Kind::kHas:
    case Kind::kForms:
    case Kind::kPhrase:
    case Kind::kBoost:
      return 3;
    default:
      return 2;
  }
}

PlanNode plan_at(nb::handle item, int depth) {
  if (depth > kMaxDepth) throw QueryTooComplex("the query nests deeper than 200 levels; write it flatter");
  const auto kind = kKinds.find(nb::cast<std::string>(tuple_of(item, 1)[0]));
  if (kind == kKinds.end()) throw nb::value_error("a plan's node of unknown kind");
  PlanNode node;
  node.kind = kind->second;
  const nb::tuple tuple = tuple_of(item, num_items(node.kind));
  switch (node.kind) {
    case Kind::kNothing:
      break;
    case Kind::kAll:
      node.boost = checked_factor(nb::cast<double>(tuple[1]));
      break;
    case Kind::kDocs:
      node.boost = checked_factor(nb::cast<double>(tuple[1]));
      node.docs = nb::cast<std::vector<std::vector<uint32_t>>>(tuple[2]);
      break;
    case Kind::kHas:
      node.boost = checked_factor(nb::cast<double>(tuple[1]));
      node.field = nb::cast<size_t>(tuple[2]);
      break;
    case Kind::kForms:
      node.boost = checked_factor(nb::cast<double>(tuple[1]));
      for (nb::handle entry : nb::cast<nb::sequence>(tuple[2])) {
        const nb::tuple form = tuple_of(entry, 4);
        node.forms.push_back({nb::cast<size_t>(form[0]),
                              pattern_of(nb::cast<std::string>(form[1]), nb::cast<std::string>(form[2]),
                                         nb::cast<unsigned>(form[3]))});
      }
      node.forms_found = std::make_shared<FormsCache>();
      break;
    case Kind::kWord:
      for (nb::handle field : nb::cast<nb::sequence>(tuple[1])) node.word.push_back(word_of(field));
      if (tuple.size() > 2) add_signals(node.word, tuple[2]);
      break;
    case Kind::kPhrase:
      for (nb::handle field : nb::cast<nb::sequence>(tuple[1])) node.phrase.push_back(phrase_of(field));
      node.slop = nb::cast<uint32_t>(tuple[2]);
      break;
    case Kind::kBoost:
      node.boost = checked_factor(nb::cast<double>(tuple[1]));
      node.children.push_back(plan_at(tuple[2], depth + 1));
      break;
    default:
      for (nb::handle child : nb::cast<nb::sequence>(tuple[1]))
        node.children.push_back(plan_at(child, depth + 1));
  }
  return node;
}

// Each segment's documents ascend, and are there.
bool fit_documents(const std::vector<std::vector<uint32_t>>& docs, const Snapshot& snapshot) {
  if (docs.size() != snapshot.segments().size()) return false;
  for (size_t i = 0; i < docs.size(); ++i) {
    const auto falls = [](uint32_t left, uint32_t right) { return left >= right; };
    if (std::adjacent_find(docs[i].begin(), docs[i].end(), falls) != docs[i].end()) return false;
    if (!docs[i].empty() && docs[i].back() >= snapshot.segments()[i].segment->num_docs()) return false;
  }
  return true;
}

void check_plan(const PlanNode& node, const Snapshot& snapshot) {
  const bool pair = node.kind == Kind::kNot || node.kind == Kind::kMaybe;
  bool good = !pair || node.children.size() == 2;
  good = good && (node.kind != Kind::kDocs || fit_documents(node.docs, snapshot));
  good = good && (node.kind != Kind::kHas || node.field < snapshot.num_fields());
  for (const FormsField& forms : node.forms) good = good && forms.field < snapshot.num_fields();
  for (const WordField& word : node.word) good = good && word.field < snapshot.num_fields();
  for (const PhraseField& phrase : node.phrase) good = good && phrase.field < snapshot.num_fields();
  if (!good) throw nb::value_error("a plan that does not fit the snapshot");
  for (const PlanNode& child : node.children) check_plan(child, snapshot);
}

}  // namespace

FormPattern pattern_of(const std::string& kind, const std::string& text, unsigned distance) {
  if (distance > kMaxDistance) throw nb::value_error("a fuzzy pattern allows 1 or 2 edits");
  if (kind == "prefix") return {FormPattern::Kind::kPrefix, text, 0};
  if (kind == "wildcard") return {FormPattern::Kind::kWildcard, text, 0};
  if (kind == "fuzzy") return {FormPattern::Kind::kFuzzy, text, distance};
  throw nb::value_error("a pattern of unknown kind");
}

PlanNode plan_of(nb::handle item) { return plan_at(item, 0); }

CheckedPlan::CheckedPlan(nb::handle item, const Snapshot& snapshot) {
  if (nb::isinstance<PlanNode>(item)) {
    plan_ = nb::cast<const PlanNode*>(item);
  } else {
    plan_ = &own_.emplace(plan_of(item));
  }
  check_plan(*plan_, snapshot);
}

}  // namespace searchlib
