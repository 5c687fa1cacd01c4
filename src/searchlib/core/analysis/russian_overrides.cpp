#include "analysis/russian_overrides.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace searchlib::russian {
namespace {

struct Override {
  std::string_view word;
  std::array<std::string_view, 6> lemmas;  // the first one first; empty ones end the list
};

// Each keeps all that OpenCorpora says.
// - «должен» is a headword everywhere but in OpenCorpora, whose «должный» («на должном уровне») is another
//   word. Both are kept, since its own full forms, «должное», «должных», reach only «должный».
// - Possessives, which do not change, and the forms of «он» without one: «его» is his far more often than
//   him.
// - «этот» and «это», «тот» and «то» share their oblique cases, of which OpenCorpora's counts know one
//   each.
// - Without a stress mark these are forms of «большой»; «бо́льший» is rare.
// - Comparatives that are adverbs' as well, and mostly so.
// - Spoken.
// - Written abbreviations: OpenCorpora leaves most as they are. «см. рис. 1» and «5 см»: the verb is the
//   commoner reading, the unit must stay findable, whatever a dictionary's counts say.
constexpr Override kOverrides[] = {
    {"акад", {"академик", "акад"}},
    {"англ", {"английский", "англ"}},
    {"ближе", {"близко", "близкий"}},
    {"большая", {"большой", "больший"}},
    {"больше", {"больше", "много", "большой"}},
    {"большие", {"большой", "больший"}},
    {"большим", {"большой", "больший"}},
    {"большими", {"большой", "больший"}},
    {"больших", {"большой", "больший"}},
    {"большую", {"большой", "больший"}},
    {"ваще", {"вообще", "ваще", "ващий", "ващ"}},
    {"всего", {"весь", "всё", "всего"}},
    {"г", {"год", "г", "город"}},
    {"г-жа", {"госпожа", "г-жа"}},
    {"г-н", {"господин", "г-н"}},
    {"га", {"га", "гектар"}},
    {"гл", {"глава", "гл"}},
    {"гр", {"гр", "грамм"}},
    {"д-р", {"доктор", "д-р"}},
    {"дальше", {"далеко", "дальше", "далёкий"}},
    {"должен", {"должен", "должный"}},
    {"должна", {"должен", "должный"}},
    {"должно", {"должен", "должный", "должно"}},
    {"должны", {"должен", "должный"}},
    {"долл", {"доллар", "долл"}},
    {"дольше", {"долго", "долгий"}},
    {"др", {"другой", "др"}},
    {"его", {"его", "он", "оно"}},
    {"ее", {"её", "она"}},
    {"изд", {"издание", "изд"}},
    {"их", {"их", "они"}},
    {"кв", {"кв", "квартира"}},
    {"кг", {"кг", "килограмм"}},
    {"км", {"км", "километр"}},
    {"коп", {"копейка", "коп", "копа"}},
    {"л", {"л", "литр"}},
    {"лат", {"латинский", "лат", "лата"}},
    {"м", {"м", "метр"}},
    {"м-р", {"мистер", "м-р"}},
    {"мг", {"мг", "миллиграмм"}},
    {"меньше", {"меньше", "мало", "маленький", "малый"}},
    {"мин", {"мин", "минута", "мина"}},
    {"мкр", {"микрорайон", "мкр"}},
    {"мл", {"мл", "миллилитр"}},
    {"млн", {"миллион", "млн"}},
    {"млрд", {"миллиард", "млрд"}},
    {"мм", {"миллиметр", "мм"}},
    {"многие", {"многий", "многие"}},
    {"многих", {"многие", "многий", "много"}},
    {"наб", {"набережная", "наб"}},
    {"ним", {"он", "они", "оно"}},
    {"обл", {"область", "обл"}},
    {"п", {"п", "пункт"}},
    {"пер", {"переулок", "пер", "переть"}},
    {"пл", {"площадь", "пл"}},
    {"позднее", {"позднее", "поздно", "поздний"}},
    {"позже", {"позже", "поздно", "поздний"}},
    {"пр", {"прочий", "пр", "проспект"}},
    {"просп", {"проспект", "просп", "проспа"}},
    {"проф", {"профессор", "проф"}},
    {"р", {"р", "рубль"}},
    {"р-н", {"район", "р-н"}},
    {"раньше", {"раньше", "рано", "ранний"}},
    {"ред", {"редактор", "ред"}},
    {"реже", {"редко", "редкий", "реж"}},
    {"рис", {"рис", "рисунок"}},
    {"руб", {"рубль", "руб"}},
    {"рус", {"русский", "рус", "русый"}},
    {"сек", {"секунда", "сек", "сечь"}},
    {"см", {"смотреть", "см"}},
    {"ст", {"ст", "статья"}},
    {"стр", {"страница", "стр"}},
    {"табл", {"таблица", "табл", "табла"}},
    {"тел", {"телефон", "тел", "тело"}},
    {"тем", {"то", "тот", "тем", "тема", "тёма", "тьма"}},
    {"тов", {"товарищ", "тов"}},
    {"того", {"то", "тот", "того"}},
    {"том", {"тот", "то", "том", "тома"}},
    {"тому", {"то", "тот", "том", "тома"}},
    {"трлн", {"триллион", "трлн"}},
    {"тыс", {"тысяча", "тыс"}},
    {"ул", {"улица", "ул"}},
    {"фр", {"французский", "франк", "фр"}},
    {"хуже", {"плохо", "плохой", "хуже"}},
    {"ч", {"ч", "час"}},
    {"чаще", {"часто", "частый", "чаща"}},
    {"чел", {"человек", "чел", "чело", "честь"}},
    {"шт", {"штука", "шт"}},
    {"ща", {"сейчас", "ща"}},
    {"этим", {"этот", "это"}},
    {"этого", {"этот", "это"}},
    {"этом", {"этот", "это"}},
    {"этому", {"этот", "это"}},
};

constexpr std::string_view kOrdinalEndings[] = {"ая", "го", "е",   "его", "ей", "ему", "ий",  "их", "й", "м",
                                                "ми", "му", "ого", "ое",  "ой", "ом",  "ому", "ую", "х", "ые",
                                                "ый", "ым", "ыми", "ых",  "ье", "ья",  "ю",   "я"};

constexpr bool before(const Override& left, const Override& right) { return left.word < right.word; }
static_assert(std::is_sorted(std::begin(kOverrides), std::end(kOverrides), before));
static_assert(std::is_sorted(std::begin(kOrdinalEndings), std::end(kOrdinalEndings)));

// The digits and the hyphen of «28-го»; empty if it is no ordinal.
std::string_view stem_of_ordinal(std::string_view word) {
  const size_t hyphen = word.find_first_not_of("0123456789");
  if (hyphen == 0 || hyphen == std::string_view::npos || word[hyphen] != '-') return {};
  const std::string_view ending = word.substr(hyphen + 1);
  const bool known = std::binary_search(std::begin(kOrdinalEndings), std::end(kOrdinalEndings), ending);
  return known ? word.substr(0, hyphen + 1) : std::string_view();
}

}  // namespace

bool override_lemmas(std::string_view word, std::vector<std::string>& out) {
  const auto* entry =
      std::lower_bound(std::begin(kOverrides), std::end(kOverrides), Override{word, {}}, before);
  if (entry != std::end(kOverrides) && entry->word == word) {
    out.clear();
    for (const std::string_view lemma : entry->lemmas) {
      if (!lemma.empty()) out.emplace_back(lemma);
    }
    return true;
  }
  const std::string_view stem = stem_of_ordinal(word);
  if (stem.empty()) return false;
  out.assign(1, std::string(stem).append("й"));
  return true;
}

}  // namespace searchlib::russian
