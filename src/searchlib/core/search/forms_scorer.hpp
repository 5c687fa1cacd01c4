// Documents that hold one of a set of surface forms: the lemmas' postings, true to the text by the form's
// rank at each place. «люд*» finds «людей» and not a text that says only «человек», though both have one
// lemma.

#pragma once

#include "postings/term_cursor.hpp"
#include "search/form_pattern.hpp"
#include "search/scorer.hpp"

namespace searchlib {

// The forms of a field that match, by their numbers.
std::vector<uint32_t> matching_forms(const FieldParts& field, const FormPattern& pattern);

class FormsScorer : public Scorer {
 public:
  struct Lemma {
    TermCursor cursor;
    std::vector<bool> wanted;  // by rank; empty: all of the lemma's forms
  };

  // The lemmas that cover the forms, at one score.
  static std::vector<Lemma> cover(const FieldParts& field, const std::vector<uint32_t>& forms);

  FormsScorer(std::vector<Lemma> lemmas, double score) : lemmas_(std::move(lemmas)), score_(score) {}
  uint32_t seek(uint32_t target) override;
  double score() override { return score_; }
  uint64_t cost() const override;
  ScoreBound bound_from(uint32_t) override { return {static_cast<float>(score_), kNoMoreDocs}; }

 private:
  static bool holds_wanted(Lemma& lemma);
  void gather();
  uint32_t first_gathered(uint32_t target) const;

  std::vector<Lemma> lemmas_;
  double score_;
  std::vector<uint64_t> gathered_;  // a bit a document that matches; empty while cursors are asked instead
};

}  // namespace searchlib
