#pragma once
// A union with an open vote of 72 seats: what most acts of a journal look like is a ballot.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "charter/toml.hpp"
#include "office/office.hpp"

namespace veche::bench {

constexpr const char* origin = "bench.example/journal";

/// Ends the program with words: a benchmark that did not do its work must not print a figure.
template <class T>
T must(result<T> done) {
    if (!done) {
        std::fprintf(stderr, "bench: %s [%s]\n", done.error().sentence().c_str(),
                     done.error().field.c_str());
        std::exit(1);
    }
    return *std::move(done);
}

inline void must(result<void> done) {
    (void)must(done.map([] { return 0; }));
}

inline charter::charter_document example() {
    std::ifstream in("unions/union-state.toml");
    std::ostringstream text;
    text << in.rdbuf();
    return must(charter::read_toml(text.str()));
}

/// Seat n (0..71) and the person who holds it.
inline std::string seat(std::size_t n) {
    return (n % 2 == 0 ? "pa/ru-" : "pa/by-") + std::to_string(n / 2 % 36 + 1);
}
inline std::string holder(std::size_t n) {
    return (n % 2 == 0 ? "pa-ru-" : "pa-by-") + std::to_string(n / 2 % 36 + 1);
}
inline std::string ballot(std::size_t n) {
    return R"({"choice":")" + std::string(n % 3 == 0 ? "no" : "yes") + R"(","seat":")" + seat(n) +
           R"(","vote":"v1"})";
}
/// Time-ordered, as clients make them.
inline std::string idem(std::size_t n) {
    char text[40];
    std::snprintf(text, sizeof text, "019b0000-%012zx", n);
    return text;
}

/// Founds the union and opens the vote; returns who presides.
inline void open_vote(office::office& desk) {
    must(desk.found(example()));
    std::size_t n = 0;
    const auto act = [&](const char* type, const char* person, const char* auth, std::string body) {
        must(desk.submit_unsigned(type, must(json::canonicalize(body)), {person}, auth,
                                  "setup-" + std::to_string(n++)));
    };
    act("assembly.convene_session", "secretariat-1", "pc/secretariat",
        R"({"id":"s1","body":"pa","title":{"en":"S"},"starts":"2099-05-01T10:00:00.000Z"})");
    act("assembly.add_item", "secretariat-1", "pc/secretariat",
        R"({"session":"s1","item":"i1","kind":"decision","title":{"en":"I"}})");
    act("assembly.open_session", "pa-ru-1", "pa/chair", R"({"session":"s1"})");
    act("assembly.table_motion", "pa-ru-1", "pa/chair",
        R"({"motion":"m1","session":"s1","item":"i1","title":{"en":"M"},"text":{"en":"T"}})");
    for (const std::size_t place : {2U, 3U})
        act("assembly.support_motion", holder(place).c_str(), seat(place).c_str(),
            R"({"motion":"m1","seat":")" + seat(place) + R"("})");
    act("assembly.open_vote", "pa-ru-1", "pa/chair", R"({"vote":"v1","motion":"m1"})");
}

}  // namespace veche::bench
