#include "english_words.hpp"

#include <algorithm>
#include <iterator>

#include "analysis/table_filter.hpp"

namespace searchlib::english {
namespace {

// Only what WordNet's own candidates get wrong: it knows no pronouns, so that `us` would be the plural of
// `u`, and it has rare nouns under common words (has: ha, was: wa, does: doe, are: a hundredth of a
// hectare). Possessives keep their form; `these` is `this` as in the treebanks. n't, 's, ll, ve, ca and wo
// are what other tokenizers leave of don't, it's, can't and won't. `people` and `oxen` are here because they
// are nouns of their own in WordNet. `thanks` is no verb. `later` outweighs `late` in SemCor, where it is
// `late` all the same. `best` and `better` are left without `well`, or whoever looks for an oil well would
// find all that is best. `https` and `ios` are no plurals, nor are names
// in -s of places, gods and people: Mars would be found by `mar`, Roberts by `Robert`.
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
    {"adams", "adams"},
    {"ain't", "be not"},
    {"aint", "be not"},
    {"amongst", "amongst among"},
    {"an", "a"},
    {"andrews", "andrews"},
    {"apis", "apis api"},
    {"aras", "aras"},
    {"are", "be"},
    {"arent", "be not"},
    {"argos", "argos"},
    {"as", "as"},
    {"barracks", "barracks barrack"},
    {"been", "be"},
    {"belongings", "belongings belonging"},
    {"best", "good best"},
    {"better", "good better"},
    {"bios", "bios"},
    {"ca", "can ca"},
    {"can't", "can not"},
    {"cannot", "can not"},
    {"cant", "can not cant"},
    {"ceres", "ceres"},
    {"congratulations", "congratulations congratulation"},
    {"couldnt", "could not"},
    {"couldve", "could have"},
    {"coz", "because"},
    {"cuz", "because"},
    {"daniels", "daniels"},
    {"did", "do"},
    {"didnt", "do not"},
    {"does", "do"},
    {"doesnt", "do not"},
    {"dont", "do not"},
    {"dumas", "dumas"},
    {"dunno", "do not know"},
    {"edwards", "edwards"},
    {"fars", "fars"},
    {"gimme", "give i"},
    {"gonna", "go to"},
    {"goods", "goods good"},
    {"gotta", "get to"},
    {"had", "have"},
    {"hadnt", "have not"},
    {"hafta", "have to"},
    {"has", "have"},
    {"hasnt", "have not"},
    {"havent", "have not"},
    {"having", "have"},
    {"her", "her she"},
    {"heres", "here be"},
    {"hers", "hers"},
    {"hes", "he be"},
    {"him", "he"},
    {"his", "his"},
    {"https", "https"},
    {"ios", "ios"},
    {"is", "be"},
    {"isis", "isis"},
    {"isnt", "be not"},
    {"itll", "it will"},
    {"its", "its"},
    {"ive", "i have"},
    {"jacobs", "jacobs"},
    {"jeans", "jeans jean"},
    {"kansas", "kansas"},
    {"kinda", "kind of kinda"},
    {"laos", "laos"},
    {"later", "late later"},
    {"lemme", "let i"},
    {"let's", "let we"},
    {"ll", "will"},
    {"lyons", "lyons"},
    {"mars", "mars"},
    {"marseilles", "marseilles"},
    {"matthews", "matthews"},
    {"me", "i"},
    {"media", "media medium"},
    {"mine", "my mine"},
    {"mithras", "mithras"},
    {"mustnt", "must not"},
    {"mustve", "must have"},
    {"n't", "not"},
    {"neednt", "need not"},
    {"ours", "ours"},
    {"ourselves", "ourselves"},
    {"outta", "out of"},
    {"owens", "owens"},
    {"oxen", "ox"},
    {"pants", "pants pant"},
    {"people", "person people"},
    {"peters", "peters"},
    {"phillips", "phillips"},
    {"pythias", "pythias"},
    {"regards", "regards regard"},
    {"richards", "richards"},
    {"roberts", "roberts"},
    {"rogers", "rogers"},
    {"sans", "sans"},
    {"scissors", "scissors scissor"},
    {"shan't", "shall not"},
    {"shant", "shall not"},
    {"shes", "she be"},
    {"shorts", "shorts short"},
    {"shouldnt", "should not"},
    {"shouldve", "should have"},
    {"sooner", "soon sooner"},
    {"soonest", "soon"},
    {"sorta", "sort of sorta"},
    {"stevens", "stevens"},
    {"surroundings", "surroundings surrounding"},
    {"tangiers", "tangiers"},
    {"taos", "taos"},
    {"thanks", "thanks thank"},
    {"thats", "that be"},
    {"thebes", "thebes"},
    {"theirs", "theirs"},
    {"them", "they"},
    {"themselves", "themselves"},
    {"theres", "there be"},
    {"these", "this"},
    {"theyll", "they will"},
    {"theyre", "they be"},
    {"theyve", "they have"},
    {"this", "this"},
    {"tho", "though tho"},
    {"those", "that"},
    {"thru", "through thru"},
    {"tonite", "tonight tonite"},
    {"towards", "towards toward"},
    {"trivia", "trivia"},
    {"trousers", "trousers trouser"},
    {"us", "we"},
    {"ve", "have"},
    {"vms", "vms vm"},
    {"wales", "wales"},
    {"wanna", "want to"},
    {"wares", "wares ware"},
    {"was", "be"},
    {"wasnt", "be not"},
    {"were", "be"},
    {"werent", "be not"},
    {"weve", "we have"},
    {"whats", "what be"},
    {"wheres", "where be"},
    {"whilst", "whilst while"},
    {"whos", "who be"},
    {"williams", "williams"},
    {"wo", "will"},
    {"won't", "will not"},
    {"wont", "will not wont"},
    {"wouldnt", "would not"},
    {"wouldve", "would have"},
    {"y'all", "you all"},
    {"youll", "you will"},
    {"youre", "you be"},
    {"yours", "yours"},
    {"yourselves", "yourselves"},
    {"youve", "you have"},
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

// `congratulations`: long words are turned away by their length.
constexpr size_t kLongest = 15;
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

std::string_view closed_class(std::string_view word) {
  static constexpr TableFilter kFilter(kClosedClass);
  return kFilter.may_hold(word) ? lemmas_of(kClosedClass, word) : std::string_view();
}

std::string_view negated_auxiliary(std::string_view word) { return lemmas_of(kNegated, word); }

bool takes_verbal_s(std::string_view word) {
  return std::binary_search(std::begin(kBeforeVerbalS), std::end(kBeforeVerbalS), word);
}

bool is_verbal_prefix(std::string_view word) {
  return std::binary_search(std::begin(kVerbalPrefixes), std::end(kVerbalPrefixes), word);
}

std::span<const ClosedClassWord> closed_class_words() { return kClosedClass; }

}  // namespace searchlib::english
