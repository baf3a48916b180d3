#include "api/log.hpp"

#include <algorithm>
#include <atomic>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "kernel/json.hpp"

namespace veche::log {
namespace {

spdlog::logger& logger() {
    static const auto instance = [] {
        auto made = std::make_shared<spdlog::logger>(
            "veche", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
        made->set_level(spdlog::level::err);
        made->flush_on(spdlog::level::warn);
        return made;
    }();
    return *instance;
}

spdlog::level::level_enum level_of(level l) {
    switch (l) {
        case level::debug:
            return spdlog::level::debug;
        case level::info:
            return spdlog::level::info;
        case level::warning:
            return spdlog::level::warn;
        case level::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

}  // namespace

std::string to_value(std::string_view text) {
    const bool plain = !text.empty() && text.find_first_of(" \"=\\") == std::string_view::npos &&
                       std::none_of(text.begin(), text.end(), [](char c) {
                           const auto byte = static_cast<unsigned char>(c);
                           return byte < 0x20 || byte >= 0x7f;
                       });
    return plain ? std::string(text) : json::quoted(text);
}

void set_level(level lowest) {
    logger().set_level(level_of(lowest));
}

namespace {
std::atomic<format> form = format::text;
}  // namespace

void set_format(format f) {
    form = f;
    logger().set_pattern(f == format::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})"
                                           : "%Y-%m-%dT%H:%M:%S.%eZ %l %v",
                         spdlog::pattern_time_type::utc);
}

std::string to_members(std::string_view what, std::initializer_list<field> fields) {
    std::string line = "\"fact\":" + json::quoted(what);
    for (const field& f : fields) line += "," + json::quoted(f.name) + ":" + json::quoted(f.value);
    return line;
}

void write(level l, std::string_view what, std::initializer_list<field> fields) {
    if (!logger().should_log(level_of(l))) return;
    if (form == format::json) {
        logger().log(level_of(l), to_members(what, fields));
        return;
    }
    std::string line(what);
    for (const field& f : fields) {
        line += ' ';
        line += f.name;
        line += '=';
        line += to_value(f.value);
    }
    logger().log(level_of(l), line);
}

}  // namespace veche::log
