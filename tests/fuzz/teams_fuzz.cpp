// Files of calls for teams and panels: whatever they hold is read or refused; what is read is
// solved within a small limit, and every result passes its own check (solve and find_panel assert
// it). A byte of zero parts the two files.

#include <cstdint>
#include <string_view>

#include "teams/assign.hpp"
#include "teams/call_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t middle = text.find('\0');
    if (middle == std::string_view::npos) return 0;
    const std::string_view first = text.substr(0, middle);
    const std::string_view second = text.substr(middle + 1);
    constexpr std::size_t most_people = 40, most_sites = 10;
    if (auto c = teams::read_call(first, second)) {
        c->node_limit = 5;
        c->seed = std::string(64, '1');
        if (c->people.size() <= most_people && c->sites.size() <= most_sites)
            (void)teams::solve(*c);
    }
    if (auto c = teams::read_panel_call(first, second)) {
        c->node_limit = 5;
        c->size = static_cast<std::int64_t>(1 + c->people.size() / 3);
        if (c->people.size() <= most_people) {
            (void)teams::find_panel(*c);
            (void)teams::find_lottery(*c);
        }
    }
    return 0;
}
