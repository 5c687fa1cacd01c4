#include "rescue/completion.hpp"

#include <algorithm>

#include "rescue/letters.hpp"
#include "text/normalise.hpp"

namespace searchlib {
namespace {

constexpr size_t kMaxAcronym = 5;

char32_t capital(char32_t letter) {
  if (letter >= U'a' && letter <= U'z') return letter - 32;
  return letter >= U'а' && letter <= U'я' ? letter - 32 : letter;
}

}  // namespace

std::vector<std::string> spellings_of(std::string_view key) {
  std::u32string letters;
  decode(key, letters);
  std::vector<std::string> spellings(1, std::string(key));
  const auto add = [&](const std::u32string& spelling) {
    std::string text;
    encode(spelling, text);
    spellings.push_back(std::move(text));
  };
  for (size_t i = 0; i < letters.size(); ++i) {
    if (letters[i] != U'е') continue;
    std::u32string with_yo = letters;
    with_yo[i] = U'ё';
    add(with_yo);
  }
  if (letters.size() > kMaxAcronym) return spellings;
  std::u32string capitals = letters;
  std::transform(capitals.begin(), capitals.end(), capitals.begin(), capital);
  if (capitals != letters) add(capitals);
  return spellings;
}

void nominate(const Words& words, std::string_view prefix, size_t count, std::vector<std::string>& out) {
  struct Candidate {
    uint32_t df;
    uint32_t index;
    // A heap's top is the worst: the rarest, of equal ones the last.
    bool operator<(const Candidate& other) const {
      return df != other.df ? df > other.df : index < other.index;
    }
  };
  std::vector<Candidate> best;
  size_t agreed = 0;  // how many bytes of the prefix the last key begins with
  bool past = false;
  const Dictionary& keys = words.keys();
  Word word;
  for (uint32_t block = keys.block_of(prefix).value_or(0); block < keys.num_blocks() && !past; ++block) {
    WordReader reader = words.read(block);
    keys.scan_entries(block, [&](uint32_t index, uint64_t shared, std::string_view suffix) {
      reader.next(word);
      agreed = std::min<size_t>(agreed, shared);
      if (agreed == shared) {  // else what differed before still does
        size_t at = 0;
        while (agreed < prefix.size() && at < suffix.size() && suffix[at] == prefix[agreed]) ++agreed, ++at;
        past = agreed < prefix.size() && at < suffix.size() &&
               static_cast<uint8_t>(suffix[at]) > static_cast<uint8_t>(prefix[agreed]);
      }
      if (agreed < prefix.size()) return !past;
      if (!is_form(word.kind)) return true;
      const uint32_t df = word.form.df;
      if (best.size() == count && df <= best.front().df) return true;
      best.push_back({df, index});
      std::push_heap(best.begin(), best.end());
      if (best.size() <= count) return true;
      std::pop_heap(best.begin(), best.end());
      best.pop_back();
      return true;
    });
  }
  for (const Candidate& candidate : best) out.push_back(keys.key_at(candidate.index));
}

}  // namespace searchlib
