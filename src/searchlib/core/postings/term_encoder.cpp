#include "postings/term_encoder.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>

#include "postings/positions.hpp"

namespace searchlib {
namespace {

// Two units in the last place of a float: more than a conversion from double and one product can lose.
constexpr float kRoundDown = 1 - 1.0F / (1 << 22);
constexpr float kRoundUp = 1 + 1.0F / (1 << 20);

// The best of so few are found as fast by themselves.
constexpr size_t kFew = 512;

// Of f, which is above 0 and at most 1. Such floats are ordered as their bits are, and the first of these are enough to
// tell what is surely not among the best.
constexpr unsigned kLowBits = 18;
uint32_t bits_of(float f) { return std::bit_cast<uint32_t>(f); }

}  // namespace

TermInfo TermEncoder::encode(std::span<Occurrence> occurrences, size_t num_forms, Bytes& postings,
                             Bytes& positions) {
  collect(occurrences);
  if (postings_.size() == 1 && postings_[0].tf <= kMaxInlinedPlaces) return encode_inlined(num_forms > 1);
  TermInfo term;
  term.df = static_cast<uint32_t>(postings_.size());
  compute_fs();
  const size_t postings_before = postings.size();
  term.max_f = encode_blocks(postings);
  find_bounds(term);  // reorders fs_
  term.postings.length = postings.size() - postings_before;
  if (positional_) {
    const size_t positions_before = positions.size();
    encode_positions(positions);
    term.positions.length = positions.size() - positions_before;
  }
  return term;
}

TermInfo TermEncoder::encode_inlined(bool has_ranks) {
  TermInfo term;
  term.df = 1;
  term.inlined = true;
  inlined_.clear();
  encode_tail(postings_, kNoMoreDocs, inlined_);
  if (positional_) put_loose_places(places_, has_ranks, inlined_);
  return term;
}

void TermEncoder::encode_positions(Bytes& out) {
  positions_writer_.start(out, static_cast<uint32_t>(postings_.size()));
  for (size_t begin = 0; begin < postings_.size(); begin += kBlockSize) {
    const size_t end = std::min(begin + kBlockSize, postings_.size());
    docs_.clear();
    uint32_t ranks = 0;
    for (const Posting& posting : std::span(postings_).subspan(begin, end - begin)) {
      const std::span<const Occurrence> places = places_.subspan(posting.first, posting.tf);
      docs_.push_back({places, static_cast<unsigned>(std::bit_width(places.back().position))});
      ranks |= posting.ranks;
    }
    positions_writer_.add_block(docs_, ranks);
  }
}

void TermEncoder::collect(std::span<Occurrence> occurrences) {
  postings_.clear();
  size_t end = 0;  // of the distinct ones
  for (size_t at = 0; at < occurrences.size();) {
    const uint32_t doc = occurrences[at].doc;
    const size_t first = end;
    uint32_t ranks = 0;
    do {
      if (end != first && occurrences[end - 1].position == occurrences[at].position) continue;
      if (end != at) occurrences[end] = occurrences[at];
      ranks |= occurrences[end++].form_rank;
    } while (++at < occurrences.size() && occurrences[at].doc == doc);
    postings_.push_back({doc, static_cast<uint32_t>(end - first), static_cast<uint32_t>(first), ranks});
  }
  places_ = occurrences.first(end);
}

// f of every document, rounded down a little further than float rounds: a lower bound; times
// kRoundUp, an upper one.
void TermEncoder::compute_fs() {
  fs_.resize(postings_.size());
  for (size_t i = 0; i < postings_.size(); ++i) {
    const Posting& posting = postings_[i];
    fs_[i] = static_cast<float>(saturation(posting.tf, k_table_[norms_[posting.doc]])) * kRoundDown;
  }
}

float TermEncoder::max_f_of(size_t begin, size_t end) const {
  uint32_t most = 0;
  for (const float f : std::span(fs_).subspan(begin, end - begin)) most = std::max(most, bits_of(f));
  return std::bit_cast<float>(most) * kRoundUp;
}

// Drops f's that are not among the `rank` best, but few of the others.
void TermEncoder::thin_out(size_t rank) {
  std::array<uint32_t, (std::bit_cast<uint32_t>(1.0F) >> kLowBits) + 1> counts{};
  for (const float f : fs_) ++counts[bits_of(f) >> kLowBits];
  size_t least = counts.size();
  for (size_t kept = 0; kept < rank; kept += counts[least]) --least;
  size_t end = 0;
  for (const float f : fs_) {
    fs_[end] = f;
    end += bits_of(f) >> kLowBits >= least;
  }
  fs_.resize(end);
}

void TermEncoder::find_bounds(TermInfo& term) {
  if (term.df < kThresholdRanks.front()) return;
  for (size_t i = kThresholdRanks.size(); i-- > 0;) {
    const size_t rank = kThresholdRanks[i];
    if (rank > fs_.size()) continue;
    if (fs_.size() > kFew) thin_out(rank);
    const auto nth = fs_.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(fs_.begin(), nth, fs_.end(), std::greater<>());
    term.best[i] = *nth;
    fs_.resize(rank);  // what ranks below cannot be among a smaller number of best ones
  }
}

float TermEncoder::encode_blocks(Bytes& out) {
  const std::span<const Posting> all(postings_);
  if (all.size() < kBlockSize) {
    encode_tail(all, kNoMoreDocs, out);
    return max_f_of(0, fs_.size());
  }
  float max_f = 0;
  const size_t start = out.size();
  const size_t num_blocks = (all.size() + kBlockSize - 1) / kBlockSize;
  out.resize(start + num_blocks * kHeaderBytes);
  Bytes headers;
  uint32_t previous_doc = kNoMoreDocs;  // −1, in modular arithmetic
  for (size_t i = 0; i < num_blocks; ++i) {
    const size_t begin = i * kBlockSize;
    const auto block = all.subspan(begin, std::min(kBlockSize, all.size() - begin));
    BlockHeader header;
    header.last_doc = block.back().doc;
    header.offset = static_cast<uint32_t>(out.size() - start);
    header.max_f = max_f_of(begin, begin + block.size());
    max_f = std::max(max_f, header.max_f);
    if (block.size() == kBlockSize) {
      encode_full_block(block, previous_doc, out, header);
    } else {
      header.doc_bits = header.tf_bits = kTailBits;
      encode_tail(block, previous_doc, out);
    }
    header.put(headers);
    previous_doc = header.last_doc;
  }
  std::copy(headers.begin(), headers.end(), out.begin() + static_cast<std::ptrdiff_t>(start));
  return max_f;
}

void TermEncoder::encode_full_block(std::span<const Posting> block, uint32_t previous_doc, Bytes& out,
                                    BlockHeader& header) {
  uint32_t gaps[kBlockSize];
  uint32_t tfs[kBlockSize];
  uint32_t gap_union = 0;
  uint32_t tf_union = 0;
  for (size_t i = 0; i < kBlockSize; ++i) {
    gaps[i] = block[i].doc - previous_doc - 1;
    tfs[i] = block[i].tf - 1;
    gap_union |= gaps[i];
    tf_union |= tfs[i];
    previous_doc = block[i].doc;
  }
  header.doc_bits = static_cast<uint8_t>(std::bit_width(gap_union));
  header.tf_bits = static_cast<uint8_t>(std::bit_width(tf_union));
  const size_t at = out.size();
  out.resize(at + packed_bytes(header.doc_bits) + packed_bytes(header.tf_bits));
  pack_block(gaps, header.doc_bits, out.data() + at);
  pack_block(tfs, header.tf_bits, out.data() + at + packed_bytes(header.doc_bits));
}

void TermEncoder::encode_tail(std::span<const Posting> tail, uint32_t previous_doc, Bytes& out) {
  for (const Posting& posting : tail) {
    const uint64_t gap = static_cast<uint32_t>(posting.doc - previous_doc);
    put_varint(out, gap << 1 | (posting.tf == 1 ? 1 : 0));
    if (posting.tf != 1) put_varint(out, posting.tf);
    previous_doc = posting.doc;
  }
}

}  // namespace searchlib
