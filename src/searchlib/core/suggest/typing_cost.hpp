// What an error of typing costs: edits of folded letters, weighed by how hands and ears err. It knows no words.

#pragma once

#include <string_view>

namespace searchlib {

// What it costs to have typed `typed` for `meant` (both folded): about 1 for a random edit; less
// for a neighbouring key, a swap, a doubled letter or letters that sound alike; more where the
// first letter is wrong.
double typing_cost(std::u32string_view typed, std::u32string_view meant);

}  // namespace searchlib
