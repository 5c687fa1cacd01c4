#include <algorithm>
#include <vector>

#include "analysis/stems.hpp"

namespace searchlib::russian {
namespace {

using std::string_view;

constexpr size_t kLetter = 2;  // bytes
constexpr size_t kLeast = 3 * kLetter;

// Suffixes between spaces, the longest first, and whether each wants а or я before it.
struct Suffix {
  string_view text;
  bool behind_a;
};
using Suffixes = std::vector<Suffix>;

void add(Suffixes& suffixes, string_view text, bool behind_a) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    suffixes.push_back({text.substr(0, end), behind_a});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

Suffixes suffixes(string_view behind_a, string_view others) {
  Suffixes found;
  add(found, behind_a, true);
  add(found, others, false);
  std::stable_sort(found.begin(), found.end(), [](const Suffix& left, const Suffix& right) {
    return left.text.size() > right.text.size();
  });
  return found;
}

bool is_letter(string_view letter, string_view letters) {
  for (size_t i = 0; i < letters.size(); i += kLetter) {
    if (letters.substr(i, kLetter) == letter) return true;
  }
  return false;
}

bool is_vowel(string_view letter) { return is_letter(letter, "аеиоуыэюя"); }

// A word on its way to its stem. Nothing before rv is cut.
struct Word {
  string_view text;
  size_t rv = 0;

  string_view end() const { return text.substr(std::min(rv, text.size())); }
  bool ends(string_view suffix) const { return end().ends_with(suffix); }

  // Cuts the longest of the suffixes that it ends with; false if that has to stand behind а or я, and does not.
  bool cut(const Suffixes& suffixes) {
    for (const Suffix& suffix : suffixes) {
      if (!ends(suffix.text)) continue;
      const string_view before = end().substr(0, end().size() - suffix.text.size());
      if (suffix.behind_a && !before.ends_with("а") && !before.ends_with("я")) return false;
      text.remove_suffix(suffix.text.size());
      return true;
    }
    return false;
  }
};

// Behind the first consonant after a vowel, from `begin` on: where that is.
size_t region(string_view text, size_t begin) {
  bool after_vowel = false;
  for (size_t at = begin; at < text.size(); at += kLetter) {
    const bool vowel = is_vowel(text.substr(at, kLetter));
    if (after_vowel && !vowel) return at + kLetter;
    after_vowel = vowel;
  }
  return text.size();
}

void cut_ending(Word& word) {
  static const Suffixes gerund = suffixes("в вши вшись", "ив ивши ившись ыв ывши ывшись");
  static const Suffixes reflexive = suffixes("", "ся сь");
  static const Suffixes adjective =
      suffixes("", "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею");
  static const Suffixes participle = suffixes("ем нн вш ющ щ", "ивш ывш ующ");
  static const Suffixes verb = suffixes(
      "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
      "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь "
      "ую ю");
  static const Suffixes noun = suffixes(
      "",
      "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю "
      "ия ья я");
  if (word.cut(gerund)) return;
  word.cut(reflexive);
  if (word.cut(adjective)) {
    word.cut(participle);
    return;
  }
  if (!word.cut(verb)) word.cut(noun);
}

}  // namespace

std::string stem_of(string_view lemma) {
  if (lemma.size() < kLeast) return {};
  for (size_t i = 0; i < lemma.size(); i += kLetter) {
    const string_view letter = lemma.substr(i, kLetter);
    if (letter.size() < kLetter || letter < "а" || letter > "я") return {};
  }
  Word word{lemma, lemma.size()};
  for (size_t at = 0; at < lemma.size(); at += kLetter) {
    if (is_vowel(lemma.substr(at, kLetter))) {
      word.rv = at + kLetter;
      break;
    }
  }
  const size_t r2 = region(lemma, region(lemma, 0));
  cut_ending(word);
  static const Suffixes i = suffixes("", "и");
  word.cut(i);
  for (const string_view quality : {string_view("ость"), string_view("ост")}) {
    if (!word.ends(quality) || word.text.size() < r2 + quality.size()) continue;
    word.text.remove_suffix(quality.size());
    break;
  }
  static const Suffixes superlative = suffixes("", "ейше ейш");
  const bool is_superlative = word.cut(superlative);
  if (word.ends("нн")) {
    word.text.remove_suffix(kLetter);
  } else if (!is_superlative && word.ends("ь")) {
    word.text.remove_suffix(kLetter);
  }
  return std::string(word.text);
}

std::string beginning_of(const std::string& stem) {
  constexpr size_t kLeastToShare = 4 * kLetter;
  return stem.size() < kLeastToShare ? std::string() : stem;
}

}  // namespace searchlib::russian
