// Deletes a document: reads its stored text again, with the segment's own lexicon, to learn which
// terms lose a document.

#pragma once

#include <memory>

#include "analysis/analyzer.hpp"
#include "postings/deletes.hpp"

namespace searchlib {

class Deleter {
 public:
  // analyzers: one a field, null for keywords; folds: of which of these the folded keys count.
  Deleter(const Segment& segment, std::vector<std::shared_ptr<const Analyzer>> analyzers,
          std::vector<bool> folds)
      : segment_(segment), analyzers_(std::move(analyzers)), folds_(std::move(folds)) {}

  const Segment& segment() const { return segment_; }

  // values: the stored values of each field; a field that is not stored has none, and its terms keep
  // their document frequencies until a merge.
  // False if the document was deleted before.
  bool remove(Deletes& deletes, uint32_t doc, const std::vector<std::vector<std::string_view>>& values) const;

 private:
  void subtract(Deletes::FieldDelta& delta, size_t field, uint32_t doc,
                const std::vector<std::string_view>& values) const;

  const Segment& segment_;
  std::vector<std::shared_ptr<const Analyzer>> analyzers_;
  std::vector<bool> folds_;
};

}  // namespace searchlib
