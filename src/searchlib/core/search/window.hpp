// A stretch of documents in one segment, scored at once: postings are added into a dense array, the documents
// that may still be wanted are taken out of it, and further clauses are added to those alone. MaxScore and
// conjunctions differ in what they do with the clauses; this is what they share.

#pragma once

#include <array>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "search/block_join.hpp"
#include "search/sum_clauses.hpp"
#include "search/two_lists.hpp"

namespace searchlib {

constexpr uint32_t kWindow = 16384;

// Ticks (deadline.hpp) of a clause in a window, or for a batch of survivors, which may take it 100 µs.
constexpr uint32_t kTicksOfClause = 128;

struct Survivor {
  float score;
  uint32_t doc;  // in the segment
};

struct SnapshotSegment;
class Candidates;

class Window {
 public:
  Window();
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // For a stretch of documents: end ≤ begin + kWindow.
  void enter(uint32_t begin, uint32_t end) {
    begin_ = begin;
    end_ = end;
    num_touched_ = 0;
    num_survivors_ = 0;
    in_order_ = true;
  }

  // For survivors that are taken from blocks, or from windows one after the other, wherever those lie: at most
  // kWindow of them, and those of one window.
  void start_batch() {
    begin_ = end_ = 0;
    num_survivors_ = 0;
    in_order_ = true;
  }
  // A window's survivors join the batch, in the order of documents.
  template <class Take>
  void take_window(uint32_t begin, uint32_t end, Take&& take) {
    const size_t before = num_survivors_;
    begin_ = begin;
    end_ = end;
    num_touched_ = 0;
    take();
    sort_from(before);
    begin_ = end_ = 0;
    in_order_ = true;
  }

  // Adds all postings of a clause in the window, but for blocks that with `others`, all that other clauses
  // could add, stay below the threshold. The clause has entered the window.
  void add(Clause& clause, float others, float threshold);

  // Adds the window's last clause, of one lemma, and chooses among its documents at once; `choose` sees to
  // those of the clauses before it. Best for the one with the most postings: they are passed over once.
  void add_last(Clause& clause, float others, float rest, float threshold);

  // Ends the adding: the documents that `rest` could lift to the threshold survive, in any order.
  void choose(float rest, float threshold);

  // Both at once, for a window where only this clause is added.
  void choose_from(Clause& clause, float rest, float threshold);

  // Appends the documents of one block of a clause of one lemma that `rest` could lift to the threshold.
  // Blocks must ascend.
  void take_block(Clause& clause, uint32_t block, float rest, float threshold);

  // The same of a clause of one lemma in two lists, from `doc` to the end of the longer one's block there, with all
  // that the shorter one has up to it. Returns where to go on. `doc` is 0, and then what the last call returned.
  uint32_t take_blocks(Clause& clause, uint32_t doc, float rest, float threshold);

  // Appends documents that survive until a clause is asked, at score 0.
  void take(std::span<const uint32_t> docs) {
    for (const uint32_t doc : docs) arrays_->survivors[num_survivors_++] = {0, doc};
  }

  // Only survivors for which keep(document) stay.
  template <class Keep>
  void keep_if(Keep&& keep) {
    Survivor* out = arrays_->survivors.data();
    for (size_t i = 0; i < num_survivors_; ++i) {
      const Survivor survivor = arrays_->survivors[i];
      *out = survivor;
      out += static_cast<size_t>(keep(survivor.doc));  // no branch to mispredict
    }
    num_survivors_ = static_cast<size_t>(out - arrays_->survivors.data());
  }

  // Puts the survivors into the order of their documents.
  void sort();

  // What the clause gives each survivor, 0 where it does not match or cannot lift it to the threshold with
  // `rest`. The best of what `gains` holds and each lemma's score is left there: clear it before. It may sort
  // the survivors first, unless they are sorted.
  void gains_of(Clause& clause, float rest, float threshold, std::vector<float>& gains);

  // Adds gains[i] to the i-th survivor's score; those stay for which keep(gain, sum).
  template <class Keep>
  void add_gains(const std::vector<float>& gains, Keep&& keep) {
    Survivor* out = arrays_->survivors.data();
    for (size_t i = 0; i < num_survivors_; ++i) {
      const Survivor survivor = arrays_->survivors[i];
      const float sum = survivor.score + gains[i];
      *out = {sum, survivor.doc};
      out += static_cast<size_t>(keep(gains[i], sum));  // no branch to mispredict
    }
    num_survivors_ = static_cast<size_t>(out - arrays_->survivors.data());
  }

