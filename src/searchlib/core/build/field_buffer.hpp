// One field's tokens in memory, from the first document added until the flush: the number of a form and a
// position for each, in batches of documents as they came.

#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "analysis/analyzer.hpp"
#include "build/room.hpp"

namespace searchlib {

// Between two values of one field, so that no phrase spans them.
constexpr uint32_t kValueGap = 100;

struct FieldConfig {
  std::string name;
  std::shared_ptr<const Analyzer> analyzer;  // none: a keyword, each value one token
  bool folds = false;                        // a keyword's, to its folded key; else it is taken as it is
  double k1 = 1.2;
  double b = 0.75;
  bool keeps_lengths = false;  // a field that is not stored: deletes could not measure it again
  bool keeps_vectors = false;  // of the analyzer's terms: see term_vectors_writer.hpp

  bool positional() const { return analyzer != nullptr; }
};

struct BufferedToken {
  uint32_t form;  // in the lexicon; in a scanner's hands, in its table of words
  uint32_t position;
};

// While it is written, a token is an entry once a lemma; it has 1.2 lemmas on average, and headroom.
constexpr size_t kBytesPerToken = 16;

// What a scanner makes of a batch of documents.
struct TokenBatch {
  uint32_t first_doc = 0;
  Room tokens;                    // filled last; kBytesPerToken for each, which the entries will need
  std::vector<size_t> ends;       // of each document in tokens
  std::vector<uint32_t> lengths;  // of each document: words, of which node.js is one and wi-fi two
  // If the field keeps vectors: the forms of those tokens that count there, and each document's end among them.
  std::vector<uint32_t> vector_forms;  // filled last
  std::vector<size_t> vector_ends;

  uint32_t num_docs() const { return static_cast<uint32_t>(lengths.size()); }
  size_t num_tokens() const { return ends.empty() ? 0 : ends.back(); }
  size_t num_vector_forms() const { return vector_ends.empty() ? 0 : vector_ends.back(); }
  size_t begin_of(uint32_t doc) const { return doc == 0 ? 0 : ends[doc - 1]; }  // counted from first_doc
  std::span<const BufferedToken> all_tokens() const { return {tokens.as<BufferedToken>(), num_tokens()}; }
  std::span<const BufferedToken> tokens_of(uint32_t doc) const {
    return all_tokens().subspan(begin_of(doc), ends[doc] - begin_of(doc));
  }
  std::span<const uint32_t> vector_forms_of(uint32_t doc) const {
    const size_t begin = doc == 0 ? 0 : vector_ends[doc - 1];
    return std::span(vector_forms).subspan(begin, vector_ends[doc] - begin);
  }
};

// How often a form occurs in the documents of one scanner since the last flush.
struct FormUse {
  uint32_t count = 0;
  uint32_t df = 0;
  uint32_t last_doc = UINT32_MAX;
};

// All batches of a field, in order.
struct FieldBuffer {
  std::vector<std::unique_ptr<TokenBatch>> batches;
  uint32_t num_docs = 0;
  size_t num_tokens = 0;
  size_t num_vector_forms = 0;

  TokenBatch& append(std::unique_ptr<TokenBatch> batch) {
    batch->first_doc = num_docs;
    num_docs += batch->num_docs();
    num_tokens += batch->num_tokens();
    num_vector_forms += batch->num_vector_forms();
    return *batches.emplace_back(std::move(batch));
  }
};

}  // namespace searchlib
