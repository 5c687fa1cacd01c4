#include "build/buffered_vectors.hpp"

#include <memory>
#include <utility>
#include <vector>

#include "build/term_vectors_writer.hpp"

namespace searchlib {
namespace {

// visit(the forms that count in a document's vector)
template <class Visit>
void for_each_vector(const FieldBuffer& buffer, Visit&& visit) {
  for (const std::unique_ptr<TokenBatch>& batch : buffer.batches) {
    for (uint32_t doc = 0; doc < batch->num_docs(); ++doc) visit(batch->vector_forms_of(doc));
  }
}

}  // namespace

Bytes buffered_vectors(const FieldBuffer& buffer, std::span<const uint32_t> term_of_form,
                       uint32_t num_words) {
  std::vector<uint32_t> tfs(num_words, 0);
  std::vector<TermVectorsWriter::Term> terms;
  const auto read = [&](std::span<const uint32_t> forms) {
    terms.clear();
    bool is_whole = true;
    for (const uint32_t form : forms) {
      const uint32_t term = term_of_form[form];
      if (term >= num_words) {
        is_whole &= term == kLeftOut;
      } else if (tfs[term]++ == 0) {
        terms.push_back({term, 0});
      }
    }
    for (auto& [term, tf] : terms) tf = std::exchange(tfs[term], 0);
    return is_whole;
  };
  TermVectorsWriter writer(num_words);
  for_each_vector(buffer, [&](std::span<const uint32_t> forms) {
    if (read(forms)) writer.count(terms);
  });
  writer.rank_terms();
  for_each_vector(buffer, [&](std::span<const uint32_t> forms) {
    if (read(forms)) {
      writer.add(terms);
    } else {
      writer.add_none();
    }
  });
  return writer.finish();
}

}  // namespace searchlib
