#include "cli/send.hpp"

#include "api/clock.hpp"
#include "api/uuid.hpp"
#include "cli/key_file.hpp"
#include "journal/envelope.hpp"
#include "office/routes.hpp"

namespace veche::cli {

reply send_command(const union_options& where, std::string_view type, std::string body,
                   const std::string& idem, union_link& to) {
    const std::string once = idem.empty() ? api::make_uuid7(api::wall_clock().ms) : idem;
    const std::string name(type);
    if (where.key.empty()) {
        api::do_request asked{std::nullopt, {}, {std::move(body)}, once};
        if (!where.auth.empty()) asked.auth = where.auth;
        return to.act(name, asked);
    }
    const auto key = read_key_file(where.key);
    if (!key) return tl::unexpected(to_details(key.error()));
    const reply origin = to.origin();
    if (!origin) return origin;
    const person_id person{where.as};
    const std::string auth = where.auth.empty() ? person.value : where.auth;
    const office::route* route = office::find_route(type);
    const std::string line = journal::compose_act_line(person.value, auth, body, once, *origin,
                                                       type, route ? route->wire.v : 1);
    return to.act_signed(name, {line, {sign_line(*key, person, *origin, line)}});
}

}  // namespace veche::cli
