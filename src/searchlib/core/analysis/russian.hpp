// Russian morphology: a word to its lemmas. In: pymorphy3's dictionary as bytes and lists (see
// russian_dictionary.hpp), then lower-cased words. Out: ordered lemma lists, for known and unknown words
// alike. It knows no text, no stress marks and no capitals.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/russian_dictionary.hpp"

namespace searchlib {

// Immutable; all methods may run in many threads at once.
class RussianMorphology {
 public:
  // Throws CorruptIndexError if a file cannot be what it should be.
  explicit RussianMorphology(russian::DictionaryFiles files) : dictionary_(std::move(files)) {}

  // The word: lower-cased UTF-8 in NFC, ё kept. Replaces `out` by its distinct lemmas, the most probable
  // first, ё kept: «стали» {стать, сталь}; behind them what russian_hypotheses.hpp adds, without ё. False, with `out` empty, if the word is declined: it is empty, or
  // has a letter outside lower-case U+0400–04FF, a–z, 0–9 and the hyphen. A word of more than 512 bytes is
  // its own lemma. Throws CorruptIndexError where a record of a damaged dictionary leads nowhere.
  bool lemmas(std::string_view word, std::vector<std::string>& out) const {
    bool unknown = false;
    return lemmas(word, out, unknown);
  }
  // `unknown` becomes true if it was looked for in the dictionary, and is not there.
  bool lemmas(std::string_view word, std::vector<std::string>& out, bool& unknown) const;

  // The same without russian_overrides.hpp and russian_hypotheses.hpp: exactly the normal forms of pymorphy3's parses.
  bool raw_lemmas(std::string_view word, std::vector<std::string>& out) const;

  // Whether the dictionary itself has the word, in any form: «елка» too, which it spells «ёлка».
  bool known(std::string_view word) const;

  // Brings what lemmas() of these words reads into the cache.
  void fetch(std::span<const std::string_view> words) const { dictionary_.fetch_words(words); }

  // Whether it has the word as the lemma of a name of people, places, organisations or brands: «вена» is one,
  // and a vein; «море» is a sea, though Thomas More has that form.
  bool known_name(std::string_view word) const;

  // Whether it has the word, in any form, as a place, and nobody may be called so: Ташкент, but not Пушкин. Of what ends in
  // -ов and -ев (Чкалов, Саратов) nobody can tell.
  bool known_place(std::string_view word) const;

 private:
  bool parse(std::string_view word, std::vector<std::string>& out, bool& known) const;

  russian::Dictionary dictionary_;
};

}  // namespace searchlib
