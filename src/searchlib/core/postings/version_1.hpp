// Segments of version 1 of the format. It kept terms and forms in two dictionaries and the documents' keys in
// another table: here they become what later code reads. Postings are the same, positions nearly
// (positions.hpp). It reads bytes and gives bytes; it knows no segment.
//
//   "FIELD.terms", "FIELD.forms" := u32 num_entries, u32 num_blocks, u32 block_offset[num_blocks + 1], block…
//   block := (varint shared, varint length, byte suffix[length], varint payload_length, payload){1..16}
//   a term's payload := [varint postings_at, varint positions_at]    only in a block's first entry
//                       varint df, varint postings_length, varint positions_length,
//                       u16 max_f, [f32 best_10, [f32 best_100, [f32 best_1000]]],
//                       varint num_forms, zigzag form{num_forms}     each relative to the one before
//   a form's payload := varint df, varint num_terms, varint term{num_terms}
//   "ids" := u32 num_docs, u32 offset{num_docs + 1}, u32 sorted{num_docs}, byte keys…

#pragma once

#include "bytes/checked_buffer.hpp"
#include "postings/term.hpp"

namespace searchlib {

// The number of each term in the upgraded dictionary, by its number in version 1's; ascending.
using TermNumbers = std::vector<uint32_t>;

struct Version1Words {
  Bytes part;  // as "FIELD.words"; lists are where they were
  TermNumbers numbers;
};

Version1Words upgrade_words(const CheckedBuffer& buffer, const PartRange& terms, const PartRange& forms);

Bytes upgrade_ids(const CheckedBuffer& buffer, const PartRange& ids, uint32_t num_docs);

}  // namespace searchlib
