// The lines of a table of translations (docs/translations.md): of each key its translations by how probable they are,
// and of each Russian root the keys that have it. Where keys come from is not known here.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace searchlib {

class TableRows {
 public:
  // weight > 0. What is given must outlive the rows. A translation of a key that is given twice counts once, at its
  // higher weight.
  void add(std::string_view key, std::string_view translation, double weight);

  size_t num_keys() const { return rows_.size(); }
  // Words of the longest key; 0 if there is none.
  size_t max_words() const;

  // All lines, each with its end, in the order of their bytes. most: translations of a key that are kept. units: what
  // their shares add up to. root: what stands before a root.
  std::string lines(size_t most, int units, std::string_view root) const;

 private:
  struct Translation {
    std::string_view term;
    double weight;
  };

  static std::string line_of(std::string_view key, std::vector<Translation> row, size_t most, int units);

  std::unordered_map<std::string_view, std::vector<Translation>> rows_;
};

}  // namespace searchlib
