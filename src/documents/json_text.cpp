#include "documents/json_text.hpp"

#include "kernel/json.hpp"

namespace veche::documents {

json_fields& json_fields::raw(std::string_view name, std::string_view value) {
    if (!inside_.empty()) inside_ += ",";
    inside_ += json::quoted(name);
    inside_ += ":";
    inside_ += value;
    return *this;
}

json_fields& json_fields::text(std::string_view name, std::string_view value) {
    return raw(name, json::quoted(value));
}

json_fields& json_fields::number(std::string_view name, std::int64_t value) {
    return raw(name, std::to_string(value));
}

json_fields& json_fields::maybe(std::string_view name, const std::optional<std::string>& value) {
    return value && !value->empty() ? text(name, *value) : *this;
}

json_fields& json_fields::list(std::string_view name, const std::vector<std::string>& values) {
    return values.empty() ? *this : raw(name, json_list(values));
}

json_fields& json_fields::join(const json_fields& others) {
    if (!inside_.empty() && !others.inside_.empty()) inside_ += ",";
    inside_ += others.inside_;
    return *this;
}

std::string json_texts(const localized& texts) {
    json_fields out;
    for (const auto& [language, text] : texts) out.text(language, std::string_view(text));
    return out.take();
}

}  // namespace veche::documents
