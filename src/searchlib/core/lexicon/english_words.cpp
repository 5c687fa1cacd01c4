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
    {"aint", "be not"},
    {"amongst", "amongst among"},
    {"amt", "amount amt"},
    {"an", "a"},
    {"approx", "approximately approx"},
    {"apr", "april apr"},
    {"are", "be"},
    {"arent", "be not"},
    {"as", "as"},
    {"attn", "attention attn"},
    {"aug", "august aug"},
    {"barracks", "barracks barrack"},
    {"been", "be"},
    {"belongings", "belongings belonging"},
    {"best", "good best"},
    {"better", "good better"},
    {"ca", "can ca"},
    {"can't", "can not"},
    {"cannot", "can not"},
    {"cant", "can not cant"},
    {"congratulations", "congratulations congratulation"},
    {"corp", "corp corporation"},
    {"couldnt", "could not"},
    {"couldve", "could have"},
    {"coz", "because"},
    {"cuz", "because"},
    {"dec", "december dec"},
    {"dept", "department dept"},
    {"did", "do"},
    {"didnt", "do not"},
    {"does", "do"},
    {"doesnt", "do not"},
    {"dont", "do not"},
    {"dr", "dr doctor"},
    {"dunno", "do not know"},
    {"feb", "february feb"},
    {"fri", "friday fri"},
    {"gimme", "give i"},
    {"gonna", "go to"},
    {"goods", "goods good"},
    {"gotta", "get to"},
    {"govt", "government govt"},
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
    {"hr", "hour hr"},
    {"hrs", "hour hr"},
    {"im", "i be"},
    {"intl", "international intl"},
    {"is", "be"},
    {"isnt", "be not"},
    {"itll", "it will"},
    {"its", "its"},
    {"ive", "i have"},
    {"jan", "january jan"},
    {"jeans", "jeans jean"},
    {"jr", "jr junior"},
    {"kinda", "kind of kinda"},
    {"later", "late later"},
    {"lb", "pound lb"},
    {"lbs", "pound lb"},
    {"lemme", "let i"},
    {"let's", "let we"},
    {"ll", "will"},
    {"ltd", "ltd limited"},
    {"me", "i"},
    {"media", "media medium"},
    {"min", "min minute"},
    {"mine", "my mine"},
    {"mins", "minute min"},
    {"mon", "monday mon"},
    {"mt", "mt mount"},
    {"mustnt", "must not"},
    {"mustve", "must have"},
    {"n't", "not"},
    {"neednt", "need not"},
    {"nov", "november nov"},
    {"nt", "not nt"},
    {"oct", "october oct"},
    {"ours", "ours"},
    {"ourselves", "ourselves"},
    {"outta", "out of"},
    {"oxen", "ox"},
    {"pants", "pants pant"},
    {"people", "person people"},
    {"pls", "please"},
    {"plz", "please"},
    {"pm", "pm p.m"},
    {"ppl", "people person"},
    {"prof", "prof professor"},
    {"regards", "regards regard"},
    {"sans", "sans"},
    {"sat", "sit sat saturday"},
    {"scissors", "scissors scissor"},
    {"sec", "sec second"},
    {"secs", "second sec"},
    {"sep", "september sep"},
    {"sept", "september sept"},
    {"shan't", "shall not"},
    {"shant", "shall not"},
    {"shes", "she be"},
    {"shorts", "shorts short"},
    {"shouldnt", "should not"},
    {"shouldve", "should have"},
    {"sooner", "soon sooner"},
    {"soonest", "soon"},
    {"sorta", "sort of sorta"},
    {"sr", "sr senior"},
    {"surroundings", "surroundings surrounding"},
    {"thanks", "thanks thank"},
    {"thats", "that be"},
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
    {"thu", "thursday thu"},
    {"thur", "thursday thur"},
    {"thurs", "thursday thurs"},
    {"thx", "thanks thank"},
    {"tonite", "tonight tonite"},
    {"towards", "towards toward"},
    {"trivia", "trivia"},
    {"trousers", "trousers trouser"},
    {"tue", "tuesday tue"},
    {"tues", "tuesday tues"},
    {"u", "u you"},
    {"univ", "university univ"},
    {"ur", "ur your"},
    {"us", "we us"},
    {"ve", "have"},
    {"vs", "versus vs"},
    {"wanna", "want to"},
    {"wares", "wares ware"},
    {"was", "be"},
    {"wasnt", "be not"},
    {"wed", "wed wednesday"},
    {"were", "be"},
    {"werent", "be not"},
    {"weve", "we have"},
    {"whats", "what be"},
    {"wheres", "where be"},
    {"whilst", "whilst while"},
    {"whos", "who be"},
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
    {"yr", "year yr"},
    {"yrs", "year yr"},
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
