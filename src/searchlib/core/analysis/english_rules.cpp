#include "english_rules.hpp"

#include <algorithm>
#include <utility>

namespace searchlib::english {
namespace {

constexpr bool is_vowel(char letter) {
  return std::string_view("aeiouy").find(letter) != std::string_view::npos;
}

// A stem that doubles its consonant before -ed and -ing (hop, hopping): one syllable, short, with one last
// consonant. So hoping is hope and never hop, while visiting is visit.
bool doubles_its_consonant(std::string_view stem) {
  size_t at = 0;
  while (at < stem.size() && (!is_vowel(stem[at]) || (stem[at] == 'u' && at > 0 && stem[at - 1] == 'q')))
    ++at;
  if (at + 2 != stem.size()) return false;
  const char last = stem.back();
  return !is_vowel(last) && last != 's' && last != 'w' && last != 'x';
}

// -es is an ending after a sibilant or o (watches, goes); elsewhere the e is the stem's: sites is not
// sit.
bool takes_es(std::string_view stem) {
  return stem.ends_with("s") || stem.ends_with("x") || stem.ends_with("z") || stem.ends_with("ch") ||
         stem.ends_with("sh") || stem.ends_with("o");
}

// One run over one form: the hash of each prefix is computed once and shared by the candidates
// that start with it.
class Search {
 public:
  Search(const Table& table, std::string_view form, Parts parts, Candidates& out)
      : table_(table), form_(form), open_(parts), parts_(parts), out_(out) {
    const size_t stem_size = form.size() < kDeepest ? 0 : form.size() - kDeepest;
    uint64_t state = hash_extend(kHashStart, form.substr(0, stem_size));
    for (size_t size = stem_size;; ++size) {
      states_[form.size() - size] = state;
      if (size == form.size()) break;
      state = hash_extend(state, form.substr(size, 1));
    }
    itself_ = find(0, "");
  }

  void run() {
    exceptions();
    if (form_.size() >= kShortestInflected) rules();
    accept(0, "", itself_, parts_);
    out_.sort_by_weight();
  }

 private:
  static constexpr size_t kDeepest = 4;  // no rule drops more
  static constexpr size_t kShortestInflected = 3;
  // A comparative that is a word of its own this many times as often is none: number is not "more numb".
  static constexpr uint32_t kOutweighs = 4;
  // A verb's count is of all its forms, of which those in -ing are a part; the count of `meeting` is of
  // meetings alone. So much of it counts.
  static constexpr uint32_t kIngPerCent = 60;

  Profile find(uint32_t drop, std::string_view add) const {
    return table_.find(hash_finish(hash_extend(states_[drop], add)));
  }

  // An exception's lemma may drop any number of bytes.
  Profile find_irregular(const Irregular& rule) const {
    if (rule.drop <= kDeepest) return find(rule.drop, rule.add);
    return table_.find(hash_finish(
        hash_extend(hash_extend(kHashStart, form_.substr(0, form_.size() - rule.drop)), rule.add)));
  }

  void accept(uint32_t drop, std::string_view add, const Profile& profile, Parts parts) {
    uint32_t weight = 0;
    bool found = false;
    for (uint8_t part = 0; part < kNumPartsOfSpeech; ++part) {
      if (!(parts >> part & 1) || !profile.has(static_cast<PartOfSpeech>(part))) continue;
      const uint32_t count = profile.count(static_cast<PartOfSpeech>(part));
      const bool of_verb = part == kVerb && (drop > 0 || !add.empty());
      weight += of_verb && form_.ends_with("ing") ? count * kIngPerCent / 100 : count;
      found = true;
    }
    if (found) out_.add(drop, add, weight);
  }

  // As in morphy, a form that is an exception as one part of speech gets no rules as that part.
  void exceptions() {
    table_.irregular(hash_finish(states_[0]), form_, [&](const Irregular& rule) {
      const Parts part = 1u << rule.part;
      if (!(parts_ & part)) return;
      open_ &= ~part;
      if (rule.drop != 0 || !rule.add.empty()) accept(rule.drop, rule.add, find_irregular(rule), part);
    });
  }

  void rules() {
    switch (form_.back()) {
      case 's':
        return s_rules();
      case 'd':
        return ed_rules();
      case 'g':
        return ing_rules();
      case 'r':
        return comparative("er", 2);
      case 't':
        return comparative("est", 3);
      case 'n':
        if (form_.ends_with("men")) apply(2, "an", 1u << kNoun);
        return;
      default:
        return;
    }
  }

