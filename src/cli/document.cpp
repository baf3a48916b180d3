#include "api/clock.hpp"
#include "api/journal_files.hpp"
#include "api/pages/closed_door.hpp"
#include "api/pages/pages.hpp"
#include "cli/files.hpp"
#include "cli/union_folder.hpp"
#include "cli/verbs.hpp"
#include "office/office.hpp"

namespace veche::cli {
namespace {

/// The last moment that the journal knows. The program's clock would make the same journal give
/// another document every day.
instant last_moment(const office::office& desk) {
    instant at;
    desk.read([&](const office::state& now) { at = now.last_at; });
    return at;
}

/// The journal's name up to its path is the host by which it is known.
std::string site_of(const document_options& options, const office::office& desk) {
    if (!options.public_url.empty()) return options.public_url;
    return "https://" + desk.origin().substr(0, desk.origin().find('/'));
}

}  // namespace

int write_document(const document_options& options, const terminal& on) {
    const auto web = options.web.empty() ? find_shared("web") : options.web;
    if (web.empty()) return on.fail("The folder web is not found; name it with --web.");
    const auto pages = api::pages::site::load(web);
    if (!pages) return on.fail(pages.error().sentence());
    office::options with;
    with.now = &api::wall_clock;
    with.ticker = false;
    const auto folder = union_folder::open(options.folder, std::move(with));
    if (!folder) return on.fail(folder.error());
    office::office& desk = (*folder)->office();
    api::journal_files journal((*folder)->store(), (*folder)->publisher());
    api::pages::closed_door door;
    api::pages::page_context context{
        desk, door, last_moment(desk), {}, {}, site_of(options, desk), &journal};
    api::request asked;
    asked.method = "GET";
    asked.path = options.what.starts_with('/') ? options.what : "/" + options.what;
    const auto made = pages->handle(context, asked);
    if (!made || made->status != 200)
        return on.fail(options.what + " is no document: status " +
                           std::to_string(made ? made->status : 404) + ".",
                       refused);
    if (options.to.empty()) {
        on.out << made->body;
        return done;
    }
    if (const auto written = write_new_file(options.to, made->body, false); !written)
        return on.fail(written.error());
    on.say("Wrote " + std::to_string(made->body.size()) + " bytes to " + options.to.string() + ".");
    return done;
}

}  // namespace veche::cli
