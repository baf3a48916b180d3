#include <iostream>

#include <unistd.h>

#include "cli/command_line.hpp"

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    return veche::cli::run({argv + 1, argv + argc}, std::cout, std::cerr,
                           ::isatty(STDERR_FILENO) == 1);
}
