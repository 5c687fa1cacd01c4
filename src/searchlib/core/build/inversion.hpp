// Flushes one field: turns its tokens by document into postings by lemma, with a counting sort in two steps,
// and writes them to a segment's parts.

#pragma once

#include "build/field_buffer.hpp"
#include "build/field_lexicon.hpp"
#include "build/part_sink.hpp"

namespace searchlib {

// What a token takes, once for each of its lemmas, between the two steps.
constexpr size_t kInversionEntryBytes = 12;

struct BufferedField {
  const FieldConfig& config;
  FieldBuffer& buffer;          // its tokens are used up
  const FieldLexicon& lexicon;  // without declined forms
  std::vector<FormUse> uses;    // of each form of the lexicon
};

// helpers: threads beside the caller's, which alone calls the sink. The bytes do not depend on them.
void write_field(BufferedField field, size_t helpers, PartSink& sink);

}  // namespace searchlib
