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

void nominate(const Dictionary& forms, std::string_view prefix, size_t count, std::vector<std::string>& out) {
  struct Candidate {
    uint32_t df;
    std::string form;
    // A heap's top is the worst: the rarest, of equal ones the last.
    bool operator<(const Candidate& other) const {
      return df != other.df ? df > other.df : form < other.form;
    }
  };
  std::vector<Candidate> best;
  bool past = false;
  for (uint32_t block = forms.block_of(prefix).value_or(0); block < forms.num_blocks() && !past; ++block) {
    forms.scan_block(block, [&](uint32_t, std::string_view form, std::span<const uint8_t> payload) {
      if (!form.starts_with(prefix)) {
        past = form > prefix;
        return !past;
      }
      const uint32_t df = ByteReader(payload).varint32();
      if (best.size() == count && df <= best.front().df) return true;
      best.push_back({df, std::string(form)});
      std::push_heap(best.begin(), best.end());
      if (best.size() <= count) return true;
      std::pop_heap(best.begin(), best.end());
      best.pop_back();
      return true;
    });
  }
  for (Candidate& candidate : best) out.push_back(std::move(candidate.form));
}

}  // namespace searchlib
