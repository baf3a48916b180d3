#include "kernel/content_ref.hpp"

#include <algorithm>

namespace veche {

std::string_view fault_in(const content_ref& content) {
    constexpr std::size_t max_media_bytes = 100;
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (content.sha256.size() != 64 ||
        !std::all_of(content.sha256.begin(), content.sha256.end(), is_hex))
        return "sha256";
    if (content.size <= 0) return "size";
    const auto is_media = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("/.+-_").find(c) != std::string_view::npos;
    };
    const auto slash = content.media.find('/');
    const bool two_parts = slash != std::string::npos && slash != 0 &&
                           slash + 1 != content.media.size() &&
                           content.media.find('/', slash + 1) == std::string::npos;
    if (!two_parts || content.media.size() > max_media_bytes ||
        !std::all_of(content.media.begin(), content.media.end(), is_media))
        return "media";
    return {};
}

}  // namespace veche
