// Vectors in files: our own, the reference's where they are at hand, and that a wrong one is seen.

#include "epidemic/vector_cases.hpp"

#include "epidemic/tests/shared.hpp"
#include "kernel/foreign_json.hpp"
#include "kernel/json.hpp"

using namespace veche;
using namespace veche::epidemic;
using namespace veche::epidemic::testing;

namespace {

struct vector_counts {
    std::size_t good = 0, missed = 0, foreign = 0, left = 0;
    std::string first;
};

vector_counts run_all(const std::string& text, const std::filesystem::path& folder) {
    vector_counts out;
    const auto file = json::read_foreign_object(text);
    REQUIRE(file.has_value());
    const auto cases = json::read_foreign_array(file->at("vectors"));
    REQUIRE(cases.has_value());
    for (const std::string& one : *cases) {
        const auto members = json::read_foreign_object(one);
        REQUIRE(members.has_value());
        const std::string kind = members->at("op").substr(1, members->at("op").size() - 2);
        const auto said = run_vector(kind, one, folder);
        if (!said) {
            ++out.foreign;
        } else if (said->empty()) {
            ++out.good;
        } else if (said->starts_with(not_run)) {
            ++out.left;
        } else {
            ++out.missed;
            out.first += members->at("id") + ": " + *said + "\n";
        }
    }
    return out;
}

}  // namespace

TEST_CASE("our own vectors come out") {
    std::ifstream in(source_dir() + "/src/epidemic/tests/vectors.json");
    std::ostringstream text;
    text << in.rdbuf();
    const auto made = run_all(text.str(), ".");
    CHECK_MESSAGE(made.missed == 0, made.first);
    CHECK(made.good == 8);
}

TEST_CASE("the vectors of the reference that are of this room come out") {
    const auto text = shared_text("health-vectors.json");
    if (!text) return;
    const char* elsewhere = std::getenv("VECHE_SHARED");
    const std::filesystem::path root = elsewhere != nullptr
                                           ? std::filesystem::path(elsewhere)
                                           : std::filesystem::path(source_dir() + "/../shared");
    const auto made = run_all(*text, root / "data/health");
    CHECK_MESSAGE(made.missed == 0, made.first);
    CHECK(made.good == 27);
    CHECK(made.left == 0);
    CHECK(made.foreign == 9);
}

TEST_CASE("a figure that is off, a case that lacks something and a file that is away are told") {
    const auto run = [](std::string_view kind, const std::string& in, const std::string& expect) {
        return *run_vector(kind,
                           R"({"in":)" + in + R"(,"expect":)" + expect + R"(,"tol":"abs 1e-9"})",
                           "/nowhere");
    };
    CHECK(run("reed_frost", R"({"s0":2,"i0":1,"q":0.5})", R"({"mean":1.26})") ==
          "mean: 1.26 expected, 1.25 came");
    CHECK(run("philox4x32_10", R"({"ctr":"0 0 0 0","key":"0 0"})", R"({"out":"1 2 3 4"})")
              .starts_with("words: 1 2 3 4 expected, 6627e8d5"));
    CHECK(run("final_size", R"({"R0":2,"groups":[{"share":1}]})", "{}") ==
          R"(the case cannot be read: "susceptibility" is missing)");
    CHECK(run("rt", R"({"incidence_file":"a.csv","si":{"mean":3,"sd":1}})", "{}") ==
          "not run: a.csv is not at hand");
    CHECK(!run_vector("allocate", "{}", ".").has_value());
}
