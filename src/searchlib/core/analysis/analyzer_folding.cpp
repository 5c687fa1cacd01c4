// Analyzer, its first half: a token's raw bytes to its folded form.

#include <algorithm>

#include "analysis/analyzer.hpp"
#include "text/chars.hpp"
#include "text/normalise.hpp"
#include "text/parts.hpp"
#include "text/utf8.hpp"

namespace searchlib {
namespace {

bool is_dot_net(std::string_view token) {
  const auto* const dot = reinterpret_cast<const uint8_t*>(token.data());
  const uint8_t* const end = dot + token.size();
  return dot != end && scanning::find_word(dot + 1, end) == dot + 1 && dot + 1 != end &&
         scanning::is_dot_net(dot, dot + 1, scanning::read_word(dot + 1, end).end);
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

bool next_is_digit(const uint8_t* at, const uint8_t* end) { return scanning::char_at(at, end).digit(); }

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
      form += fold_case(text.substr(at, to - at));
    }
    at = to;
  };
  for (uint32_t part = 1; part < parts.size(); ++part) {
    if (parts[part].level != Level::kHump || next_is_digit(parts[part].begin, end)) continue;
    add_folded(static_cast<size_t>(parts[part].begin - begin));
    const uint32_t length = utf8::decode(parts[part].begin, end).length;
    form.append(text, at, length);
    at += length;
  }
  if (form.empty()) return form;
  add_folded(text.size());
  return form;
}

// Of plain words.
bool begins_with_capital(std::string_view word) {
  if (word.empty()) return false;
  const auto first = static_cast<uint8_t>(word[0]),
             second = static_cast<uint8_t>(word.size() > 1 ? word[1] : 0);
  return (first >= 'A' && first <= 'Z') || (first == 0xD0 && second < 0xB0);
}

// Powers of lengths are written with plain digits, too: м² and м2.
void plain_powers(std::u32string& word) {
  for (char32_t& next : word) {
    if (next == U'²' || next == U'³') next = next == U'²' ? U'2' : U'3';
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

void Analyzer::fold(std::string_view raw_token, Analysis& out, Folded& found) const {
  WordShape& shape = found.shape;
  Marks marks = divides_ ? take_marks(raw_token) : Marks();
  const bool dot = raw_token.size() > 1 && raw_token.back() == '.';
  marks.behind = marks.behind || dot;
  if (fold_plain_word(raw_token, out.form, shape)) {
    if (shape.is_acronym()) found.acronym = raw_token;
    if (divides_ && shape.capitals > (begins_with_capital(raw_token) ? 1 : 0))
      found.humps = with_humps(raw_token.substr(0, raw_token.size() - dot), marks, out.form);
    return;
  }
  std::u32string word;
  decode(raw_token, word);
  mark_line_ends(word);
  plain_powers(word);
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

}  // namespace searchlib
