// The library of presets: each body as data, with its source, its mark and its vectors.

#include <algorithm>

#include <doctest/doctest.h>
#include <simdjson.h>

#include "charter/tally.hpp"
#include "charter/tests/shared.hpp"
#include "charter/tests/small_union.hpp"

using namespace veche;
using namespace veche::charter;
using namespace veche::charter::testing;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> presets() {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(source("unions/presets")))
        if (entry.path().extension() == ".toml") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

charter_document preset(const fs::path& file) {
    const auto text = read_file(file);
    REQUIRE(text.has_value());
    auto doc = read_preset(*text);
    REQUIRE_MESSAGE(doc.has_value(), file.string() << ": " << doc.error().sentence());
    return *doc;
}

fs::path file_of(const std::string& name) {
    return source("unions/presets/" + name + ".toml");
}

void check_names(const localized& name, const std::string& of) {
    CAPTURE(of);
    for (const char* language : {"en", "ru", "be"}) CHECK(name.contains(language));
}

/// Outcomes by rule, from the vectors beside the preset; each vector must agree.
std::map<std::string, std::set<std::string>> outcomes(const fs::path& vectors, const state& s) {
    std::map<std::string, std::set<std::string>> out;
    const auto text = read_file(vectors);
    if (!text) return out;
    const auto lines = tally(*text, &s);
    REQUIRE_MESSAGE(lines.has_value(), vectors.string() << ": " << lines.error().sentence());
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    REQUIRE(parser.parse(*text).get(root) == simdjson::SUCCESS);
    std::size_t at = 0;
    for (const auto vector : root["vectors"].get_array()) {
        const tally_line& line = (*lines)[at++];
        CHECK_MESSAGE(line.agrees, line.id << ": " << line.outcome << ", " << line.reason);
        CHECK(line.expect.has_value());
        std::string_view under;
        if (!vector["under"].get(under)) out[std::string(under)].insert(line.outcome);
    }
    return out;
}

struct shared_vector {
    std::string_view ids;
    std::string_view preset;
    std::string_view rule;
};
/// Which rule of which preset the vectors of the reference are about.
constexpr shared_vector about[] = {
    {"EU-01 EU-02 EU-05 EU-07 EU-10", "eu", "qualified-majority"},
    {"EU-06", "eu", "examination"},
    {"EU-12", "eu", "reinforced-majority"},
    {"EU-16 EU-17", "eu", "unanimity"},
    {"US-01", "supreme-state-council", "unanimity-of-states"},
    {"US-03 US-05", "union-parliament", "house-of-representatives"},
    {"US-06", "parliamentary-assembly", "parliamentary-assembly"},
    {"BR-01 BR-07", "bundesrat", "bundesrat-majority"},
    {"BR-03", "bundesrat", "bundesrat-two-thirds"},
    {"EA-02", "eac", "eala-majority"},
    {"SC-03", "un-security-council", "security-council"},
    {"SC-04", "un-security-council", "security-council-procedure"},
    {"EC-02", "eaeu", "eaeu-board-majority"},
    {"EC-04", "eaeu", "eaeu-consensus"},
    {"BX-01", "benelux", "committee-unanimity"},
    {"FC-01 FC-03", "swiss-federal-council", "federal-council"},
};

const shared_vector* about_vector(std::string_view id) {
    for (const shared_vector& one : about)
        if (one.ids.find(id) != std::string_view::npos) return &one;
    return nullptr;
}

std::string replaced_all(std::string text, std::string_view piece, std::string_view by) {
    for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + by.size()))
        text.replace(at, piece.size(), by);
    return text;
}

}  // namespace

TEST_CASE("every preset names its sources, in three languages, and its vectors agree") {
    CHECK(presets().size() >= 17);
    for (const fs::path& file : presets()) {
        CAPTURE(file.string());
        const auto doc = preset(file);
        state s;
        s.found(doc);
        const auto reached = outcomes(fs::path(file).replace_extension(".vectors.json"), s);
        for (const decision_rule& r : doc.rules) {
            check_names(r.name, r.id);
            CHECK_FALSE(r.source.empty());
            CHECK(r.mark != source_mark::illustrative);
            if (r.mark == source_mark::config) continue;
            REQUIRE_MESSAGE(reached.contains(r.id), r.id);
            CHECK_MESSAGE(reached.at(r.id).contains("adopted"), r.id);
            CHECK_MESSAGE(reached.at(r.id).size() > 1, r.id);
        }
        for (const body& b : doc.bodies) {
            check_names(b.name, b.id.value);
            check_names(b.about, b.id.value);
            CHECK_FALSE(b.source.empty());
        }
        for (const member& m : doc.members) {
            check_names(m.name, m.id.value);
            CHECK_FALSE(m.source.empty());
        }
        for (const seat& row : doc.seats) check_names(row.name, row.id);
    }
}

