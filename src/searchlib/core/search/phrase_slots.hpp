// The words of a phrase as phrase_search.cpp reads them: postings by blocks, places of single documents.

#pragma once

#include <optional>
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
    blocks.load(posting / kBlockSize);
    read_loaded(posting % kBlockSize);
  }

  // Of the loaded block's posting `at`.
  void read_loaded(uint32_t at) {
    enter_loaded();
    positions.read(at, places);
  }
  // The same, one by one, where it can be.
  bool walk_places(uint32_t posting) {
    blocks.load(posting / kBlockSize);
    enter_loaded();
    return positions.walk(posting % kBlockSize, walk);
  }

  BlockReader blocks;
  PositionsReader positions;
  FormWidths widths;
  uint32_t block = 0;  // the documents at hand do not lie before it
  uint32_t entered_block = UINT32_MAX;
  std::vector<uint32_t> postings;  // of each document at hand, or kAbsent
  std::vector<Place> places;
  PlacesWalk walk;

 private:
  void enter_loaded() {
    // They may be those of a block that was loaded in between, so they are asked for each time.
    const std::span<const uint32_t> tfs(blocks.tfs(), blocks.count());
    if (entered_block != blocks.loaded()) positions.enter(blocks.loaded(), tfs);
    entered_block = blocks.loaded();
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

// Whether the words, of one lemma each, stand in step in the i-th of the documents at hand; no more places are read
// than that takes. Nothing where they cannot be read so.
inline std::optional<bool> stand_in_step(std::vector<PhraseSlot>& slots, const std::vector<uint32_t>& offsets,
                                         size_t i) {
  PlacesWalk* lead = nullptr;  // of the rarest word
  int64_t lead_offset = 0;
  for (size_t slot = 0; slot < slots.size(); ++slot) {
    PhraseLemma& lemma = slots[slot].lemmas[0];
    if (!lemma.walk_places(lemma.postings[i])) return std::nullopt;
    if (lead != nullptr && lead->left() <= lemma.walk.left()) continue;
    lead = &lemma.walk;
    lead_offset = offsets[slot];
  }
  for (PhraseSlot& slot : slots) {
    if (&slot.lemmas[0].walk != lead) slot.lemmas[0].walk.next();
  }
  while (lead != nullptr && lead->next()) {
    const int64_t start = int64_t{lead->position()} - lead_offset;
    bool stands = true;
    for (size_t slot = 0; slot < slots.size() && stands; ++slot) {
      PlacesWalk& other = slots[slot].lemmas[0].walk;
      if (&other == lead) continue;
      const int64_t wanted = start + offsets[slot];
      while (other.position() < wanted) {
        if (!other.next()) return false;
      }
      stands = other.position() == wanted;
    }
    if (stands) return true;
  }
  return false;
}

}  // namespace searchlib
