// A stretch of documents in one segment, scored at once: postings are added into a dense array, the documents
// that may still be wanted are taken out of it, and further clauses are added to those alone. MaxScore and
// conjunctions differ in what they do with the clauses; this is what they share.

#pragma once

#include <array>
#include <bit>
#include <span>
#include <utility>

#include "search/sum_clauses.hpp"

namespace searchlib {

constexpr uint32_t kWindow = 4096;

struct Survivor {
  float score;
  uint32_t doc;  // in the segment
};

// Scores of a window's documents, zero where nothing was added, and which ones were touched.
class Accumulator {
 public:
  void add(uint32_t slot, float score) {
    scores_[slot] += score;
    touched_[slot / 64] |= uint64_t{1} << (slot % 64);
  }

  void raise(uint32_t slot, float score) {
    scores_[slot] = std::max(scores_[slot], score);
    touched_[slot / 64] |= uint64_t{1} << (slot % 64);
  }

  // visit(slot, score) for each touched document, ascending; leaves all zero.
  template <class Visit>
  void drain(Visit&& visit) {
    for (uint32_t word = 0; word < touched_.size(); ++word) {
      for (uint64_t bits = std::exchange(touched_[word], 0); bits != 0; bits &= bits - 1) {
        const uint32_t slot = word * 64 + static_cast<uint32_t>(std::countr_zero(bits));
        visit(slot, std::exchange(scores_[slot], 0.0F));
      }
    }
  }

 private:
  alignas(64) std::array<float, kWindow> scores_{};
  std::array<uint64_t, kWindow / 64> touched_{};
};

struct SnapshotSegment;
class Candidates;

class Window {
 public:
  void enter(uint32_t begin, uint32_t end) {
    begin_ = begin;
    end_ = end;
    num_survivors_ = 0;
  }

  // Adds all postings of a clause in the window, but for blocks that with `others`, all that other clauses
  // could add, stay below the threshold. The clause has entered the window.
  void add(Clause& clause, float others, float threshold);

  // Ends the adding: the touched documents that `rest` could lift to the threshold survive.
  void choose(float rest, float threshold);

  // What the clause gives each survivor, 0 where it does not match or cannot lift it to the threshold with
  // `rest`. The best of what `gains` holds and each lemma's score is left there: clear it before.
  void gains_of(Clause& clause, float rest, float threshold, std::vector<float>& gains);

  // keep(i) says whether the i-th survivor stays.
  template <class Keep>
  void filter(Keep&& keep) {
    size_t kept = 0;
    for (size_t i = 0; i < num_survivors_; ++i) {
      if (keep(i)) survivors_[kept++] = survivors_[i];
    }
    num_survivors_ = kept;
  }

  std::span<Survivor> survivors() { return std::span(survivors_).first(num_survivors_); }

 private:
  uint32_t begin_ = 0;
  uint32_t end_ = 0;
  Accumulator sums_;
  Accumulator maxima_;                           // of a clause with several lemmas
  std::array<Survivor, kWindow + 1> survivors_;  // and room for one that is not kept
  size_t num_survivors_ = 0;
};

// The survivors that are not deleted.
void add_candidates(std::span<const Survivor> survivors, const SnapshotSegment& part, Candidates& candidates);

}  // namespace searchlib
