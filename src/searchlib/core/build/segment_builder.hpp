// Documents in memory until they become a segment. Takes text by field, gives the searched parts to a sink;
// stored fields and columns are not its business.

#pragma once

#include <optional>

#include "build/field_buffer.hpp"
#include "build/field_lexicon.hpp"
#include "build/part_sink.hpp"

namespace searchlib {

class SegmentBuilder {
 public:
  explicit SegmentBuilder(std::vector<FieldConfig> fields);

  // One document: its key, then the values of each field, in the order of the fields. The caller keeps the
  // bytes alive only during the call.
  void add_document(std::string_view id, const std::vector<std::vector<std::string_view>>& values);

  uint32_t num_docs() const { return static_cast<uint32_t>(id_ends_.size() - 1); }
  size_t num_fields() const { return fields_.size(); }
  size_t num_tokens() const;

  // Bytes in use now, and what the flush will need beside them.
  size_t memory_bytes() const;

  // After each batch of documents, and so before the flush: analyses the words that are new.
  void analyse();
  // The flush: resolve() for each field that has declined() forms, then write(), which insists on it.
  std::vector<std::string> declined(size_t field) const { return fields_[field].lexicon.declined(); }
  void resolve(size_t field, const std::vector<std::vector<std::string>>& lemmas);
  void write(PartSink& sink);  // empties the builder; its lexicons stay, for the next segment

 private:
  struct Field {
    FieldBuffer buffer;
    FieldLexicon lexicon;
  };

  std::vector<Field> fields_;
  std::string ids_;
  std::vector<uint64_t> id_ends_{0};
  bool analysed_ = true;  // every document that is here
};

}  // namespace searchlib
