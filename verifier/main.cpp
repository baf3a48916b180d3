// veche-ballot-verifier RECORD [--threads N]: recomputes the public record of a secret ballot.
// It shares no code with the program that made the record; docs/format/ballot.md is what both keep
// to. Exit codes: 0 the record holds, 1 it does not, 2 wrong usage, 3 the file cannot be read.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include <sodium.h>

#include "record.hpp"

int main(int argc, char** argv) {
    const char* file = nullptr;
    unsigned threads = 0;
    bool usage = argc < 2;
    for (int n = 1; n < argc; ++n) {
        if (std::strcmp(argv[n], "--threads") == 0 && n + 1 < argc)
            threads = static_cast<unsigned>(std::strtoul(argv[++n], nullptr, 10));
        else if (argv[n][0] == '-' || file != nullptr)
            usage = true;
        else
            file = argv[n];
    }
    if (usage || file == nullptr) {
        std::fprintf(stderr, "usage: veche-ballot-verifier RECORD [--threads N]\n");
        return 2;
    }
    std::ifstream in(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    if (!in.good() && !in.eof()) {
        std::fprintf(stderr, "%s cannot be read\n", file);
        return 3;
    }
    if (sodium_init() < 0) return 3;
    try {
        verifier::record r;
        r.read(text);
        r.verify_ballots(threads);
        std::printf("%s", r.summary().c_str());
        return 0;
    } catch (const verifier::fault& why) {
        std::fprintf(stderr, "The record does not hold: %s\n", why.what());
        return 1;
    }
}
