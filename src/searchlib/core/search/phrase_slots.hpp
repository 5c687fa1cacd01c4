// The words of a phrase as phrase_search.cpp reads them: postings by blocks, places of single documents.

#pragma once

#include <span>
#include <utility>
#include <vector>

#include "postings/block_reader.hpp"
#include "postings/positions.hpp"
#include "postings/segment.hpp"
#include "search/resolve.hpp"

namespace searchlib {

constexpr uint32_t kAbsent = UINT32_MAX;  // no posting has this number

// One lemma of a slot: its postings, and where the documents at hand stand in them.
struct PhraseLemma {
  PhraseLemma(const FieldParts& field, const TermInfo& term, FormWidths form_widths)
      : blocks(field, term), positions(*field.buffer, term), widths(std::move(form_widths)) {}

  void read_places(uint32_t posting) {
    enter(posting / kBlockSize);
    positions.read(posting % kBlockSize, places);
  }
  PlacesView view_places(uint32_t posting) {
    enter(posting / kBlockSize);
    return positions.view(posting % kBlockSize);
  }

  BlockReader blocks;
  PositionsReader positions;
  FormWidths widths;
  uint32_t block = 0;  // the documents at hand do not lie before it
  uint32_t entered_block = UINT32_MAX;
  std::vector<uint32_t> postings;  // of each document at hand, or kAbsent
  std::vector<Place> places;

 private:
  void enter(uint32_t number) {
    if (entered_block != number) positions.enter(number, blocks);
    entered_block = number;
  }
};

// One word.
struct PhraseSlot {
  size_t number;  // in the phrase
  bool bounds;    // there are no more matches than places of this word (phrase_count.hpp)
  uint64_t cost = 0;
  std::vector<PhraseLemma> lemmas;
};

// Of a phrase in one field, by its number in the plan. A word that is nowhere in the segment has no lemmas there.
inline std::vector<PhraseSlot> make_slots(const ResolvedNode& plan, size_t number, const FieldParts& field,
                                          size_t segment) {
  const PhraseField& phrase = plan.plan->phrase[number];
  const size_t bounding = num_bounding(plan.phrase[number], plan.plan->slop, segment);
  std::vector<PhraseSlot> slots;
  slots.reserve(phrase.slots.size());
  for (size_t i = 0; i < phrase.slots.size(); ++i) {
    PhraseSlot& slot = slots.emplace_back(PhraseSlot{i, i < bounding, 0, {}});
    slot.lemmas.reserve(plan.phrase[number][i].size());
    for (const ResolvedNode::Found& lemma : plan.phrase[number][i]) {
      const auto& info = lemma.term.in_segment[segment];
      if (!info) continue;
      slot.lemmas.emplace_back(field, *info, lemma.widths.empty() ? FormWidths() : lemma.widths[segment]);
      slot.cost += info->df;
    }
  }
  return slots;
}

}  // namespace searchlib
