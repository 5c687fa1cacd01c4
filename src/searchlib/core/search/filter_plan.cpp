#include "search/filter_plan.hpp"

#include <algorithm>

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

// Each part says how long it is, so that no two plans share a key.

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

// A snapshot may have no segments, and no plan has been checked against one yet.
void put_documents(std::string& key, const PlanNode& plan, size_t segment) {
  if (segment >= plan.docs.size()) return put_number(key, 0);
  put_number(key, plan.docs[segment].size());
  for (const uint32_t doc : plan.docs[segment]) put_number(key, doc);
}

void put_plan(std::string& key, const PlanNode& plan, size_t segment);

void put_children(std::string& key, const PlanNode& plan, size_t segment, size_t fixed) {
  std::vector<std::string> keys;
  for (const PlanNode& child : plan.children) put_plan(keys.emplace_back(), child, segment);
  if (plan.passes) keys.push_back(*plan.passes->key(segment));
  std::sort(keys.begin() + static_cast<std::ptrdiff_t>(std::min(fixed, keys.size())), keys.end());
  put_texts(key, std::move(keys), true);
}

void put_plan(std::string& key, const PlanNode& plan, size_t segment) {
  const bool is_its_child =
      plan.kind == Kind::kBoost || plan.kind == Kind::kMaybe || plan.kind == Kind::kRaised;
  if (is_its_child && !plan.children.empty()) {
    put_plan(key, plan.children[0], segment);
    return;
  }
  key.push_back(static_cast<char>(plan.kind));
  switch (plan.kind) {
    case Kind::kDocs:
      put_documents(key, plan, segment);
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

// 0 where no documents are named by their numbers.
size_t num_segments_of(const PlanNode& plan) {
  size_t count = plan.docs.size();
  for (const PlanNode& child : plan.children) count = std::max(count, num_segments_of(child));
  if (plan.passes) count = std::max(count, num_segments_of(plan.passes->plan()));
  return count;
}

}  // namespace

FilterKeys::FilterKeys(const PlanNode& plan) {
  const size_t count = std::max<size_t>(num_segments_of(plan), 1);
  for (size_t segment = 0; segment < count; ++segment) {
    std::string key;
    put_plan(key, plan, segment);
    keys_.push_back(std::make_shared<const std::string>(std::move(key)));
  }
}

}  // namespace searchlib
