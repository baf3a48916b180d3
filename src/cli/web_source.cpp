#include "cli/web_source.hpp"

#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "store/refusal.hpp"

namespace veche::cli {
namespace {

constexpr api::web_limits patient{
    .connect_ms = 10'000, .whole_ms = 60'000, .most_bytes = std::size_t{64} * 1024 * 1024};

}  // namespace

web_source::web_source(std::string prefix) : prefix_(std::move(prefix)), client_(patient) {
    if (!prefix_.ends_with('/')) prefix_ += '/';
}

result<std::string> web_source::fetch(const std::string& path) {
    auto answer = VECHE_TRY(client_.get(prefix_ + path));
    if (answer.status == 200) return std::move(answer.body);
    return refuse(refusals::not_served, {}, path, std::to_string(answer.status));
}

result<std::unique_ptr<journal::log_source>> log_at(const std::string& where) {
    if (is_web_address(where)) return std::make_unique<web_source>(where);
    if (!std::filesystem::exists(std::filesystem::path(where) / "checkpoint"))
        return refuse(store::refusals::folder_missing, {}, where);
    return std::make_unique<journal::folder_source>(where);
}

result<std::string> checkpoint_at(const std::string& where) {
    if (is_web_address(where)) {
        std::string_view prefix = where;
        constexpr std::string_view word = "/checkpoint";
        if (prefix.ends_with(word)) prefix.remove_suffix(word.size());
        return web_source(std::string(prefix)).checkpoint();
    }
    if (std::filesystem::is_directory(where))
        return read_file(std::filesystem::path(where) / "checkpoint");
    return read_file(where);
}

}  // namespace veche::cli
