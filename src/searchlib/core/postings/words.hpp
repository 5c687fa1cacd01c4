// A field's words: its terms (lemmas) and its surface forms, in one dictionary, since most strings are both.
// A word's number is its place there, whichever of the two it is.
//
//   "FIELD.words" := u32 num_terms, u32 num_forms, dictionary       (dictionary.hpp)
//   payload       := varint kinds, u16 inlined, varint postings_at, varint positions_at,
//                    varint listed_length, word…, word…
//   word          := kind 0 PLAIN: term    one term whose one form is itself, with one df
//                    kind 1 TERM:  of_term
//                    kind 2 FORM:  of_form
//                    kind 3 BOTH:  of_term, of_form
//   of_term       := varint num_forms, zigzag word{num_forms}, term        by rank: the most frequent first
//   of_form       := varint df, varint num_terms, zigzag word{num_terms}   the most probable first
//   term          := listed or inlined (term.hpp)
//
// Two bits of `kinds` are the i-th word's kind. A bit of `inlined` says which form its term has: those with
// inlined terms, which are mostly the rare words, stand behind all others, whose length is listed_length, so
// that a look-up need not pass over them. postings_at and positions_at are where the lists of the block's
// first listed term begin. Words refer to others by the difference of their numbers.

#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "postings/dictionary.hpp"
#include "postings/term.hpp"

namespace searchlib {

struct FormInfo {
  uint32_t df = 0;
  std::vector<uint32_t> terms;  // the most probable first
};

enum class WordKind : uint8_t { kPlain, kTerm, kForm, kBoth };

constexpr bool is_term(WordKind kind) { return kind != WordKind::kForm; }
constexpr bool is_form(WordKind kind) { return kind != WordKind::kTerm; }

struct WordEntry {
  uint32_t index = 0;
  WordKind kind = WordKind::kPlain;
  TermInfo term;                // if it is a term
  std::vector<uint32_t> forms;  // the term's, by rank
  FormInfo form;                // if it is a form
};

class WordsWriter {
 public:
  struct Term {
    const TermInfo& info;
    std::span<const uint32_t> forms;
    std::span<const uint8_t> inlined;
  };

  // Words ascend by bytes. term, form: null for what it is not; it is one of them.
  void add(std::string_view key, const Term* term, const FormInfo* form);
  Bytes finish();

 private:
  void put_term(const Term& term, WordKind kind, Bytes& out);
  void put_references(std::span<const uint32_t> words, Bytes& out);
  void end_block();

  DictionaryWriter dictionary_;
  uint32_t num_terms_ = 0;
  uint32_t num_forms_ = 0;
  uint32_t kinds_ = 0;  // of the block that is not ended, as all below
  uint16_t inlined_ = 0;
  Bytes listed_words_;
  Bytes inlined_words_;
  uint64_t postings_begin_ = 0;
  uint64_t positions_begin_ = 0;
  uint64_t postings_end_ = 0;
  uint64_t positions_end_ = 0;
};

// One block's words in order.
class WordReader {
 public:
  WordReader(const Dictionary& dictionary, const TermReader::Parts& parts, uint32_t block);

  bool next(WordEntry& word);  // false at the end
  // Instead of next(), which gives one after the other: only the i-th word, as a term.
  TermInfo term(uint32_t i, std::vector<uint32_t>* forms);
  // Instead of next(), too: what each of the block's words has for a df as a form, 0 if it is none. Reads no
  // more than that takes.
  void form_dfs(std::array<uint32_t, kDictionaryBlock>& dfs);
  WordKind kind(uint32_t i) const { return static_cast<WordKind>(kinds_ >> (2 * i) & 3); }

 private:
  // Returns their number; null: passes over them.
  uint32_t read_references(ByteReader& reader, std::vector<uint32_t>* words);
  void read_term(ByteReader& reader, TermInfo& term, std::vector<uint32_t>* forms);
  void skip(ByteReader& reader);
  bool is_inlined(uint32_t i) const { return (inlined_ >> i & 1) != 0; }

  uint32_t num_words_;  // of the dictionary
  uint32_t first_;      // the block's first word
  uint32_t count_;
  uint32_t at_ = 0;
  Dictionary::Block block_;
  ByteReader listed_;         // from the next listed word on
  ByteReader inlined_words_;  // from the next inlined one on
  TermReader terms_;
  uint32_t kinds_;
  uint16_t inlined_;
};

// The part as a reader sees it.
class Words {
 public:
  Words() = default;
  Words(const CheckedBuffer& buffer, const PartRange& part, const TermReader::Parts& parts);

  uint32_t size() const { return dictionary_.size(); }
  uint32_t num_terms() const { return num_terms_; }
  uint32_t num_forms() const { return num_forms_; }
  const Dictionary& keys() const { return dictionary_; }

  // Nothing if there is no such term. forms: receives the term's, unless it is null.
  std::optional<TermInfo> find_term(std::string_view key, std::vector<uint32_t>* forms) const;
  TermInfo term_at(uint32_t index, std::vector<uint32_t>* forms) const;
  void get(uint32_t index, WordEntry& word) const;
  WordReader read(uint32_t block) const { return WordReader(dictionary_, parts_, block); }

  // Calls visit(term) for the first `limit` terms that begin so, in order.
  template <class Visit>
  void terms_with_prefix(std::string_view prefix, size_t limit, Visit&& visit) const;

  // The terms of a form, or a form's df; nothing if it is none.
  std::optional<FormInfo> find_form(std::string_view key) const;

 private:
  Dictionary dictionary_;
  TermReader::Parts parts_;
  uint32_t num_terms_ = 0;
  uint32_t num_forms_ = 0;
};

template <class Visit>
void Words::terms_with_prefix(std::string_view prefix, size_t limit, Visit&& visit) const {
  bool past = false;
  for (uint32_t block = dictionary_.block_of(prefix).value_or(0); block < dictionary_.num_blocks() && !past;
       ++block) {
    const WordReader words = read(block);
    dictionary_.scan_block(block, [&](uint32_t index, std::string_view key) {
      const bool begins = key.starts_with(prefix);
      past = limit == 0 || (!begins && key > prefix);
      if (past || !begins || !is_term(words.kind(index % kDictionaryBlock))) return !past;
      visit(key);
      --limit;
      return true;
    });
  }
}

// Walks all of them in order, or those of the dictionary's blocks from one on.
class WordWalker {
 public:
  explicit WordWalker(const Words& words, uint32_t block = 0) : words_(&words), block_(block) {}
  bool next();  // false at the end
  const std::string& key() const { return key_; }
  const WordEntry& word() const { return word_; }

 private:
  const Words* words_;
  uint32_t block_;
  std::optional<KeyReader> keys_;
  std::optional<WordReader> reader_;
  std::string key_;
  WordEntry word_;
};

}  // namespace searchlib
