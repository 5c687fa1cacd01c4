#include "analysis/analyzer.hpp"

#include <algorithm>
#include <iterator>

#include "analysis/abbreviations.hpp"
#include "analysis/spelling_letters.hpp"
#include "text/normalise.hpp"
#include "text/parts.hpp"
#include "text/unicode.hpp"
#include "text/utf8.hpp"
#include "text/yo.hpp"

namespace searchlib {
namespace {

constexpr size_t kShortestShouted = 4;
constexpr size_t kMaxLemmatisedBytes = 256;  // no word is longer, and prediction is not linear

bool is_dot_net(std::string_view token) {
  const auto* const dot = reinterpret_cast<const uint8_t*>(token.data());
  const uint8_t* const end = dot + token.size();
  return dot != end && scanning::find_word(dot + 1, end) == dot + 1 && dot + 1 != end &&
         scanning::is_dot_net(dot, dot + 1, scanning::read_word(dot + 1, end).end);
}

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

// The marks beside a token that RawToken::raw() has.
struct Marks {
  bool before = false, behind = false;
};

// Takes them away. The last dot is one as well, or that of initials, which is no part of a form either.
Marks take_marks(std::string_view& token) {
  Marks marks;
  const auto may_be_mark = [](char byte) { return byte == '_' || byte == '.' || byte == '('; };
  if (token.empty() || (!may_be_mark(token.front()) && !may_be_mark(token.back()))) return marks;
  const auto* const begin = reinterpret_cast<const uint8_t*>(token.data());
  const uint8_t* const end = begin + token.size();
  if (scanning::find_word(begin, end) == end) return marks;  // nothing but marks, which no text gives
  if (token.size() > 1 && (token[0] == '_' || (token[0] == '.' && !is_dot_net(token)))) {
    token.remove_prefix(1);
    marks.before = true;
  }
  if (token.size() > 1 && (token.back() == '(' || token.back() == '_')) {
    token.remove_suffix(1);
    marks.behind = true;
  }
  return marks;
}

std::string folded(std::string_view text) {
  std::u32string word;
  decode(text, word);
  fold_case(word);
  std::string form;
  encode(word, form);
  return form;
}

// The folded text, but for the capitals that divide it; empty if none do. `folded_text` is all of it, if it has
// a byte for each of the text's.
std::string with_humps(std::string_view text, Marks marks, std::string_view folded_text) {
  using namespace scanning;
  const auto* const begin = reinterpret_cast<const uint8_t*>(text.data());
  const uint8_t* const end = begin + text.size();
  if (most_humps(begin, end) == 1) return {};
  const uint8_t* const first = find_word(begin, end);
  if (first != begin && !is_dot_net(text)) return {};
  const WordEnd word = read_word(first, end);
  if (!word.more) return {};
  Parts parts(begin, end, true);
  parts.set_marks(marks.before, marks.behind);
  parts.read(first, word);
  std::string form;
  size_t at = 0;
  const auto add_folded = [&](size_t to) {
    if (folded_text.size() == text.size()) {
      form += folded_text.substr(at, to - at);
    } else {
      form += folded(text.substr(at, to - at));
    }
    at = to;
  };
  for (uint32_t part = 1; part < parts.size(); ++part) {
    if (parts[part].level != Level::kHump) continue;
    add_folded(static_cast<size_t>(parts[part].begin - begin));
    const uint32_t length = utf8::decode(parts[part].begin, end).length;
    form.append(text, at, length);
    at += length;
  }
  if (form.empty()) return form;
  add_folded(text.size());
  return form;
}

void add_words(std::string_view words, std::vector<std::string>& lemmas) {
  while (!words.empty()) {
    const size_t size = std::min(words.find(' '), words.size());
    lemmas.emplace_back(words.substr(0, size));
    words.remove_prefix(std::min(size + 1, words.size()));
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

void Analyzer::fold(std::string_view raw_token, Analysis& out, Folded& found) const {
  WordShape& shape = found.shape;
  Marks marks = divides_ ? take_marks(raw_token) : Marks();
  const bool dot = raw_token.size() > 1 && raw_token.back() == '.';
  marks.behind = marks.behind || dot;
  if (fold_plain_word(raw_token, out.form, shape)) {
    if (shape.is_acronym()) found.acronym = raw_token;
    if (divides_ && shape.capitals > 0)
      found.humps = with_humps(raw_token.substr(0, raw_token.size() - dot), marks, out.form);
    return;
  }
  std::u32string word;
  decode(raw_token, word);
  mark_line_ends(word);
  normalise(word);
  if (word.size() > 1 && word.back() == U'.')
    word.pop_back();  // of dotted initials: U.S. and U.S are one form
  const std::u32string as_typed = word;
  repair(word);
  if (const auto inflected = spellings::latin_with_ending(as_typed)) {
    const Route& route = route_of(shape_of(word));
    std::u32string lowered = word;
    fold_case(lowered);
    std::string repaired;
    encode(lowered, repaired);
    // "Googlе" with a Russian е is a word; "PDFа" is no pdfa.
    if (inflected->joined || !route.morphology || !route.morphology->known(repaired)) {
      encode(inflected->stem, found.stem);
      if (!inflected->joined && word != as_typed) found.repaired.swap(repaired);
      word = as_typed;
    }
  }
  shape = shape_of(word);
  if (shape.is_acronym()) encode(word, found.acronym);
  if (divides_ && shape.capitals > 0) {
    encode(word, out.form);
    found.humps = with_humps(out.form, marks, {});
    cut(found.humps, kMaxFormBytes);
  }
  fold_case(word);
  encode(word, out.form);
  cut(out.form, kMaxFormBytes);
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
  cut(out.form, kMaxFormBytes);
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

void Analyzer::add_lemmas(const std::string& form, const Route& route, bool abbreviates,
                          std::vector<std::string>& lemmas) const {
  if (!route.morphology || !route.morphology->lemmas(form, lemmas) || lemmas.empty()) lemmas.assign(1, form);
  if (spellings::may_end_in_s(form) && lemmas.front() == form.substr(0, form.size() - 1))
    lemmas.push_back(form);  // ups is what UPS is found by, ads ADS
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
  if (auto code = spellings::joined_code(form)) add(*std::move(code));
  if (auto code = spellings::code_of_plural(form)) add(*std::move(code));
  if (auto years = spellings::decade(form)) add(*std::move(years));
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
  if (const auto number = spellings::hyphenated_number(form)) append_lemmas(cyrillic_, *number, lemmas);
  if (const auto number = spellings::number_and_word(form); number && cyrillic_.morphology) {
    if (cyrillic_.morphology->known(number->substr(number->find('-') + 1)))
      append_lemmas(cyrillic_, *number, lemmas);
  }
  if (&route == &cyrillic_) {
    if (cyrillic_.morphology) add_compound(form, lemmas);
    return;
  }
  if (auto number = spellings::international(form)) add(*std::move(number));
  if (cyrillic_.morphology) add_words(spellings::contracted(form), lemmas);
  if (auto joined = spellings::without_dots(form)) add(*std::move(joined));
  if (auto size = spellings::dimensions(form)) add(*std::move(size));
  if (auto number = spellings::plain_number(form)) {
    lemmas.insert(number->grouped ? lemmas.begin() : lemmas.end(), std::move(number->plain));
  }
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

uint32_t Analyzer::add_wider(const std::string& form, std::vector<std::string>& lemmas) const {
  if (!latin_.morphology && !cyrillic_.morphology) return 0;
  std::vector<std::string> wider = spellings::number_beginnings(form);
  if (const auto number = spellings::number_of_version(form)) {
    wider = spellings::number_beginnings(*number);
    // Of three parts it is the version, however written; 2.0 may be any number.
    (wider.empty() ? wider : lemmas).emplace_back(*number);
    for (size_t dot = form.find('.', form.find('.') + 1); dot != std::string::npos;
         dot = form.find('.', dot + 1))
      wider.push_back(form.substr(0, dot));  // v3.11
  }
  if (auto model = spellings::plain_model(form)) wider.push_back(*std::move(model));
  if (auto number = spellings::without_number_ending(form); number && cyrillic_.morphology)
    wider.push_back(*std::move(number));
  if (form.find_first_of("x\xC3\xD1") != std::string::npos) {
    for (std::string& piece : spellings::pieces_of_dimensions(spellings::dimensions(form).value_or(form)))
      wider.push_back(std::move(piece));
  }
  if (const auto bare = spellings::without_signs(form)) append_lemmas(latin_, *bare, wider);
  if (const auto bare = spellings::without_footnote(form)) {
    for (const Route* route : {&latin_, &cyrillic_}) {
      if (route->morphology && route->morphology->known(*bare)) append_lemmas(*route, *bare, wider);
    }
  }
  const size_t own = lemmas.size();
  lemmas.insert(lemmas.end(), wider.begin(), wider.end());
  fold_and_make_distinct(lemmas);
  return static_cast<uint32_t>(lemmas.size() - own);
}

// A word that the dictionary lacks, as the two that it may be made of.
void Analyzer::add_compound(const std::string& form, std::vector<std::string>& lemmas) const {
  const Morphology& russian = *cyrillic_.morphology;
  if (russian.known(form)) return;
  std::vector<std::string> found;
  const auto is_lemma = [&](std::string_view word) {
    return russian.known(word) && russian.lemmas(word, found) &&
           std::find(found.begin(), found.end(), word) != found.end();
  };
  const auto is_known = [&](std::string_view word) { return russian.known(word); };
  if (const auto compound = spellings::hyphenated_compound(form, is_lemma, is_known))
    append_lemmas(cyrillic_, *compound, lemmas);
}

std::string Analyzer::match_key(std::string_view form) {
  std::u32string word;
  decode(form, word);
  fold_case(word);
  std::erase(word, U' ');  // of 1 000: patterns pass over it
  std::string key;
  encode(word, key);
  fold_yo(key);
  return key;
}

}  // namespace searchlib
