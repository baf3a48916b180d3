#pragma once
// Addresses that are secrets by themselves: private feeds and the links of mails.

#include <string>
#include <string_view>

namespace veche::api {

/// The path as it may stand in a log: "/en/my/..." of one that ends with a secret.
inline std::string path_for_log(std::string_view path) {
    constexpr std::size_t language = 3;  // "/en"
    for (const std::string_view section : {"/my/", "/confirm/", "/unsubscribe/"})
        if (path.size() > language && path.substr(language).starts_with(section))
            return std::string(path.substr(0, language + section.size())) + "...";
    return std::string(path);
}

}  // namespace veche::api
