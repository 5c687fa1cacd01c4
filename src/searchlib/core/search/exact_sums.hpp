// The exact scores of documents that a faster evaluation has chosen, for a word and for an OR or an AND of
// words: in double, summed in the order of the query, bit for bit what the scorers of scorer.hpp give.

#pragma once

#include "postings/block_reader.hpp"
#include "search/deadline.hpp"
#include "search/resolve.hpp"
#include "search/top_k.hpp"

namespace searchlib {

class ExactSums {
 public:
  ExactSums(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment);

  // Of a document that matches, numbered in the segment; ask for ascending ones.
  double score_of(uint32_t doc);

 private:
  // A lemma in one field; those of one lemma stand together, in the order of the plan.
  struct InField {
    InField(const FieldParts& parts, const TermInfo& term, double field_weight, const LengthTables& tables,
            double of_lemma)
        : blocks(parts, term), weight(field_weight), norms(parts.norms), lengths(&tables), idf(of_lemma) {}

    BlockReader blocks;
    double weight;
    const uint8_t* norms;
    const LengthTables* lengths;
    double idf;
    bool is_last = false;  // of the lemma's
    uint32_t block = 0;
    uint32_t tf_in(uint32_t doc);  // 0 where the document does not hold it
  };
  struct ScoredWord {
    std::vector<double> factors;  // the innermost first
    std::vector<InField> lists;
  };

  void add_word(const ResolvedNode& node, const Snapshot& snapshot, size_t segment,
                std::vector<double> factors);

  Deadline& deadline_ = Deadline::current();
  std::vector<ScoredWord> words_;
};

// The `limit` best of documents that are given in ascending order and numbered through the snapshot.
// scorer_of(segment's number) gives what scores a segment's documents, by their numbers there.
template <class ScorerOf>
std::vector<ScoredDoc> rank_documents(const std::vector<uint32_t>& docs, const Snapshot& snapshot,
                                      size_t limit, ScorerOf&& scorer_of) {
  std::vector<ScoredDoc> scored;
  scored.reserve(docs.size());
  Deadline& deadline = Deadline::current();
  auto next = docs.begin();
  for (size_t i = 0; i < snapshot.segments().size() && next != docs.end(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    const uint32_t end = part.first_doc + part.segment->num_docs();
    if (*next >= end) continue;
    auto score_of = scorer_of(i);
    for (; next != docs.end() && *next < end; ++next) {
      deadline.tick();
      scored.push_back({score_of(*next - part.first_doc), *next});
    }
  }
  keep_best(scored, limit);
  return scored;
}

// The same for words, and for an OR or an AND of words.
std::vector<ScoredDoc> rank_sums(const std::vector<uint32_t>& docs, const ResolvedNode& plan,
                                 const Snapshot& snapshot, size_t limit);

}  // namespace searchlib
