// The rules of Parser for words that the dictionary lacks, in the order in which they are tried.

#include <algorithm>
#include <array>

#include "analysis/russian_affixes.hpp"
#include "analysis/russian_alphabet.hpp"
#include "analysis/russian_parser.hpp"

namespace searchlib::russian {
namespace {

constexpr size_t kMinRestOfKnownPrefix = 3;
constexpr size_t kMinRestOfUnknownPrefix = 3, kMaxUnknownPrefix = 5;
constexpr size_t kMinLettersForSuffix = 4;
constexpr size_t kMinLettersOfAdverb = 5;
constexpr std::string_view kAdverbPrefix = "по-";

bool starts_with_known_prefix(std::string_view word) {
  return std::any_of(std::begin(kKnownPrefixes), std::end(kKnownPrefixes),
                     [&](std::string_view prefix) { return word.starts_with(prefix); });
}

}  // namespace

// «смотри-ка»: «смотри», and the particle stays in the normal form.
void Parser::hyphen_separated_particle(std::string_view word, Parses& out) {
  for (const std::string_view particle : kParticlesAfterHyphen) {
    if (!word.ends_with(particle) || word.size() == particle.size()) continue;
    Seen seen;
    for (const Parse& shorter : parse(word.substr(0, word.size() - particle.size()))) {
      Parse longer = shorter;
      longer.word = intern({shorter.word, particle});
      longer.normal_form = arena_.join({shorter.normal_form, particle});
      longer.methods = arena_.join({shorter.methods, methods('+', particle)});
      if (is_new(longer, seen)) out.push_back(longer);
    }
    return;
  }
}

// «по-западному»: «по-» before what can be a dative adjective.
void Parser::hyphen_adverb(std::string_view word, Parses& out) {
  if (!word.starts_with(kAdverbPrefix) || num_letters(word) < kMinLettersOfAdverb) return;
  const TagTable& tags = dictionary_.tags();
  const Parses& rest = parse(word.substr(kAdverbPrefix.size()));
  if (std::any_of(rest.begin(), rest.end(),
                  [&](const Parse& shorter) { return tags.is_dative_adjective(shorter.tag); })) {
    const std::string_view itself = intern({word});
    out.push_back({itself, itself, tags.adverb(), kNoParadigm, methods('A', itself)});
  }
}

// «человеком-горой»: both halves inflect if they agree; «интернет-магазином»: or only the right one does.
void Parser::hyphenated_words(std::string_view word, Parses& out) {
  const size_t hyphen = word.find('-');
  if (hyphen == 0 || hyphen >= word.size() - 1 || word.find('-', hyphen + 1) != std::string_view::npos)
    return;
  if (starts_with_known_prefix(word)) return;
  const std::string_view left = word.substr(0, hyphen);
  const Parses& left_parses = parse(left);
  const Parses& right_parses = parse(word.substr(hyphen + 1));
  const TagTable& tags = dictionary_.tags();
  const auto join = [&](std::string_view left_word, std::string_view left_normal, TagId tag,
                        const Parse& right) {
    out.push_back({intern({left_word, "-", right.word}),
                   arena_.join({left_normal, "-", right.normal_form}),
                   tag,
                   kNoParadigm,
                   {},
                   right.methods});
  };
  for (const Parse& first : left_parses) {
    if (tags.is_unknown(first.tag)) continue;
    for (const Parse& second : right_parses) {
      if (tags.agreement(first.tag) == tags.agreement(second.tag))
        join(first.word, first.normal_form, first.tag, second);
    }
  }
  for (const Parse& second : right_parses) {
    if (!tags.is_unknown(second.tag)) join(left, left, second.tag, second);
  }
}

// «псевдокошка»: «кошка». The longest prefix goes first.
void Parser::known_prefix(std::string_view word, Parses& out) {
  std::array<std::string_view, std::size(kKnownPrefixes)> prefixes;
  const auto end = std::copy_if(std::begin(kKnownPrefixes), std::end(kKnownPrefixes), prefixes.begin(),
                                [&](std::string_view prefix) { return word.starts_with(prefix); });
  std::sort(prefixes.begin(), end,
            [](std::string_view a, std::string_view b) { return a.size() > b.size(); });
  Seen seen;
  for (auto prefix = prefixes.begin(); prefix != end; ++prefix) {
    const std::string_view rest = word.substr(prefix->size());
    if (num_letters(rest) < kMinRestOfKnownPrefix) continue;
    for (const Parse& shorter : parse(rest)) {
      if (!dictionary_.tags().is_productive(shorter.tag)) continue;
      const Parse longer = with_prefix(*prefix, shorter, 'K');
      if (is_new(longer, seen)) out.push_back(longer);
    }
  }
}

// «байткод»: «код», whatever the first one to five letters are.
void Parser::unknown_prefix(std::string_view word, Seen& seen, Parses& out) {
  const size_t letters = num_letters(word);
  for (size_t cut = 1; cut <= kMaxUnknownPrefix && cut + kMinRestOfUnknownPrefix <= letters; ++cut) {
    const size_t begin = end_of_first(word, cut);
    dictionary_.find_word(word.substr(begin), [&](std::string_view spelling, const Record& record) {
      if (!dictionary_.tags().is_productive(dictionary_.tag_of(record))) return;
      const std::string_view rest = intern({spelling});
      const Parse shorter = parse_of(record, rest, methods('U', rest, record.paradigm, record.form));
      const Parse longer = with_prefix(word.substr(0, begin), shorter, 'V');
      if (is_new(longer, seen)) out.push_back(longer);
    });
  }
}

// «бутявкать»: as the dictionary's words in «…вкать» go, the commonest way first. Each
// paradigm prefix counts alone.
void Parser::known_suffix(std::string_view word, Seen& seen, Parses& out) {
  const size_t word_letters = num_letters(word);
  if (word_letters < kMinLettersForSuffix) return;
  const size_t longest = std::min<size_t>(dictionary_.max_suffix_letters(), word_letters);
  std::vector<Counted> found;
  for (size_t prefix = dictionary_.num_paradigm_prefixes(); prefix-- > 0;) {
    if (!word.starts_with(dictionary_.paradigm_prefix(prefix))) continue;
    const size_t first = found.size();
    uint64_t total = 1;
    for (size_t letters = longest; letters > 0 && total == 1; --letters) {
      total += known_suffix_of(word, prefix, letters, seen, found);
    }
    for (size_t i = first; i < found.size(); ++i)
      found[i].score = found[i].score / static_cast<double>(total) * 0.5;
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Counted& a, const Counted& b) { return a.score > b.score; });
  for (const Counted& counted : found) out.push_back(counted.parse);
}

// Adds the parses that the word's last letters suggest; returns how many words of the
// dictionary speak for them.
uint64_t Parser::known_suffix_of(std::string_view word, size_t prefix, size_t letters, Seen& seen,
                                 std::vector<Counted>& found) {
  uint64_t total = 0;
  const size_t cut = begin_of_last(word, letters);
  dictionary_.find_ending(prefix, word.substr(cut), [&](std::string_view ending, const Record& record) {
    if (!dictionary_.tags().is_productive(dictionary_.tag_of(record))) return;
    total += record.count;
    const std::string_view spelling = intern({word.substr(0, cut), ending});
    if (!is_new({spelling, {}, dictionary_.tag_of(record), record.paradigm}, seen)) return;
    std::string_view how;
    if (tracks_methods_) {
      how = arena_.join({methods('F', spelling, record.paradigm, record.form), methods('S', ending)});
    }
    found.push_back({parse_of(record, spelling, how), static_cast<double>(record.count)});
  });
  return total;
}

}  // namespace searchlib::russian
