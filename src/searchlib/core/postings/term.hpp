// A term's entry in its field's dictionary: where its postings are and what bounds its scores.
//
//   payload := [varint postings_at, varint positions_at]      only in a block's first entry
//              varint df, varint postings_length, varint positions_length,
//              u16 max_f, [f32 best_10, [f32 best_100, [f32 best_1000]]]   one for each power of ten ≤ df
//              varint num_forms, zigzag form_id{num_forms}    rank order, each relative to the one before
//              (across the block)
//
// f = tf / (tf + K) at the segment's own average length and the schema's k1 and b: max_f is rounded up, the
// best ones down, so that they bound and are reached. max_f counts in 1/65535.

#pragma once

#include <array>

#include "bytes/varint.hpp"

namespace searchlib {

constexpr std::array<uint32_t, 3> kThresholdRanks = {10, 100, 1000};

struct TermInfo {
  uint32_t index = 0;  // in the field's dictionary
  uint32_t df = 0;
  uint64_t postings_at = 0;
  uint64_t postings_length = 0;
  uint64_t positions_at = 0;
  uint64_t positions_length = 0;
  float max_f = 0;
  std::array<float, 3> best = {0, 0,
                               0};  // the 10th, 100th and 1000th best f; 0 where there are fewer documents
};

constexpr float kMaxScale = 65535;

// Encodes and decodes the payloads of one dictionary block in order, carrying what counts from entry to
// entry.
class TermPayload {
 public:
  void start_block() { first_ = true; }
  void encode(const TermInfo& term, std::span<const uint32_t> forms, Bytes& out);
  // Fills `forms` when it is not null.
  TermInfo decode(uint32_t index, std::span<const uint8_t> payload, std::vector<uint32_t>* forms);

 private:
  bool first_ = true;
  uint64_t postings_at_ = 0;
  uint64_t positions_at_ = 0;
  int64_t last_form_ = 0;
};

}  // namespace searchlib
