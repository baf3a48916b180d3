#pragma once
// Test vectors that only the makers of the project have; users skip what needs them, saying so.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include <doctest/doctest.h>
#include <simdjson.h>

#include "kernel/hash.hpp"
#include "source_dir.hpp"

namespace veche::journal::testing {

inline std::optional<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::ostringstream all;
    all << in.rdbuf();
    return std::move(all).str();
}

inline std::filesystem::path shared_folder() {
    const char* named = std::getenv("VECHE_SHARED");
    return (named ? std::filesystem::path(named)
                  : std::filesystem::path(veche::source_dir()) / ".." / "shared") /
           "data" / "journal";
}

/// A parsed file of vectors; nothing, with a message, where there is none.
class vectors {
  public:
    explicit vectors(const std::string& path) {
        const auto bytes = read_file(shared_folder() / path);
        if (bytes) {
            parsed_ = parser_.parse(*bytes).value();
            here_ = true;
        } else {
            MESSAGE("skipped: the shared vectors are not here: " << path);
        }
    }
    explicit operator bool() const { return here_; }
    [[nodiscard]] simdjson::dom::element root() const { return parsed_; }

  private:
    simdjson::dom::parser parser_;
    simdjson::dom::element parsed_;
    bool here_ = false;
};

inline std::string text_of(simdjson::dom::element e, std::string_view key) {
    return std::string(std::string_view(e[key]));
}

/// A hash in base64. Some vectors put any words in its place: they become some other hash; an empty
/// one becomes a hash like no other.
inline hash256 hash_from(std::string_view base64) {
    static int empty_ones = 0;
    const std::string bytes =
        base64.empty() ? std::to_string(++empty_ones) : from_base64(base64).value();
    if (bytes.size() != 32) return sha256({"not a hash", bytes});
    hash256 h;
    std::copy_n(bytes.begin(), 32, reinterpret_cast<char*>(h.data()));
    return h;
}

inline std::vector<hash256> hashes_from(simdjson::dom::element list) {
    std::vector<hash256> hashes;
    if (list.is_null()) return hashes;
    for (const auto one : simdjson::dom::array(list))
        hashes.push_back(hash_from(std::string_view(one)));
    return hashes;
}

}  // namespace veche::journal::testing
