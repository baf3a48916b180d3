#pragma once
// The program as its users call it, without a process of its own.

#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command_line.hpp"

namespace veche::cli::testing {

struct outcome {
    int code = 0;
    std::string out;
    std::string err;
};

inline outcome veche_says(std::vector<std::string> arguments) {
    std::ostringstream out, err;
    const int code = run(std::move(arguments), out, err, false);
    return {code, out.str(), err.str()};
}

inline bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace veche::cli::testing
