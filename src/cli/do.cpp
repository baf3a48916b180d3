#include "api/clock.hpp"
#include "api/uuid.hpp"
#include "cli/files.hpp"
#include "cli/key_file.hpp"
#include "cli/link.hpp"
#include "journal/envelope.hpp"
#include "office/routes.hpp"

namespace veche::cli {
namespace {

/// The command's body as canonical JSON, from --body or from the fields.
result<std::string> body_of(const do_options& options, const type_info& type) {
    if (options.body.empty()) {
        const auto pairs = VECHE_TRY(to_pairs(options.fields));
        return json_from_pairs(type, pairs);
    }
    const std::string text = options.body == "-" ? VECHE_TRY(read_file("-")) : options.body;
    return json::canonicalize(text);
}

reply send(const do_options& options, const office::route& route, std::string body,
           union_link& to) {
    const std::string idem =
        options.idem.empty() ? api::make_uuid7(api::wall_clock().ms) : options.idem;
    if (options.where.key.empty()) {
        api::do_request asked{std::nullopt, {}, {std::move(body)}, idem};
        if (!options.where.auth.empty()) asked.auth = options.where.auth;
        return to.act(options.type, asked);
    }
    const auto key = read_key_file(options.where.key);
    if (!key) return tl::unexpected(to_details(key.error()));
    const reply origin = to.origin();
    if (!origin) return origin;
    const person_id person{options.where.as};
    const std::string auth = options.where.auth.empty() ? person.value : options.where.auth;
    const std::string line = journal::compose_act_line(person.value, auth, body, idem, *origin,
                                                       route.wire.type, route.wire.v);
    return to.act_signed(options.type, {line, {sign_line(*key, person, *origin, line)}});
}

}  // namespace

int do_command(const do_options& options, const terminal& on) {
    const office::route* route = office::find_route(options.type);
    if (route == nullptr || !route->command)
        return on.fail("There is no command called " + options.type + "; see veche describe.",
                       wrong_usage);
    if (!options.where.key.empty() && options.where.as.empty())
        return on.fail("Say with --as who signs.", wrong_usage);
    auto body = body_of(options, route->body());
    if (!body) return on.fail(body.error());
    auto link = open_link(options.where);
    if (!link) return on.fail(link.error());
    const reply receipt = send(options, *route, std::move(*body), **link);
    if (!receipt) return on.fail(receipt.error());
    if (on.json) {
        on.out << *receipt << '\n';
        return done;
    }
    const auto read = from_json<api::receipt_answer>(std::string_view(*receipt));
    if (!read) return on.fail(read.error());
    on.say(read->repeated ? "Done before, as entry " + std::to_string(read->seq) + "."
                          : "Done: entry " + std::to_string(read->seq) + ", " +
                                std::to_string(read->entries - 1) + " more followed from it.");
    return done;
}

}  // namespace veche::cli
