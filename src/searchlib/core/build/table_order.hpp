// The entries of a table that are in use, in the order of their bytes; and those of two tables together.

#pragma once

#include <cstdint>
#include <vector>

#include "bytes/string_table.hpp"

namespace searchlib {

struct TableOrder {
  static constexpr uint32_t kUnused = UINT32_MAX;

  TableOrder() = default;
  TableOrder(const StringTable& table, const std::vector<bool>& used);

  std::vector<uint32_t> ids;     // in order
  std::vector<uint32_t> number;  // of each id: its place in that order, or kUnused
};

// Forms and lemmas in one order: a string is a form, a lemma, or, mostly, both.
struct WordOrder {
  struct Places {  // places in its tables' orders, or kUnused for what it is not
    uint32_t form = TableOrder::kUnused;
    uint32_t lemma = TableOrder::kUnused;
  };

  WordOrder() = default;
  WordOrder(const StringTable& form_table, const TableOrder& forms, const StringTable& lemma_table,
            const TableOrder& lemmas);

  std::vector<Places> words;
  std::vector<uint32_t> of_form;   // by a form's place: its place here
  std::vector<uint32_t> of_lemma;  // by a lemma's
};

}  // namespace searchlib
