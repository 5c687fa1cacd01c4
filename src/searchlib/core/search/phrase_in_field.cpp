#include "search/phrase_in_field.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace searchlib {

PhraseInField::PhraseInField(const ResolvedNode& plan, size_t number, const Snapshot& snapshot,
                             size_t segment, const SegmentFilter* filter, TopK* top, bool omits_deleted)
    : part_(snapshot.segments()[segment]),
      deletes_(omits_deleted ? part_.deletes.get() : nullptr),
      filter_(filter),
      top_(top),
      counter_(plan.plan->phrase[number].offsets(), plan.plan->slop),
      bound_(plan.plan->phrase[number].weight, snapshot.x_scale(plan.plan->phrase[number].field, segment)) {
  const PhraseField& phrase = plan.plan->phrase[number];
  const FieldParts& parts = part_.segment->field(phrase.field);
  norms_ = parts.norms;
  num_docs_ = part_.segment->num_docs();
  lengths_ = &snapshot.lengths(phrase.field);
  if (top != nullptr) float_k_table_ = tables_.of(*lengths_, phrase.weight);
  field_weight_ = phrase.weight;
  weight_ = plan.phrase_idf();
  slots_ = make_slots(plan, number, parts, segment);
  is_simple_ = std::all_of(slots_.begin(), slots_.end(),
                           [](const PhraseSlot& slot) { return slot.bounds && slot.lemmas.size() == 1; });
  offsets_ = phrase.offsets();
  in_step_ = plan.plan->slop == 0 && slots_.size() > 1 &&
             std::all_of(slots_.begin(), slots_.end(), [](const PhraseSlot& slot) {
               return std::all_of(slot.lemmas.begin(), slot.lemmas.end(),
                                  [](const PhraseLemma& lemma) { return lemma.widths.are_one(); });
             });
  for (PhraseSlot& slot : slots_) by_cost_.push_back(&slot);
  if (is_simple_) {  // the same lemmas in every document
    for (const PhraseSlot& slot : slots_)
      counter_.add(slot.number, slot.lemmas[0].places, slot.lemmas[0].widths);
  }
  std::stable_sort(by_cost_.begin(), by_cost_.end(),
                   [](const PhraseSlot* left, const PhraseSlot* right) { return left->cost < right->cost; });
}

std::vector<uint32_t> PhraseInField::find() {
  std::vector<uint32_t> found;
  found_ = &found;
  all_ = true;
  run();
  found_ = nullptr;
  return found;
}

void PhraseInField::keep(std::vector<uint32_t>& docs) {
  constexpr size_t kBatch = 255;  // that a join may look for in one pass over a block
  std::vector<uint32_t> found;
  if (cost() > 0) {
    found_ = &found;
    all_ = true;
    for (size_t at = 0; at < docs.size(); at += kBatch) {
      start();
      docs_.assign(docs.begin() + static_cast<std::ptrdiff_t>(at),
                   docs.begin() + static_cast<std::ptrdiff_t>(std::min(at + kBatch, docs.size())));
      tfs_.assign(docs_.size(), UINT32_MAX);
      require(*by_cost_.front(), 0);
      finish(0);
    }
    found_ = nullptr;
  }
  docs.swap(found);
}

uint64_t PhraseInField::search(std::span<const uint32_t> elsewhere, bool all) {
  elsewhere_ = elsewhere;
  all_ = all;
  run();
  return num_matches_;
}

void PhraseInField::run() {
  if (cost() == 0) return;
  if (by_cost_.front()->lemmas.size() == 1) {
    lead_by_blocks(*by_cost_.front());
  } else {
    lead_by_union(*by_cost_.front());
  }
}

float PhraseInField::floor() const {
  if (all_ || !top_->is_full()) return 0;
  return floor_below(static_cast<float>(top_->threshold()), 0);
}

float PhraseInField::bound_of(uint32_t doc, uint32_t tf) const {
  const auto frequency = static_cast<float>(tf);
  return static_cast<float>(weight_) * frequency / (frequency + float_k_table_[norms_[doc]]);
}

