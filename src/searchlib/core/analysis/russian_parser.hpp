// One word, parsed as pymorphy3 2.0 parses it: the dictionary, and where that knows nothing its rules for
// unknown words, in its order. In: a word of Russian's alphabet. Out: its lemmas, the most probable first. It
// knows no file.
//
// The rules call each other on parts of the word («смотри-ка» is «смотри», «псевдокошка» is «кошка»), so a
// parser remembers what each part gave; a word like «недонедонедо…» would otherwise take exponential time.

#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/arena.hpp"
#include "analysis/russian_dictionary.hpp"

namespace searchlib::russian {

inline constexpr uint32_t kNoParadigm = UINT32_MAX;

struct Parse {
  std::string_view word;  // as the parse spells it: with ё where the dictionary has ё; interned
  std::string_view normal_form;
  TagId tag;
  uint32_t paradigm;              // kNoParadigm if a rule alone explains the word
  std::string_view methods = {};  // how it was found, in words with a hyphen only; see Parser::methods()
  std::string_view right_methods = {};  // of a hyphenated word: how its right half was found
};
using Parses = std::vector<Parse>;

class Parser {
 public:
  // The word must be accepted by letters_of(), have at most Dictionary::kMaxWordBytes bytes
  // and outlive the parser.
  Parser(const Dictionary& dictionary, std::string_view word);

  // Replaces `out` by the distinct normal forms of all parses, in the parses' order; never empty. Whether the
  // dictionary itself has the word.
  bool lemmas(std::vector<std::string>& out);

 private:
  // What makes two parses of one rule the same: the spelling, the tag, and the paradigm or
  // the right half's methods.
  struct Identity {
    const char* word;
    TagId tag;
    uint32_t paradigm;
    std::string_view right_methods;
  };
  struct Counted {
    Parse parse;
    double score;
  };
  using Seen = std::vector<Identity>;

  const Parses& parse(std::string_view part);
  bool apply_rules(std::string_view word, Parses& out);  // true: it is in the dictionary
  void sort_by_probability(std::string_view word, Parses& parses) const;

  // The rules, each named after the unit of pymorphy3 that it equals.
  void dictionary_words(std::string_view word, Parses& out);
  void hyphen_separated_particle(std::string_view word, Parses& out);
  void hyphen_adverb(std::string_view word, Parses& out);
  void hyphenated_words(std::string_view word, Parses& out);
  void known_prefix(std::string_view word, Parses& out);
  void unknown_prefix(std::string_view word, Seen& seen, Parses& out);
  void known_suffix(std::string_view word, Seen& seen, Parses& out);
  uint64_t known_suffix_of(std::string_view word, size_t prefix, size_t letters, Seen& seen,
                           std::vector<Counted>& found);

  bool is_new(const Parse& parse, Seen& seen) const;
  std::string_view intern(std::initializer_list<std::string_view> parts);
  Parse parse_of(const Record& record, std::string_view word, std::string_view methods);
  Parse with_prefix(std::string_view prefix, const Parse& parse, char unit);
  std::string_view methods(char unit, std::string_view text, uint32_t paradigm = 0, uint32_t form = 0);

  struct Memo {
    std::string_view part;
    Parses parses;
  };

  const Dictionary& dictionary_;
  const std::string_view word_;
  const bool tracks_methods_;
  StringArena arena_;
  std::vector<std::string_view> interned_;
  std::deque<Memo> memos_;  // a deque: references to its parses stay good while deeper calls add to it
};

}  // namespace searchlib::russian
