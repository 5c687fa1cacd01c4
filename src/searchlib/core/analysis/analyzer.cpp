#include "analysis/analyzer.hpp"

#include <algorithm>
#include <iterator>

#include "analysis/lemma_lists.hpp"
#include "analysis/spelling_letters.hpp"
#include "text/normalise.hpp"
#include "text/utf8.hpp"
#include "text/yo.hpp"

namespace searchlib {
namespace {

constexpr size_t kShortestShouted = 4;
constexpr size_t kMaxLemmatisedBytes = 256;  // no word is longer, and prediction is not linear

}  // namespace

const Route& Analyzer::route_of(const WordShape& shape) const {
  if (shape.letters == 0 || !shape.plain) return folded_;
  if (shape.latin == shape.letters) return latin_;
  if (shape.russian == shape.letters && !shape.apostrophe) return cyrillic_;
  if (shape.arabic == shape.letters) return arabic_;
  return folded_;
}

void Analyzer::analyze(std::string_view raw_token, Analysis& out) const {
  raw_token = utf8::prefix(raw_token, kMaxFormBytes);
  if (const auto whole = spellings::spaced(raw_token)) return analyze_spaced(*whole, out);
  Folded found;
  fold(raw_token, out, found);
  const Route& route = out.form.size() > kMaxLemmatisedBytes ? folded_ : route_of(found.shape);
  out.lemmas.clear();
  out.num_wider = 0;
  const bool only_letters = found.shape.letters == found.shape.characters;
  if (const auto whole = only_letters ? std::nullopt : spellings::undivided(out.form)) {
    if (!found.humps.empty()) out.form.swap(found.humps);
    return analyze_undivided(*whole, out);
  }
  out.declined = route.python;
  if (route.python) {
    if (!found.acronym.empty()) out.form.swap(found.acronym);
    if (!found.humps.empty()) out.form.swap(found.humps);
    return;
  }
  const auto is_code = [](char byte) { return byte == '/' || byte == '@' || byte == '_'; };
  if (!only_letters &&
      std::any_of(out.form.begin(), out.form.end(), is_code)) {  // who writes these writes them one way
    out.lemmas.assign(1, out.form);
    fold_yo(out.lemmas.front());
    if (cyrillic_.morphology) add_words(spellings::contracted(out.form), out.lemmas);
    if (!found.humps.empty()) out.form.swap(found.humps);
    return;
  }
  std::string number;
  if (only_letters || out.form.find(' ') == std::string::npos) {
    add_lemmas(out.form, route, true, out.lemmas);
  } else {
    number = out.form;  // 1 000 is 1000
    std::erase(number, ' ');
    add_lemmas(number, route, true, out.lemmas);
  }
  if (found.stem.empty() && found.shape.apostrophe && found.shape.russian > 0 && found.humps.empty())
    found.stem = spellings::cyrillic_with_ending(out.form).value_or("");
  if (!found.stem.empty() && cyrillic_.morphology) return add_inflected(found, out);
  if (&route == &folded_ || (!out.form.empty() && spellings::is_digit(out.form.front())))
    out.num_wider = add_wider(number.empty() ? out.form : number, out.lemmas);
  if (!found.humps.empty()) {
    out.form.swap(found.humps);
    return;
  }
  if (found.acronym.empty()) {
    if (&route == &latin_ && route.morphology) add_plural(raw_token, out);
    return;
  }
  std::vector<std::string> of_acronym;
  add_lemmas(out.form, route, false, of_acronym);
  if (spellings::may_end_in_s(out.form)) std::erase(of_acronym, out.form.substr(0, out.form.size() - 1));
  // US and OPEC are names before they are words; what is longer and a word is shouted: BEST, СТАЛИ.
  const bool shouted =
      found.shape.characters >= kShortestShouted && route.morphology && route.morphology->known(out.form);
  // AIDS is a word of its own, and not several of AID.
  const std::string single = out.form.substr(0, out.form.size() - 1);
  const bool own = shouted && out.form.ends_with('s') &&
                   std::find(of_acronym.begin(), of_acronym.end(), out.form) != of_acronym.end();
  if (own) std::erase(of_acronym, single);
  add_itself(of_acronym, out.form, !shouted || own);
  if (!shouted && spellings::is_little_word(out.form)) of_acronym.resize(1);  // US is nobody's we
  if (of_acronym == out.lemmas) return;
  out.lemmas.swap(of_acronym);
  out.form.swap(found.acronym);  // a form has one list of lemmas, and "us" has another
}

void Analyzer::analyze_spaced(const spellings::Spaced& whole, Analysis& out) const {
  analyze(whole.joined, out);
  if (!out.declined && !whole.also.empty()) {
    out.num_wider = 0;
    out.lemmas.push_back(whole.also);
  }
  out.form = whole.form;
  out.form.resize(utf8::prefix(out.form, kMaxFormBytes).size());
}

void Analyzer::add_inflected(const Folded& found, Analysis& out) const {
  std::u32string stem;
  decode(found.stem, stem);
  fold_case(stem);
  const Route& route = route_of(shape_of(stem));
  std::string form;
  encode(stem, form);
  std::vector<std::string> lemmas;
  if (!route.python) add_lemmas(form, route, false, lemmas);
  add_itself(lemmas, form, true);  // mostly a name, whatever its capitals: US'ом is the US
  if (!found.repaired.empty()) lemmas.push_back(found.repaired);
  lemmas.insert(lemmas.end(), out.lemmas.begin(), out.lemmas.end());
  fold_and_make_distinct(lemmas);
  out.lemmas.swap(lemmas);
}

void Analyzer::add_plural(std::string_view raw_token, Analysis& out) const {
  const auto acronym = spellings::acronym_of_plural(raw_token);
  if (!acronym) return;
  Analysis of_one;
  analyze(*acronym, of_one);
  std::vector<std::string> lemmas = std::move(of_one.lemmas);
  lemmas.insert(lemmas.end(), out.lemmas.begin(), out.lemmas.end());
  fold_and_make_distinct(lemmas);
  if (lemmas == out.lemmas) return;
  out.lemmas.swap(lemmas);
  out.form = raw_token;  // "apis" in small letters is a bee
}

void Analyzer::analyze_undivided(const spellings::Undivided& word, Analysis& out) const {
  std::string form = std::move(out.form);
  Analysis hyphenated;
  std::u32string letters;
  decode(word.joined, letters);
  const Route& route = route_of(shape_of(letters));
  const bool known = route.morphology && route.morphology->known(word.joined);
  analyze(word.joined, out);
  if (!word.hyphenated.empty() && !known && !out.declined) {
    analyze(word.hyphenated, hyphenated);
    out.lemmas.insert(out.lemmas.begin(), hyphenated.lemmas.begin(), hyphenated.lemmas.end());
    fold_and_make_distinct(out.lemmas);
  }
  out.num_wider = 0;
  // A lemma of the first part stands at this place anyway, and would hide that part's form from who counts it.
  Analysis first;
  analyze(std::string_view(word.joined).substr(0, form.find_first_of("-\xC2")), first);
  const auto is_first = [&](const std::string& lemma) {
    return std::find(first.lemmas.begin(), first.lemmas.end(), lemma) != first.lemmas.end();
  };
  std::erase_if(out.lemmas, is_first);
  if (out.lemmas.empty() && !out.declined) out.lemmas.assign(1, word.joined);
  out.form = std::move(form);
}

std::string Analyzer::match_key(std::string_view form) {
  std::string key = keyword_key(form);
  std::erase(key, ' ');  // of 1 000: patterns pass over it
  return key;
}

std::string Analyzer::keyword_key(std::string_view value) {
  std::u32string text;
  decode(value, text);
  fold_case(text);
  std::string key;
  encode(text, key);
  fold_yo(key);
  return key;
}

}  // namespace searchlib
