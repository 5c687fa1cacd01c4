#include "translations/table_rows.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/russian_roots.hpp"

namespace searchlib {

void TableRows::add(std::string_view key, std::string_view translation, double weight) {
  rows_[key].push_back({translation, weight});
}

size_t TableRows::max_words() const {
  size_t most = 0;
  for (const auto& [key, row] : rows_)
    most = std::max(most, static_cast<size_t>(std::count(key.begin(), key.end(), ' ')) + 1);
  return most;
}

std::string TableRows::line_of(std::string_view key, std::vector<Translation> row, size_t most, int units) {
  const auto by_term = [](const Translation& left, const Translation& right) {
    return left.term != right.term ? left.term < right.term : left.weight > right.weight;
  };
  std::sort(row.begin(), row.end(), by_term);
  const auto is_same = [](const Translation& left, const Translation& right) {
    return left.term == right.term;
  };
  row.erase(std::unique(row.begin(), row.end(), is_same), row.end());
  std::stable_sort(row.begin(), row.end(), [](const Translation& left, const Translation& right) {
    return left.weight > right.weight;
  });
  row.resize(std::min(row.size(), most));
  double total = 0;
  for (const Translation& each : row) total += each.weight / row.front().weight;  // no sum of huge weights
  std::string line(key);
  for (const Translation& each : row) {
    const double share = each.weight / row.front().weight / total;
    const auto rounded = static_cast<long>(std::nearbyint(units * share));
    line.append("\t").append(each.term).append("\t").append(std::to_string(std::max(rounded, 1L)));
  }
  return line.append("\n");
}

std::string TableRows::lines(size_t most, int units, std::string_view root) const {
  std::vector<std::string_view> keys;
  keys.reserve(rows_.size());
  for (const auto& [key, row] : rows_) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  std::vector<std::string> lines;
  lines.reserve(rows_.size() + rows_.size() / 4);
  std::map<std::string, std::string> of_roots;
  for (const std::string_view key : keys) {
    lines.push_back(line_of(key, rows_.at(key), most, units));
    if (key.find(' ') != std::string_view::npos) continue;
    const std::string its = russian::root_of(std::string(key));
    if (!its.empty()) of_roots[its].append("\t").append(key);
  }
  for (const auto& [its, with_it] : of_roots) lines.push_back(std::string(root) + its + with_it + "\n");
  std::sort(lines.begin(), lines.end());
  size_t size = 0;
  for (const std::string& line : lines) size += line.size();
  std::string all;
  all.reserve(size);
  for (const std::string& line : lines) all += line;
  return all;
}

}  // namespace searchlib
