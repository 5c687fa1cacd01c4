// How often a phrase stands in a document: the one statement of it, for all that searches and scores. Places
// of its words come in, a number goes out. Nothing is known here of postings or of queries.
//
// A word's place has a start and an end, where the next word may begin: one position on for most, more for a
// compound's whole ("wi-fi" takes two, "1 000 000" three). An occurrence is a place of each word in turn, each
// starting at the end of the one before, plus the gap that the phrase has there, or later. Its distance is
// the number of positions that it skips beyond those gaps: at most the slop. Of all occurrences that begin
// at one position the nearest counts, 1 / (1 + distance).
//
// So there are no more occurrences than places of the first word; and with slop 0, of any word up to the first
// that has ends of several widths: behind that, two starts may share a place.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "postings/positions.hpp"
#include "search/deadline.hpp"
#include "search/form_widths.hpp"

namespace searchlib {

class PhraseCounter {
 public:
  // offsets: of each word, counted in words and what stands between them; the gap between two words is the
  // difference of theirs, less one.
  PhraseCounter(const std::vector<uint32_t>& offsets, uint32_t slop);

  // For a document: forget the one before, add the places of each word's lemmas, then count.
  void clear();
  void add(size_t slot, std::span<const Place> places, const FormWidths& widths);
  double count();

 private:
  struct Span {
    int64_t start;
    int64_t end;  // where the next word may begin, the gap behind this one in mind
    auto operator<=>(const Span&) const = default;
  };
  // A place from which the phrase can be gone on with. `least`: the position at which its last word would
  // stand if only skipped positions counted on the way; the least of this place and all behind it.
  struct Reachable {
    int64_t start;
    int64_t least;
  };
  struct Column {
    std::vector<Span> spans;
    uint32_t num_lemmas = 0;
    int64_t gap = 0;  // behind this word
  };

  void put_in_order(Column& column);
  void reach(const Column& column);
  double count_first(const Column& column);
  // The least distance of what begins with a place; more than the slop if nothing does. `at`: how many of
  // reachable_ start at or behind its end; it is found from where the last one was.
  int64_t distance_of(const Span& span, size_t& at) const;

  Deadline& deadline_ = Deadline::current();
  int64_t slop_;
  std::vector<Column> columns_;
  std::vector<Reachable> reachable_;  // of the word behind the one at hand, the last first
  std::vector<Reachable> reached_;
  std::vector<int64_t> distances_;
};

}  // namespace searchlib
