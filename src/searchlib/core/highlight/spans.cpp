#include "highlight/spans.hpp"

#include <algorithm>
#include <tuple>

namespace searchlib::highlighting {
namespace {

// A phrase's words stand in order: each begins where the one before ends, and as many positions later as the
// phrase has a gap there, or beyond. What is skipped beyond those gaps is an occurrence's distance, at most the
// slop (search/phrase_count.hpp has the same mathematics). Of all occurrences that begin with a place the nearest
// counts, and of two, one inside the other, only the inner one: in «to be to go», "to go"~2 is the last two words.

// From a place to the phrase's last word, by the nearest way, or from any place behind it.
struct Way {
  int64_t position;
  int64_t least;  // where the last word would stand if only skipped positions counted
  int64_t last;   // where it stands
  uint32_t end;   // its last character
};

struct WayFrom {
  Place place;
  Way way;
};

// The way, or a nearer one that begins behind it, as the best from its position on.
Way nearer(const Way& way, const std::vector<Way>& behind) {
  if (behind.empty() || std::tie(way.least, way.last) <= std::tie(behind.back().least, behind.back().last))
    return way;
  Way better = behind.back();
  better.position = way.position;
  return better;
}

// The places that one of the ways goes on from, the last first; each with its own.
std::vector<WayFrom> ways_from(const std::vector<Place>& column, int64_t gap, int64_t slop,
                               const std::vector<Way>& ways) {
  std::vector<WayFrom> found;
  size_t at = 0;  // so many ways begin at or behind the place's end
  for (size_t i = column.size(); i-- > 0;) {
    const Place& place = column[i];
    const int64_t behind = place.behind + gap;
    while (at < ways.size() && ways[at].position >= behind) ++at;
    while (at > 0 && ways[at - 1].position < behind) --at;
    if (at == 0) continue;
    const Way& on = ways[at - 1];
    if (on.least - behind > slop) continue;
    found.push_back({place, {place.position, place.position + on.least - behind, on.last, on.end}});
  }
  return found;
}

// Without those that hold another one; the last first, as they come.
std::vector<WayFrom> innermost(const std::vector<WayFrom>& found) {
  std::vector<WayFrom> kept;
  for (size_t begin = 0; begin < found.size();) {
    size_t end = begin;
    int64_t last = found[begin].way.last;
    for (; end < found.size() && found[end].way.position == found[begin].way.position; ++end)
      last = std::min(last, found[end].way.last);
    if (kept.empty() || last < kept.back().way.last) {
      for (size_t i = begin; i < end; ++i) {
        if (found[i].way.last == last) kept.push_back(found[i]);
      }
    }
    begin = end;
  }
  return kept;
}

// Nearly linear in the number of places: from the last word back to the first, each place needs only the nearest
// way on, and those are found one after the other.
void add_occurrences(const Phrase& phrase, const std::vector<std::vector<Place>>& places,
                     std::vector<Span>& out) {
  const auto column = [&](size_t i) -> const std::vector<Place>& { return places[phrase.words[i]]; };
  const size_t num_words = phrase.words.size();
  for (size_t i = 0; i < num_words; ++i) {
    if (column(i).empty()) return;
  }
  if (num_words == 1) {
    for (const Place& place : column(0)) out.push_back({place.start, place.end, phrase.mark});
    return;
  }
  std::vector<Way> ways;  // those of the word behind, the last place first
  for (size_t i = column(num_words - 1).size(); i-- > 0;) {
    const Place& place = column(num_words - 1)[i];
    ways.push_back(nearer({place.position, place.position, place.position, place.end}, ways));
  }
  const auto gap_behind = [&](size_t i) { return phrase.offsets[i + 1] - phrase.offsets[i] - 1; };
  for (size_t i = num_words - 2; i > 0; --i) {
    const std::vector<WayFrom> found = ways_from(column(i), gap_behind(i), phrase.slop, ways);
    ways.clear();
    for (const WayFrom& one : found) ways.push_back(nearer(one.way, ways));
  }
  const std::vector<WayFrom> whole = innermost(ways_from(column(0), gap_behind(0), phrase.slop, ways));
  for (size_t i = whole.size(); i-- > 0;)
    out.push_back({whole[i].place.start, whole[i].way.end, phrase.mark});
}

std::vector<Span> merged(std::vector<Span>& matches) {
  std::sort(matches.begin(), matches.end());
  std::vector<Span> result;
  uint32_t longest = 0;
  for (const Span& match : matches) {
    if (match.end <= match.start) continue;
    const uint32_t length = match.end - match.start;
    if (result.empty() || match.start >= result.back().end) {
      result.push_back(match);
      longest = length;
      continue;
    }
    Span& last = result.back();
    if (length > longest) last.mark = match.mark;
    longest = std::max(longest, length);
    last.end = std::max(last.end, match.end);
  }
  return result;
}

}  // namespace

std::vector<Span> spans_of(const MarkPlan& plan, std::span<const Meeting> tokens) {
  std::vector<Span> matches;
  for (const Meeting& token : tokens) {
    for (const uint32_t group : token.groups) {
      if (plan.mark_of_group[group] != MarkPlan::kNoMark)
        matches.push_back({token.place.start, token.place.end, plan.mark_of_group[group]});
    }
  }
  if (!plan.phrases.empty()) {
    std::vector<std::vector<Place>> places(plan.mark_of_group.size());
    for (const Meeting& token : tokens) {
      for (const uint32_t group : token.groups) places[group].push_back(token.place);
    }
    for (const Phrase& phrase : plan.phrases) add_occurrences(phrase, places, matches);
  }
  return merged(matches);
}

}  // namespace searchlib::highlighting
