// Where the marks of a query stand in a text, from the tokens that its words meet. A word is one span, an
// occurrence of a phrase one from its first word to its last. All of it is plain numbers: it knows no texts.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace searchlib::highlighting {

struct Span {
  uint32_t start, end;
  uint32_t mark;
  auto operator<=>(const Span&) const = default;
};

// A token that a word meets: its first position, the one behind it, its bytes or characters. A compound's whole
// stands at its first part's position and takes those of all its parts.
struct Place {
  int64_t position, behind;
  uint32_t start, end;
};

struct Phrase {
  uint32_t mark;
  std::vector<uint32_t> words;  // numbers of groups
  std::vector<int64_t> offsets;
  int64_t slop = 0;
};

// What a query marks, by numbers of groups: a word's mark, and phrases.
struct MarkPlan {
  static constexpr uint32_t kNoMark = UINT32_MAX;
  std::vector<uint32_t> mark_of_group;
  std::vector<Phrase> phrases;
};

// A token and the groups that it meets.
struct Meeting {
  Place place;
  std::span<const uint32_t> groups;
};

// The spans of a text's tokens, which come by position: sorted, disjoint, none empty. Where matches overlap they
// become one, under the mark of the longest of them, the earliest of equals; those that only touch stay apart.
std::vector<Span> spans_of(const MarkPlan& plan, std::span<const Meeting> tokens);

}  // namespace searchlib::highlighting
