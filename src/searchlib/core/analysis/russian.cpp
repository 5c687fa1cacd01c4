#include "analysis/russian.hpp"

#include <algorithm>
#include <array>

#include "analysis/russian_alphabet.hpp"
#include "analysis/russian_hypotheses.hpp"
#include "analysis/russian_overrides.hpp"
#include "analysis/russian_parser.hpp"

namespace searchlib {

bool RussianMorphology::lemmas(std::string_view word, std::vector<std::string>& out, bool& unknown) const {
  if (russian::override_lemmas(word, out)) return true;
  bool known = false;
  if (!parse(word, out, known)) return false;
  unknown = unknown || !known;
  if (word.size() <= russian::Dictionary::kMaxWordBytes)
    russian::add_hypotheses(dictionary_, word, known, out);
  return true;
}

bool RussianMorphology::raw_lemmas(std::string_view word, std::vector<std::string>& out) const {
  bool known = false;
  return parse(word, out, known);
}

bool RussianMorphology::parse(std::string_view word, std::vector<std::string>& out, bool& known) const {
  if (!russian::letters_of(word).accepted) {
    out.clear();
    return false;
  }
  if (word.size() > russian::Dictionary::kMaxWordBytes) {
    out.assign(1, std::string(word));
    return true;
  }
  known = russian::Parser(dictionary_, word).lemmas(out);
  return true;
}

bool RussianMorphology::known(std::string_view word) const {
  bool found = false;
  if (word.size() <= russian::Dictionary::kMaxWordBytes && russian::letters_of(word).accepted) {
    dictionary_.find_word(word, [&](std::string_view, const russian::Record&) { found = true; });
  }
  return found;
}

bool RussianMorphology::known_name(std::string_view word) const {
  bool found = false;
  if (word.size() <= russian::Dictionary::kMaxWordBytes && russian::letters_of(word).accepted) {
    dictionary_.find_word(word, [&](std::string_view, const russian::Record& record) {
      found = found || (record.form == 0 && dictionary_.tags().is_name(dictionary_.tag_of(record)));
    });
  }
  return found;
}

bool RussianMorphology::known_place(std::string_view word) const {
  bool place = false, person = false;
  if (word.size() <= russian::Dictionary::kMaxWordBytes && russian::letters_of(word).accepted) {
    dictionary_.find_word(word, [&](std::string_view, const russian::Record& record) {
      const russian::TagId tag = dictionary_.tag_of(record);
      place = place || dictionary_.tags().is_place(tag);
      person = person || dictionary_.tags().is_person(tag);
    });
  }
  constexpr std::array<std::string_view, 4> kOfSurnames = {"ов", "ев", "ова", "ева"};
  const auto ends_so = [&](std::string_view ending) { return word.ends_with(ending); };
  return place && !person && std::none_of(kOfSurnames.begin(), kOfSurnames.end(), ends_so);
}

}  // namespace searchlib
