#include "build/segment_builder.hpp"

#include <stdexcept>

#include "build/inversion.hpp"
#include "postings/ids.hpp"
#include "postings/term_encoder.hpp"

namespace searchlib {
namespace {

// At the flush every token is scattered once a lemma; a token has 1.2 lemmas on average, and headroom.
constexpr size_t kFlushBytesPerToken = sizeof(Occurrence) * 5 / 4;

// Beyond this many bytes a lexicon is forgotten at the flush; the next segment analyses its words anew.
constexpr size_t kMaxLexiconBytes = 128 << 20;

}  // namespace

SegmentBuilder::SegmentBuilder(std::vector<FieldConfig> fields) {
  for (FieldConfig& config : fields) fields_.push_back({FieldBuffer(std::move(config)), FieldLexicon()});
}

void SegmentBuilder::add_document(std::string_view id,
                                  const std::vector<std::vector<std::string_view>>& values) {
  analysed_ = false;
  for (size_t i = 0; i < fields_.size(); ++i) {
    for (const std::string_view value : values[i]) fields_[i].buffer.add_value(value);
    fields_[i].buffer.end_document();
  }
  ids_ += id;
  id_ends_.push_back(ids_.size());
}

size_t SegmentBuilder::num_tokens() const {
  size_t tokens = 0;
  for (const Field& field : fields_) tokens += field.buffer.num_tokens();
  return tokens;
}

size_t SegmentBuilder::memory_bytes() const {
  size_t bytes = ids_.capacity() + id_ends_.capacity() * sizeof(uint64_t);
  for (const Field& field : fields_) {
    bytes += field.buffer.memory_bytes() + field.lexicon.memory_bytes() +
             field.buffer.num_tokens() * kFlushBytesPerToken;
  }
  return bytes;
}

void SegmentBuilder::analyse() {
  for (Field& field : fields_) {
    field.lexicon.update(field.buffer.raw_forms(), field.buffer.config().analyzer.get());
    field.buffer.use_forms(field.lexicon.form_of_raw(), field.lexicon.forms().size());
  }
  analysed_ = true;
}

void SegmentBuilder::resolve(size_t field, const std::vector<std::vector<std::string>>& lemmas) {
  fields_[field].lexicon.resolve(lemmas);
}

void SegmentBuilder::write(PartSink& sink) {
  bool ready = analysed_;
  for (const Field& field : fields_) ready = ready && field.lexicon.is_resolved();
  if (!ready) throw std::invalid_argument("analyse() and resolve() come before write()");
  for (Field& field : fields_) {
    write_field(field.buffer, field.lexicon, sink);
    field.buffer.clear_documents();
    if (field.buffer.raw_forms().memory_bytes() + field.lexicon.memory_bytes() > kMaxLexiconBytes) {
      field.buffer.clear_forms();
      field.lexicon = FieldLexicon();
    }
  }
  std::vector<std::string_view> keys;
  for (size_t i = 0; i + 1 < id_ends_.size(); ++i) {
    keys.emplace_back(std::string_view(ids_).substr(id_ends_[i], id_ends_[i + 1] - id_ends_[i]));
  }
  sink.whole("keys", encode_ids(keys));
  ids_.clear();
  id_ends_.assign(1, 0);
}

}  // namespace searchlib
