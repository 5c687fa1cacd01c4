#include "analysis/analyzer.hpp"

#include <algorithm>
#include <iterator>

#include "analysis/abbreviations.hpp"
#include "analysis/spellings.hpp"
#include "text/normalise.hpp"
#include "text/unicode.hpp"
#include "text/utf8.hpp"
#include "text/yo.hpp"

namespace searchlib {
namespace {

constexpr size_t kShortestShouted = 4;
constexpr size_t kMaxLemmatisedBytes = 256;  // no word is longer, and prediction is not linear

void fold_and_make_distinct(std::vector<std::string>& lemmas) {
  size_t kept = 0;
  for (size_t i = 0; i < lemmas.size(); ++i) {
    fold_yo(lemmas[i]);
    const auto end = lemmas.begin() + static_cast<std::ptrdiff_t>(kept);
    if (std::find(lemmas.begin(), end, lemmas[i]) != end) continue;
    if (kept != i) lemmas[kept] = std::move(lemmas[i]);
    ++kept;
  }
  lemmas.resize(kept);
}

// The word itself among its lemmas: first, or last if it is not there yet.
void add_itself(std::vector<std::string>& lemmas, std::string word, bool first) {
  fold_yo(word);
  const auto found = std::find(lemmas.begin(), lemmas.end(), word);
  if (!first && found != lemmas.end()) return;
  if (found != lemmas.end()) lemmas.erase(found);
  lemmas.insert(first ? lemmas.begin() : lemmas.end(), std::move(word));
}

// Adds the lemmas of another spelling; itself where no dictionary is there to ask.
void append_lemmas(const Route& route, const std::string& form, std::vector<std::string>& lemmas) {
  std::vector<std::string> found;
  if (!route.morphology || !route.morphology->lemmas(form, found) || found.empty()) found.assign(1, form);
  lemmas.insert(lemmas.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
}

void add_abbreviated(const std::string& form, std::vector<std::string>& lemmas) {
  const Abbreviation* const found = english_abbreviation(form);
  if (found == nullptr) return;
  auto place = found->leads ? lemmas.begin() : lemmas.end();
  std::string_view rest = found->lemmas;
  while (!rest.empty()) {
    const size_t size = std::min(rest.find(' '), rest.size());
    place = std::next(lemmas.insert(place, std::string(rest.substr(0, size))));
    rest.remove_prefix(std::min(size + 1, rest.size()));
  }
}

void cut(std::string& form, size_t max_bytes) { form.resize(utf8::prefix(form, max_bytes).size()); }

}  // namespace

void Analyzer::repair(std::u32string& word) const {
  repair_look_alikes(word, [this](const std::u32string& reading) {
    const Route& route = route_of(shape_of(reading));
    if (!route.morphology) return false;
    std::u32string lowered = reading;
    fold_case(lowered);
    std::string text;
    encode(lowered, text);
    return route.morphology->known(text);
  });
}

const Route& Analyzer::route_of(const WordShape& shape) const {
  if (shape.letters == 0 || !shape.plain) return folded_;
  if (shape.latin == shape.letters) return latin_;
  if (shape.russian == shape.letters && !shape.apostrophe) return cyrillic_;
  if (shape.arabic == shape.letters) return arabic_;
  return folded_;
}

WordShape Analyzer::fold(std::string_view raw_token, Analysis& out, std::string& acronym) const {
  WordShape shape;
  if (fold_plain_word(raw_token, out.form, shape)) {
    if (shape.is_acronym()) acronym = raw_token;
    return shape;
  }
  std::u32string word;
  decode(raw_token, word);
  normalise(word);
  if (word.size() > 1 && word.back() == U'.')
    word.pop_back();  // of dotted initials: U.S. and U.S are one form
  repair(word);
  shape = shape_of(word);
  if (shape.is_acronym()) encode(word, acronym);
  fold_case(word);
  encode(word, out.form);
  cut(out.form, kMaxFormBytes);
  return shape;
}

void Analyzer::analyze(std::string_view raw_token, Analysis& out) const {
  std::string acronym;  // US as it stands, if the word is one
  const WordShape shape = fold(utf8::prefix(raw_token, kMaxFormBytes), out, acronym);
  const Route& route = out.form.size() > kMaxLemmatisedBytes ? folded_ : route_of(shape);
  out.lemmas.clear();
  out.declined = route.python;
  if (route.python) {
    if (!acronym.empty()) out.form.swap(acronym);
    return;
  }
  add_lemmas(out.form, route, true, out.lemmas);
  if (acronym.empty()) return;
  std::vector<std::string> of_acronym;
  add_lemmas(out.form, route, false, of_acronym);
  // US and OPEC are names before they are words; what is longer and a word is shouted: BEST, СТАЛИ.
  const bool shouted =
      shape.characters >= kShortestShouted && route.morphology && route.morphology->known(out.form);
  add_itself(of_acronym, out.form, !shouted);
  if (of_acronym == out.lemmas) return;
  out.lemmas.swap(of_acronym);
  out.form.swap(acronym);  // a form has one list of lemmas, and "us" has another
}

void Analyzer::add_lemmas(const std::string& form, const Route& route, bool abbreviates,
                          std::vector<std::string>& lemmas) const {
  if (!route.morphology || !route.morphology->lemmas(form, lemmas) || lemmas.empty()) lemmas.assign(1, form);
  if (abbreviates && &route == &latin_ && route.morphology) add_abbreviated(form, lemmas);
  if (latin_.morphology || cyrillic_.morphology) add_other_spellings(form, route, lemmas);
  fold_and_make_distinct(lemmas);
}

void Analyzer::add_other_spellings(const std::string& form, const Route& route,
                                   std::vector<std::string>& lemmas) const {
  const auto add = [&](std::string&& lemma) { lemmas.push_back(std::move(lemma)); };
  if (const auto joined = spellings::without_hyphens(form); joined && route.morphology) {
    if (joined->certain || route.morphology->known(joined->form)) append_lemmas(route, joined->form, lemmas);
  }
  if (&route == &latin_) {
    if (!latin_.morphology) return;
    for (size_t i = 0, size = lemmas.size(); i < size; ++i) {
      if (auto bare = spellings::without_apostrophes(lemmas[i])) add(*std::move(bare));
    }
    if (const auto plain = spellings::without_marks(form)) append_lemmas(latin_, *plain, lemmas);
    return;
  }
  if (const auto modern = spellings::modern_russian(form); modern && cyrillic_.morphology) {
    std::vector<std::string> own;
    if (modern->certain) own.swap(lemmas);
    if (modern->certain || cyrillic_.morphology->known(modern->form))
      append_lemmas(cyrillic_, modern->form, lemmas);
    if (modern->certain) add(std::string(form));
  }
  if (auto roman = spellings::roman_numeral(form)) add(*std::move(roman));
  if (&route == &cyrillic_) return;
  if (auto joined = spellings::without_dots(form)) add(*std::move(joined));
  if (const auto bare = spellings::without_signs(form)) append_lemmas(latin_, *bare, lemmas);
  if (auto bare = spellings::without_unit(form)) add(*std::move(bare));
  if (auto number = spellings::plain_number(form)) {
    lemmas.insert(number->grouped ? lemmas.begin() : lemmas.end(), std::move(number->plain));
  }
}

std::string Analyzer::match_key(std::string_view form) {
  std::u32string word;
  decode(form, word);
  fold_case(word);
  std::string key;
  encode(word, key);
  fold_yo(key);
  return key;
}

}  // namespace searchlib
