#include "english_unknown.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace searchlib::english {
namespace {

constexpr size_t kShortest = 4;           // of an inflected word
constexpr size_t kShortestStem = 3;       // of a verb
constexpr size_t kShortestKnownVerb = 5;  // at the end of a new one: regulate in downregulate

constexpr bool is_vowel(char letter) {
  return std::string_view("aeiou").find(letter) != std::string_view::npos;
}
constexpr bool is_consonant(char letter) { return letter >= 'a' && letter <= 'z' && !is_vowel(letter); }

template <size_t N>
bool ends_with_one_of(std::string_view word, const std::array<std::string_view, N>& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view end) { return word.ends_with(end); });
}

bool has_vowel(std::string_view word) { return word.find_first_of("aeiouy") != std::string_view::npos; }

// Vowels in a row count once.
size_t num_syllables(std::string_view word) {
  size_t count = 0;
  for (size_t i = 0; i < word.size(); ++i) {
    const bool vowel = is_vowel(word[i]) || (word[i] == 'y' && i > 0);
    const bool before = i > 0 && (is_vowel(word[i - 1]) || (word[i - 1] == 'y' && i > 1));
    count += vowel && !before;
  }
  return count;
}

class Guesses {
 public:
  Guesses(const Table& table, std::string_view word) : table_(table), word_(word) {}

  std::vector<std::string> take() {
    const auto is_letter = [](char byte) {
      return (byte >= 'a' && byte <= 'z') || static_cast<uint8_t>(byte) >= 0x80;
    };
    if (word_.size() >= kShortest && std::all_of(word_.begin(), word_.end(), is_letter)) {
      if (word_.back() == 's') of_s();
      if (word_.ends_with("ed")) of_past(word_.substr(0, word_.size() - 2));
      if (word_.ends_with("ing")) of_past(word_.substr(0, word_.size() - 3));
    }
    add(std::string(word_));
    // What looks like a verb's form may be a name (Mohammed): itself comes first. A plural seldom is.
    if (!plural_ && lemmas_.size() > 1) std::rotate(lemmas_.begin(), lemmas_.end() - 1, lemmas_.end());
    return std::move(lemmas_);
  }

 private:
  void add(std::string lemma) {
    if (std::find(lemmas_.begin(), lemmas_.end(), lemma) == lemmas_.end())
      lemmas_.push_back(std::move(lemma));
  }
  std::string without(size_t count, std::string_view add = {}) const {
    return std::string(word_.substr(0, word_.size() - count)).append(add);
  }

  // Names and foreign words in -as, -is, -os, -us (Abbas, Paris, Carlos, Vilnius) are mostly no plurals, and
  // come first as they are; -us is a plural behind few consonants (haikus), and of letters that nobody can say (gpus).
  // -ss never is.
  void of_s() {
    const char before = word_[word_.size() - 2];
    if (before == 's') return;
    plural_ = std::string_view("aiou").find(before) == std::string_view::npos;
    if (!plural_) {
      static constexpr std::array<std::string_view, 3> kOfU = {"kus", "zus", "fus"};
      if (before != 'u' || ends_with_one_of(word_, kOfU) || is_spelled_out()) add(without(1));
      return;
    }
    static constexpr std::array<std::string_view, 2> kBare = {"sses", "shes"};
    static constexpr std::array<std::string_view, 4> kWithE = {"izes", "yzes", "ises", "yses"};
    static constexpr std::array<std::string_view, 3> kSibilant = {"ches", "xes", "zes"};
    static constexpr std::array<std::string_view, 2> kHard = {"ses", "oes"};
    static constexpr std::array<std::string_view, 3> kGreek = {"yses", "eses", "oses"};
    if (word_.ends_with("ies") && word_.size() > 4) {
      add(without(3, "y"));
      add(without(1));  // selfies
    } else if (ends_with_one_of(word_, kBare)) {
      add(without(2));
    } else if (!ends_with_one_of(word_, kWithE) && ends_with_one_of(word_, kSibilant)) {
      add(without(2));
      if (!word_.ends_with("xes")) add(without(1));  // precaches
    } else {
      add(without(1));
      if (ends_with_one_of(word_, kHard)) add(without(2));         // of -us, -is, -as, -o
      if (ends_with_one_of(word_, kGreek)) add(without(2, "is"));  // of -ysis
    }
  }

