#include "suggest/sounds.hpp"

#include <span>

#include "suggest/letters.hpp"
#include "suggest/names.hpp"
#include "text/unicode.hpp"
#include "text/utf8.hpp"

namespace searchlib {
namespace {

constexpr std::u32string_view kSilent = U"'-’ʻʼʹьъ";

bool one_of(std::u32string_view set, char32_t letter) {
  return set.find(letter) != std::u32string_view::npos;
}

char32_t letter_at(std::u32string_view letters, size_t at) { return at < letters.size() ? letters[at] : 0; }

// Whether a Latin vowel follows that softens c and g.
bool is_soft(char32_t letter) { return one_of(U"eiy", letter); }

struct Spelling {
  constexpr Spelling(std::u32string_view spelt, std::initializer_list<std::string_view> options)
      : letters(spelt), sounds(spelt.size(), options) {}
  std::u32string_view letters;
  Sounds sounds;
};

// Of spellings that begin alike, the longest stands first.
constexpr Spelling kLatin[] = {
    {U"shch", {"j"}},
    {U"sch", {"j", "sk"}},
    {U"tch", {"j"}},
    {U"dzh", {"j"}},
    {U"ch", {"j", "k", "x"}},
    {U"sh", {"j"}},
    {U"zh", {"j"}},
    {U"cz", {"j"}},
    {U"sz", {"j", "S"}},
    {U"kh", {"x", "k"}},
    {U"gh", {"g", ""}},
    {U"ph", {"f"}},
    {U"th", {"t", "tx"}},
    {U"rh", {"r"}},
    {U"dh", {"d", "dx"}},
    {U"bh", {"b", "bx"}},
    {U"wh", {"u", "v"}},
    {U"wr", {"r", "vr"}},
    {U"ck", {"k"}},
    {U"qu", {"k", "kv"}},
    {U"gu", {"gu", "gv"}},
    {U"ee", {"i"}},
    {U"ea", {"ea", "i"}},
    {U"ew", {"ev", "iu", "u"}},
    {U"ir", {"ir", "er"}},
    {U"ur", {"ur", "er"}},
    {U"oo", {"u"}},
    {U"ou", {"u", "o", "au"}},
    {U"ye", {"e"}},
    {U"ff", {"f", "v"}},
    {U"a", {"a"}},
    {U"b", {"b"}},
    {U"d", {"d"}},
    {U"e", {"e"}},
    {U"f", {"f"}},
    {U"i", {"i"}},
    {U"j", {"j", "i", "x"}},
    {U"k", {"k"}},
    {U"l", {"l"}},
    {U"m", {"m"}},
    {U"n", {"n"}},
    {U"o", {"o"}},
    {U"p", {"p"}},
    {U"q", {"k"}},
    {U"r", {"r"}},
    {U"t", {"t"}},
    {U"u", {"u"}},
    {U"v", {"v", "f"}},
    {U"w", {"v", "u"}},
    {U"y", {"i"}},
    {U"z", {"z"}},
    {U"ç", {"j", "s"}},
    {U"ş", {"j"}},
    {U"č", {"j"}},
    {U"š", {"j"}},
    {U"ž", {"j"}},
    {U"ć", {"j"}},
    {U"ś", {"j"}},
    {U"ğ", {"g", ""}},
    {U"ß", {"s"}},
    {U"ø", {"o", "e"}},
    {U"ł", {"l"}},
    {U"ı", {"i"}},
    {U"æ", {"e"}},
    {U"ə", {"a", "e"}},
};

constexpr Spelling kCyrillic[] = {
    {U"а", {"a"}},      {U"б", {"b"}},      {U"в", {"v"}}, {U"г", {"g"}},           {U"д", {"d"}},
    {U"е", {"e"}},      {U"ж", {"j"}},      {U"з", {"z"}}, {U"и", {"i"}},           {U"й", {"i"}},
    {U"к", {"k"}},      {U"л", {"l"}},      {U"м", {"m"}}, {U"н", {"n"}},           {U"о", {"o"}},
    {U"п", {"p"}},      {U"р", {"r"}},      {U"с", {"s"}}, {U"т", {"t"}},           {U"у", {"u"}},
    {U"ф", {"f"}},      {U"х", {"x"}},      {U"ц", {"S"}}, {U"ч", {"j"}},           {U"ш", {"j"}},
    {U"щ", {"j"}},      {U"ы", {"i"}},      {U"э", {"e"}}, {U"ю", {"iu", "u"}},     {U"я", {"ia", "a"}},
    {U"і", {"i", "o"}}, {U"ї", {"i", "e"}}, {U"є", {"e"}}, {U"ў", {"v", "u", "o"}}, {U"ғ", {"g"}},
    {U"қ", {"k"}},      {U"ҳ", {"x"}},      {U"һ", {"x"}}, {U"ҷ", {"j"}},           {U"ң", {"n"}},
    {U"ө", {"o"}},      {U"ү", {"u"}},      {U"ұ", {"u"}}, {U"ә", {"a", "e"}},      {U"ґ", {"g"}},
    {U"ӣ", {"i"}},      {U"ӯ", {"u"}},
};

// Letters whose sound depends on what stands beside them.
Sounds in_context(std::u32string_view letters, size_t at) {
  const char32_t next = letter_at(letters, at + 1);
  switch (letters[at]) {
    case U'c':
      return is_soft(next) ? Sounds{1, {"S", "j"}} : Sounds{1, {"k"}};
    case U'g':
      return is_soft(next) ? Sounds{1, {"g", "j"}} : Sounds{1, {"g"}};
    case U's':
      if (one_of(U"tp", next)) return {1, {"s", "j"}};  // Einstein, Эйнштейн
      // Sarah, Jessica, Oscar; but Kansas is Канзас, Israel Израиль, Charles Чарльз.
      if (at == 0 || letters[at - 1] == U's' || one_of(U"sckfhq", next)) return {1, {"s"}};
      return {1, {"S"}};
    case U'z':
      return {1, {at + 1 == letters.size() ? "S" : "z"}};  // Gomez, Гомес
    case U'k':
      if (at == 0 && next == U'n') return {1, {"k", ""}};  // Knopf, Knight
      return {1, {"k"}};
    case U'x':
      // Xerox, Alex, Mexico; and in Uzbek, Xiva and Buxoro.
      return at == 0 ? Sounds{1, {"kS", "s", "x"}} : Sounds{1, {"kS", "x"}};
    case U'о':
      // Uzbek and Tajik о is Russian а as often: Фарғона, Фергана.
      return letters.find_first_of(U"ўқғҳҷӯ") == letters.npos ? Sounds{0, {}} : Sounds{1, {"o", "a"}};
    case U'q':
    case U'қ':
      // Qazaqstan and Қазақстан are Казахстан.
      return at > 0 ? Sounds{1, {"k", "x"}} : Sounds{1, {"k"}};
    case U'h':
      // After a vowel and before no other it may be silent: Johnson, Sarah.
      if (at > 0 && one_of(U"aeiouy", letters[at - 1]) && !one_of(U"aeiouy", next))
        return {1, {"x", "", "g"}};
      return {1, {"x", "g"}};
    default:
      return {0, {}};
  }
}

char32_t base_of(char32_t letter) {
  if (one_of(U"çşčšžćśğйўӣӯї", letter)) return letter;
  const auto parts = unicode::decomposition(letter);
  return parts.empty() ? letter : fold_letter(parts[0]);
}

}  // namespace

std::u32string name_letters(std::string_view word) {
  std::u32string letters;
  for (const char32_t letter : fold_letters(word)) {
    if (!one_of(kSilent, letter)) letters.push_back(base_of(letter));
  }
  return letters;
}

Script script_of(std::u32string_view letters) {
  unicode::Script script = unicode::Script::kOther;
  for (const char32_t letter : letters) {
    const unicode::Script own = unicode::properties(letter).script();
    if (own != unicode::Script::kLatin && own != unicode::Script::kCyrillic) return Script::kOther;
    if (script != unicode::Script::kOther && script != own) return Script::kOther;
    script = own;
  }
  return script == unicode::Script::kLatin ? Script::kLatin : Script::kCyrillic;
}

bool merges(std::u32string_view letters, size_t at) {
  const char32_t letter = letters[at];
  if (!one_of(U"dtдт", letter)) return false;
  size_t next = at + 1;
  while (next < letters.size() && letters[next] == letter) ++next;
  return one_of(U"szcjсзцчжшщҷҹçşčšžćś", letter_at(letters, next));
}

Sounds sounds_at(std::u32string_view letters, size_t at, bool cyrillic) {
  if (merges(letters, at)) {
    size_t next = at + 1;
    while (letters[next] == letters[at]) ++next;
    return {next - at, {""}};
  }
  if (!cyrillic) {
    for (const Spelling& spelling : kLatin) {
      if (spelling.letters.size() > 1 && letters.substr(at, spelling.letters.size()) == spelling.letters) {
        return spelling.sounds;
      }
    }
  }
  const Sounds sounds = in_context(letters, at);
  if (sounds.letters > 0) return sounds;
  const std::span<const Spelling> spellings = cyrillic ? std::span<const Spelling>(kCyrillic) : kLatin;
  for (const Spelling& spelling : spellings) {
    if (spelling.letters.size() == 1 && spelling.letters[0] == letters[at]) return spelling.sounds;
  }
  return {1, {""}};
}

std::span<const std::u32string_view> initials_of(char sound) {
  static constexpr std::u32string_view kB[] = {U"b", U"б"};
  static constexpr std::u32string_view kD[] = {U"d", U"д"};
  static constexpr std::u32string_view kF[] = {U"f", U"ph", U"v", U"ф"};
  static constexpr std::u32string_view kG[] = {U"g", U"h", U"г", U"ґ", U"ғ"};
  static constexpr std::u32string_view kJ[] = {
      U"ce", U"ch", U"ci", U"cy", U"cz", U"dc", U"dd", U"dj", U"ds", U"dz", U"ge", U"gi",
      U"gy", U"j",  U"sc", U"sh", U"sp", U"st", U"sz", U"tc", U"tj", U"ts", U"tt", U"tz",
      U"zh", U"дд", U"дж", U"дз", U"дч", U"дш", U"дщ", U"дъ", U"дь", U"дҷ", U"ж",  U"тж",
      U"тт", U"тч", U"тш", U"тщ", U"тъ", U"ть", U"тҷ", U"ч",  U"ш",  U"щ",  U"ҷ"};
  static constexpr std::u32string_view kK[] = {U"c",  U"dc", U"dd", U"k", U"q",
                                               U"tc", U"tt", U"x",  U"к", U"қ"};
  static constexpr std::u32string_view kL[] = {U"l", U"л"};
  static constexpr std::u32string_view kM[] = {U"m", U"м"};
  static constexpr std::u32string_view kN[] = {U"n", U"kn", U"н", U"ң"};
  static constexpr std::u32string_view kP[] = {U"p", U"п"};
  static constexpr std::u32string_view kR[] = {U"r", U"wr", U"р"};
  static constexpr std::u32string_view kS[] = {
      U"ce", U"ci", U"cy", U"dc", U"dd", U"ds", U"dz", U"s",  U"tc", U"ts", U"tt", U"tz", U"x",  U"z", U"дд",
      U"дз", U"дс", U"дц", U"дъ", U"дь", U"з",  U"с",  U"тз", U"тс", U"тт", U"тц", U"тъ", U"ть", U"ц"};
  static constexpr std::u32string_view kT[] = {U"t", U"т"};
  static constexpr std::u32string_view kV[] = {U"ff", U"v", U"w", U"в", U"ў"};
  static constexpr std::u32string_view kX[] = {U"ch", U"dc", U"dd", U"dj", U"h", U"j", U"kh",
                                               U"tc", U"tj", U"tt", U"x",  U"х", U"ҳ", U"һ"};
  static constexpr std::u32string_view kVowels[] = {U"a",  U"dd", U"dj", U"e", U"gh", U"i", U"j", U"o", U"tj",
                                                    U"tt", U"u",  U"w",  U"y", U"а",  U"е", U"и", U"й", U"о",
                                                    U"у",  U"ы",  U"э",  U"ю", U"я",  U"є", U"і", U"ї", U"ў",
                                                    U"ү",  U"ұ",  U"ә",  U"ӣ", U"ө",  U"ӯ"};
  switch (sound) {
    case 'b':
      return kB;
    case 'd':
      return kD;
    case 'f':
      return kF;
    case 'g':
      return kG;
    case 'j':
      return kJ;
    case 'k':
      return kK;
    case 'l':
      return kL;
    case 'm':
      return kM;
    case 'n':
      return kN;
    case 'p':
      return kP;
    case 'r':
      return kR;
    case 's':
      return kS;
    case 't':
      return kT;
    case 'v':
      return kV;
    case 'x':
      return kX;
    default:
      return kVowels;
  }
}

}  // namespace searchlib
