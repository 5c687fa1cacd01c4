// Scans text into tokens, for one field and one thread at a time. Tokens are found by their raw bytes in a table of
// the scanner's own, so that folding and morphology run once a word; the lexicon, which all scanners of a
// field share, numbers the forms. A scanner forgets words, never results: what it keeps only saves work.

#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "build/field_buffer.hpp"
#include "build/field_lexicon.hpp"
#include "build/term_vectors_writer.hpp"
#include "bytes/string_table.hpp"
#include "text/beginning.hpp"

namespace searchlib {

class FieldScanner {
 public:
  explicit FieldScanner(const FieldConfig& config) : config_(&config) {}

  // For each document its values, then its end. scanned() then analyses words that are new here.
  void add_value(std::string_view utf8);
  void end_document();
  std::unique_ptr<TokenBatch> scanned();

  // Gives the lexicon the forms that it may lack. One scanner at a time, in the order of the batches.
  void learn(FieldLexicon& lexicon);

  // The batch gets its tokens, by the lexicon's numbers, and they are counted. It knows its first document.
  void name_forms(TokenBatch& batch);

  const std::vector<FormUse>& uses() const { return uses_; }  // by form; as long as need was
  void forget_uses() { uses_.clear(); }
  void forget_words();  // as must be when the lexicon forgets
  size_t words_bytes() const { return words_.memory_bytes() + form_of_.capacity() * sizeof(uint32_t); }

 private:
  struct Pending {
    std::string_view raw;
    WordHead head;
    uint32_t hash;
    uint32_t position;
    bool is_of_vector;
  };
  static constexpr size_t kBatch = 256;
  static constexpr size_t kBlock = 64;  // so many words are analysed together

  void add_pending(std::string_view raw, const WordHead& head, uint32_t position, bool is_of_vector);
  void add_beginning(const Beginning& beginning);
  void resolve_pending();
  void analyse_some();
  void analyse_words(uint32_t begin, uint32_t end);
  void analyse(std::string_view word, Analysis& analysis) const;
  void find_twins(uint32_t begin, uint32_t end);
  void fetch_dictionaries(uint32_t begin, uint32_t end);

  const FieldConfig* config_;
  StringTable words_;               // raw
  std::vector<uint32_t> form_of_;   // of each word that the lexicon has seen
  std::vector<uint32_t> twins_;     // of each word after those: one before it of the same form, or kNone
  std::vector<Analysis> analyses_;  // the first num_analysed_: of those that have none; the rest is spare
  size_t num_analysed_ = 0;
  std::vector<uint32_t> forms_;  // of these
  // Of a block of words: what their twins would be, empty where there can be none, and their hashes.
  std::array<std::string, kBlock> swapped_;
  std::array<uint32_t, kBlock> swapped_hashes_;
  std::array<Pending, kBatch>
      pending_;  // the first num_pending_: tokens whose look-up has been announced to the cache
  size_t num_pending_ = 0;
  std::unique_ptr<TokenBatch> batch_;   // that is being scanned
  std::vector<BufferedToken> tokens_;   // of that batch, or of the one that name_forms() will be given
  std::vector<uint32_t> vector_words_;  // of that batch: the numbers of the words that count in vectors
  std::vector<FormUse> uses_;
  uint32_t num_forms_ = 0;      // more than any in form_of_, since words were forgotten
  uint32_t next_position_ = 0;  // of the current document
  uint32_t current_length_ = 0;
  size_t vector_chars_ = kVectorChars;  // of it that still count in its vector
};

}  // namespace searchlib
