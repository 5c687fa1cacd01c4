// One field of several segments, joined: forms first, since terms refer to them by number, then terms with
// their postings.

#pragma once

#include <optional>

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
  void write(size_t helpers, PartSink& sink);

 private:
  struct Form {
    std::string key;
    uint32_t df = 0;
    size_t source = 0;                // whose `terms` these are
    std::vector<uint32_t> old_terms;  // every segment gives a form the same lemmas, so one source's will do
  };

  // A source's share in a term.
  struct Found {
    size_t source;
    TermInfo term;
    std::vector<uint32_t> old_forms;
  };
  // A term of all sources together.
  struct Joined {
    std::string lemma;
    size_t end = 0;                // of its shares among those of the task
    std::vector<uint32_t> ranked;  // its forms, by new number
  };
  // Some terms that follow each other. What is at the end of the vectors is kept for its memory.
  struct Task {
    std::vector<Found> found;
    std::vector<Joined> terms;
    size_t num_found = 0;
    size_t num_terms = 0;
    EncodedTerms encoded;

    void clear();
    Found& add_found();
    Joined& add_term();
  };
  struct Worker {
    std::optional<TermEncoder> encoder;
    std::vector<Occurrence> places;
    std::vector<uint32_t> new_rank;
  };

  const FieldParts& parts(size_t source) const { return sources_[source].segment->field(index_); }
  FieldStats stats() const;
  Bytes norms() const;
  std::vector<uint32_t> lengths() const;
  std::vector<uint32_t> live_form_dfs(size_t source) const;
  void merge_forms();
  void merge_terms(FieldPartsWriter& writer, size_t helpers);
  void encode(Task& task, Worker& worker) const;
  void rank_forms(std::span<const Found> found, std::vector<uint32_t>& ranked) const;
  void add_places(const Found& found, std::span<const uint32_t> new_forms, Worker& worker) const;
  void write_terms(const Task& task, FieldPartsWriter& writer);

  const std::vector<MergeSource>& sources_;
  size_t index_;
  const MergeField& config_;
  const DocMap& docs_;
  std::vector<Form> forms_;
  std::vector<std::vector<uint32_t>> new_form_;  // by source and old number
  std::vector<std::vector<uint32_t>> new_term_;
  uint32_t num_terms_ = 0;
};

}  // namespace searchlib
