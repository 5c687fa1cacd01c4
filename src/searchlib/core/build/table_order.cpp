#include "build/table_order.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace searchlib {
namespace {

// As a number that orders as the bytes do.
uint64_t leading_bytes(std::string_view key) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < 8; ++i) bytes = bytes << 8 | (i < key.size() ? static_cast<uint8_t>(key[i]) : 0);
  return bytes;
}

}  // namespace

TableOrder::TableOrder(const StringTable& table, const std::vector<bool>& used)
    : number(table.size(), kUnused) {
  std::vector<std::pair<uint64_t, uint32_t>> keyed;  // eight bytes decide nearly all comparisons
  for (uint32_t id = 0; id < table.size(); ++id) {
    if (used[id]) keyed.emplace_back(leading_bytes(table[id]), id);
  }
  std::sort(keyed.begin(), keyed.end(), [&](const auto& left, const auto& right) {
    return left.first != right.first ? left.first < right.first : table[left.second] < table[right.second];
  });
  ids.reserve(keyed.size());
  for (const auto& [bytes, id] : keyed) {
    number[id] = static_cast<uint32_t>(ids.size());
    ids.push_back(id);
  }
}

WordOrder::WordOrder(const StringTable& form_table, const TableOrder& forms, const StringTable& lemma_table,
                     const TableOrder& lemmas)
    : of_form(forms.ids.size()), of_lemma(lemmas.ids.size()) {
  words.reserve(std::max(of_form.size(), of_lemma.size()));
  uint32_t form = 0;
  uint32_t lemma = 0;
  while (form < of_form.size() || lemma < of_lemma.size()) {
    int order = 0;  // of the two next ones
    if (form == of_form.size()) {
      order = 1;
    } else if (lemma == of_lemma.size()) {
      order = -1;
    } else {
      order = form_table[forms.ids[form]].compare(lemma_table[lemmas.ids[lemma]]);
    }
    const uint32_t number = static_cast<uint32_t>(words.size());
    Places& word = words.emplace_back();
    if (order <= 0) of_form[word.form = form++] = number;
    if (order >= 0) of_lemma[word.lemma = lemma++] = number;
  }
}

}  // namespace searchlib
