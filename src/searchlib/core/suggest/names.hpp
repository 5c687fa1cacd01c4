// Names across scripts: what a word sounds like, roughly. Lukashenko, Lukashenka, Лукашенко and Лукашенка
// have the same consonants; how far their vowels agree says whether they are one name. It makes keys
// of words and compares them; it knows neither languages nor fields.

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

  // Whether the word is of letters of one script, Latin or Cyrillic, and has two consonants, or one and two
  // vowels.
  bool is_name() const { return !readings_.empty(); }

  // The best Jaro–Winkler similarity of two readings that have the same consonants, 0 to 1; 0
  // if there are none. Those with one consonant are alike if all their sounds are: then it is 1.
  double similarity(const Name& other) const;

  // With which letters a name that sounds alike may begin, in order; none begins with another one.
  std::vector<std::u32string_view> initials() const;

  struct Reading {
    std::string
        consonants;      // classes of consonants, after "A" if the word begins with a vowel: Tashkent → tjknt
    std::string sound;   // the same with vowels: tajkent
    std::string hisses;  // for each s among the consonants, which of the class it is: s, z or S (sounds.hpp)
  };
  const std::vector<Reading>& readings() const { return readings_; }

 private:
  std::vector<Reading> readings_;
  bool cyrillic_ = false;
};

// W. Winkler, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model
// of Record Linkage", 1990.
double jaro_winkler(std::string_view left, std::string_view right);

}  // namespace searchlib
