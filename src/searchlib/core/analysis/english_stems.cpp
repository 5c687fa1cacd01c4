#include <algorithm>
#include <array>
#include <utility>

#include "analysis/stems.hpp"

namespace searchlib::english {
namespace {

using std::string_view;

constexpr size_t kLeast = 3;

bool is_vowel(char letter) { return string_view("aeiouy").find(letter) != string_view::npos; }
bool is_one_of(char letter, string_view letters) { return letters.find(letter) != string_view::npos; }

// A word on its way to its stem, and how long the ends of it are that may lose suffixes: R1 and R2. A Y is a
// consonant.
struct Word {
  std::string text;
  size_t r1 = 0;
  size_t r2 = 0;

  size_t size() const { return text.size(); }
  char from_end(size_t n) const { return text[text.size() - n]; }
  bool ends(string_view suffix) const { return string_view(text).ends_with(suffix); }
  bool r1_ends(string_view suffix) const { return r1 >= suffix.size() && ends(suffix); }
  bool r2_ends(string_view suffix) const { return r2 >= suffix.size() && ends(suffix); }

  void cut(size_t n) {
    text.erase(text.size() - n);
    r1 -= std::min(r1, n);
    r2 -= std::min(r2, n);
  }
  // least_r2: of R2, where it is shorter than the suffix.
  void replace(string_view suffix, string_view by, size_t least_r2 = 0) {
    text.erase(text.size() - suffix.size());
    text += by;
    r1 = r1 >= suffix.size() ? r1 - suffix.size() + by.size() : 0;
    r2 = r2 >= suffix.size() ? r2 - suffix.size() + by.size() : least_r2;
  }
};

constexpr std::array<std::pair<string_view, string_view>, 40> kExceptions = {{
    {"skis", "ski"},        {"skies", "sky"},        {"dying", "die"},         {"lying", "lie"},
    {"tying", "tie"},       {"idly", "idl"},         {"gently", "gentl"},      {"ugly", "ugli"},
    {"early", "earli"},     {"only", "onli"},        {"singly", "singl"},      {"sky", "sky"},
    {"news", "news"},       {"howe", "howe"},        {"atlas", "atlas"},       {"cosmos", "cosmos"},
    {"bias", "bias"},       {"andes", "andes"},      {"inning", "inning"},     {"innings", "inning"},
    {"outing", "outing"},   {"outings", "outing"},   {"canning", "canning"},   {"cannings", "canning"},
    {"herring", "herring"}, {"herrings", "herring"}, {"earring", "earring"},   {"earrings", "earring"},
    {"proceed", "proceed"}, {"proceeds", "proceed"}, {"proceeded", "proceed"}, {"proceeding", "proceed"},
    {"exceed", "exceed"},   {"exceeds", "exceed"},   {"exceeded", "exceed"},   {"exceeding", "exceed"},
    {"succeed", "succeed"}, {"succeeds", "succeed"}, {"succeeded", "succeed"}, {"succeeding", "succeed"},
}};

// Behind the first consonant after a vowel: how much of `of` that is.
size_t region(string_view of) {
  for (size_t i = 1; i < of.size(); ++i) {
    if (!is_vowel(of[i]) && is_vowel(of[i - 1])) return of.size() - i - 1;
  }
  return 0;
}

bool has_vowel(string_view text) { return std::any_of(text.begin(), text.end(), is_vowel); }

template <size_t N>
string_view suffix_of(const Word& word, const std::array<string_view, N>& suffixes) {
  for (const string_view suffix : suffixes) {
    if (word.ends(suffix)) return suffix;
  }
  return {};
}

void plural(Word& word) {
  const string_view suffix =
      suffix_of(word, std::array<string_view, 6>{"sses", "ied", "ies", "us", "ss", "s"});
  if (suffix == "sses") word.cut(2);
  if (suffix == "ied" || suffix == "ies") word.cut(word.size() > 4 ? 2 : 1);
  if (suffix == "s" && has_vowel(string_view(word.text).substr(0, word.size() - 2))) word.cut(1);
}

bool is_short(const Word& word) {
  const size_t size = word.size();
  if (word.r1 > 0 || size < 2) return false;
  const bool closed = !is_vowel(word.from_end(1)) && is_vowel(word.from_end(2));
  if (size == 2) return closed;
  return closed && !is_one_of(word.from_end(1), "wxY") && !is_vowel(word.from_end(3));
}

void past_and_progressive(Word& word) {
  const string_view suffix =
      suffix_of(word, std::array<string_view, 6>{"eedly", "ingly", "edly", "eed", "ing", "ed"});
  if (suffix.starts_with("eed")) {
    if (word.r1_ends(suffix)) word.replace(suffix, "ee");
    return;
  }
  if (suffix.empty() || !has_vowel(string_view(word.text).substr(0, word.size() - suffix.size()))) return;
  word.cut(suffix.size());
  if (word.ends("at") || word.ends("bl") || word.ends("iz")) {
    word.text += 'e';
    ++word.r1;
    if (word.size() > 5 || word.r1 >= 3) ++word.r2;
  } else if (word.size() > 1 && word.from_end(1) == word.from_end(2) &&
             is_one_of(word.from_end(1), "bdfgmnprt")) {
    word.cut(1);
  } else if (is_short(word)) {
    word.text += 'e';
    if (word.r2 > 0) ++word.r2;
  }
}

void second(Word& word) {
  const string_view suffix =
      suffix_of(word, std::array<string_view, 24>{
                          "ization", "ational", "fulness", "ousness", "iveness", "tional", "biliti", "lessli",
                          "entli",   "ation",   "alism",   "aliti",   "ousli",   "iviti",  "fulli",  "enci",
                          "anci",    "abli",    "izer",    "ator",    "alli",    "bli",    "ogi",    "li"});
  if (suffix.empty() || !word.r1_ends(suffix)) return;
  if (suffix == "tional" || suffix == "entli" || suffix == "fulli" || suffix == "lessli") {
    word.cut(2);
  } else if (suffix == "enci" || suffix == "anci" || suffix == "abli") {
    word.text.back() = 'e';
  } else if (suffix == "izer" || suffix == "ization") {
    word.replace(suffix, "ize");
  } else if (suffix == "ational" || suffix == "ation" || suffix == "ator") {
    word.replace(suffix, "ate", 1);
  } else if (suffix == "alism" || suffix == "aliti" || suffix == "alli") {
    word.replace(suffix, "al");
  } else if (suffix == "fulness") {
    word.cut(4);
  } else if (suffix == "ousli" || suffix == "ousness") {
    word.replace(suffix, "ous");
  } else if (suffix == "iveness" || suffix == "iviti") {
    word.replace(suffix, "ive", 1);
  } else if (suffix == "biliti" || suffix == "bli") {
    word.replace(suffix, "ble");
  } else if (suffix == "ogi") {
    if (word.from_end(4) == 'l') word.cut(1);
  } else if (is_one_of(word.from_end(3), "cdeghkmnrt")) {
    word.cut(2);
  }
}

void third(Word& word) {
  const string_view suffix =
      suffix_of(word, std::array<string_view, 9>{"ational", "tional", "alize", "icate", "iciti", "ative",
                                                 "ical", "ness", "ful"});
  if (suffix.empty() || !word.r1_ends(suffix)) return;
  if (suffix == "tional") {
    word.cut(2);
  } else if (suffix == "ational") {
    word.replace(suffix, "ate");
  } else if (suffix == "alize") {
    word.cut(3);
  } else if (suffix == "icate" || suffix == "iciti" || suffix == "ical") {
    word.replace(suffix, "ic");
  } else if (suffix == "ful" || suffix == "ness" || word.r2_ends(suffix)) {
    word.cut(suffix.size());
  }
}

void fourth(Word& word) {
  const string_view suffix = suffix_of(
      word, std::array<string_view, 18>{"ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism",
                                        "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic"});
  if (suffix.empty() || !word.r2_ends(suffix)) return;
  if (suffix != "ion" || is_one_of(word.from_end(4), "st")) word.cut(suffix.size());
}

void last(Word& word) {
  if (word.r2_ends("l") && word.size() > 1 && word.from_end(2) == 'l') {
    word.cut(1);
  } else if (word.r2_ends("e")) {
    word.cut(1);
  } else if (word.r1_ends("e") && word.size() >= 4 &&
             (is_vowel(word.from_end(2)) || is_one_of(word.from_end(2), "wxY") ||
              !is_vowel(word.from_end(3)) || is_vowel(word.from_end(4)))) {
    word.cut(1);
  }
}

}  // namespace

std::string stem_of(string_view lemma) {
  if (lemma.size() < kLeast ||
      !std::all_of(lemma.begin(), lemma.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
    return {};
  for (const auto& [exception, stem] : kExceptions) {
    if (lemma == exception) return std::string(stem);
  }
  Word word{std::string(lemma)};
  for (size_t i = 0; i < word.size(); ++i) {
    if (word.text[i] == 'y' && (i == 0 || is_vowel(word.text[i - 1]))) word.text[i] = 'Y';
  }
  const string_view text = word.text;
  if (text.starts_with("gener") || text.starts_with("arsen")) {
    word.r1 = text.size() - 5;
  } else if (text.starts_with("commun")) {
    word.r1 = text.size() - 6;
  } else {
    word.r1 = region(text);
  }
  word.r2 = region(text.substr(text.size() - word.r1));
  plural(word);
  past_and_progressive(word);
  if (word.size() > 2 && is_one_of(word.from_end(1), "yY") && !is_vowel(word.from_end(2)))
    word.text.back() = 'i';
  second(word);
  third(word);
  fourth(word);
  last(word);
  std::replace(word.text.begin(), word.text.end(), 'Y', 'y');
  return word.text;
}

std::string beginning_of(const std::string& stem) {
  string_view beginning = stem;
  if (beginning.ends_with("bl")) beginning.remove_suffix(1);  // probability
  if (!beginning.empty() && is_one_of(beginning.back(), "eiy")) beginning.remove_suffix(1);
  return std::string(beginning.size() < kLeast ? string_view() : beginning);
}

}  // namespace searchlib::english
