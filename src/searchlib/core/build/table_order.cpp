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

TableOrder::TableOrder(const FormTable& table, const std::vector<bool>& used)
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

}  // namespace searchlib
