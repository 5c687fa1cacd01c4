// Analyzer: the lemmas of a form, of the other ways to write it, and of plainer words that find it.

#include <algorithm>
#include <iterator>

#include "analysis/abbreviations.hpp"
#include "analysis/analyzer.hpp"
#include "analysis/lemma_lists.hpp"

namespace searchlib {
namespace {

// Adds the lemmas of another spelling; itself where no dictionary is there to ask.
void append_lemmas(const Route& route, const std::string& form, std::vector<std::string>& lemmas) {
  std::vector<std::string> found;
  bool unknown = false;
  if (!route.morphology || !route.morphology->lemmas(form, found, unknown) || found.empty())
    found.assign(1, form);
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

// Whether there is nothing but letters beyond ASCII, and hyphens.
bool is_cyrillic(std::string_view form) {
  return std::all_of(form.begin(), form.end(), [](char byte) { return (byte & 0x80) != 0 || byte == '-'; });
}

}  // namespace

void Analyzer::add_lemmas(const std::string& form, const Route& route, bool abbreviates,
                          std::vector<std::string>& lemmas) const {
  bool unknown = false;
  if (!route.morphology || !route.morphology->lemmas(form, lemmas, unknown) || lemmas.empty())
    lemmas.assign(1, form);
  if (spellings::may_end_in_s(form) && lemmas.front() == form.substr(0, form.size() - 1))
    lemmas.push_back(form);  // ups is what UPS is found by, ads ADS
  if (abbreviates && &route == &latin_ && route.morphology) add_abbreviated(form, lemmas);
  if (latin_.morphology || cyrillic_.morphology) add_other_spellings(form, route, unknown, lemmas);
  fold_and_make_distinct(lemmas);
}

void Analyzer::add_other_spellings(const std::string& form, const Route& route, bool unknown,
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
    if (unknown && spellings::may_be_compound(form)) add_compound(form, lemmas);
    for (size_t i = 0, size = lemmas.size(); i < size; ++i) {
      if (auto acronym = spellings::acronym_of_diminutive(lemmas[i])) add(*std::move(acronym));
    }
    return;
  }
  if (cyrillic_.morphology) {
    if (const auto name = spellings::joined_name(form)) append_lemmas(cyrillic_, *name, lemmas);
    const auto signed_form = spellings::with_hard_sign(form);
    if (signed_form && cyrillic_.morphology->known(*signed_form))
      append_lemmas(cyrillic_, *signed_form, lemmas);
  }
  if (auto number = spellings::international(form)) add(*std::move(number));
  if (auto number = spellings::local_telephone(form)) add(*std::move(number));
  if (cyrillic_.morphology) add_words(spellings::contracted(form), lemmas);
  if (auto joined = spellings::without_dots(form)) add(*std::move(joined));
  if (auto joined = spellings::without_name_dot(form); joined && latin_.morphology) add(*std::move(joined));
  if (auto size = spellings::dimensions(form)) add(*std::move(size));
  if (auto number = spellings::ungrouped_by_dots(form)) add(*std::move(number));
  if (auto number = spellings::without_zeros(form)) add(*std::move(number));
  if (auto number = spellings::plain_number(form)) {
    lemmas.insert(number->grouped ? lemmas.begin() : lemmas.end(), std::move(number->plain));
  }
}

uint32_t Analyzer::add_wider(const std::string& form, std::vector<std::string>& lemmas) const {
  if (!latin_.morphology && !cyrillic_.morphology) return 0;
  std::vector<std::string> wider = spellings::number_beginnings(form, divides_);
  if (const auto number = spellings::number_of_version(form)) {
    wider = spellings::number_beginnings(*number, false);
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
  if (const auto latin = latin_.morphology ? spellings::latin_beginning(form) : std::nullopt) {
    const auto joined = spellings::without_hyphens(*latin);
    if (joined && (joined->certain || latin_.morphology->known(joined->form)))
      append_lemmas(latin_, joined->form, wider);
  }
  if (const auto bare = spellings::without_signs(form)) append_lemmas(latin_, *bare, wider);
  if (const std::string_view words = spellings::power_of_length(form); !words.empty()) {
    const bool latin = static_cast<uint8_t>(form.front()) < 0x80;
    if ((latin ? latin_ : cyrillic_).morphology) add_words(words, wider);
  }
  if (const auto bare = divides_ ? std::nullopt : spellings::without_footnote(form)) {
    for (const Route* route : {&latin_, &cyrillic_}) {
      if (route->morphology && route->morphology->known(*bare)) append_lemmas(*route, *bare, wider);
    }
  }
  const size_t own = lemmas.size();
  lemmas.insert(lemmas.end(), wider.begin(), wider.end());
  fold_and_make_distinct(lemmas);
  return static_cast<uint32_t>(lemmas.size() - own);
}

void Analyzer::ask(Analysis& analysis) const {
  if (analysis.declined) return;
  analysis.lemmas.resize(analysis.lemmas.size() - analysis.num_wider);
  analysis.num_wider = 0;
  const std::string& form = analysis.form;
  if (cyrillic_.morphology && form.find('-') != std::string::npos && is_cyrillic(form)) {
    if (const auto joined = spellings::without_hyphens(form))
      append_lemmas(cyrillic_, joined->form, analysis.lemmas);
    return fold_and_make_distinct(analysis.lemmas);
  }
  if (cyrillic_.morphology && spellings::may_be_compound(form)) {
    add_hyphenated(analysis);
    return fold_and_make_distinct(analysis.lemmas);
  }
  const auto is_plain = [](char byte) { return (byte >= 'a' && byte <= 'z') || byte == '-'; };
  if (!latin_.morphology || !std::all_of(form.begin(), form.end(), is_plain)) return;
  // Who types "us" may mean the US, which does not mean us.
  if (form == "us") analysis.lemmas.push_back(form);
  if (const auto joined = spellings::without_hyphens(form)) {
    append_lemmas(latin_, joined->form, analysis.lemmas);
  } else if (!latin_.morphology->known(form)) {
    latin_.morphology->add_hyphenated(form, analysis.lemmas);
  }
  fold_and_make_distinct(analysis.lemmas);
}

// A Russian word that the dictionary lacks, with a hyphen before each word that it may end in: кибератака →
// кибер-атака. Only what is written so is found by that, so a wrong cut does no harm.
void Analyzer::add_hyphenated(Analysis& analysis) const {
  constexpr size_t kLetter = 2, kFewestFirst = 2 * kLetter, kFewestSecond = 3 * kLetter, kMost = 4;
  const Morphology& russian = *cyrillic_.morphology;
  const std::string& form = analysis.form;
  if (russian.known(form)) return;
  size_t count = 0;
  for (size_t cut = kFewestFirst; cut + kFewestSecond <= form.size() && count < kMost; cut += kLetter) {
    if (!russian.known(std::string_view(form).substr(cut))) continue;
    append_lemmas(cyrillic_, form.substr(0, cut).append(1, '-').append(form, cut), analysis.lemmas);
    ++count;
  }
}

// A word that the dictionary lacks, as the two that it may be made of.
void Analyzer::add_compound(const std::string& form, std::vector<std::string>& lemmas) const {
  const Morphology& russian = *cyrillic_.morphology;
  std::vector<std::string> found;
  bool unknown = false;
  const auto is_lemma = [&](std::string_view word) {
    return russian.known(word) && russian.lemmas(word, found, unknown) &&
           std::find(found.begin(), found.end(), word) != found.end();
  };
  const auto is_known = [&](std::string_view word) { return russian.known(word); };
  if (const auto compound = spellings::hyphenated_compound(form, is_lemma, is_known))
    append_lemmas(cyrillic_, *compound, lemmas);
}

}  // namespace searchlib