bool PhraseInField::block_may_do(const PhraseLemma& lemma, uint32_t block, float floor) const {
  return all_ || static_cast<float>(weight_) * bound_.upper(lemma.blocks.max_f(block)) >= floor;
}

void PhraseInField::lead_by_blocks(PhraseSlot& lead) {
  PhraseLemma& lemma = lead.lemmas[0];
  for (uint32_t block = 0; block < lemma.blocks.num_blocks(); ++block) {
    const float least = floor();
    if (lead.bounds && !block_may_do(lemma, block, least)) continue;
    lemma.blocks.load(block);
    start();
    take_block(lemma, lead.bounds, least);
    finish(least);
  }
}

void PhraseInField::take_block(PhraseLemma& lemma, bool bounds, float least) {
  const uint32_t count = lemma.blocks.count();
  const uint32_t* docs = lemma.blocks.docs();
  if (all_) {
    docs_.assign(docs, docs + count);
    tfs_.assign(count, UINT32_MAX);
    lemma.postings.resize(count);
    std::iota(lemma.postings.begin(), lemma.postings.end(), lemma.blocks.loaded() * uint32_t{kBlockSize});
    return;
  }
  const uint32_t* tfs = lemma.blocks.tfs();
  float bound[kBlockSize];
  if (bounds) {
    kernels().score(docs, tfs, count, norms_, float_k_table_, static_cast<float>(weight_), bound);
  } else {
    std::fill(bound, bound + count, std::numeric_limits<float>::max());
  }
  docs_.resize(count);
  tfs_.resize(count);
  lemma.postings.resize(count);
  size_t kept = 0;
  for (uint32_t at = 0; at < count; ++at) {
    docs_[kept] = docs[at];
    tfs_[kept] = bounds ? tfs[at] : UINT32_MAX;
    lemma.postings[kept] = lemma.blocks.loaded() * static_cast<uint32_t>(kBlockSize) + at;
    kept += static_cast<size_t>(bound[at] >= least);  // no branch to mispredict
  }
  docs_.resize(kept);
  tfs_.resize(kept);
  lemma.postings.resize(kept);
}

void PhraseInField::lead_by_union(PhraseSlot& lead) {
  for (uint32_t next = 0; next != kNoMoreDocs;) {
    uint32_t end = kNoMoreDocs;
    for (PhraseLemma& lemma : lead.lemmas) {
      if (lemma.block < lemma.blocks.num_blocks()) lemma.block = lemma.blocks.find_block(lemma.block, next);
      if (lemma.block < lemma.blocks.num_blocks()) end = std::min(end, lemma.blocks.last_doc(lemma.block));
    }
    if (end == kNoMoreDocs) return;
    start();
    for (PhraseLemma& lemma : lead.lemmas) add_docs(lemma, next, end);
    next = end + 1;
    std::sort(docs_.begin(), docs_.end());
    docs_.erase(std::unique(docs_.begin(), docs_.end()), docs_.end());
    tfs_.assign(docs_.size(), UINT32_MAX);
    const float least = floor();
    require(lead, least);
    finish(least);
  }
}

void PhraseInField::add_docs(PhraseLemma& lemma, uint32_t begin, uint32_t end) {
  if (lemma.block >= lemma.blocks.num_blocks()) return;
  lemma.blocks.load(lemma.block);
  const std::span<const uint32_t> docs(lemma.blocks.docs(), lemma.blocks.count());
  for (auto doc = std::lower_bound(docs.begin(), docs.end(), begin); doc != docs.end() && *doc <= end; ++doc)
    docs_.push_back(*doc);
}

void PhraseInField::start() {
  deadline_.tick();
  docs_.clear();
  tfs_.clear();
  for (PhraseSlot& slot : slots_) {
    for (PhraseLemma& lemma : slot.lemmas) lemma.postings.clear();
  }
}

void PhraseInField::finish(float least) {
  const size_t num_joined = is_simple_ && by_cost_.size() > 1 ? by_cost_.size() - 1 : by_cost_.size();
  for (size_t i = 1; i < num_joined && !docs_.empty(); ++i) {
    require(*by_cost_[i], least);
    if (i == 1 && is_worth_pairing()) require_pair(least);
  }
  if (docs_.empty()) return;
  if (num_joined < by_cost_.size()) {
    match_last(*by_cost_.back(), least);
    return;
  }
  for (size_t i = 0; i < docs_.size(); ++i) {
    if (may_do(i, tfs_[i])) offer(i);
  }
}

