#include "suggest/typing_cost.hpp"

#include <algorithm>
#include <vector>

#include "suggest/letters.hpp"

namespace searchlib {
namespace {

constexpr double kSwap = 0.8;
constexpr double kNeighbour = 0.8;
constexpr double kAlike = 0.8;
constexpr double kDoubled = 0.7;
constexpr double kFirstLetter = 0.4;

double replaced(char32_t typed, char32_t meant) {
  if (typed == meant) return 0;
  if (are_neighbours(typed, meant)) return kNeighbour;
  return sound_alike(typed, meant) ? kAlike : 1;
}

// A letter too many: pressed twice, or together with the key beside it.
double added(std::u32string_view typed, size_t i) {
  const char32_t before = i > 0 ? typed[i - 1] : 0;
  const char32_t after = i + 1 < typed.size() ? typed[i + 1] : 0;
  if (typed[i] == before || typed[i] == after) return kDoubled;
  return are_neighbours(typed[i], before) || are_neighbours(typed[i], after) ? kNeighbour : 1;
}

// A letter too few: most often one of a pair.
double omitted(std::u32string_view meant, size_t j) {
  const bool pair = (j > 0 && meant[j] == meant[j - 1]) || (j + 1 < meant.size() && meant[j] == meant[j + 1]);
  return pair ? kDoubled : 1;
}

}  // namespace

double typing_cost(std::u32string_view typed, std::u32string_view meant) {
  const size_t width = meant.size() + 1;
  std::vector<double> costs((typed.size() + 1) * width);
  const auto cost = [&](size_t i, size_t j) -> double& { return costs[i * width + j]; };
  for (size_t i = 0; i <= typed.size(); ++i) {
    for (size_t j = 0; j <= meant.size(); ++j) {
      if (i == 0 && j == 0) continue;
      double best = 1e9;
      if (i > 0)
        best = std::min(best, cost(i - 1, j) + added(typed, i - 1) + (j == 0 && i == 1 ? kFirstLetter : 0));
      if (j > 0)
        best = std::min(best, cost(i, j - 1) + omitted(meant, j - 1) + (i == 0 && j == 1 ? kFirstLetter : 0));
      if (i > 0 && j > 0) {
        const double change = replaced(typed[i - 1], meant[j - 1]);
        best =
            std::min(best, cost(i - 1, j - 1) + change + (change > 0 && i == 1 && j == 1 ? kFirstLetter : 0));
      }
      if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1] &&
          typed[i - 1] != typed[i - 2]) {
        best = std::min(best, cost(i - 2, j - 2) + kSwap);
      }
      cost(i, j) = best;
    }
  }
  return costs.back();
}

}  // namespace searchlib
