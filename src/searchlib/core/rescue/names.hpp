// Names across scripts: what a word sounds like, roughly. Lukashenko, Lukashenka, Лукашенко and Лукашенка
// have the same consonants; how far their vowels agree says whether they are one name. Words come in, keys
// and similarities go out; it knows neither languages nor lexicons.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib {

// A word that may be a name, as it may be read. Latin letters have several readings (ch is ч, к or х), so a
// name has a few.
class Name {
 public:
  explicit Name(std::string_view word);

  // Whether the word is of letters of one script, Latin or Cyrillic, and has two consonants at least.
  bool is_name() const { return !readings_.empty(); }
  bool is_cyrillic() const { return cyrillic_; }

  // The best Jaro–Winkler similarity of two readings that have the same consonants, 0 to 1; 0 if there are
  // none.
  double similarity(const Name& other) const;

  // With which letters a name that sounds alike may begin.
  std::u32string initials() const;

  struct Reading {
    std::string
        consonants;     // classes of consonants, after "A" if the word begins with a vowel: Tashkent → tjknt
    std::string sound;  // the same with vowels: tajkent
  };
  const std::vector<Reading>& readings() const { return readings_; }

 private:
  std::vector<Reading> readings_;
  bool cyrillic_ = false;
};

// A hash of the consonants whose reading is never in doubt, l r m n t d b p: equal for all words with a
// common reading, so that most words of a lexicon are ruled out by it. 0 for words with digits and the like,
// which are no names.
uint32_t coarse_name_key(std::string_view word);

// The same for many words in order, front-coded: a prefix that is shared with the word before is not read
// again.
class CoarseNameKeys {
 public:
  CoarseNameKeys();
  uint32_t next(size_t shared, std::string_view suffix);

  static constexpr uint32_t kSeed = 2166136261U;  // FNV-1a

 private:
  struct State {
    uint32_t hash = kSeed;
    uint8_t last = 0;      // letter
    uint8_t pending = 0;   // a consonant that the next letter may silence
    bool is_plain = true;  // nothing but a–z, а–я, apostrophes and hyphens
    bool is_no_name = false;
  };
  static State after(State state, uint8_t letter);

  std::string word_;
  std::vector<State> states_;  // after so many bytes of word_
};

// W. Winkler, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record
// Linkage", 1990.
double jaro_winkler(std::string_view left, std::string_view right);

}  // namespace searchlib
