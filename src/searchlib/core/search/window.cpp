#include "search/window.hpp"

#include <algorithm>

#include "search/candidates.hpp"

namespace searchlib {
namespace {

template <class Visit>
void for_each_posting(const Clause& clause, LemmaPostings& lemma, uint32_t begin, uint32_t end, float others,
                      float threshold, Visit&& visit) {
  BlockReader& blocks = lemma.blocks();
  for (uint32_t block = lemma.block(); block < blocks.num_blocks() && blocks.floor_doc(block) < end;
       ++block) {
    if (below(lemma.block_bound(block) + others, threshold)) continue;
    blocks.load(block);
    const uint32_t* docs = blocks.docs();
    const uint32_t* tfs = blocks.tfs();
    const uint32_t stop = std::min(blocks.find_doc(end), blocks.count());
    for (uint32_t i = blocks.find_doc(begin); i < stop; ++i) {
      visit(docs[i] - begin, clause.score(lemma, docs[i], tfs[i]));
    }
  }
}

}  // namespace

void Window::add(Clause& clause, float others, float threshold) {
  if (clause.lemmas.size() == 1) {
    for_each_posting(clause, clause.lemmas[0], begin_, end_, others, threshold,
                     [&](uint32_t slot, float score) { sums_.add(slot, score); });
    return;
  }
  for (LemmaPostings& lemma : clause.lemmas) {
    for_each_posting(clause, lemma, begin_, end_, others, threshold,
                     [&](uint32_t slot, float score) { maxima_.raise(slot, score); });
  }
  maxima_.drain([&](uint32_t slot, float score) { sums_.add(slot, score); });
}

void Window::choose(float rest, float threshold) {
  const float floor = floor_below(threshold, rest);
  Survivor* out = survivors_.data();
  sums_.drain([&](uint32_t slot, float score) {
    *out = {score, begin_ + slot};  // overwritten by the next one unless it is kept: no branch to mispredict
    out += static_cast<size_t>(score >= floor);
  });
  num_survivors_ = static_cast<size_t>(out - survivors_.data());
}

void Window::gains_of(Clause& clause, float rest, float threshold, std::vector<float>& gains) {
  for (LemmaPostings& lemma : clause.lemmas) {
    BlockReader& blocks = lemma.blocks();
    uint32_t block = lemma.block();
    for (size_t i = 0; i < num_survivors_; ++i) {
      const uint32_t doc = survivors_[i].doc;
      if (block < blocks.num_blocks() && blocks.last_doc(block) < doc)
        block = blocks.find_block(block + 1, doc);
      if (block >= blocks.num_blocks()) break;
      if (below(survivors_[i].score + lemma.block_bound(block) + rest, threshold)) continue;
      blocks.load(block);
      const uint32_t at = blocks.find_doc(doc);
      if (blocks.docs()[at] == doc) gains[i] = std::max(gains[i], clause.score(lemma, doc, blocks.tfs()[at]));
    }
  }
}

void add_candidates(std::span<const Survivor> survivors, const SnapshotSegment& part,
                    Candidates& candidates) {
  for (const Survivor& survivor : survivors) {
    if (part.deletes && part.deletes->contains(survivor.doc)) continue;
    candidates.add(survivor.score, part.first_doc + survivor.doc);
  }
}

}  // namespace searchlib
