// Finds the tokens of texts that a query's words meet. Takes groups (lemmas, and maybe forms) and one text after
// the other, and tells which tokens meet which groups; a form is analysed once, however many texts have it. It
// knows neither queries nor fields; lemmas that only Python knows are supplied between the two passes.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analysis/analyzer.hpp"
#include "analysis/form_cache.hpp"
#include "analysis/form_filter.hpp"
#include "text/scanner.hpp"

namespace searchlib {

// A token meets a group if one of its lemmas is there and, unless any form will do, its match key
// is among the forms.
struct WordGroup {
  std::vector<std::string> lemmas;
  std::unordered_set<std::string> forms;
  bool any_form = true;
};

class Finder {
 public:
  // filter: rejects what meets no group; null: every form is analysed.
  Finder(const Analyzer& analyzer, std::vector<WordGroup> groups, const FormFilter* filter = nullptr);

  struct Found {
    RawToken token;
    uint32_t form;  // an index for groups_of
  };

  // Scans the text, which has fewer than 2³² bytes and outlives the finder. Adds what meets a group, and what the
  // analyzer declined, to what was found before.
  void scan(std::string_view text);

  // The distinct forms that were declined; supply() takes their lemmas, in the same order.
  const std::vector<std::string>& declined() const { return declined_forms_; }
  void supply(const std::vector<std::vector<std::string>>& lemmas);

  const std::vector<Found>& found() const { return found_; }
  // The groups that a form meets, in rising order; none for a declined form that met none after all.
  const std::vector<uint32_t>& groups_of(uint32_t form) const { return groups_of_form_[form]; }

 private:
  void meet(const std::string& form, const std::vector<std::string>& lemmas,
            std::vector<uint32_t>& met) const;

  const Analyzer& analyzer_;
  const FormFilter* filter_;
  FormCache cache_;
  std::vector<WordGroup> groups_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> groups_by_lemma_;  // views into groups_
  std::vector<std::vector<uint32_t>> groups_of_form_;
  std::vector<bool> is_declined_;   // by the number of the form
  std::vector<uint32_t> declined_;  // the numbers of the declined forms
  std::vector<std::string> declined_forms_;
  std::vector<Found> found_;
};

}  // namespace searchlib