void PhraseInField::match_last(PhraseSlot& slot, float least) {
  PhraseLemma& lemma = slot.lemmas[0];
  lemma.postings.resize(docs_.size());
  join(slot, lemma, least, [&](size_t i, uint32_t at) {
    if (!may_do(i, all_ ? UINT32_MAX : std::min(tfs_[i], lemma.blocks.tf_at(at)))) return;
    lemma.postings[i] = lemma.blocks.loaded() * uint32_t{kBlockSize} + at;
    offer(i);
  });
}

bool PhraseInField::may_do(size_t i, uint32_t tf) {
  deadline_.tick();
  const uint32_t doc = docs_[i];
  if (deletes_ != nullptr && deletes_->contains(doc)) return false;
  if (filter_ != nullptr && !filter_->admits(doc)) return false;
  return all_ || tf == UINT32_MAX || bound_of(doc, tf) >= floor();
}

void PhraseInField::offer(size_t i) {
  const uint32_t doc = docs_[i];
  const double frequency = frequency_in(i);
  if (found_ != nullptr) {
    if (frequency > 0) found_->push_back(doc);
    return;
  }
  if (frequency > 0 && !std::binary_search(elsewhere_.begin(), elsewhere_.end(), doc)) {
    ++num_matches_;
    top_->offer(weight_ * saturation(field_weight_ * frequency, lengths_->k[norms_[doc]]),
                part_.first_doc + doc);
  }
}

template <class Hit>
void PhraseInField::join(const PhraseSlot& slot, PhraseLemma& lemma, float least, Hit&& hit) {
  if (lemma.block < lemma.blocks.num_blocks()) lemma.block = lemma.blocks.find_block(lemma.block, docs_[0]);
  const bool prunes = slot.bounds && slot.lemmas.size() == 1;
  join_.run(
      lemma.blocks, lemma.block, docs_.size(), [&](size_t i) { return docs_[i]; },
      [&](uint32_t block, size_t, size_t) { return !prunes || block_may_do(lemma, block, least); },
      [](size_t) { return true; }, hit);
}

void PhraseInField::require(PhraseSlot& slot, float least) {
  counts_.assign(docs_.size(), 0);
  for (PhraseLemma& lemma : slot.lemmas) {
    lemma.postings.assign(docs_.size(), kAbsent);
    join(slot, lemma, least, [&](size_t i, uint32_t at) {
      counts_[i] += lemma.blocks.tf_at(at);
      lemma.postings[i] = lemma.blocks.loaded() * static_cast<uint32_t>(kBlockSize) + at;
    });
  }
  kept_.resize(docs_.size());
  size_t kept = 0;
  for (size_t i = 0; i < docs_.size(); ++i) {
    const uint64_t limit = slot.bounds ? counts_[i] : UINT32_MAX;
    tfs_[i] = static_cast<uint32_t>(std::min<uint64_t>(tfs_[i], limit));
    kept_[kept] = static_cast<uint32_t>(i);
    kept += static_cast<size_t>(counts_[i] > 0);  // no branch to mispredict
  }
  kept_.resize(kept);
  if (slot.bounds && !all_)
    std::erase_if(kept_, [&](uint32_t i) { return bound_of(docs_[i], tfs_[i]) < least; });
  keep();
}

void PhraseInField::keep() {
  const size_t size = docs_.size();
  const auto compact = [&](std::vector<uint32_t>& column) {
    for (size_t i = 0; i < kept_.size(); ++i) column[i] = column[kept_[i]];
    column.resize(kept_.size());
  };
  for (PhraseSlot& slot : slots_) {
    for (PhraseLemma& lemma : slot.lemmas) {
      if (lemma.postings.size() == size) compact(lemma.postings);
    }
  }
  compact(tfs_);
  compact(docs_);
}

}  // namespace searchlib
