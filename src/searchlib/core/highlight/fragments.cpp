#include "highlight/fragments.hpp"

#include <algorithm>
#include <queue>
#include <tuple>

#include "text/char_facts.hpp"

namespace searchlib::highlighting {
namespace {

// A run of neighbouring spans that fit into one fragment: spans[first] to spans[last].
struct Run {
  size_t distinct;  // different marks
  size_t first, last;
};

struct Worse {
  bool operator()(const Run& a, const Run& b) const {
    const auto order = [](const Run& run) {
      return std::tuple(~run.distinct, ~(run.last - run.first), run.first, run.last);
    };
    return order(a) > order(b);
  }
};

// Picks the runs.
class Chooser {
 public:
  Chooser(std::span<const Span> spans, size_t size) : spans_(spans), size_(size) {}

  std::vector<Run> best(size_t count) {
    std::priority_queue<Run, std::vector<Run>, Worse> heap(Worse(), candidates());
    std::vector<Run> chosen;
    while (!heap.empty() && chosen.size() < count) {
      const Run run = heap.top();
      heap.pop();
      const size_t end = end_without(chosen, run);  // behind what is left of it
      if (end == run.last + 1) {
        chosen.push_back(run);
      } else if (end > run.first) {  // its end belongs to a better one: it stands for what is left of it
        heap.push(rated(run.first, end - 1));
      }
    }
    return chosen;
  }

 private:
  // One for each span, the longest run that begins there; two indices move on, so this is linear.
  std::vector<Run> candidates() const {
    std::vector<Run> found;
    found.reserve(spans_.size());
    const std::vector<uint32_t> marks = marks_of(spans_);
    std::vector<size_t> held(marks.size());
    const auto held_of = [&](const Span& span) -> size_t& {
      return held[static_cast<size_t>(std::lower_bound(marks.begin(), marks.end(), span.mark) -
                                      marks.begin())];
    };
    size_t distinct = 0;
    size_t end = 0;  // behind the run
    for (size_t first = 0; first < spans_.size(); ++first) {
      while (end < spans_.size() && (end <= first || spans_[end].end - spans_[first].start <= size_))
        distinct += static_cast<size_t>(held_of(spans_[end++])++ == 0);
      found.push_back({distinct, first, end - 1});
      distinct -= static_cast<size_t>(--held_of(spans_[first]) == 0);
    }
    return found;
  }

  Run rated(size_t first, size_t last) const {
    return {marks_of(spans_.subspan(first, last + 1 - first)).size(), first, last};
  }

  // The different ones, in order.
  static std::vector<uint32_t> marks_of(std::span<const Span> spans) {
    std::vector<uint32_t> marks;
    marks.reserve(spans.size());
    for (const Span& span : spans) marks.push_back(span.mark);
    std::sort(marks.begin(), marks.end());
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
    return marks;
  }

  // Behind the last span of the run that is in no chosen run; its first one if it begins inside one.
  static size_t end_without(const std::vector<Run>& chosen, const Run& run) {
    size_t last = run.last;
    for (const Run& other : chosen) {
      if (other.first <= run.first && run.first <= other.last) return run.first;
      if (run.first < other.first && other.first <= last) last = other.first - 1;
    }
    return last + 1;
  }

  std::span<const Span> spans_;
  size_t size_;
};

// Gives a run of spans its surroundings.
class Cutter {
 public:
  Cutter(Text text, std::span<const Span> spans, size_t size, const Abbreviations& abbreviations)
      : text_(text), spans_(spans), size_(size), sentences_(text, abbreviations) {}

  // The fragment around spans[first..last], within [low, high).
  Fragment cut(const Run& run, size_t low, size_t high) {
    const size_t begin = spans_[run.first].start, stop = spans_[run.last].end;
    if (stop - begin > size_) return cut_long(run.first, begin);
    const size_t start = start_of(begin, stop, low);
    const size_t end = end_of(start, stop, std::min(start + size_, high), starting_in(stop, stop + size_));
    const std::span<const Span> held = starting_in(start, end);
    return {start, end, {held.begin(), held.end()}};
  }

