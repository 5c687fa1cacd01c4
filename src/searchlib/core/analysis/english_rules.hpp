// The detachment rules: a form → candidate lemmas, each said as "drop n bytes, add these", with its weight.
// It knows the table and regular inflection; contractions, hyphens and closed classes are above it.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "english_table.hpp"

namespace searchlib::english {

struct Candidate {
  uint32_t drop;
  std::string_view
      add;          // with drop, canonical: what is added never starts with the first byte that is dropped
  uint32_t weight;  // SemCor's count over all parts of speech by which the form leads here

  std::string apply(std::string_view form) const {
    std::string lemma(form.substr(0, form.size() - drop));
    return lemma.append(add);
  }
};

// Up to kMost candidates of one form, the most probable first.
class Candidates {
 public:
  static constexpr size_t kMost = 16;

  const Candidate* begin() const { return items_.data(); }
  const Candidate* end() const { return items_.data() + size_; }
  bool empty() const { return size_ == 0; }

  void add(uint32_t drop, std::string_view add, uint32_t weight);
  void sort_by_weight();

 private:
  std::array<Candidate, kMost> items_;
  size_t size_ = 0;
};

// Which parts of speech a candidate may have.
using Parts = uint32_t;
inline constexpr Parts kAllParts = 1u << kNoun | 1u << kVerb | 1u << kAdjective | 1u << kAdverb;
inline constexpr Parts kOnlyNoun = 1u << kNoun;

// What morphy finds, by these parts of speech, in the order of weight. Ties: the form itself comes last;
// exceptions (noun, verb, adjective, adverb) come before rules; of these, the one that drops less, or adds
// more, comes first. Empty when WordNet has none.
void find_candidates(const Table& table, std::string_view form, Parts parts, Candidates& out);

// Irregular plurals and the like whose lemma WordNet lacks (adyta → adytum); empty for most unknown words.
void find_unlisted(const Table& table, std::string_view form, Candidates& out);

}  // namespace searchlib::english
