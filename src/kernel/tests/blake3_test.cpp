#include "kernel/blake3.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace veche;

namespace {

hash256 published_key() {
    constexpr std::string_view words = "whats the Elvish word for friend";
    hash256 key{};
    std::copy(words.begin(), words.end(), key.begin());
    return key;
}

std::string published_input(std::size_t size) {
    std::string out;
    for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<char>(i % 251));
    return out;
}

std::string hex(const std::vector<std::uint8_t>& bytes) {
    return to_hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

}  // namespace

TEST_CASE("BLAKE3 with a key gives the published vectors, over one chunk and over trees") {
    // BLAKE3-team/BLAKE3, test_vectors.json: keyed hash of bytes i mod 251.
    const std::pair<std::size_t, const char*> published[] = {
        {0,
         "92b2b75604ed3c761f9d6f62392c8a9227ad0ea3f09573e783f1498a4ed60d26"
         "b18171a2f22a4b94822c701f107153dba24918c4bae4d2945c20ece13387627d"},
        {1, "6d7878dfff2f485635d39013278ae14f1454b8c0a3a2d34bc1ab38228a80c95b"},
        {1023, "c951ecdf03288d0fcc96ee3413563d8a6d3589547f2c2fb36d9786470f1b9d6e"},
        {1025, "357dc55de0c7e382c900fd6e320acc04146be01db6a8ce7210b7189bd664ea69"}};
    for (const auto& [size, expected] : published)
        CHECK(hex(blake3_stream(published_key(), published_input(size))
                      .next(std::string_view(expected).size() / 2)) == expected);
}

TEST_CASE("the stream is the same in whatever steps it is read") {
    const std::string input = published_input(5000);
    const auto whole = blake3_stream(published_key(), input).next(1000);
    blake3_stream steps(published_key(), input);
    std::vector<std::uint8_t> parts;
    for (std::size_t size = 0; parts.size() < 1000; ++size)
        for (const std::uint8_t byte : steps.next(std::min(size % 70, 1000 - parts.size())))
            parts.push_back(byte);
    CHECK(parts == whole);
}
