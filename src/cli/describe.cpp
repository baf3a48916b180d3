#include <fmt/format.h>

#include "cli/verbs.hpp"
#include "office/routes.hpp"

namespace veche::cli {
namespace {

struct message_line {
    std::string meaning;
    std::string type;
    std::int32_t v = 1;
};
VECHE_FIELDS_HERE(message_line, (meaning, "What it does."), (type, "Name."), (v, "Version."))

struct message_list {
    std::vector<message_line> commands;
    std::vector<message_line> views;
};
VECHE_FIELDS_HERE(message_list, (commands, "For veche do."), (views, "For veche ask."))

message_line line_of(const wire_info& wire) {
    return {std::string(wire.meaning), std::string(wire.type), wire.v};
}

message_list all_messages() {
    message_list list;
    for (const auto& route : office::routes())
        if (route.command) list.commands.push_back(line_of(route.wire));
    for (const auto& view : office::views()) list.views.push_back(line_of(view.wire));
    return list;
}

std::string type_name(const type_info& type) {
    switch (type.what) {
        case form::boolean:
            return "true or false";
        case form::integer:
            return "number";
        case form::text:
            return "text";
        case form::identifier:
            return "identifier";
        case form::instant:
            return "time";
        case form::date:
            return "date";
        case form::ratio:
            return "fraction";
        case form::choice: {
            std::string out;
            for (const auto choice : type.choices)
                out.append(out.empty() ? "" : "|").append(choice);
            return out;
        }
        case form::optional:
            return type_name(type.element()) + ", optional";
        case form::list:
            return "list of " + type_name(type.element());
        case form::map:
            return "by name: " + type_name(type.element());
        case form::object:
            return std::string(type.name);
        case form::raw:
            return "JSON";
    }
    return {};
}

/// One line per field, objects unfolded as the command line names their parts.
void print_fields(const type_info& type, const std::string& prefix, const terminal& on) {
    for (const field_info& field : type.fields) {
        const type_info* inner = &field.type();
        std::string name = prefix + std::string(field.name);
        on.say(fmt::format("  {:<28} {} ({})", name, field.meaning, type_name(*inner)));
        if (inner->what == form::optional) inner = &inner->element();
        if (inner->what == form::list) {
            inner = &inner->element();
            name += ".0";
        }
        if (inner->what == form::object) print_fields(*inner, name + ".", on);
    }
}

int describe_one(const wire_info& wire, const type_info& fields, const terminal& on) {
    if (on.json) {
        on.out << json_schema(fields) << '\n';
        return done;
    }
    on.say(fmt::format("{} (version {})\n{}\n", wire.type, wire.v, wire.meaning));
    print_fields(fields, "", on);
    return done;
}

}  // namespace

int describe_messages(const describe_options& options, const terminal& on) {
    if (!options.type.empty()) {
        const auto* route = office::find_route(options.type);
        if (route != nullptr && route->command) return describe_one(route->wire, route->body(), on);
        if (const auto* view = office::find_view(options.type))
            return describe_one(view->wire, view->query(), on);
        return on.fail("There is no command or view called " + options.type + ".", wrong_usage);
    }
    const message_list list = all_messages();
    if (on.json) on.out << to_json(list) << '\n';
    on.say("Commands, for `veche do`:");
    for (const auto& m : list.commands) on.say(fmt::format("  {:<34} {}", m.type, m.meaning));
    on.say("\nViews, for `veche ask`:");
    for (const auto& m : list.views) on.say(fmt::format("  {:<34} {}", m.type, m.meaning));
    return done;
}

}  // namespace veche::cli
