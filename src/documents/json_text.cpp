#include "documents/json_text.hpp"

#include "kernel/json.hpp"

namespace veche::documents {

json_object& json_object::raw(std::string_view name, std::string_view value) {
    if (!inside_.empty()) inside_ += ",";
    inside_ += json::quoted(name);
    inside_ += ":";
    inside_ += value;
    return *this;
}

json_object& json_object::text(std::string_view name, std::string_view value) {
    return raw(name, json::quoted(value));
}

json_object& json_object::number(std::string_view name, std::int64_t value) {
    return raw(name, std::to_string(value));
}

json_object& json_object::maybe(std::string_view name, const std::optional<std::string>& value) {
    return value && !value->empty() ? text(name, *value) : *this;
}

json_object& json_object::list(std::string_view name, const std::vector<std::string>& values) {
    return values.empty() ? *this : raw(name, json_list(values));
}

std::string json_list(const std::vector<std::string>& values) {
    std::string out = "[";
    for (const std::string& one : values) out += (out.size() > 1 ? ",\n" : "") + one;
    return out + "]";
}

std::string json_texts(const localized& texts) {
    json_object out;
    for (const auto& [language, text] : texts) out.text(language, std::string_view(text));
    return out.take();
}

}  // namespace veche::documents
