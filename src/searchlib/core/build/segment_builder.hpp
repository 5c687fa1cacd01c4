// Documents in memory until they become a segment. Takes text by field, gives the searched parts to a sink;
// stored fields and columns are not its business. Several threads may add batches of documents: the segment is
// the same as from one thread, and so are the places where memory_bytes says that it is full.

#pragma once

#include <condition_variable>
#include <mutex>

#include "build/field_lexicon.hpp"
#include "build/field_scanner.hpp"
#include "build/part_sink.hpp"

namespace searchlib {

class SegmentBuilder {
 public:
  // threads: how many may be in add() at a time; write() starts as many beside its own. A lexicon that takes
  // more than max_lexicon_bytes is forgotten at the flush; the next segment analyses its words anew.
  SegmentBuilder(std::vector<FieldConfig> fields, size_t threads, size_t max_lexicon_bytes);

  struct Document {
    std::string_view key;
    std::vector<std::vector<std::string_view>> values;  // of each field, in the order of the fields
  };
  // A batch of documents, whose bytes the caller keeps alive during the call. number counts the batches since
  // the last write(); one whose predecessor is missing waits for it, so that each call must be sure to come.
  // Returns memory_bytes() as it was right after this batch. After an exception the batches that follow this
  // one throw too, those before it do not.
  size_t add(uint64_t number, const std::vector<Document>& documents);
  void fail(uint64_t number);  // a batch will not come

  uint32_t num_docs() const { return static_cast<uint32_t>(id_ends_.size() - 1); }
  size_t num_fields() const { return fields_.size(); }
  size_t num_tokens() const;

  // Bytes that the documents take, and what the flush will need beside them; the same for
  // any number of threads.
  size_t memory_bytes() const;

  // The flush, when all batches are there: resolve() for each field that has declined() forms, then write(),
  // which insists on it.
  std::vector<std::string> declined(size_t field) const { return fields_[field].lexicon.declined(); }
  void resolve(size_t field, const std::vector<std::vector<std::string>>& lemmas);
  void write(PartSink& sink);  // empties the builder; its lexicons stay, for the next segment

 private:
  struct Field {
    FieldConfig config;
    FieldBuffer buffer;
    FieldLexicon lexicon;
  };
  using Scanners = std::vector<FieldScanner>;  // one for each field

  Scanners& take_scanners(uint64_t number);
  void give_back(Scanners& scanners);
  void refuse_after_failure(uint64_t number) const;
  void await_turn(uint64_t number);
  void end_turn();
  std::vector<FormUse> uses_of(size_t field) const;
  void forget_documents(size_t field);

  size_t max_lexicon_bytes_;
  std::vector<Field> fields_;
  std::string ids_;
  std::vector<uint64_t> id_ends_{0};
  std::vector<std::unique_ptr<Scanners>> scanners_;  // for each thread
  std::vector<Scanners*> idle_;
  std::mutex mutex_;  // of idle_ and what follows; the rest belongs to the batch whose turn it is
  std::condition_variable changed_;
  uint64_t next_batch_ = 0;
  uint64_t failed_batch_ = UINT64_MAX;  // the first one
};

}  // namespace searchlib
