// One immutable segment as a reader sees it: for each searched field its words (the dictionary of its terms
// and the lexicon of its forms, in one), its postings, positions and norms, and the documents' keys. It is
// opened over one verified buffer and the list of its parts, and knows no files.
//
//   "FIELD.stats"   := u32 num_docs, u32 docs_with_value, u64 total_length, f64 k1, f64 b, u8 positional
//   "FIELD.norms"   := u8 length code, for each document; 0 where it has no value
//   "FIELD.lengths" := u32 exact length, for each document; only in fields that are not stored, so that a
//                      delete knows it
//   "FIELD.words"   := words.hpp
//   "FIELD.vectors" := term_vectors.hpp; only in fields that keep them

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bytes/checked_buffer.hpp"
#include "columns/columns.hpp"
#include "postings/bitmap_cache.hpp"
#include "postings/ids.hpp"
#include "postings/norms.hpp"
#include "postings/positions.hpp"
#include "postings/term_vectors.hpp"
#include "postings/word_links.hpp"
#include "postings/words.hpp"

namespace searchlib {

using PartMap = std::map<std::string, PartRange, std::less<>>;

struct FieldStats {
  uint32_t num_docs = 0;
  uint32_t docs_with_value = 0;
  uint64_t total_length = 0;
  double k1 = 1.2;
  double b = 0.75;
  bool positional = true;

  double average_length() const {
    return docs_with_value == 0 ? 0 : static_cast<double>(total_length) / docs_with_value;
  }
};

// A field's parts. Plain data: cursors read it, nothing changes it.
struct FieldParts {
  const CheckedBuffer* buffer = nullptr;
  uint32_t num_docs = 0;
  FieldStats stats;
  Words words;
  const uint8_t* norms = nullptr;
  const uint8_t* lengths = nullptr;    // exact ones, null in most fields
  std::optional<TermVectors> vectors;  // in fields that keep them

  bool knows_lengths() const { return lengths != nullptr; }
  uint32_t length_of(uint32_t doc) const {
    return lengths == nullptr ? 0 : load_fixed<uint32_t>(lengths + size_t{4} * doc);
  }
  // forms: receives the term's, by rank.
  std::optional<TermInfo> find_term(std::string_view lemma, std::vector<uint32_t>* forms = nullptr) const;
  TermInfo term_info_at(uint32_t index, std::vector<uint32_t>* forms = nullptr) const;
  std::string word_at(uint32_t index) const { return words.keys().key_at(index); }

 private:
  void set_bound(TermInfo& term) const;
};

class Segment {
 public:
  // fields: the searched fields' names, in the order that queries count them. A field without parts (added to
  // the schema after this segment was written) has no terms. columns: the fields that have one, in the order that
  // plans count them.
  Segment(std::shared_ptr<const CheckedBuffer> buffer, PartMap parts, const std::vector<std::string>& fields,
          uint32_t num_docs, const std::vector<searchlib::columns::ColumnField>& columns = {});

  uint32_t num_docs() const { return num_docs_; }
  size_t num_fields() const { return fields_.size(); }
  const FieldParts& field(size_t index) const { return fields_[index]; }
  // The term of a field that is the same string as one of another field.
  std::optional<TermInfo> find_same_term(size_t field, std::string_view lemma, size_t other,
                                         uint32_t index_there) const;
  const IdTable& ids() const { return ids_; }
  const searchlib::columns::Columns& columns() const { return columns_; }
  BitmapCache& bitmaps() const { return bitmaps_; }

  // Reads all that cursors would read and throws CorruptIndexError where parts contradict each other.
  void check() const;

 private:
  PartRange part(const std::string& name) const;
  const uint8_t* array(const std::string& name, uint64_t bytes_each) const;
  FieldParts open_field(const std::string& name);
  FieldStats read_stats(const std::string& name) const;
  Words open_words(const std::string& name, bool positional) const;

  std::shared_ptr<const CheckedBuffer> buffer_;
  PartMap parts_;
  uint32_t num_docs_;
  std::vector<FieldParts> fields_;
  IdTable ids_;
  searchlib::columns::Columns columns_;
  mutable BitmapCache bitmaps_;
  mutable std::unique_ptr<WordLinks> links_;
};

}  // namespace searchlib
