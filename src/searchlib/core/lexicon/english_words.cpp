#include "english_words.hpp"

#include <algorithm>
#include <iterator>

namespace searchlib::english {
namespace {

// Only what WordNet's own candidates get wrong: it knows no pronouns, so that `us` would be the plural of
// `u`, and it has rare nouns under common words (has: ha, was: wa, does: doe, are: a hundredth of a hectare).
// Possessives keep their form; `these` is `this` as in the treebanks. n't, 's, ll, ve, ca and wo are what
// other tokenizers leave of don't, it's, can't and won't. `people` and `oxen` are here because they are nouns
// of their own in WordNet. `thanks` is no verb. `later` outweighs `late` in SemCor, where it is `late` all
// the same. `best` and `better` are left without `well`, or whoever looks for an oil well would find all that
// is best.
constexpr ClosedClassWord kClosedClass[] = {
    {"'d", "would have"},
    {"'em", "they"},
    {"'ll", "will"},
    {"'m", "be"},
    {"'re", "be"},
    {"'s", "'s be"},
    {"'tis", "it be"},
    {"'twas", "it be"},
    {"'ve", "have"},
    {"ain't", "be not"},
    {"amongst", "amongst among"},
    {"an", "a"},
    {"are", "be"},
    {"arent", "be not"},
    {"as", "as"},
    {"been", "be"},
    {"best", "good best"},
    {"better", "good better"},
    {"ca", "can ca"},
    {"can't", "can not"},
    {"cannot", "can not"},
    {"couldnt", "could not"},
    {"did", "do"},
    {"didnt", "do not"},
    {"does", "do"},
    {"doesnt", "do not"},
    {"dont", "do not"},
    {"gonna", "go to"},
    {"gotta", "get to"},
    {"had", "have"},
    {"hadnt", "have not"},
    {"has", "have"},
    {"hasnt", "have not"},
    {"havent", "have not"},
    {"having", "have"},
    {"her", "her she"},
    {"hers", "hers"},
    {"him", "he"},
    {"his", "his"},
    {"is", "be"},
    {"isnt", "be not"},
    {"its", "its"},
    {"later", "late later"},
    {"let's", "let we"},
    {"ll", "will"},
    {"me", "i"},
    {"mine", "my mine"},
    {"n't", "not"},
    {"ours", "ours"},
    {"ourselves", "ourselves"},
    {"oxen", "ox"},
    {"people", "person people"},
    {"sans", "sans"},
    {"shan't", "shall not"},
    {"shouldnt", "should not"},
    {"thanks", "thanks thank"},
    {"theirs", "theirs"},
    {"them", "they"},
    {"themselves", "themselves"},
    {"these", "this"},
    {"this", "this"},
    {"those", "that"},
    {"towards", "towards toward"},
    {"us", "we us"},
    {"ve", "have"},
    {"wanna", "want to"},
    {"was", "be"},
    {"wasnt", "be not"},
    {"were", "be"},
    {"werent", "be not"},
    {"whilst", "whilst while"},
    {"wo", "will"},
    {"won't", "will not"},
    {"wouldnt", "would not"},
    {"y'all", "you all"},
    {"yours", "yours"},
    {"yourselves", "yourselves"},
};

constexpr ClosedClassWord kNegated[] = {
    {"ai", "be"},       {"are", "be"},    {"ca", "can"},      {"can", "can"},   {"could", "could"},
    {"dare", "dare"},   {"did", "do"},    {"do", "do"},       {"does", "do"},   {"had", "have"},
    {"has", "have"},    {"have", "have"}, {"is", "be"},       {"may", "may"},   {"might", "might"},
    {"must", "must"},   {"need", "need"}, {"ought", "ought"}, {"sha", "shall"}, {"should", "should"},
    {"use", "use"},     {"used", "use"},  {"was", "be"},      {"were", "be"},   {"wo", "will"},
    {"would", "would"},
};

constexpr std::string_view kBeforeVerbalS[] = {"he",   "here", "how",  "it",    "she", "that", "there",
                                               "this", "what", "when", "where", "who", "why"};

constexpr std::string_view kVerbalPrefixes[] = {"co",    "counter", "cross", "de",   "dis", "fore",
                                                "inter", "mis",     "out",   "over", "pre", "re",
                                                "sub",   "un",      "under", "up"};

constexpr bool before(const ClosedClassWord& left, const ClosedClassWord& right) {
  return left.word < right.word;
}
static_assert(std::is_sorted(std::begin(kClosedClass), std::end(kClosedClass), before));
static_assert(std::is_sorted(std::begin(kNegated), std::end(kNegated), before));
static_assert(std::is_sorted(std::begin(kBeforeVerbalS), std::end(kBeforeVerbalS)));
static_assert(std::is_sorted(std::begin(kVerbalPrefixes), std::end(kVerbalPrefixes)));

// `yourselves` and `themselves`: most words are turned away by their length.
constexpr size_t kLongest = 10;
constexpr bool is_short(const ClosedClassWord& entry) { return entry.word.size() <= kLongest; }
static_assert(std::all_of(std::begin(kClosedClass), std::end(kClosedClass), is_short));
static_assert(std::all_of(std::begin(kNegated), std::end(kNegated), is_short));

template <size_t N>
std::string_view lemmas_of(const ClosedClassWord (&table)[N], std::string_view word) {
  if (word.size() > kLongest) return {};
  const auto* entry = std::lower_bound(std::begin(table), std::end(table), ClosedClassWord{word, {}}, before);
  return entry != std::end(table) && entry->word == word ? entry->lemmas : std::string_view();
}

}  // namespace

std::string_view closed_class(std::string_view word) { return lemmas_of(kClosedClass, word); }

std::string_view negated_auxiliary(std::string_view word) { return lemmas_of(kNegated, word); }

bool takes_verbal_s(std::string_view word) {
  return std::binary_search(std::begin(kBeforeVerbalS), std::end(kBeforeVerbalS), word);
}

bool is_verbal_prefix(std::string_view word) {
  return std::binary_search(std::begin(kVerbalPrefixes), std::end(kVerbalPrefixes), word);
}

std::span<const ClosedClassWord> closed_class_words() { return kClosedClass; }

}  // namespace searchlib::english
