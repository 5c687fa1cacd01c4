// The few closed-class words whose lemmas in OpenCorpora are not those that readers, dictionaries and
// treebanks use. In: a lower-cased word. Out: its lemmas, or nothing. A layer of its own, so that
// RussianMorphology::raw_lemmas stays equal to pymorphy3. Raise kRussianRules with every change here or in
// the rules: indexes remember it.

#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib::russian {

inline constexpr int kRussianRules = 1;

struct Override {
  std::string_view word;
  std::array<std::string_view, 3> lemmas;  // the first one first; empty ones end the list
};

inline constexpr Override kOverrides[] = {
    // «см. рис. 1» and «5 см»: the verb is the commoner reading, the unit must stay findable, whatever a
    // dictionary's
    // counts say.
    {"см", {"смотреть", "см"}},
    // OpenCorpora has only an interjection and an abbreviation of itself; treebanks write the unit out.
    {"мм", {"миллиметр", "мм"}},
    // «должен» is a headword everywhere but in OpenCorpora, whose «должный» («на должном уровне») is another
    // word. Both
    // are kept, since its own full forms, «должное», «должных», reach only «должный».
    {"должен", {"должен", "должный"}},
    {"должна", {"должен", "должный"}},
    {"должно", {"должен", "должный", "должно"}},
    {"должны", {"должен", "должный"}},
};

// Replaces `out` by the word's lemmas if it is in the table; else false, and `out` stays.
inline bool override_lemmas(std::string_view word, std::vector<std::string>& out) {
  for (const Override& entry : kOverrides) {
    if (entry.word != word) continue;
    out.clear();
    for (const std::string_view lemma : entry.lemmas) {
      if (!lemma.empty()) out.emplace_back(lemma);
    }
    return true;
  }
  return false;
}

}  // namespace searchlib::russian
