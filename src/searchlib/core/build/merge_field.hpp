// One field of several segments, joined: forms first, since terms refer to them by number, then terms with
// their postings.

#pragma once

#include "build/field_parts_writer.hpp"
#include "build/merge.hpp"

namespace searchlib {

constexpr uint32_t kDropped = UINT32_MAX;

// Old to new document numbers, kDropped for deleted ones.
struct DocMap {
  std::vector<std::vector<uint32_t>> of_source;
  uint32_t num_docs = 0;
};

class FieldMerge {
 public:
  FieldMerge(const std::vector<MergeSource>& sources, size_t index, const MergeField& config,
             const DocMap& docs);
  void write(PartSink& sink);

 private:
  struct Form {
    std::string key;
    uint32_t df = 0;
    size_t source = 0;                // whose `terms` these are
    std::vector<uint32_t> old_terms;  // every segment gives a form the same lemmas, so one source's will do
  };

  const FieldParts& parts(size_t source) const { return sources_[source].segment->field(index_); }
  FieldStats stats() const;
  Bytes norms() const;
  std::vector<uint32_t> lengths() const;
  std::vector<uint32_t> live_form_dfs(size_t source) const;
  void merge_forms();
  void merge_terms(FieldPartsWriter& writer);
  void add_places(size_t source, const TermInfo& term, std::span<const uint32_t> old_forms,
                  std::span<const uint32_t> new_forms);

  const std::vector<MergeSource>& sources_;
  size_t index_;
  const MergeField& config_;
  const DocMap& docs_;
  std::vector<Form> forms_;
  std::vector<std::vector<uint32_t>> new_form_;  // by source and old number
  std::vector<std::vector<uint32_t>> new_term_;
  std::vector<Occurrence> places_;
};

}  // namespace searchlib