  std::vector<Fragment> beginning() {
    size_t start = 0;
    while (start < text_.size() && unicode::facts(text_[start]).space()) ++start;
    if (start == text_.size()) return {};
    const size_t end = end_of(start, start + 1, start + std::min(size_, text_.size() - start), {});
    return {{start, end, {}}};
  }

 private:
  Fragment cut_long(size_t index, size_t begin) const {
    const size_t end = std::max(safe_before(text_, begin, begin + size_), begin + 1);
    return {begin, end, {{spans_[index].start, static_cast<uint32_t>(end), spans_[index].mark}}};
  }

  size_t start_of(size_t begin, size_t stop, size_t low) {
    if (stop > size_) low = std::max(low, stop - size_);
    const size_t half = (size_ - (stop - begin)) / 2;
    const size_t room = std::max(begin > half ? begin - half : 0, low);
    sentences_.borders(low, begin, borders_);
    sentences_.borders(stop, std::min(stop + size_, text_.size()), ends_);
    for (size_t i = borders_.size(); i-- > 0 && !ends_.empty();) {
      if (ends_.front() - borders_[i] <= size_) return past_spans(borders_[i], begin);
    }
    if (!borders_.empty() && borders_.back() >= room) return past_spans(borders_.back(), begin);
    return past_spans(word_border_after(text_, room, begin), begin);
  }

  // A fragment must not begin inside a match that it does not show.
  size_t past_spans(size_t start, size_t begin) const {
    const auto behind = std::upper_bound(spans_.begin(), spans_.end(), start,
                                         [](size_t at, const Span& span) { return at < span.start; });
    if (behind == spans_.begin()) return start;
    const Span& before = *(behind - 1);
    if (before.start >= start || start >= before.end) return start;
    return word_border_after(text_, std::min<size_t>(before.end, begin), begin);
  }

  std::span<const Span> starting_in(size_t low, size_t high) const {
    const auto begins = [](const Span& span, size_t at) { return span.start < at; };
    const auto first = std::lower_bound(spans_.begin(), spans_.end(), low, begins);
    return {first, std::lower_bound(first, spans_.end(), std::max(low, high), begins)};
  }

  // Where a fragment from `start` ends: within [least, most], at a sentence's end if there is one. ahead: the
  // matches that follow within reach, which the end must not cut.
  size_t end_of(size_t start, size_t least, size_t most, std::span<const Span> ahead) {
    sentences_.borders(least, most, ends_);
    size_t end =
        !ends_.empty() && ends_.back() > start ? ends_.back() : word_border_before(text_, least, most);
    for (const Span& span : ahead) {
      if (span.start < end && end < span.end) end = span.start;
    }
    while (end > least && unicode::facts(text_[end - 1]).space()) --end;
    return end;
  }

  Text text_;
  std::span<const Span> spans_;
  size_t size_;
  Sentences sentences_;
  std::vector<size_t> borders_, ends_;
};

}  // namespace

std::vector<Fragment> choose_fragments(Text text, std::span<const Span> spans, size_t count, size_t size,
                                       const Abbreviations& abbreviations) {
  Cutter cutter(text, spans, size, abbreviations);
  if (spans.empty()) return cutter.beginning();
  std::vector<Run> runs = Chooser(spans, size).best(count);
  std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.first < b.first; });
  std::vector<Fragment> fragments;
  for (size_t i = 0; i < runs.size(); ++i) {
    const size_t low = fragments.empty() ? 0 : fragments.back().end;
    const size_t high = i + 1 < runs.size() ? spans[runs[i + 1].first].start : text.size();
    fragments.push_back(cutter.cut(runs[i], low, high));
  }
  return fragments;
}

}  // namespace searchlib::highlighting
