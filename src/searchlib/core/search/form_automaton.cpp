#include "search/form_automaton.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace searchlib {
namespace {

constexpr size_t kWordBits = 64;

void set_bit(uint64_t* bits, size_t at) { bits[at / kWordBits] |= uint64_t{1} << (at % kWordBits); }
bool has_bit(const uint64_t* bits, size_t at) { return (bits[at / kWordBits] >> (at % kWordBits) & 1) != 0; }

// A word of a set whose places all go up by one.
uint64_t moved_up(const uint64_t* bits, size_t word) {
  return bits[word] << 1 | (word > 0 ? bits[word - 1] >> (kWordBits - 1) : 0);
}

constexpr auto kThemselves = [] {
  std::array<uint16_t, kNearLetters> letters{};
  for (uint32_t letter = 0; letter < kNearLetters; ++letter) letters[letter] = static_cast<uint16_t>(letter);
  return letters;
}();

size_t hash_of(const uint64_t* bits, size_t words) {
  uint64_t hash = 0;
  for (size_t i = 0; i < words; ++i) hash = (hash ^ bits[i]) * 0x9E3779B97F4A7C15ULL + (hash >> 29);
  return hash >> 32;
}

}  // namespace

FormAutomaton::FormAutomaton(const FormPattern& pattern, bool passes)
    : pattern_(pattern),
      near_letters_(pattern.folds ? &kNearKeyLetters : &kThemselves),
      width_(pattern.letters.size() / kWordBits + 1),
      stride_(width_ * (2 * size_t{pattern.edits} + 1)),
      runs_(width_),
      all_(width_),
      edited_(width_),
      first_(stride_),
      next_(stride_),
      read_(stride_) {
  add_classes(passes);
  const size_t length = pattern.letters.size();
  for (size_t i = 0; i <= length; ++i) {
    set_bit(all_.data(), i);
    if (i < length || !pattern.last_is_sure) set_bit(edited_.data(), i);
    if (pattern.runs[i]) set_bit(runs_.data(), i);
  }
  for (unsigned edits = 0; edits <= pattern.edits; ++edits) {  // that many letters may be left out
    for (size_t i = 0; i <= std::min<size_t>(edits, length); ++i) {
      if (i == 0 || has_bit(edited_.data(), i)) set_bit(&first_[edits * width_], i);
    }
  }
  forget();
}

void FormAutomaton::add_classes(bool passes) {
  near_classes_[kNearJoins] = kJoining;
  for (const char32_t joiner : passes ? kJoiners : std::u32string_view()) near_classes_[joiner] = kPassed;
  std::vector<uint32_t> letters;
  for (const char32_t letter : pattern_.letters) {
    if (letter != FormPattern::kAnyOne) letters.push_back(letter);
  }
  std::sort(letters.begin(), letters.end());
  letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
  for (const uint32_t letter : letters) {
    const auto own = static_cast<uint16_t>(num_classes_++);
    if (letter < kNearLetters) {
      near_classes_[letter] = own;
    } else {
      far_classes_.emplace_back(letter, own);
    }
  }
  add_bases(letters);
  masks_.resize(num_classes_ * width_);
  swaps_.resize(num_classes_ * width_);
  for (size_t i = 0; i < pattern_.letters.size(); ++i) {
    const char32_t letter = pattern_.letters[i];
    if (letter == FormPattern::kAnyOne) {
      for (uint32_t each = 0; each < num_classes_; ++each) set_bit(&masks_[each * width_], i);
    } else {
      set_bit(&masks_[class_of(letter) * width_], i);
      if (i > 0) set_bit(&swaps_[class_of(letter) * width_], i - 1);
    }
  }
}

void FormAutomaton::add_bases(const std::vector<uint32_t>& letters) {
  for (const uint32_t letter : letters) {
    if (pattern_.folds && base_of(letter) != letter) bases_.push_back(base_of(letter));
  }
  may_become_another_.resize(num_classes_);
  may_become_another_[kBase] = true;
  for (const uint32_t letter : letters) may_become_another_[class_of(letter)] = is_base(letter);
  for (uint32_t letter = 0; letter < kNearLetters && !bases_.empty(); ++letter) {
    if (near_classes_[letter] == kOther && is_base(letter)) near_classes_[letter] = kBase;
  }
  for (uint32_t point = 0; point < kNearLetters; ++point) {
    const uint16_t letter = (*near_letters_)[point];
    if (letter == kFar || (letter != kNearJoins && near_classes_[letter] != kOther))
      near_points_.push_back(static_cast<uint16_t>(point));
  }
}

bool FormAutomaton::is_base(uint32_t letter) const {
  return !bases_.empty() && std::find(bases_.begin(), bases_.end(), base_of(letter)) != bases_.end();
}

uint16_t FormAutomaton::class_of(uint32_t letter) const {
  if (letter < kNearLetters) return near_classes_[letter];
  const auto found =
      std::lower_bound(far_classes_.begin(), far_classes_.end(), std::pair(letter, uint16_t{0}));
  if (found != far_classes_.end() && found->first == letter) return found->second;
  return is_base(letter) ? kBase : kOther;
}

// Where a letter is refused, so are all that the pattern lacks, for whatever takes those takes any. It is not
// so with ß, which is two letters.
uint32_t FormAutomaton::next_possible(State state, uint32_t refused) {
  const uint32_t joining = pattern_.folds ? next_joining(refused) : std::max(refused + 1, kNearLetters);
  if (state == kDoubtful) return joining;
  if (refused >= kNearLetters || step_class(state, kOther) != kDead) return refused + 1;
  for (auto at = std::upper_bound(near_points_.begin(), near_points_.end(), refused);
       at != near_points_.end() && *at < joining; ++at) {
    if (step(state, *at) != kDead) return *at;
  }
  return joining;
}

