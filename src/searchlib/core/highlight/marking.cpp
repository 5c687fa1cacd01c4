#include "highlight/marking.hpp"

#include <algorithm>

#include "text/offsets.hpp"

namespace searchlib::highlighting {
namespace {

constexpr size_t kMaxForms = 4096;  // reading so many from a dictionary costs what analysing a page does

// Bytes to code points, for spans that rise.
void count_in_code_points(const FieldText& text, std::vector<Span>& spans) {
  if (text.num_chars == text.utf8.size()) return;
  CodePointOffsets offsets(text.utf8);
  for (Span& span : spans) {
    span.start = static_cast<uint32_t>(offsets.at(span.start));
    span.end = static_cast<uint32_t>(offsets.at(span.end));
  }
}

}  // namespace

std::optional<FormFilter> forms_of(const std::vector<WordGroup>& groups,
                                   const std::vector<const FieldParts*>& lexicons) {
  FormFilter filter;
  size_t count = 0;
  std::vector<uint32_t> forms;
  for (const WordGroup& group : groups) {
    if (!group.any_form) {
      for (const std::string& form : group.forms) filter.add(form);
      continue;
    }
    for (const std::string& lemma : group.lemmas) {
      for (const FieldParts* lexicon : lexicons) {
        forms.clear();
        if (!lexicon->find_term(lemma, &forms)) continue;
        count += forms.size();
        if (count > kMaxForms) return std::nullopt;
        for (const uint32_t form : forms) filter.add(lexicon->word_at(form));
      }
    }
  }
  return filter;
}

std::vector<std::vector<Span>> mark_words(const FieldTexts& texts, const Marks& marks,
                                          const Analyzer& analyzer, const FormFilter* filter,
                                          const Resolve& resolve) {
  std::vector<std::vector<Span>> result(texts.texts.size());
  if (marks.groups.empty()) return result;
  Finder finder(analyzer, marks.groups, filter);
  std::vector<size_t> ends;  // behind the tokens found of each value
  for (const FieldText& text : texts.texts) {
    for (size_t value = 0; value < text.ends.size(); ++value) {
      finder.scan(text.value(value));
      ends.push_back(finder.found().size());
    }
  }
  if (!finder.declined().empty()) finder.supply(resolve(finder.declined()));
  std::vector<Meeting> tokens;
  size_t at = 0, value_of_all = 0;
  for (size_t i = 0; i < result.size(); ++i) {
    const FieldText& text = texts.texts[i];
    for (size_t value = 0; value < text.ends.size(); ++value) {
      const auto base = static_cast<uint32_t>(text.value(value).data() - text.utf8.data());
      tokens.clear();
      for (const size_t end = ends[value_of_all++]; at < end; ++at) {
        const Finder::Found& found = finder.found()[at];
        const std::vector<uint32_t>& groups = finder.groups_of(found.form);
        if (groups.empty()) continue;
        const int64_t position = found.token.position;
        tokens.push_back(
            {{position, position + found.token.span, base + found.token.begin, base + found.token.end},
             groups});
      }
      if (tokens.empty()) continue;
      const std::vector<Span> spans = spans_of(marks.plan, tokens);
      result[i].insert(result[i].end(), spans.begin(), spans.end());
    }
    count_in_code_points(text, result[i]);
  }
  return result;
}

std::vector<std::vector<Span>> mark_values(const FieldTexts& texts, const Marks& marks, bool folded) {
  std::vector<std::vector<Span>> result(texts.texts.size());
  for (size_t i = 0; i < result.size(); ++i) {
    const FieldText& text = texts.texts[i];
    for (size_t value = 0; value < text.ends.size(); ++value) {
      const std::string_view raw = text.value(value);
      if (raw.empty()) continue;
      const std::string whole = folded ? Analyzer::keyword_key(raw) : std::string(raw);
      uint32_t mark = MarkPlan::kNoMark;
      for (size_t group = 0; group < marks.groups.size(); ++group) {
        const std::vector<std::string>& lemmas = marks.groups[group].lemmas;
        if (std::find(lemmas.begin(), lemmas.end(), whole) != lemmas.end())
          mark = std::min(mark, marks.plan.mark_of_group[group]);
      }
      if (mark == MarkPlan::kNoMark) continue;
      const auto base = static_cast<uint32_t>(raw.data() - text.utf8.data());
      result[i].push_back({base, base + static_cast<uint32_t>(raw.size()), mark});
    }
    count_in_code_points(text, result[i]);
  }
  return result;
}

}  // namespace searchlib::highlighting
