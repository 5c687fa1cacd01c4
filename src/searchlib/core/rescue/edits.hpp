// How far one word is from another: the number of edits, bounded and over a sorted dictionary, and their
// cost, weighed by how hands and ears err. An edit inserts, deletes or replaces a letter or swaps two
// neighbours (optimal string alignment: no letter is edited twice).

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib {

// Compares one word with many that come in ascending order, front-coded: what a key shares with the one
// before is not computed again, and keys that begin as a hopeless one did are passed over without a look at
// their letters.
class BoundedEdits {
 public:
  // word: folded letters. bound: the number of edits that are still of interest.
  BoundedEdits(std::u32string word, unsigned bound);

  // The distance to the next form (any case), which is `shared` bytes of the one before and a suffix; bound +
  // 1 if it is more than the bound. 0 may always be shared.
  unsigned next(size_t shared, std::string_view suffix) {
    if (hopeless_ && shared >= ends_[depth_]) return bound_ + 1;
    return advance(shared, suffix);
  }

  // Whether nothing that begins as this key does, and comes after the keys so far, can be within the bound.
  bool rules_out(std::string_view key) const {
    return hopeless_ && key.starts_with(std::string_view(path_).substr(0, ends_[depth_]));
  }

  // The form that `next` was last given; only after it returned at most the bound.
  std::string_view form() const { return path_; }

 private:
  unsigned advance(size_t shared, std::string_view suffix);
  bool extend(char32_t letter, size_t end);
  uint8_t* row(size_t depth) { return rows_.data() + depth * (word_.size() + 1); }

  std::u32string word_;
  unsigned bound_;
  // Row d holds the distances of the path's first d letters from each prefix of the word; rows 0 … depth_ are
  // valid. The band |d − j| ≤ bound is all that is computed; outside it, a row holds bound + 1 for good.
  std::vector<uint8_t> rows_;
  // The bytes of the last form that was looked at. Of those passed over since, all agree with it in its first
  // ends_[depth_] bytes.
  std::string path_;
  std::vector<size_t> ends_;       // where the d-th letter ends in path_; ends_[0] = 0
  std::vector<char32_t> letters_;  // the d-th letter, from 1
  size_t depth_ = 0;
  bool hopeless_ = false;  // no form that begins with the path's first depth_ letters is within the bound
};

// What it costs to have typed `typed` for `meant` (both folded): about 1 for a random edit; less for a
// neighbouring key, a swap, a doubled letter or letters that sound alike; more where the first letter is
// wrong.
double typing_cost(std::u32string_view typed, std::u32string_view meant);

}  // namespace searchlib
