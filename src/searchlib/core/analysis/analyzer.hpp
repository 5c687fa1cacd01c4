// Analyses one token. Takes its raw bytes and returns its form, which is the lexicon's key, and its lemmas in
// order. It repairs and folds characters and routes words by script; it knows nothing of positions or of
// files.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/spellings.hpp"
#include "analysis/word_shape.hpp"
#include "text/normalise.hpp"
#include "text/scanner.hpp"

namespace searchlib {

// One language's dictionary. Implementations are immutable and thread-safe.
struct Morphology : PlaceNames {
  // Replaces `out` by the distinct lemmas of a lower-cased NFC word, the most probable first;
  // false: not its alphabet. `unknown` becomes true if looking them up has shown that the dictionary lacks it.
  virtual bool lemmas(std::string_view word, std::vector<std::string>& out, bool& unknown) const = 0;
  // Whether the dictionary itself has the word, in any form.
  virtual bool known(std::string_view word) const = 0;
  // Brings what lemmas() of small words reads into the cache, for several of them at a time.
  virtual void fetch(std::span<const std::string_view> words) const = 0;
  // Adds the lemmas that a word which it lacks has with a hyphen in it: policymakers → policy-maker.
  virtual void add_hyphenated(std::string_view word, std::vector<std::string>& out) const = 0;
};

// Makes a dictionary a Morphology; `Dictionary` is RussianMorphology or EnglishMorphology.
template <class Dictionary>
class MorphologyOf final : public Morphology {
 public:
  explicit MorphologyOf(std::shared_ptr<const Dictionary> dictionary) : dictionary_(std::move(dictionary)) {}
  bool lemmas(std::string_view word, std::vector<std::string>& out, bool& unknown) const override {
    if constexpr (requires { dictionary_->lemmas(word, out, unknown); }) {
      return dictionary_->lemmas(word, out, unknown);
    } else {
      return dictionary_->lemmas(word, out);
    }
  }
  bool known(std::string_view word) const override { return dictionary_->known(word); }
  bool is_place(std::string_view word) const override {
    if constexpr (requires { dictionary_->known_place(word); }) {
      return dictionary_->known_place(fold_case(word));
    } else {
      return false;
    }
  }
  void fetch(std::span<const std::string_view> words) const override { dictionary_->fetch(words); }
  void add_hyphenated(std::string_view word, std::vector<std::string>& out) const override {
    if constexpr (requires { dictionary_->add_compounds(word, out); }) dictionary_->add_compounds(word, out);
  }

 private:
  std::shared_ptr<const Dictionary> dictionary_;
};

// What happens to words of one script.
struct Route {
  std::shared_ptr<const Morphology> morphology;  // null: no native language
  bool python = false;                           // a language that only Python knows: decline
};

struct Analysis {
  std::string form;                 // the lexicon's key; of 1 000 with one plain space, which lemmas lack
  std::vector<std::string> lemmas;  // ё folded, distinct, the most probable first; empty if declined
  // The last so many lemmas find the word, and the word does not ask for them: C# is found by C.
  uint32_t num_wider = 0;
  bool declined = false;  // Python supplies the lemmas of `form`
};

class Analyzer {
 public:
  // Forms and raw tokens are cut to so many bytes, at a character: a longer run is one token, but no word.
  static constexpr size_t kMaxFormBytes = 1024;

  // divides: whether words have parts, as scan() makes them.
  explicit Analyzer(bool divides = true) : divides_(divides) {}  // case-folded forms
  Analyzer(Route latin, Route cyrillic, Route arabic, bool divides = true)
      : latin_(std::move(latin)),
        cyrillic_(std::move(cyrillic)),
        arabic_(std::move(arabic)),
        divides_(divides) {}

  // Any bytes; of a scanned token, RawToken::raw(). Scanning the form alone gives a token of the same span.
  // Thread-safe.
  void analyze(std::string_view raw_token, Analysis& out) const;

  // Brings what analyses of these words read into the cache, in less time than they would wait for it: words of
  // Latin or Cyrillic letters, all small.
  void fetch(std::span<const std::string_view> latin, std::span<const std::string_view> cyrillic) const {
    if (latin_.morphology) latin_.morphology->fetch(latin);
    if (cyrillic_.morphology) cyrillic_.morphology->fetch(cyrillic);
  }

  // What a word of a query asks for: no plainer words (C for C#), but an English one also with its hyphen or without,
  // e-commerce and ecommerce. No index pays for that.
  void ask(Analysis& analysis) const;

  // How scan() is to read texts for it: abbreviations in the scripts that have a dictionary.
  ScanRules rules() const {
    const int scripts = (latin_.morphology ? kLatinAbbreviations : kNoAbbreviations) |
                        (cyrillic_.morphology ? kCyrillicAbbreviations : kNoAbbreviations);
    return {divides_, static_cast<uint8_t>(scripts), cyrillic_.morphology.get()};
  }

  // The form with capitals lowered and ё → е: what prefix and wildcard queries are compared with.
  static std::string match_key(std::string_view form);

  // The folded key of a keyword in which case does not count: capitals lowered, ё → е, white space as it is.
  static std::string keyword_key(std::string_view value);

  // Raises when an analysis may change though dictionaries and Unicode do not; part of the fingerprint.
  static constexpr int kRulesVersion = 8;

 private:
  void repair(std::u32string& word) const;
  const Route& route_of(const WordShape& shape) const;
  // What folding finds beside the form.
  struct Folded {
    WordShape shape;
    std::string acronym;  // the word as it stands, if it is one
    std::string humps;  // the folded form with the capitals that divide it, if any do: getUserName, o'Reilly
    std::string stem;   // of a Latin word with a Russian ending: what stands before that
    std::string repaired;  // the same word with the ending read as Latin, where that can be
  };
  // Sets the folded form.
  void fold(std::string_view raw_token, Analysis& out, Folded& found) const;
  void analyze_undivided(const spellings::Undivided& word, Analysis& out) const;
  void analyze_spaced(const spellings::Spaced& whole, Analysis& out) const;
  // Of Google'ом: the form is as it stands, the lemmas those of Google, then itself.
  void add_inflected(const Folded& found, Analysis& out) const;
  // Of APIs: the lemmas of API before those of the word in small letters.
  void add_plural(std::string_view raw_token, Analysis& out) const;

  // All lemmas of a form; `abbreviates`: it may stand for a longer word, as "sec" does and SEC does not.
  void add_lemmas(const std::string& form, const Route& route, bool abbreviates,
                  std::vector<std::string>& lemmas) const;
  // Lemmas of the other ways to write the form: U.S. is also `us`, café also `cafe`.
  void add_other_spellings(const std::string& form, const Route& route, bool unknown,
                           std::vector<std::string>& lemmas) const;

  void add_compound(const std::string& form, std::vector<std::string>& lemmas) const;
  void add_hyphenated(Analysis& analysis) const;

  // Appends lemmas of plainer words that find the form: c of c#. Returns how many.
  uint32_t add_wider(const std::string& form, std::vector<std::string>& lemmas) const;

  Route latin_, cyrillic_, arabic_, folded_;
  bool divides_ = true;
};

}  // namespace searchlib
