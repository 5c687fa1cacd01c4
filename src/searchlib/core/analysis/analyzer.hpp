// Analyses one token. Takes its raw bytes and returns its form, which is the lexicon's key, and its lemmas in
// order. It repairs and folds characters and routes words by script; it knows nothing of positions or of
// files.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/word_shape.hpp"

namespace searchlib {

// One language's dictionary. Implementations are immutable and thread-safe.
struct Morphology {
  virtual ~Morphology() = default;
  // Replaces `out` by the distinct lemmas of a lower-cased NFC word, the most probable first;
  // false: not its alphabet.
  virtual bool lemmas(std::string_view word, std::vector<std::string>& out) const = 0;
  // Whether the dictionary itself has the word, in any form.
  virtual bool known(std::string_view word) const = 0;
};

// Makes a dictionary a Morphology; `Dictionary` is RussianMorphology or EnglishMorphology.
template <class Dictionary>
class MorphologyOf final : public Morphology {
 public:
  explicit MorphologyOf(std::shared_ptr<const Dictionary> dictionary) : dictionary_(std::move(dictionary)) {}
  bool lemmas(std::string_view word, std::vector<std::string>& out) const override {
    return dictionary_->lemmas(word, out);
  }
  bool known(std::string_view word) const override { return dictionary_->known(word); }

 private:
  std::shared_ptr<const Dictionary> dictionary_;
};

// What happens to words of one script.
struct Route {
  std::shared_ptr<const Morphology> morphology;  // null: no native language
  bool python = false;                           // a language that only Python knows: decline
};

struct Analysis {
  std::string form;                 // the lexicon's key
  std::vector<std::string> lemmas;  // ё folded, distinct, the most probable first; empty if declined
  bool declined = false;            // Python supplies the lemmas of `form`
};

class Analyzer {
 public:
  // Forms and raw tokens are cut to so many bytes, at a character: a longer run is one token, but no word.
  static constexpr size_t kMaxFormBytes = 1024;

  Analyzer() = default;  // case-folded forms
  Analyzer(Route latin, Route cyrillic, Route arabic)
      : latin_(std::move(latin)), cyrillic_(std::move(cyrillic)), arabic_(std::move(arabic)) {}

  // Of any bytes. Thread-safe.
  void analyze(std::string_view raw_token, Analysis& out) const;

  // The form with capitals lowered and ё → е: what prefix and wildcard queries are compared with.
  static std::string match_key(std::string_view form);

  // Raises when an analysis may change though dictionaries and Unicode do not; part of the fingerprint.
  static constexpr int kRulesVersion = 2;

 private:
  void repair(std::u32string& word) const;
  const Route& route_of(const WordShape& shape) const;
  // Sets the folded form, and `acronym` to the word as it stands if it is one.
  WordShape fold(std::string_view raw_token, Analysis& out, std::string& acronym) const;

  // All lemmas of a form; `abbreviates`: it may stand for a longer word, as "sec" does and SEC does not.
  void add_lemmas(const std::string& form, const Route& route, bool abbreviates,
                  std::vector<std::string>& lemmas) const;
  // Lemmas of the other ways to write the form: U.S. is also `us`, café also `cafe`.
  void add_other_spellings(const std::string& form, const Route& route,
                           std::vector<std::string>& lemmas) const;

  Route latin_, cyrillic_, arabic_, folded_;
};

}  // namespace searchlib
