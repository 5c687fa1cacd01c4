#include "build/inversion.hpp"

#include <algorithm>
#include <numeric>

#include "build/field_parts_writer.hpp"

namespace searchlib {
namespace {

constexpr uint32_t kUnused = UINT32_MAX;

// The ids of a table that occur, in the order of their bytes; and each id's place in that order.
struct Order {
  std::vector<uint32_t> ids;
  std::vector<uint32_t> number;  // kUnused for those that do not occur

  Order(const FormTable& table, const std::vector<uint32_t>& counts) : number(table.size(), kUnused) {
    std::vector<std::pair<uint64_t, uint32_t>> keyed;  // eight bytes decide nearly all comparisons
    for (uint32_t id = 0; id < table.size(); ++id) {
      if (counts[id] > 0) keyed.emplace_back(leading_bytes(table[id]), id);
    }
    std::sort(keyed.begin(), keyed.end(), [&](const auto& left, const auto& right) {
      return left.first != right.first ? left.first < right.first : table[left.second] < table[right.second];
    });
    for (const auto& [bytes, id] : keyed) {
      number[id] = static_cast<uint32_t>(ids.size());
      ids.push_back(id);
    }
  }

  // As a number that orders as the bytes do.
  static uint64_t leading_bytes(std::string_view key) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < 8; ++i) bytes = bytes << 8 | (i < key.size() ? static_cast<uint8_t>(key[i]) : 0);
    return bytes;
  }
};

class FieldInversion {
 public:
  FieldInversion(const FieldBuffer& buffer, const FieldLexicon& lexicon)
      : buffer_(buffer),
        lexicon_(lexicon),
        form_df_(buffer.form_dfs()),
        lemma_count_(lexicon.lemmas().size()) {
    for (uint32_t form = 0; form < form_df_.size(); ++form) {
      for (const uint32_t lemma : lexicon_.lemmas_of(form))
        lemma_count_[lemma] += buffer_.form_counts()[form];
    }
  }

  void write(PartSink& sink) {
    const Order forms(lexicon_.forms(), form_df_);
    const Order lemmas(lexicon_.lemmas(), lemma_count_);
    rank_forms(forms, lemmas);
    scatter();

    FieldPartsWriter writer(sink, buffer_.config().name, stats(), norms(), lengths());
    std::vector<uint32_t> form_numbers;
    for (const uint32_t lemma : lemmas.ids) {
      form_numbers.clear();
      for (const uint32_t form : forms_of(lemma)) form_numbers.push_back(forms.number[form]);
      writer.add_term(lexicon_.lemmas()[lemma], form_numbers, places_of(lemma));
    }
    FormInfo info;
    for (const uint32_t form : forms.ids) {
      info.df = form_df_[form];
      info.terms.clear();
      for (const uint32_t lemma : lexicon_.lemmas_of(form)) info.terms.push_back(lemmas.number[lemma]);
      writer.add_form(lexicon_.forms()[form], info);
    }
    writer.finish();
  }

 private:
  // A lemma of a form, and the form's rank among that lemma's forms.
  struct RankedLemma {
    uint32_t lemma;
    uint32_t rank;
  };
  struct Range {
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  // Each lemma's forms, the most frequent first; and each form's lemmas with its rank there.
  void rank_forms(const Order& forms, const Order& lemmas) {
    forms_at_.assign(lexicon_.lemmas().size() + 1, 0);
    lemmas_of_form_.assign(lexicon_.forms().size(), {});
    for (const uint32_t form : forms.ids) {
      Range& range = lemmas_of_form_[form];
      range.begin = static_cast<uint32_t>(ranked_.size());
      for (const uint32_t lemma : lexicon_.lemmas_of(form)) {
        ++forms_at_[lemma + 1];
        ranked_.push_back({lemma, 0});
      }
      range.end = static_cast<uint32_t>(ranked_.size());
    }
    std::partial_sum(forms_at_.begin(), forms_at_.end(), forms_at_.begin());
    std::vector<uint32_t> next(forms_at_.begin(), forms_at_.end() - 1);
    lemma_forms_.resize(ranked_.size());
    for (const uint32_t form : forms.ids) {
      for (const uint32_t lemma : lexicon_.lemmas_of(form)) lemma_forms_[next[lemma]++] = form;
    }
    for (const uint32_t lemma : lemmas.ids) {
      const auto begin = lemma_forms_.begin() + forms_at_[lemma];
      const auto end = lemma_forms_.begin() + forms_at_[lemma + 1];
      if (end - begin < 2) continue;
      // Forms came in the order of their bytes; a stable sort keeps it among equals.
      std::stable_sort(begin, end,
                       [&](uint32_t left, uint32_t right) { return form_df_[left] > form_df_[right]; });
      for (auto form = begin; form != end; ++form) {
        const Range range = lemmas_of_form_[*form];
        for (uint32_t i = range.begin; i < range.end; ++i) {
          if (ranked_[i].lemma == lemma) ranked_[i].rank = static_cast<uint32_t>(form - begin);
        }
      }
    }
  }

