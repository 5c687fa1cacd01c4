// The entries of a table that are in use, in the order of their bytes.

#pragma once

#include <cstdint>
#include <vector>

#include "build/form_table.hpp"

namespace searchlib {

struct TableOrder {
  static constexpr uint32_t kUnused = UINT32_MAX;

  TableOrder() = default;
  TableOrder(const FormTable& table, const std::vector<bool>& used);

  std::vector<uint32_t> ids;     // in order
  std::vector<uint32_t> number;  // of each id: its place in that order, or kUnused
};

}  // namespace searchlib
