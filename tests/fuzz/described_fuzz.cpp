// Commands and questions from what strangers send: as JSON of a program, as pairs of an address or
// a form. What is read is written canonically and reads again as the same.

#include <cstdint>

#include "api/urlencoded.hpp"
#include "barriers/barriers.hpp"
#include "barriers/commands.hpp"
#include "barriers/views.hpp"
#include "kernel/check.hpp"
#include "people/commands.hpp"
#include "people/views.hpp"
#include "prevention/commands.hpp"
#include "registry/commands.hpp"
#include "registry/exchange_views.hpp"
#include "registry/partner_views.hpp"
#include "situation/commands.hpp"
#include "situation/views.hpp"

namespace {

using namespace veche;

struct message {
    const type_info& (*type)();
    std::string (*again)(std::string_view canonical);  ///< read and written; "" where refused
};

template <class T>
std::string read_and_write(std::string_view canonical) {
    const auto read = from_json<T>(canonical);
    return read ? to_json(*read) : std::string();
}

template <class... T>
void add(std::vector<message>& all, const std::tuple<T...>*) {
    (all.push_back({&describe<T>, &read_and_write<T>}), ...);
}

std::vector<message> every_message() {
    std::vector<message> all;
    add(all, static_cast<const registry::commands*>(nullptr));
    add(all, static_cast<const registry::partner_queries*>(nullptr));
    add(all, static_cast<const registry::exchange_queries*>(nullptr));
    add(all, static_cast<const situation::commands*>(nullptr));
    add(all, static_cast<const situation::queries*>(nullptr));
    add(all, static_cast<const prevention::commands*>(nullptr));
    add(all, static_cast<const barriers::commands*>(nullptr));
    add(all, static_cast<const barriers::queries*>(nullptr));
    add(all, static_cast<const people::commands*>(nullptr));
    add(all, static_cast<const people::queries*>(nullptr));
    return all;
}

void is_fixed(const message& one, std::string_view canonical) {
    const std::string written = one.again(canonical);
    if (written.empty()) return;
    VECHE_ENSURE(one.again(written) == written, "what was written reads as the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<message> all = every_message();
    if (size < 2) return 0;
    const message& one = all[data[0] % all.size()];
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (const auto canonical = json::canonicalize(text)) is_fixed(one, *canonical);
    const auto pairs = api::parse_urlencoded(text);
    if (!pairs) return 0;
    if (const auto made = json_from_pairs(one.type(), *pairs)) {
        json::document doc;
        VECHE_ENSURE(doc.reset(*made).has_value(), "pairs become canonical JSON");
        is_fixed(one, *made);
    }
    return 0;
}