TEST_CASE("a preset is pasted at the end of a charter as it is") {
    const std::string top =
        "id = \"u\"\nname = { en = \"Union\" }\n"
        "languages = [ { id = \"en\", name = \"English\" }, { id = \"ru\", name = \"r\" }, "
        "{ id = \"be\", name = \"b\" } ]\n";
    for (const fs::path& file : presets()) {
        const auto doc = read_toml(top + *read_file(file));
        CHECK_MESSAGE(doc.has_value(), file.string());
    }
}

TEST_CASE("numbers of seats and votes are those of the bodies") {
    const auto seats = [](const char* name, const char* of, const char* on) {
        state s;
        s.found(preset(file_of(name)));
        return s.electorate({of}, day(on)).size();
    };
    CHECK(seats("bundesrat", "bundesrat", "2025-01-01") == 69);
    CHECK(seats("union-parliament", "par-rep", "2025-01-01") == 103);
    CHECK(seats("union-parliament", "par-union", "2025-01-01") == 72);
    CHECK(seats("eu", "eu/council", "2025-06-01") == 27);
    CHECK(seats("nordic", "nc", "2025-01-01") == 87);
    CHECK(seats("eac", "eala", "2014-10-30") == 45);
    CHECK(seats("un-security-council", "unsc", "2025-01-01") == 15);
    CHECK(seats("swiss-cantons", "swiss/cantons", "1978-06-01") == 25);
    CHECK(seats("swiss-cantons", "swiss/cantons", "2025-01-01") == 26);
}

TEST_CASE("the reference's vectors hold under the presets, whose rules are the same") {
    const auto text = read_shared("data/assembly/rule-vectors.json");
    if (!text) return;
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    REQUIRE(parser.parse(*text).get(root) == simdjson::SUCCESS);
    std::size_t decided = 0;
    for (const auto vector : root["vectors"].get_array()) {
        if (vector["kind"].get_string().value() != "rule") continue;
        const std::string id(vector["id"].get_string().value());
        CAPTURE(id);
        const shared_vector* of = about_vector(id);
        REQUIRE(of != nullptr);
        state s;
        s.found(preset(file_of(std::string(of->preset))));
        const rule* r = s.parsed_rule(of->rule);
        REQUIRE(r != nullptr);
        const auto plain = replaced_all(simdjson::minify(vector["rule"].value()), "\"w\":\"v\"",
                                        "\"w\":\"votes\"");
        CHECK(to_canonical(*parse_rule(*json::canonicalize(plain))) == to_canonical(*r));
        std::vector<voter> voters;
        for (const auto one : vector["members"].get_array()) {
            voter v{std::string(one["id"].get_string().value()), {}, {}};
            for (const auto& [key, value] : one.get_object()) {
                std::int64_t weight = 0;
                if (!value.get(weight)) v.weights.emplace(key == "v" ? "votes" : key, weight);
                if (key == "st") v.attributes.emplace("st", value.get_string().value());
            }
            voters.push_back(std::move(v));
        }
        ballot_map said;
        for (const auto& [who, word] : vector["ballots"].get_object())
            for (const ballot b : {ballot::yes, ballot::no, ballot::abstain, ballot::excluded})
                if (name_of(b) == word.get_string().value()) said.emplace(who, b);
        circumstances around;
        std::string_view chair;
        if (!vector["chair"].get(chair)) around.chair = chair;
        CHECK(name_of(outcome_of(*r, voters, said, around)) ==
              vector["expect"].get_string().value());
        ++decided;
    }
    CHECK(decided == 24);
}

TEST_CASE("vectors that speak of a charter are read with care") {
    const auto refuses = [](std::string_view vector, std::string_view part) {
        const auto text = read_file(file_of("bundesrat"));
        state s;
        s.found(*read_preset(*text));
        const auto lines = tally(vector, &s);
        REQUIRE_FALSE(lines.has_value());
        CHECK_MESSAGE(lines.error().sentence().find(part) != std::string::npos,
                      lines.error().sentence());
    };
    const std::string begin = R"({"id":"x","kind":"rule","under":"bundesrat-majority",)";
    refuses(R"({"id":"x","kind":"rule","under":"no-such","ballots":{}})", "no rule called no-such");
    refuses(begin + R"("body":"senate","on":"2025-01-01","ballots":{}})", "no body called senate");
    refuses(begin + R"("body":"bundesrat","ballots":{}})", "the text on is missing");
    refuses(begin + R"("body":"bundesrat","on":"soon","ballots":{}})", "on is a day");
    refuses(begin + R"("body":"bundesrat","on":"2025-01-01","ballots":{"XX":"yes"}})",
            "nobody there is called XX");
    refuses(begin + R"("body":"bundesrat","on":"2025-01-01","ballots":{"DE-HB":{"yes":4}}})",
            "more ballots are written than there are seats");
    refuses(begin + R"("body":"bundesrat","on":"2025-01-01","ballots":{"DE-HB":"maybe"}})",
            "expected yes, no");
    CHECK_FALSE(tally(begin + R"("members":[],"ballots":{}})").has_value());
}