FormAutomaton::State FormAutomaton::step_far(State state, uint32_t code_point) {
  if (!pattern_.folds) return step_class(state, class_of(code_point));
  const uint32_t letter = key_letter(code_point);
  if (letter == kJoins) return step_class(state, kJoining);
  if (letter != kSeveralLetters) return step_class(state, class_of(letter));
  for (const char32_t each : key_letters(code_point)) state = step_class(state, class_of(each));
  return state;
}

unsigned FormAutomaton::edits_of(std::string_view match_key) {
  read_ = first_;
  const auto* at = reinterpret_cast<const uint8_t*>(match_key.data());
  const uint8_t* const end = at + match_key.size();
  while (at != end) {
    const utf8::Decoded decoded = utf8::decode(at, end);
    at += decoded.length;
    const uint16_t letter_class = class_of(decoded.code_point);
    if (letter_class == kPassed) continue;
    if (!advance(read_.data(), letter_class)) return kNoMatch;
    read_.swap(next_);
  }
  return edits_in(read_.data());
}

void FormAutomaton::forget() {
  steps_.clear();
  edits_.clear();
  bits_.clear();
  slots_.assign(256, kUnknown);
  for (const State state : {kDead, kDoubtful, kUnsure}) {
    add_state(kNoMatch);
    bits_.resize(bits_.size() + stride_);
    State* const row = &steps_[size_t{state} * num_classes_];
    std::fill_n(row, num_classes_, state == kUnsure ? kUnsure : kDead);
    if (state == kDoubtful) row[kJoining] = kUnsure;
  }
  start_ = intern(first_.data());
}

FormAutomaton::State FormAutomaton::learn(State state, uint16_t letter_class) {
  State next = letter_class == kPassed ? state : kUnsure;
  if (letter_class != kJoining && letter_class != kPassed)
    next = advance(&bits_[state * stride_], letter_class) ? intern(next_.data())
           : may_become_another_[letter_class]            ? kDoubtful
                                                          : kDead;
  steps_[size_t{state} * num_classes_ + letter_class] = next;
  return next;
}

// S. Wu and U. Manber, "Fast text searching allowing errors", 1992, with swaps.
bool FormAutomaton::advance(const uint64_t* from, uint16_t letter_class) {
  const uint64_t* const mask = &masks_[letter_class * width_];
  const uint64_t* const swap = &swaps_[letter_class * width_];
  const size_t swaps_at = (size_t{pattern_.edits} + 1) * width_;
  uint64_t any = 0;
  for (unsigned edits = 0; edits <= pattern_.edits; ++edits) {
    const uint64_t* const own = from + edits * width_;
    uint64_t* const next = &next_[edits * width_];
    uint64_t same_carry = 0;
    uint64_t swap_carry = 0;
    for (size_t word = 0; word < width_; ++word) {
      const uint64_t same = own[word] & mask[word];
      uint64_t reached = (own[word] & runs_[word]) | same << 1 | same_carry;
      same_carry = same >> (kWordBits - 1);
      if (edits > 0) {
        const uint64_t* const fewer = own - width_;
        const uint64_t swapped = from[swaps_at + (edits - 1) * width_ + word] & mask[word];
        reached |= fewer[word];                                    // a letter more
        reached |= moved_up(fewer, word) & edited_[word];          // another letter
        reached |= moved_up(next - width_, word) & edited_[word];  // a letter less
        reached |= swapped << 2 | swap_carry;
        swap_carry = swapped >> (kWordBits - 2);
      }
      next[word] = reached & all_[word];
      any |= next[word];
    }
  }
  for (unsigned edits = 0; edits < pattern_.edits; ++edits) {
    for (size_t word = 0; word < width_; ++word)
      next_[swaps_at + edits * width_ + word] = from[edits * width_ + word] & swap[word];
  }
  return any != 0;
}

unsigned FormAutomaton::edits_in(const uint64_t* bits) const {
  for (unsigned edits = 0; edits <= pattern_.edits; ++edits) {
    if (has_bit(bits + edits * width_, pattern_.letters.size())) return edits;
  }
  return kNoMatch;
}

FormAutomaton::State FormAutomaton::intern(const uint64_t* bits) {
  const size_t wrap = slots_.size() - 1;
  size_t slot = hash_of(bits, stride_) & wrap;
  for (; slots_[slot] != kUnknown; slot = (slot + 1) & wrap) {
    const State state = slots_[slot];
    if (std::equal(bits, bits + stride_, &bits_[state * stride_])) return state;
  }
  const auto state = static_cast<State>(edits_.size());
  slots_[slot] = state;
  bits_.insert(bits_.end(), bits, bits + stride_);
  add_state(edits_in(bits));
  if (2 * edits_.size() > slots_.size()) grow();
  return state;
}

void FormAutomaton::add_state(unsigned edits) {
  edits_.push_back(static_cast<uint8_t>(edits));
  steps_.resize(steps_.size() + num_classes_, kUnknown);
}

void FormAutomaton::grow() {
  const size_t size = 2 * slots_.size();
  std::vector<State> old(size, kUnknown);
  old.swap(slots_);
  for (const State state : old) {
    if (state == kUnknown) continue;
    size_t slot = hash_of(&bits_[state * stride_], stride_) & (size - 1);
    while (slots_[slot] != kUnknown) slot = (slot + 1) & (size - 1);
    slots_[slot] = state;
  }
}

}  // namespace searchlib
