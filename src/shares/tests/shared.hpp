#pragma once
// What the tests of this room take alike.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "shares/apportion.hpp"
#include "shares/certificate_check.hpp"
#include "source_dir.hpp"

namespace veche::shares::testing {

using row = std::vector<std::int64_t>;

inline contest contest_of(method how, std::int64_t seats, const row& votes) {
    contest out;
    out.how = how;
    out.seats = seats;
    for (const std::int64_t one : votes) {
        std::string name = "p";
        name += std::to_string(out.parties.size() + 1);
        out.parties.push_back({name, one, std::nullopt, std::nullopt});
    }
    return out;
}

/// The certificate, which must hold.
inline certificate made_of(const contest& in) {
    const auto made = apportion(in);
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().sentence()));
    CHECK(fault_in(in, *made) == "");
    return *made;
}

inline row seats_of(method how, std::int64_t seats, const row& votes) {
    return made_of(contest_of(how, seats, votes)).given;
}

/// A file of the shared data, empty where it is not here.
inline std::string shared_text(const std::string& name) {
    const char* folder = std::getenv("VECHE_SHARED");
    const std::filesystem::path base = folder != nullptr ? folder : source_dir() + "/../shared";
    std::ifstream in(base / "data/allocation" / name, std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
}

inline constexpr method seat_methods[] = {
    method::dhondt, method::sainte_lague,   method::modified_sainte_lague,
    method::adams,  method::danish,         method::imperiali,
    method::dean,   method::huntington_hill};

}  // namespace veche::shares::testing
