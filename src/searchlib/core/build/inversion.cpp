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

// A string that occurs as a form, as a lemma, or, mostly, as both; kUnused for what it is not.
struct BufferedWord {
  uint32_t form;
  uint32_t lemma;
};

// Forms and lemmas stand in one dictionary: both get their numbers in it.
std::vector<BufferedWord> number_words(const FieldLexicon& lexicon, Order& forms, Order& lemmas) {
  std::vector<BufferedWord> words;
  words.reserve(std::max(forms.ids.size(), lemmas.ids.size()));
  auto form = forms.ids.begin();
  auto lemma = lemmas.ids.begin();
  while (form != forms.ids.end() || lemma != lemmas.ids.end()) {
    int order = 0;  // of the two next ones
    if (form == forms.ids.end()) {
      order = 1;
    } else if (lemma == lemmas.ids.end()) {
      order = -1;
    } else {
      order = lexicon.forms()[*form].compare(lexicon.lemmas()[*lemma]);
    }
    const uint32_t number = static_cast<uint32_t>(words.size());
    BufferedWord& word = words.emplace_back(BufferedWord{kUnused, kUnused});
    if (order <= 0) forms.number[word.form = *form++] = number;
    if (order >= 0) lemmas.number[word.lemma = *lemma++] = number;
  }
  return words;
}

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
    Order forms(lexicon_.forms(), form_df_);
    Order lemmas(lexicon_.lemmas(), lemma_count_);
    const std::vector<BufferedWord> words = number_words(lexicon_, forms, lemmas);
    rank_forms(forms, lemmas);
    scatter();

    FieldPartsWriter writer(sink, buffer_.config().name, stats(), norms(), lengths());
    for (const BufferedWord& word : words) write_word(word, forms, lemmas, writer);
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

  void write_word(const BufferedWord& word, const Order& forms, const Order& lemmas,
                  FieldPartsWriter& writer) {
    if (word.form != kUnused) {
      form_info_.df = form_df_[word.form];
      form_info_.terms.clear();
      for (const uint32_t lemma : lexicon_.lemmas_of(word.form))
        form_info_.terms.push_back(lemmas.number[lemma]);
    }
    const FormInfo* form = word.form == kUnused ? nullptr : &form_info_;
    if (word.lemma == kUnused) {
      writer.add(lexicon_.forms()[word.form], nullptr, form);
      return;
    }
    form_numbers_.clear();
    for (const uint32_t id : forms_of(word.lemma)) form_numbers_.push_back(forms.number[id]);
    const FieldPartsWriter::Term term{form_numbers_, places_of(word.lemma)};
    writer.add(lexicon_.lemmas()[word.lemma], &term, form);
  }

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
  FormInfo form_info_;  // of the word that is written, as form_numbers_
  std::vector<uint32_t> form_numbers_;
};

}  // namespace

void write_field(const FieldBuffer& buffer, const FieldLexicon& lexicon, PartSink& sink) {
  FieldInversion(buffer, lexicon).write(sink);
}

}  // namespace searchlib