  // Whether it is four letters, of which the first two begin no word: letters that are read one by one.
  bool is_spelled_out() const {
    constexpr std::string_view kBehind = "lrhwy";
    constexpr size_t kLetters = 4;
    return word_.size() == kLetters && is_consonant(word_[0]) && is_consonant(word_[1]) && word_[0] != 's' &&
           kBehind.find(word_[1]) == std::string_view::npos && !word_.starts_with("kn") &&
           !word_.starts_with("gn") && !word_.starts_with("ts") && !word_.starts_with("ps");
  }

  // What stands before -ed or -ing.
  void of_past(std::string_view stem) {
    if (stem.size() < 2 || !has_vowel(stem)) return;
    const char last = stem.back();
    if (last == 'i' && word_.ends_with("ied")) return add(std::string(stem.substr(0, stem.size() - 1)) + "y");
    if (stem.size() < kShortestStem && last != 'y') return;
    if (static_cast<uint8_t>(last) >= 0x80) return;
    const char before = stem[stem.size() - 2];
    if (last == before && is_consonant(last)) {
      const std::string_view single = stem.substr(0, stem.size() - 1);
      const bool keeps = std::string_view("lsfz").find(last) != std::string_view::npos;
      if (keeps) add(std::string(stem));
      if (!keeps || ends_in_verb(single)) add(std::string(single));
      return;
    }
    const std::string bare(stem), with_e = bare + "e";
    Spelling way = spelling_of(stem);
    if (way == Spelling::kEither) {
      const bool bare_known = ends_in_verb(bare), e_known = ends_in_verb(with_e);
      if (bare_known != e_known) way = bare_known ? Spelling::kBare : Spelling::kWithE;
    }
    if (way != Spelling::kWithE) add(bare);
    if (way != Spelling::kBare) add(with_e);
  }

  enum class Spelling : uint8_t { kBare, kWithE, kEither };

  // Whether English would write this verb with an e behind it.
  static Spelling spelling_of(std::string_view stem) {
    static constexpr std::array<std::string_view, 12> kNeedE = {"iz", "yz", "at", "v",  "u",  "c",
                                                                "dg", "rg", "bl", "dl", "pl", "tl"};
    static constexpr std::array<std::string_view, 6> kSyllables = {"er", "or", "en", "on", "el", "et"};
    const char last = stem.back(), before = stem[stem.size() - 2];
    const bool of_two_vowels = stem.size() >= 3 && is_vowel(before) && is_vowel(stem[stem.size() - 3]);
    if (of_two_vowels) return last == 's' || last == 'z' || last == 'v' ? Spelling::kEither : Spelling::kBare;
    if (ends_with_one_of(stem, kNeedE)) return Spelling::kWithE;
    if (is_vowel(last) || std::string_view("wxyhk").find(last) != std::string_view::npos)
      return last == 'k' && is_vowel(before) ? Spelling::kEither : Spelling::kBare;
    if (last == 's' || last == 'z') return Spelling::kEither;
    if (is_consonant(before)) return Spelling::kBare;
    // One vowel and one consonant: a verb of one syllable would double it.
    if (num_syllables(stem) < 2) return Spelling::kWithE;
    return ends_with_one_of(stem, kSyllables) ? Spelling::kBare : Spelling::kEither;
  }

  // factor in refactor, regulate in downregulate.
  bool ends_in_verb(std::string_view word) const {
    for (size_t at = 2; at + kShortestKnownVerb <= word.size(); ++at) {
      const Profile found = table_.find(hash_finish(hash_extend(kHashStart, word.substr(at))));
      if (found.has(kVerb)) return true;
    }
    return false;
  }

  const Table& table_;
  const std::string_view word_;
  bool plural_ = false;
  std::vector<std::string> lemmas_;
};

}  // namespace

std::vector<std::string> lemmas_of_unknown(const Table& table, std::string_view word) {
  return Guesses(table, word).take();
}

}  // namespace searchlib::english
