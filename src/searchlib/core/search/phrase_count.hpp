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
  PhraseCounter(PhraseCounter&&) = default;  // nobody copies it: it points into itself

  // For a document: forget what was added, add the places of each word's lemmas, then count. Places and
  // widths stay where they are: other places may be put there, and counted without adding them anew.
  void clear();
  void add(size_t slot, const std::vector<Place>& places, const FormWidths& widths);
  double count();

 private:
  // A place of a word, as two numbers of positions: where it starts, and where the next word may begin, the gap
  // in mind. Of a place that the phrase can be gone on with from, the second is another: where its last word
  // would stand if only skipped positions counted on the way; the least of this place and all behind it.
  struct Span {
    int64_t start;
    int64_t second;
    bool operator==(const Span&) const = default;
  };
  struct Spans {
    std::vector<Span> room;  // never made smaller
    Span* begin = nullptr;
    Span* end = nullptr;

    void make_room(size_t size) {
      if (room.size() < size) room.resize(size);
      begin = end = room.data();
    }
  };
  struct Column {
    struct Lemma {
      const std::vector<Place>* places;
      const FormWidths* widths;
    };
    std::vector<Lemma> lemmas;
    int64_t gap = 0;  // behind this word
  };

  void gather(const Column& column);  // into spans_
  void start_behind();                // from the last word's places
  void reach();                       // from spans_, by reachable_, to reachable_
  double count_first();
  // The least distance of what begins with a place; more than the slop if nothing does. `at`: the first of
  // reachable_ at or behind its end; it is found from where the last one was.
  int64_t distance_of(const Span& span, const Span*& at) const {
    while (at > reachable_.begin && at[-1].start >= span.second) --at;
    while (at < reachable_.end && at->start < span.second) ++at;
    return at == reachable_.end ? slop_ + 1 : at->second - span.second;
  }

  Deadline& deadline_ = Deadline::current();
  int64_t slop_;
  std::vector<Column> columns_;
  Spans spans_;      // of the word at hand
  Spans reachable_;  // of the word behind it
  Spans reached_;
  std::vector<int64_t> distances_;
};

}  // namespace searchlib
