#include <algorithm>

#include "api/papers.hpp"
#include "cli/files.hpp"
#include "cli/link.hpp"
#include "cli/send.hpp"
#include "office/routes.hpp"
#include "sealed/commands.hpp"

namespace veche::cli {
namespace {

/// "sealed=@FILE" seals the file and names it by its commitment; the other fields stay.
tl::expected<std::vector<std::string>, api::problem_details> seal_files(
    const std::vector<std::string>& fields, const type_info& type, union_link& to) {
    std::vector<std::string> out;
    for (const std::string& field : fields) {
        const std::size_t mark = field.find("=@");
        const std::string name = field.substr(0, mark);
        const bool sealed =
            mark != std::string::npos &&
            std::any_of(type.fields.begin(), type.fields.end(), [&](const field_info& f) {
                return f.name == name && f.type().name == "seal_ref";
            });
        if (!sealed) {
            out.push_back(field);
            continue;
        }
        const std::filesystem::path file = field.substr(mark + 2);
        const auto bytes = read_file(file);
        if (!bytes) return tl::unexpected(to_details(bytes.error()));
        const auto kept =
            to.seal(*bytes, std::string(api::media_of(*bytes)), file.filename().string());
        if (!kept) return tl::unexpected(kept.error());
        json::document seal;
        if (const auto read = seal.reset(*kept); !read)
            return tl::unexpected(to_details(read.error()));
        for (json::node part = seal.root().first(); part.valid(); part = part.next())
            out.push_back(name + "." + std::string(part.key()) + "=" +
                          (part.is(json::kind::string) ? std::string(part.as_string())
                                                       : std::string(part.raw())));
    }
    return out;
}

/// Whoever confirms an opening without saying salt and text gets them from the union.
tl::expected<void, api::problem_details> fill_disclosure(std::vector<std::string>& fields,
                                                         union_link& to) {
    std::string commit;
    for (const std::string& field : fields) {
        if (field.starts_with("salt=") || field.starts_with("text=")) return {};
        if (field.starts_with("sealed=")) commit = field.substr(field.find('=') + 1);
    }
    const auto opened = to.open_sealed(commit);
    if (!opened) return tl::unexpected(opened.error());
    const auto read = from_json<api::pages::opened_text>(std::string_view(*opened));
    if (!read) return tl::unexpected(to_details(read.error()));
    fields.push_back("salt=" + read->salt);
    fields.push_back("text=" + read->text);
    return {};
}

/// The command's body as canonical JSON, from --body or from the fields.
result<std::string> body_of(const do_options& options, const type_info& type) {
    if (options.body.empty()) {
        const auto pairs = VECHE_TRY(to_pairs(options.fields));
        return json_from_pairs(type, pairs);
    }
    const std::string text = options.body == "-" ? VECHE_TRY(read_file("-")) : options.body;
    return json::canonicalize(text);
}

}  // namespace

int do_command(const do_options& options, const terminal& on) {
    const office::route* route = office::find_route(options.type);
    if (route == nullptr || !route->command)
        return on.fail("There is no command called " + options.type + "; see veche describe.",
                       wrong_usage);
    if (!options.where.key.empty() && options.where.as.empty())
        return on.fail("Say with --as who signs.", wrong_usage);
    auto link = open_link(options.where);
    if (!link) return on.fail(link.error());
    do_options filled = options;
    auto sealed = seal_files(options.fields, route->body(), **link);
    if (!sealed) return on.fail(sealed.error());
    filled.fields = std::move(*sealed);
    if (options.type == sealed::confirm_disclosure::wire.type && options.body.empty())
        if (const auto done = fill_disclosure(filled.fields, **link); !done)
            return on.fail(done.error());
    auto body = body_of(filled, route->body());
    if (!body) return on.fail(body.error());
    const reply receipt =
        send_command(options.where, options.type, std::move(*body), options.idem, **link);
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
