#pragma once
// Ledger vectors in files, without any union: steps, what each must answer, and the balances and
// lines that must come out (docs/format/ledger-vectors.md). The file holds one vector or
// {"vectors": [...]}.

#include <string>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/result.hpp"

namespace veche::ledger {

struct vector_line {
    std::string id;
    std::string title;
    std::int64_t steps = 0;
    std::vector<std::string> missed;  ///< in words; empty where all is as expected
};
VECHE_FIELDS(vector_line, (id, "Id of the vector."), (title, "What it shows."),
             (steps, "Steps taken."), (missed, "What is not as expected."))

/// Runs every vector on a book of its own. Refuses a file that is not of this form, naming the
/// vector and the step. `without`: a guard left out, see check_without; an operation that was not
/// to be let pass then ends its vector.
result<std::vector<vector_line>> run_vectors(std::string_view json,
                                             std::uint_least32_t without = 0);

}  // namespace veche::ledger
