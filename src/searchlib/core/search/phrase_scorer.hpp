// A phrase: documents that hold all its words, then those where the words stand in their order.

#pragma once

#include "search/deadline.hpp"
#include "search/phrase_count.hpp"
#include "search/place_marks.hpp"
#include "search/plan.hpp"
#include "search/word_scorer.hpp"

namespace searchlib {

class PhraseFieldScorer {
 public:
  struct Slot {
    std::vector<TermCursor> lemmas;
    std::vector<FormWidths> widths;  // of each lemma
    uint32_t seek(uint32_t target);
    uint64_t cost() const;
    uint64_t tf_in(uint32_t doc);  // an upper bound of the places in the document
  };

  // number: of the field, in the plan. num_bounding: how many of the first words bound the number of matches by
  // that of their places.
  PhraseFieldScorer(size_t number, std::vector<Slot> slots, const PhraseField& phrase, uint32_t slop,
                    size_t num_bounding, const uint8_t* norms, const LengthTables* lengths, FieldBound bound);
  uint32_t seek(uint32_t target);  // to the next document that holds the phrase
  bool match(uint32_t doc);        // whether this one does; not beside seek
  uint32_t doc() const { return doc_; }
  size_t number() const { return number_; }
  double frequency() const { return frequency_; }  // of the current document
  double x(FieldScale& scale) const { return weight_ * frequency_ * scale.of(*lengths_, norms_[doc_]); }
  uint64_t cost() const;
  struct XBound {
    float x;  // in units of K
    uint32_t until;
  };
  XBound bound_from(uint32_t doc);
  // f: what the documents to be found reach at least, of x / (x + K) in this field alone.
  void raise_threshold(double f) { threshold_ = static_cast<float>(f); }

 private:
  std::span<Slot> bounding_slots() { return std::span(slots_).first(num_bounding_); }
  bool can_reach_threshold(uint32_t doc);
  double frequency_in(uint32_t doc);

  Deadline& deadline_ = Deadline::current();
  std::vector<Slot> slots_;
  PhraseCounter counter_;
  std::vector<uint32_t> offsets_;
  PlaceMarks marks_;
  bool in_step_;  // a match is a place of each word where the phrase has it
  size_t number_;
  size_t num_bounding_;
  std::vector<size_t> by_cost_;
  double weight_;
  const uint8_t* norms_;
  const LengthTables* lengths_;
  FieldBound bound_;
  float threshold_ = 0;  // documents below it need not be found
  uint32_t doc_ = 0;
  bool started_ = false;
  double frequency_ = 0;
};

class PhraseScorer : public Scorer {
 public:
  // idf: of all its words.
  PhraseScorer(std::vector<PhraseFieldScorer> fields, double idf) : fields_(std::move(fields)), idf_(idf) {}
  uint32_t seek(uint32_t target) override;
  bool match(uint32_t doc) override;
  double score() override;
  uint64_t cost() const override;
  ScoreBound bound_from(uint32_t doc) override;
  void raise_threshold(double threshold) override;
  // How often it stands in the current document, by the fields of the plan.
  std::vector<double> frequencies(size_t num_fields) const;

 private:
  std::vector<PhraseFieldScorer> fields_;  // in the order of the plan
  double idf_;
};

}  // namespace searchlib
