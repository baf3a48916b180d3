#pragma once
// Approval elections of committees in abcvoting's form (`.abc.yaml`), as far as that form goes: a
// mapping of texts, numbers and lists of numbers, and the list `compute` of such mappings. Not YAML
// at large.

#include <optional>
#include <string>
#include <vector>

#include "budgeting/election.hpp"

namespace veche::budgeting {

struct abc_computed {
    std::string rule;
    std::vector<std::vector<std::uint32_t>> committees;  ///< each ascending
    bool resolute = false;                               ///< one of them must come out, else all
};

struct abc_file {
    election on;  ///< candidates named by their numbers from 0, each costs one
    std::size_t seats = 0;
    std::vector<abc_computed> computed;
};

/// Refuses with the line and what should stand there.
result<abc_file> read_abc(std::string_view text);

}  // namespace veche::budgeting
