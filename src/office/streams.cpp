#include "office/streams.hpp"

#include <algorithm>
#include <array>

namespace veche::office {
namespace {

constexpr std::array<std::string_view, 20> nouns = {
    "assessment", "call",    "claim",  "commitment", "contribution", "dataset", "decision",
    "election",   "finding", "key",    "line",       "list",         "mandate", "measure",
    "motion",     "payment", "report", "series",     "session",      "vote"};

bool is_noun(std::string_view word) {
    return std::binary_search(nouns.begin(), nouns.end(), word);
}

}  // namespace

std::vector<std::string> streams_of(const route& r, json::node body) {
    std::vector<std::string> touched;
    const std::string_view last_word = r.wire.type.substr(r.wire.type.rfind('_') + 1);
    for (json::node field = body.first(); field.valid(); field = field.next()) {
        if (!field.is(json::kind::string)) continue;
        const std::string_view noun = field.key() == "id" ? last_word : field.key();
        if (is_noun(noun))
            touched.push_back(std::string(noun) + "/" + std::string(field.as_string()));
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    return touched;
}

}  // namespace veche::office
