#include "api/http.hpp"

namespace veche::api {

const std::string* find_value(const pairs& list, std::string_view name) {
    for (const auto& [key, value] : list)
        if (key == name) return &value;
    return nullptr;
}

std::string_view request::header(std::string_view name) const {
    const std::string* value = find_value(headers, name);
    return value != nullptr ? std::string_view(*value) : std::string_view{};
}

std::string_view request::query_value(std::string_view name) const {
    const std::string* value = find_value(query, name);
    return value != nullptr ? std::string_view(*value) : std::string_view{};
}

const std::string* request::cookie(std::string_view name) const {
    return find_value(cookies, name);
}

}  // namespace veche::api
