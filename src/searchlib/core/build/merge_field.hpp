// One field of several segments, joined: first the words are numbered, since they refer to each other, then
// written with their postings.

#pragma once

#include <optional>
#include <string>

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
  // A word of all sources together.
  struct Joined {
    uint32_t form_df = 0;        // live documents
    uint32_t number = kDropped;  // in the new dictionary
    bool is_term = false;        // of live documents
  };
  // A source's share in it.
  struct Found {
    size_t source = 0;
    WordEntry word;
  };
  struct TaskWord {
    std::string key;
    size_t joined = 0;             // its place in words_
    size_t end = 0;                // of its shares among those of the task
    std::vector<uint32_t> ranked;  // its forms as a term, by rank: first places in words_, then numbers
  };
  // Some words that follow each other. What is at the end of the vectors is kept for its memory.
  struct Task {
    std::vector<TaskWord> words;
    std::vector<Found> found;
    size_t num_words = 0;
    size_t num_found = 0;
    EncodedTerms encoded;

    TaskWord& add_word();
    Found& add_found();
    std::span<const Found> found_of(size_t word) const;
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
  void join_words();
  void number_words();
  void write_words(FieldPartsWriter& writer, size_t helpers);
  void encode(Task& task, Worker& worker) const;
  void write_task(const Task& task, FieldPartsWriter& writer);
  Bytes vectors() const;
  std::vector<uint32_t> numbers_of_ranks(size_t source) const;
  void take_form(uint32_t df, std::span<const Found> sources);
  void rank_forms(std::span<const Found> sources, std::vector<uint32_t>& ranked) const;
  void add_places(const Found& found, std::span<const uint32_t> ranked, Worker& worker) const;
  std::vector<const Words*> dictionaries() const;
  uint32_t live_df(size_t source, const WordEntry& word) const;

  const std::vector<MergeSource>& sources_;
  size_t index_;
  const MergeField& config_;
  const DocMap& docs_;
  std::vector<std::vector<uint32_t>> live_dfs_;  // of forms, by source and word; empty without deletes
  std::vector<std::vector<uint32_t>> joined_;    // by source and word: its place among the words of all
  std::vector<Joined> words_;                    // by that place
  FormInfo form_;                                // of the word that is written
};

}  // namespace searchlib
