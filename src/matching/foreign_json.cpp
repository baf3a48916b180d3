#include "matching/foreign_json.hpp"

#include <charconv>

#include "kernel/foreign_json.hpp"
#include "kernel/json.hpp"

namespace veche::matching {

foreign_json::foreign_json(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t from = text.find_first_not_of(blanks);
    if (from != std::string_view::npos)
        text_ = text.substr(from, text.find_last_not_of(blanks) + 1 - from);
}

foreign_json::members foreign_json::object() const {
    members made;
    if (auto read = json::read_foreign_object(text_))
        for (auto& [name, value] : *read) made.emplace(name, foreign_json(value));
    return made;
}

std::vector<foreign_json> foreign_json::list() const {
    std::vector<foreign_json> made;
    if (auto read = json::read_foreign_array(text_))
        for (const std::string& one : *read) made.emplace_back(one);
    return made;
}

std::string foreign_json::text() const {
    json::document doc;
    if (text_.starts_with('"') && doc.reset(text_)) return std::string(doc.root().as_string());
    return text_;
}

std::optional<std::int64_t> foreign_json::integer() const {
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (fault != std::errc() || end != text_.data() + text_.size()) return std::nullopt;
    return value;
}

}  // namespace veche::matching
