#include "collect/string_counts.hpp"

#include <algorithm>

#include "collect/pair_counts.hpp"
#include "collect/runs.hpp"
#include "collect/value_bits.hpp"

namespace searchlib::collect {
namespace {

using columns::StringTotals;

constexpr size_t kFew = 2048;           // 11 bits
constexpr uint64_t kManyValues = 8192;  // tables of pairs are worth their making
constexpr size_t kMostKept = 65'536;    // strings: 256 KiB
constexpr uint32_t kScattered = 8;      // values of a block: so few are read one by one
constexpr uint32_t kHalfEmpty = 32;     // and so few counted one by one

// Values by ordinals into counts. Ordinals are read a block at a time, and each is checked.
class Counter {
  using Bits = std::pair<uint64_t, uint64_t>;

 public:
  Counter(const columns::Numbers& numbers, std::vector<uint32_t>& counts)
      : numbers_(numbers), counts_(counts), distinct_(counts.size()) {}

  // bits: of values, by their numbers.
  void count(const DocBits& bits) {
    if (PairCounts::fits(distinct_) && count_bits(bits) >= kManyValues) {
      PairCounts pairs(counts_);
      for_each_block(bits, [&](uint32_t block, Bits here, uint32_t count) {
        if (count <= kHalfEmpty || !add(block, here, pairs)) add_each(block, here);
      });
      pairs.finish();
    } else if (distinct_ <= kFew) {
      in_tables(bits);
    } else {
      for_each_block(bits, [&](uint32_t block, Bits here, uint32_t) { add_each(block, here); });
    }
  }

 private:
  static bool are_all(Bits bits) { return (bits.first & bits.second) == kAllBits; }

  // visit(block, its bits, how many of them are set), of blocks whose values differ; the others are counted here, and so are those of few bits.
  template <class Visit>
  void for_each_block(const DocBits& bits, Visit&& visit) {
    for_each_run(numbers_.size(), bits, [&](uint32_t begin, Bits here) {
      const uint32_t block = begin / kRunDocs;
      const uint32_t count = are_all(here) ? kRunDocs : count_bits(here);
      if (numbers_.block_range(block) == 0) {
        counts_[checked(numbers_.block_min(block))] += count;
      } else if (count <= kScattered) {
        const columns::Numbers::Block from(numbers_, block);
        for_each_bit(here, 0, [&](uint32_t i) { ++counts_[checked(from[i])]; });
      } else {
        visit(block, here, count);
      }
    });
  }

  void add_each(uint32_t block, Bits here) {
    const Unpacked from(*this, block);
    for_each_bit(here, 0, [&](uint32_t i) { ++counts_[from[i]]; });
  }

  // False, and nothing is counted, where a block is not as the table of pairs has it.
  bool add(uint32_t block, Bits here, PairCounts& pairs) {
    const size_t least = checked(numbers_.block_min(block));
    const size_t most = checked(numbers_.block_max(block));
    const columns::Numbers::Packed from = numbers_.packed(block);
    const uint64_t wanted[2] = {here.first, here.second};
    return numbers_.step() == 1 && most >= least &&
           pairs.add(from.data, from.bits, static_cast<uint32_t>(most - least), static_cast<uint32_t>(least),
                     are_all(here) ? nullptr : wanted);
  }

  // Few strings are counted in several tables: a count need not wait for the one before.
  void in_tables(const DocBits& bits) {
    constexpr size_t kTables = 4;
    std::vector<uint32_t> tables(distinct_ * kTables);
    uint32_t* const table[kTables] = {tables.data(), tables.data() + distinct_, tables.data() + 2 * distinct_,
                                      tables.data() + 3 * distinct_};
    for_each_block(bits, [&](uint32_t block, Bits here, uint32_t) {
      const Unpacked from(*this, block);
      if (are_all(here) && from.are_below_distinct()) {
        for (size_t i = 0; i < kRunDocs; i += kTables) {
          for (size_t j = 0; j < kTables; ++j) ++table[j][from.first + from.units[i + j]];
        }
      } else {
        for_each_bit(here, 0, [&](uint32_t i) { ++table[i % kTables][from[i]]; });
      }
    });
    for (size_t i = 0; i < tables.size(); ++i) counts_[i % distinct_] += tables[i];
  }

  // A block, unpacked: each ordinal is checked when it is asked for.
  struct Unpacked {
    Unpacked(const Counter& counter, uint32_t block)
        : distinct(counter.distinct_), step(counter.numbers_.step()) {
      uint64_t base = 0;
      if (!counter.numbers_.unpack_low(block, units, base))
        counter.checked(-1);  // throws: ordinals have 32 bits
      first = static_cast<uint64_t>(counter.numbers_.least()) + step * base;
    }
    size_t operator[](uint32_t i) const {
      return ordinal_in(static_cast<int64_t>(first + step * units[i]), distinct);
    }

    // Whether all are below it as they are unpacked; then first + units[i] is one.
    bool are_below_distinct() const {
      if (step != 1 || first >= distinct || distinct > INT32_MAX) return false;
      const auto most = static_cast<uint32_t>(distinct - 1 - first);
      uint32_t signs = 0;
      for (const uint32_t unit : units) signs |= unit | (most - unit);
      return signs >> 31 == 0;
    }

    size_t distinct;
    uint64_t step;
    uint64_t first = 0;
    uint32_t units[kRunDocs];
  };

  size_t checked(int64_t ordinal) const { return ordinal_in(ordinal, distinct_); }

  const columns::Numbers& numbers_;
  std::vector<uint32_t>& counts_;
  size_t distinct_;
};

StringTotals counted(const Values& values, const DocBits& docs) {
  const ValueBits wanted(values, docs);
  StringTotals found{std::vector<uint32_t>(values.num_distinct()), wanted.num_docs()};
  Counter(values.column().numbers(), found.counts).count(wanted.bits());
  return found;
}

}  // namespace

StringTotals count_strings_of(const Values& values, const DocBits& docs) {
  const uint64_t num_docs = values.num_docs();
  const uint64_t num_others = num_docs - count_bits(docs);
  if (num_others > num_docs / 2 || values.num_distinct() > kMostKept) return counted(values, docs);
  const StringTotals* totals = values.totals();
  if (totals == nullptr) totals = &values.keep_totals(counted(values, all_docs(values.num_docs())));
  StringTotals found = *totals;
  if (num_others == 0) return found;
  const StringTotals rest = counted(values, others_than(docs, values.num_docs()));
  found.docs -= rest.docs;
  for (size_t i = 0; i < found.counts.size(); ++i) found.counts[i] -= rest.counts[i];
  return found;
}

}  // namespace searchlib::collect
