// How far one word is from another: the number of edits, bounded and over a sorted dictionary, and their
// cost, weighed by how hands and ears err. An edit inserts, deletes or replaces a letter or swaps two
// neighbours (optimal string alignment: no letter is edited twice).

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib {

// Compares one word with many that come in ascending order: what a word shares with the one before is not
// computed again, and all that begin as a hopeless one did are skipped by a comparison of a few bytes.
class BoundedEdits {
 public:
  // word: folded letters. bound: the number of edits that are still of interest.
  BoundedEdits(std::u32string word, unsigned bound);

  // The distance to a form (any case), or bound + 1 if it is more than the bound.
  unsigned distance(std::string_view form);

 private:
  bool extend(char32_t letter, size_t end);
  uint8_t* row(size_t depth) { return rows_.data() + depth * (word_.size() + 1); }

  std::u32string word_;
  unsigned bound_;
  // Row d holds the distances of the path's first d letters from each prefix of the word; rows 0 … depth_ are
  // valid. The band |d − j| ≤ bound is all that is computed, its surroundings hold bound + 1.
  std::vector<uint8_t> rows_;
  std::string path_;               // the bytes of the letters that have rows
  std::vector<size_t> ends_;       // where each of these letters ends in path_; ends_[0] = 0
  std::vector<char32_t> letters_;  // letters_[d] is the d-th, from 1
  size_t depth_ = 0;
  bool hopeless_ = false;  // no word that begins with path_ is within the bound
};

// What it costs to have typed `typed` for `meant` (both folded): about 1 for a random edit; less for a
// neighbouring key, a swap, a doubled letter or letters that sound alike; more where the first letter is
// wrong.
double typing_cost(std::u32string_view typed, std::u32string_view meant);

}  // namespace searchlib
