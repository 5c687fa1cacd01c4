// Where a word of one field stands in the dictionary of another one, as look-ups have found it: a word that is looked for
// in a title and a body is looked up once. Nothing is stored for that, and memory is taken for what is met: tables are
// made when they are first asked for, of zeros that cost nothing until they are written.

#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace searchlib {

class WordLinks {
 public:
  explicit WordLinks(size_t num_fields) : num_fields_(num_fields), tables_(num_fields * num_fields) {}

  // Of a pair of fields; num_words: of the first. Null where memory is short. Thread-safe, as all of it.
  std::atomic<uint32_t>* table(size_t from, size_t to, uint32_t num_words) {
    std::atomic<std::atomic<uint32_t>*>& kept = tables_[from * num_fields_ + to].at;
    std::atomic<uint32_t>* made = kept.load(std::memory_order_acquire);
    if (made != nullptr) return made;
    // Without a lock, which a forked child might find held: of two threads that make one, one throws its own away.
    auto* const own =
        static_cast<std::atomic<uint32_t>*>(std::calloc(num_words, sizeof(std::atomic<uint32_t>)));
    if (kept.compare_exchange_strong(made, own, std::memory_order_acq_rel)) return own;
    std::free(own);
    return made;
  }

  // What stands in a table: nothing yet, that the other field lacks the word, or the word's number there.
  static constexpr uint32_t kUnknown = 0;
  static constexpr uint32_t kAbsent = 1;
  static constexpr uint32_t kFirst = 2;

 private:
  struct Table {
    std::atomic<std::atomic<uint32_t>*> at{nullptr};
    ~Table() { std::free(at.load(std::memory_order_relaxed)); }
  };

  size_t num_fields_;
  std::vector<Table> tables_;
};

}  // namespace searchlib
