// The flush of one field: tokens by document become postings by lemma, by counting sort, and go to a
// segment's parts.

#pragma once

#include "build/field_buffer.hpp"
#include "build/field_lexicon.hpp"
#include "build/part_sink.hpp"

namespace searchlib {

// lexicon: updated and without declined forms.
void write_field(const FieldBuffer& buffer, const FieldLexicon& lexicon, PartSink& sink);

}  // namespace searchlib
