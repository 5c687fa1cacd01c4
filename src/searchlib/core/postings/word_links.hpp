// What another field's dictionary has of a word, as look-ups have found it: a word that is looked for in a title and a
// body is looked up once. Nothing is stored for that, and memory is taken for what is met: tables are made when they are
// first asked for, of zeros that cost nothing until they are written, and what they point to is bounded.

#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "postings/term.hpp"

namespace searchlib {

// Thread-safe, and without a lock, which a forked child might find held.
class WordLinks {
 public:
  explicit WordLinks(size_t num_fields) : num_fields_(num_fields), tables_(num_fields * num_fields) {}
  WordLinks(const WordLinks&) = delete;
  WordLinks& operator=(const WordLinks&) = delete;
  ~WordLinks() {
    for (Kept* kept = first_.load(std::memory_order_relaxed); kept != nullptr;)
      delete std::exchange(kept, kept->next);
  }

  // The term of the field `to` that is the same string as a word of `from`, which has num_words; none if there is
  // none. look_up() says so where it is not kept.
  template <class LookUp>
  std::optional<TermInfo> find(size_t from, size_t to, uint32_t num_words, uint32_t word, LookUp&& look_up) {
    std::atomic<const TermInfo*>* const links = table(from, to, num_words);
    if (links == nullptr) return look_up();
    if (const TermInfo* known = links[word].load(std::memory_order_acquire); known != nullptr)
      return known == &kAbsent ? std::nullopt : std::optional(*known);
    const std::optional<TermInfo> term = look_up();
    keep(links[word], term);
    return term;
  }

 private:
  static constexpr size_t kMostTerms = size_t{1} << 16;  // 6 MB
  static inline const TermInfo kAbsent{};

  struct Table {
    std::atomic<std::atomic<const TermInfo*>*> at{nullptr};
    ~Table() { std::free(at.load(std::memory_order_relaxed)); }
  };

  // Terms that are kept, each before those that were kept earlier.
  struct Kept {
    TermInfo term;
    Kept* next;
  };

  // Of a pair of fields. Null where memory is short.
  std::atomic<const TermInfo*>* table(size_t from, size_t to, uint32_t num_words) {
    std::atomic<std::atomic<const TermInfo*>*>& kept = tables_[from * num_fields_ + to].at;
    std::atomic<const TermInfo*>* made = kept.load(std::memory_order_acquire);
    if (made != nullptr) return made;
    // Of two threads that make one, one throws its own away.
    auto* const own = static_cast<std::atomic<const TermInfo*>*>(
        std::calloc(num_words, sizeof(std::atomic<const TermInfo*>)));
    if (kept.compare_exchange_strong(made, own, std::memory_order_acq_rel)) return own;
    std::free(own);
    return made;
  }

  void keep(std::atomic<const TermInfo*>& link, const std::optional<TermInfo>& term) {
    if (!term) {
      link.store(&kAbsent, std::memory_order_release);
      return;
    }
    if (num_kept_.load(std::memory_order_relaxed) >= kMostTerms) return;
    auto* const kept = new (std::nothrow) Kept{*term, first_.load(std::memory_order_relaxed)};
    if (kept == nullptr) return;
    num_kept_.fetch_add(1, std::memory_order_relaxed);
    while (!first_.compare_exchange_weak(kept->next, kept, std::memory_order_release)) {
    }
    link.store(&kept->term, std::memory_order_release);  // two threads keep two, of which either will do
  }

  size_t num_fields_;
  std::vector<Table> tables_;
  std::atomic<Kept*> first_{nullptr};
  std::atomic<size_t> num_kept_{0};
};

}  // namespace searchlib
