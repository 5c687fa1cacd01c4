// BM25F: what a word or a phrase has in several fields is weighed and added up before it saturates.
//
//   x = Σ over fields  weight · tf · norm₀ / norm,   norm = 1 − b + b · length / average;   score = idf · x / (x + K₀)
//
// norm₀ and K₀ = k1 · norm₀ are those of the first of the fields, in the order of the plan, that has it in the
// document. So x counts places of that field; divided by norm₀ it is the x of the textbooks. With one field of
// weight 1 it is tf / (tf + K), to the last bit. (S. Robertson, H. Zaragoza and M. Taylor, "Simple BM25 extension
// to multiple weighted fields", 2004.)

#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "postings/norms.hpp"

namespace searchlib {

// In float, x in units of K stays below this: where K is 0, nothing of x / (1 + x) is left open.
constexpr float kMostX = 1e18F;

// Of one field in a snapshot, by a document's length code.
struct LengthTables {
  LengthTables(double k1, double b, double average_length) {
    for (size_t code = 0; code < norm.size(); ++code) {
      // Only a damaged file gives a word a document without a length.
      norm[code] = std::max(norm_of_length(b, average_length, static_cast<uint8_t>(code)), 1e-9);
      k[code] = k_of_length(k1, b, average_length, static_cast<uint8_t>(code));
      float_k[code] = static_cast<float>(k[code]);
      inverse_k[code] = static_cast<float>(std::min(1 / k[code], static_cast<double>(kMostX)));
    }
  }

  LengthTable norm;
  LengthTable k;
  FloatLengthTable float_k;
  FloatLengthTable inverse_k;
};

// Tables of K / w, by which a list of one field scores as w · tf / (w · tf + K), in float.
class WeighedTables {
 public:
  const float* of(const LengthTables& lengths, double weight) {
    if (weight == 1) return lengths.float_k.data();
    for (const auto& made : made_) {
      if (made->lengths == &lengths && made->weight == weight) return made->k.data();
    }
    Made& made = *made_.emplace_back(std::make_unique<Made>(Made{&lengths, weight, {}}));
    for (size_t code = 0; code < made.k.size(); ++code)
      made.k[code] = static_cast<float>(lengths.k[code] / weight);
    return made.k.data();
  }

 private:
  struct Made {
    const LengthTables* lengths;
    double weight;
    FloatLengthTable k;
  };
  std::vector<std::unique_ptr<Made>> made_;
};

// What a place in a field of a document counts, by the first field that is asked for. One document at a time.
class FieldScale {
 public:
  double of(const LengthTables& lengths, uint8_t code) {
    if (norm_ > 0) return norm_ / lengths.norm[code];
    norm_ = lengths.norm[code];
    k_ = lengths.k[code];
    return 1;
  }
  bool is_set() const { return norm_ > 0; }
  // x / (x + K); of what fields of weight 0 alone have, 0.
  double saturated(double x) const { return x > 0 ? saturation(x, k_) : 0; }

 private:
  double norm_ = 0;
  double k_ = 0;
};

}  // namespace searchlib
