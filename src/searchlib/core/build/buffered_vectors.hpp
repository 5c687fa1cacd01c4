// The term vectors of the documents that a builder has of a field. Which lemma a form has, and which of them are
// words of the segment, is told.

#pragma once

#include <cstdint>
#include <span>

#include "build/field_buffer.hpp"
#include "bytes/varint.hpp"

namespace searchlib {

// What a form is in a vector, in place of a word's number: nothing, on purpose; or a lemma that no document of the
// segment has.
constexpr uint32_t kLeftOut = UINT32_MAX - 1, kNoTerm = UINT32_MAX;

// The part. term_of_form: by form. Such a lemma as the last comes of a word that was cut where reading ends: its
// document has no vector, for others may have that lemma.
Bytes buffered_vectors(const FieldBuffer& buffer, std::span<const uint32_t> term_of_form, uint32_t num_words);

}  // namespace searchlib