  void scatter() {
    places_at_.assign(lemma_count_.size() + 1, 0);
    for (size_t lemma = 0; lemma < lemma_count_.size(); ++lemma) {
      places_at_[lemma + 1] = places_at_[lemma] + lemma_count_[lemma];
    }
    places_.resize(places_at_.back());
    std::vector<uint64_t> next(places_at_.begin(), places_at_.end() - 1);
    for (uint32_t doc = 0; doc < buffer_.num_docs(); ++doc) {
      for (const BufferedToken& token : buffer_.tokens_of(doc)) {
        const Range range = lemmas_of_form_[token.form];
        for (uint32_t i = range.begin; i < range.end; ++i) {
          places_[next[ranked_[i].lemma]++] = {doc, token.position, ranked_[i].rank};
        }
      }
    }
  }

  FieldStats stats() const {
    FieldStats stats;
    stats.num_docs = buffer_.num_docs();
    stats.k1 = buffer_.config().k1;
    stats.b = buffer_.config().b;
    stats.positional = buffer_.config().positional();
    for (uint32_t doc = 0; doc < buffer_.num_docs(); ++doc) {
      stats.total_length += buffer_.length_of(doc);
      stats.docs_with_value += static_cast<uint32_t>(buffer_.length_of(doc) > 0);
    }
    return stats;
  }

  Bytes norms() const {
    Bytes norms(buffer_.num_docs());
    for (uint32_t doc = 0; doc < buffer_.num_docs(); ++doc)
      norms[doc] = encode_length(buffer_.length_of(doc));
    return norms;
  }

  std::vector<uint32_t> lengths() const {
    if (!buffer_.config().keeps_lengths) return {};
    std::vector<uint32_t> lengths;
    for (uint32_t doc = 0; doc < buffer_.num_docs(); ++doc) lengths.push_back(buffer_.length_of(doc));
    return lengths;
  }

  std::span<const uint32_t> forms_of(uint32_t lemma) const {
    return std::span(lemma_forms_).subspan(forms_at_[lemma], forms_at_[lemma + 1] - forms_at_[lemma]);
  }
  std::span<const Occurrence> places_of(uint32_t lemma) const {
    return std::span(places_).subspan(places_at_[lemma], places_at_[lemma + 1] - places_at_[lemma]);
  }

  const FieldBuffer& buffer_;
  const FieldLexicon& lexicon_;
  const std::vector<uint32_t>& form_df_;  // documents, by form
  std::vector<uint32_t> lemma_count_;     // occurrences, by lemma
  std::vector<uint32_t> forms_at_;        // of each lemma in lemma_forms_
  std::vector<uint32_t> lemma_forms_;     // forms by lemma, by rank
  std::vector<Range> lemmas_of_form_;     // of each form in ranked_
  std::vector<RankedLemma> ranked_;
  std::vector<uint64_t> places_at_;  // of each lemma in places_
  std::vector<Occurrence> places_;
};

}  // namespace

void write_field(const FieldBuffer& buffer, const FieldLexicon& lexicon, PartSink& sink) {
  FieldInversion(buffer, lexicon).write(sink);
}

}  // namespace searchlib
