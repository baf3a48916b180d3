#include "trade/comtrade_json.hpp"

#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "kernel/foreign_json.hpp"
#include "kernel/json.hpp"
#include "trade/refusal.hpp"

namespace veche::trade {
namespace {

using json_row = std::map<std::string, std::string, std::less<>>;

/// A JSON value as a cell of CSV: texts keep their quotes, those inside are doubled.
result<std::string> cell_of(const std::string& value) {
    if (value.empty() || value == "null") return std::string();
    if (value[0] == '{' || value[0] == '[')
        return refuse(refusals::json_unsound, "data", "a row holds lists or objects");
    if (value[0] != '"') return value;
    json::document text;
    VECHE_CHECK(text.reset(value));
    std::string out = "\"";
    for (const char c : text.root().as_string()) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

}  // namespace

result<std::string> comtrade_csv(std::string_view text) {
    const auto answer = json::read_foreign_object(text);
    if (!answer) return refuse(refusals::json_unsound, "data", answer.error().sentence());
    if (const auto error = answer->find("error");
        error != answer->end() && error->second.size() > 2 && error->second != "null")
        return refuse(refusals::json_unsound, "data", "the service says " + error->second);
    const auto data = answer->find("data");
    if (data == answer->end()) return refuse(refusals::json_unsound, "data", "it has no \"data\"");
    const auto rows = json::read_foreign_array(data->second);
    if (!rows) return refuse(refusals::json_unsound, "data", rows.error().sentence());
    std::vector<json_row> read;
    std::set<std::string, std::less<>> columns;
    for (const std::string& row : *rows) {
        auto members = json::read_foreign_object(row);
        if (!members) return refuse(refusals::json_unsound, "data", members.error().sentence());
        for (const auto& [name, value] : *members) columns.insert(name);
        read.push_back(*std::move(members));
    }
    std::string out;
    for (const std::string& one : columns) out += (out.empty() ? "" : ",") + json::quoted(one);
    if (columns.empty()) return refuse(refusals::json_unsound, "data", "it has no rows");
    out += '\n';
    for (const json_row& row : read) {
        bool first = true;
        for (const std::string& name : columns) {
            const auto at = row.find(name);
            if (!first) out += ',';
            first = false;
            if (at != row.end()) out += VECHE_TRY(cell_of(at->second));
        }
        out += '\n';
    }
    return out;
}

}  // namespace veche::trade