  void s_rules() {
    constexpr Parts noun = 1u << kNoun, verb = 1u << kVerb;
    const std::string_view stem = form_.substr(0, form_.size() - 1);
    const bool gas_or_lens = stem.size() < 3 && itself_.known();  // gas is not the plural of ga
    if (!stem.ends_with("s") && !gas_or_lens) apply(1, "", noun | verb);
    if (!form_.ends_with("es")) return;
    if (takes_es(form_.substr(0, form_.size() - 2))) apply(2, "", noun | verb);
    if (form_.ends_with("ves")) apply(3, "f", noun);
    if (form_.ends_with("ies")) apply(3, "y", noun | verb);
  }

  void ed_rules() {
    if (!form_.ends_with("ed")) return;
    apply(1, "", 1u << kVerb);
    stem_rules(2);
  }

  void ing_rules() {
    if (!form_.ends_with("ing")) return;
    apply(3, "e", 1u << kVerb);
    stem_rules(3);
  }

  // What stands before -ed or -ing: a verb (visited), or one with its last consonant doubled (blogged,
  // formatting); WordNet lists many of the latter as exceptions, but not those.
  void stem_rules(uint32_t drop) {
    const std::string_view stem = form_.substr(0, form_.size() - drop);
    if (!doubles_its_consonant(stem)) apply(drop, "", 1u << kVerb);
    if (stem.size() < 3 || stem.back() != stem[stem.size() - 2] || is_vowel(stem.back())) return;
    apply(drop + 1, "", 1u << kVerb);
  }

  void comparative(std::string_view ending, uint32_t drop) {
    if (!form_.ends_with(ending)) return;
    compare(drop - 1);
    if (!doubles_its_consonant(form_.substr(0, form_.size() - drop))) compare(drop);
  }

  void compare(uint32_t drop) {
    const Profile adjective = find(drop, "");
    const bool outweighed = itself_.total() > kOutweighs * adjective.count(kAdjective);
    if (!outweighed) apply(drop, "", 1u << kAdjective);
  }

  // A stem of one letter is none: lest is not the superlative of l.
  void apply(uint32_t drop, std::string_view add, Parts parts) {
    if (form_.size() - drop + add.size() >= 2) accept(drop, add, find(drop, add), parts & open_);
  }

  const Table& table_;
  const std::string_view form_;
  Parts open_;  // parts of speech that no exception has taken out of the rules
  const Parts parts_;
  Candidates& out_;
  std::array<uint64_t, kDeepest + 1> states_{};
  Profile itself_;
};

}  // namespace

void Candidates::add(uint32_t drop, std::string_view add, uint32_t weight) {
  for (size_t i = 0; i < size_; ++i) {
    if (items_[i].drop == drop && items_[i].add == add) {
      items_[i].weight += weight;
      return;
    }
  }
  if (size_ < kMost) items_[size_++] = {drop, add, weight};
}

void Candidates::sort_by_weight() {
  // A stable insertion sort: there are two or three of them.
  for (size_t i = 1; i < size_; ++i) {
    for (size_t j = i; j > 0 && items_[j].weight > items_[j - 1].weight; --j)
      std::swap(items_[j], items_[j - 1]);
  }
}

void find_candidates(const Table& table, std::string_view form, Parts parts, Candidates& out) {
  Search(table, form, parts, out).run();
}

void find_unlisted(const Table& table, std::string_view form, Candidates& out) {
  table.irregular(hash_finish(hash_extend(kHashStart, form)), form,
                  [&](const Irregular& rule) { out.add(rule.drop, rule.add, 0); });
}

// Names and foreign words in -as, -is, -os, -us (Abbas, Paris, Carlos, Vilnius) are no plurals; with -ss they
// are left whole, and so is everything that is not wholly letters (1980s, u.s.s).
std::string singular_of_unknown(std::string_view word) {
  const auto is_letter = [](char byte) {
    return (byte >= 'a' && byte <= 'z') || static_cast<uint8_t>(byte) >= 0x80;
  };
  std::string whole(word);
  if (word.size() < 4 || word.back() != 's' || !std::all_of(word.begin(), word.end(), is_letter))
    return whole;
  if (std::string_view("saiou").find(word[word.size() - 2]) != std::string_view::npos) return whole;
  if (word.ends_with("ies") && word.size() > 4) return whole.substr(0, word.size() - 3) + "y";
  for (std::string_view sibilant : {"sses", "ches", "shes", "xes", "zes"}) {
    if (word.ends_with(sibilant)) return whole.substr(0, word.size() - 2);
  }
  return whole.substr(0, word.size() - 1);
}

}  // namespace searchlib::english