  std::span<Survivor> survivors() { return std::span(arrays_->survivors).first(num_survivors_); }

 private:
  // All but the survivors are zero between two windows. A thread keeps one set: clearing them costs more than
  // many a query.
  struct Arrays {
    alignas(64) std::array<float, kWindow> sums{};
    alignas(64) std::array<float, kWindow> maxima{};  // of a clause with several lemmas
    alignas(64) std::array<float, kWindow> xs{};      // of a lemma with several lists, by slot or by survivor
    std::array<uint16_t, kWindow> marks{};            // 1 + a survivor's number
    BlockJoin join;
    TwoLists two_lists;
    std::vector<uint16_t> touched;  // slots as they were added; one may stand there several times
    std::vector<uint16_t> weighed;  // what in `xs` is not zero
    std::array<Survivor, kWindow + kBlockSize> survivors;  // with room for some that are not kept
  };
  static std::unique_ptr<Arrays>& spare();

  // visit(documents, scores, their number, among), for some documents of the lemma at a time: of one or two lists in
  // order, but that those with `among` lie among the block before; of more, those of the last list's blocks in order,
  // and then the others.
  template <class Visit>
  void for_each_score(std::span<LemmaPostings> lemma, float others, float threshold, Visit&& visit);
  template <class Visit>
  void for_each_score_of_two(LemmaPostings& few, LemmaPostings& many, float others, float threshold,
                             Visit& visit);
  template <class Visit>
  void for_each_score_of_more(std::span<LemmaPostings> lemma, float others, float threshold, Visit& visit);
  // visit(first, last) for each block with something to add, loaded: these of its postings are in the window.
  template <class Visit>
  void for_each_block(LemmaPostings& list, float others, float threshold, Visit&& visit);
  // The loaded block's postings that lie in the window: [first, second).
  std::pair<uint32_t, uint32_t> part_in_window(const BlockReader& blocks) const;
  // Those of the documents doc … last.
  static std::pair<uint32_t, uint32_t> part_of(const BlockReader& blocks, uint32_t doc, uint32_t last);
  static uint16_t* room_for_a_block(std::vector<uint16_t>& slots, size_t size);
  // Appends survivors, as for_each_score visits them, in the order of documents.
  struct Append {
    Window& window;
    float floor;
    size_t first;  // of the block before
    void operator()(const uint32_t* docs, const float* scores, uint32_t count, bool among) {
      const size_t before = window.num_survivors_;
      window.append_survivors(docs, scores, count, floor);
      if (among) {
        window.put_among(first, before);
      } else {
        first = before;
      }
    }
  };
  Append appends(float floor) { return {*this, floor, num_survivors_}; }
  // The survivors from `middle` on, at most kBlockSize, go to their places among those from `first` on.
  void put_among(size_t first, size_t middle);
  bool suits_scan(const LemmaPostings& list) const;
  // hit(survivor's number, posting's in the loaded block): all that are in the list, or of these the ones that it
  // could lift to the threshold.
  // xs: of each survivor, what the lemma's other lists gave it; null if they are still to be asked, or none.
  template <class Hit>
  void find_survivors(LemmaPostings& list, float rest, float threshold, const float* xs, Hit&& hit);
  template <class Hit>
  void scan_for_survivors(LemmaPostings& list, Hit&& hit);
  void mark_survivors();
  void unmark_survivors();
  template <class Hit>
  void search_for_survivors(LemmaPostings& list, float rest, float threshold, const float* xs, Hit&& hit);
  void sort_from(size_t first);
  void append_survivors(const uint32_t* docs, const float* scores, uint32_t count, float floor);

  uint32_t begin_ = 0;
  uint32_t end_ = 0;
  int exceptions_;  // in flight when it was made
  std::unique_ptr<Arrays> arrays_;
  size_t num_touched_ = 0;
  bool marked_ = false;   // the survivors' marks are set
  bool in_order_ = true;  // the survivors ascend: they are of one lemma
  size_t num_survivors_ = 0;
};

// The survivors that are not deleted.
void add_candidates(std::span<const Survivor> survivors, const SnapshotSegment& part, Candidates& candidates);

}  // namespace searchlib
