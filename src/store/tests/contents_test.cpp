#include "store/contents.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "kernel/hash.hpp"
#include "store/refusal.hpp"
#include "store/tests/filled.hpp"

namespace veche::store {
namespace {

TEST_CASE("a paper is found by its hash, and only whole") {
    testing::temporary_folder folder;
    const auto papers = folder.path() / "papers";
    const std::string bytes("a paper\0with a zero", 19);
    const std::string hash = keep_content(papers, bytes).value();
    CHECK(hash == to_hex(sha256(bytes)));
    CHECK(keep_content(papers, bytes).value() == hash);
    CHECK(read_content(papers, hash).value() == bytes);
    const auto file = papers / hash.substr(0, 2) / hash;
    CHECK(std::filesystem::file_size(file) == bytes.size());
    std::ofstream(file, std::ios::binary | std::ios::app) << "x";
    CHECK(read_content(papers, hash).error().kind == &refusals::content_differs);
    // Keeping it again mends the file.
    CHECK(keep_content(papers, bytes).value() == hash);
    CHECK(read_content(papers, hash).value() == bytes);
    std::filesystem::remove(file);
    CHECK(read_content(papers, hash).error().kind == &refusals::content_missing);
    CHECK(read_content(papers, "../../log.key").error().kind == &refusals::content_missing);
    CHECK(keep_content(papers, "").value() == to_hex(sha256("")));
}

TEST_CASE("where nothing can be written, it is said") {
    testing::temporary_folder folder;
    std::ofstream(folder.path() / "papers") << "a file stands in the way";
    CHECK(keep_content(folder.path() / "papers", "x").error().kind == &refusals::read_only);
}

}  // namespace
}  // namespace veche::store
