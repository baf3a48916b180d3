#include "store/rows.hpp"

#include <array>
#include <utility>

namespace veche::store {
namespace {

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

std::string as_postgres(std::string_view sql) {
    std::string out;
    out.reserve(sql.size());
    for (const char c : sql) out.push_back(c == '?' ? '$' : c);
    return out;
}

std::string schema_as_postgres(std::string_view schema) {
    // Texts are ordered by their bytes, as in SQLite, whatever the database was made with.
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> words = {
        {{"INTEGER", "int8"}, {"BLOB", "bytea"}, {"TEXT", "text COLLATE \"C\""}, {"STRICT", ""}}};
    std::string out;
    std::size_t at = 0;
    while (at < schema.size()) {
        std::size_t end = at;
        while (end < schema.size() && is_word(schema[end])) ++end;
        if (end == at) {
            out.push_back(schema[at++]);
            continue;
        }
        std::string_view word = schema.substr(at, end - at);
        for (const auto& [ours, theirs] : words)
            if (word == ours) {
                word = theirs;
                break;
            }
        out += word;
        at = end;
    }
    for (const std::string_view gone : {", WITHOUT ROWID", " AUTOINCREMENT"})
        for (std::size_t found; (found = out.find(gone)) != std::string::npos;)
            out.erase(found, gone.size());
    return out;
}

}  // namespace veche::store
