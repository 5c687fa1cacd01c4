#include "analysis/russian_parser.hpp"

#include <algorithm>
#include <string>

#include "analysis/russian_alphabet.hpp"

namespace searchlib::russian {

Parser::Parser(const Dictionary& dictionary, std::string_view word)
    : dictionary_(dictionary), word_(word), tracks_methods_(word.find('-') != std::string_view::npos) {}

bool Parser::lemmas(std::vector<std::string>& out) {
  Parses parses;
  const bool known = apply_rules(word_, parses);
  const bool have_one_lemma = std::all_of(parses.begin(), parses.end(), [&](const Parse& parse) {
    return parse.normal_form == parses.front().normal_form;
  });
  if (!have_one_lemma) sort_by_probability(word_, parses);
  size_t count = 0;  // the strings of `out` are written over, so that their memory serves again
  for (const Parse& parse : parses) {
    const auto end = out.begin() + static_cast<std::ptrdiff_t>(count);
    if (std::find(out.begin(), end, parse.normal_form) != end) continue;
    if (count == out.size()) out.emplace_back();
    out[count++].assign(parse.normal_form);
  }
  out.resize(count);
  return known;
}

const Parses& Parser::parse(std::string_view part) {
  for (const Memo& memo : memos_) {
    if (memo.part.data() == part.data() && memo.part.size() == part.size()) return memo.parses;
  }
  Parses parses;
  apply_rules(part, parses);
  sort_by_probability(part, parses);
  return memos_.emplace_back(Memo{part, std::move(parses)}).parses;
}

// The first rule that finds something ends the search; only the last two go together, and share
// what they have seen.
bool Parser::apply_rules(std::string_view word, Parses& out) {
  dictionary_words(word, out);
  if (!out.empty()) return true;
  if (!has_foreign_shape(word)) {
    if (tracks_methods_) {
      hyphen_separated_particle(word, out);
      if (out.empty()) hyphen_adverb(word, out);
      if (out.empty()) hyphenated_words(word, out);
    }
    if (out.empty()) known_prefix(word, out);
    if (!out.empty()) return false;
    Seen seen;
    unknown_prefix(word, seen, out);
    known_suffix(word, seen, out);
    if (!out.empty()) return false;
  }
  const std::string_view itself = intern({word});
  out.push_back({itself, itself, dictionary_.tags().unknown(), kNoParadigm, methods('?', itself)});
  return false;
}

// If nothing is known of the word, the rules' order stays; ties keep it too.
void Parser::sort_by_probability(std::string_view word, Parses& parses) const {
  Dawg::Node node;
  if (parses.size() < 2 || !dictionary_.word_node(word, node)) return;
  std::vector<std::pair<uint32_t, Parse>> weighed;
  weighed.reserve(parses.size());
  for (const Parse& parse : parses) weighed.emplace_back(dictionary_.probability(node, parse.tag), parse);
  std::stable_sort(weighed.begin(), weighed.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::transform(weighed.begin(), weighed.end(), parses.begin(),
                 [](const auto& pair) { return pair.second; });
}

void Parser::dictionary_words(std::string_view word, Parses& out) {
  dictionary_.find_word(word, [&](std::string_view spelling, const Record& record) {
    const std::string_view interned = intern({spelling});
    out.push_back(parse_of(record, interned, methods('D', interned, record.paradigm, record.form)));
  });
}

Parse Parser::parse_of(const Record& record, std::string_view word, std::string_view methods) {
  const auto [prefix, stem, suffix] = dictionary_.normal_form(record, word);
  return {word, arena_.join({prefix, stem, suffix}), dictionary_.tag_of(record), record.paradigm, methods};
}

Parse Parser::with_prefix(std::string_view prefix, const Parse& parse, char unit) {
  Parse longer = parse;
  longer.word = intern({prefix, parse.word});
  longer.normal_form = arena_.join({prefix, parse.normal_form});
  if (tracks_methods_) longer.methods = arena_.join({parse.methods, methods(unit, prefix)});
  return longer;
}

// A name for «this unit of pymorphy3 saw this text», such that two names are equal if and only if its tuples
// are. Only a hyphenated word's right half is ever compared by it («a-b-то»), so other words do without.
std::string_view Parser::methods(char unit, std::string_view text, uint32_t paradigm, uint32_t form) {
  if (!tracks_methods_) return {};
  const std::string ids = ' ' + std::to_string(paradigm) + ' ' + std::to_string(form) + ';';
  return arena_.join({std::string_view(&unit, 1), text, ids});
}

// One address for one spelling: a word has few (with е and with ё), its parses may be a hundred.
std::string_view Parser::intern(std::initializer_list<std::string_view> parts) {
  const std::string_view joined = arena_.join(parts);
  for (const std::string_view known : interned_) {
    if (known == joined) return known;
  }
  return interned_.emplace_back(joined);
}

bool Parser::is_new(const Parse& parse, Seen& seen) const {
  const Identity id{parse.word.data(), parse.tag, parse.paradigm, parse.right_methods};
  for (const Identity& known : seen) {
    if (known.paradigm == id.paradigm && known.word == id.word && known.right_methods == id.right_methods &&
        dictionary_.tags().are_equal(known.tag, id.tag)) {
      return false;
    }
  }
  seen.push_back(id);
  return true;
}

}  // namespace searchlib::russian
