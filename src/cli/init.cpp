#include "api/clock.hpp"
#include "charter/toml.hpp"
#include "cli/files.hpp"
#include "cli/union_folder.hpp"
#include "cli/verbs.hpp"
#include "store/refusal.hpp"

namespace veche::cli {
namespace {

struct founded {
    std::string folder;
    std::string origin;
    std::string vkey;
};
VECHE_FIELDS_HERE(founded, (folder, "The union's folder."), (origin, "Name of the journal."),
                  (vkey, "Verifier key of the journal."))

result<founded> make(const init_options& options) {
    const auto document = VECHE_TRY(charter::read_toml(VECHE_TRY(read_file(options.charter))));
    const std::string origin =
        options.origin.empty() ? "veche.example/" + document.id : options.origin;
    auto at = VECHE_TRY(store::union_place::of(options.folder));
    const bool server = at.folder.empty();
    if (server) {
        at.key = options.key;
        VECHE_CHECK(store::create_union(at, origin));
        const auto accounts = VECHE_TRY(store::open_accounts(options.folder));
        VECHE_CHECK(api::account_store::prepare(*accounts));
        VECHE_CHECK(api::follow_store::prepare(*accounts));
    } else if (!union_folder::is_one(options.folder)) {
        VECHE_CHECK(store::create_folder(options.folder, origin));
    }
    office::options with;
    with.now = &api::wall_clock;
    with.ticker = false;
    const auto folder = VECHE_TRY(union_folder::open(at, std::move(with)));
    // A folder whose founding was interrupted is founded now; any other is taken.
    if (folder->office().durable_size() > 0)
        return refuse(store::refusals::folder_taken, {}, store::place_name(options.folder));
    VECHE_CHECK(folder->office().found(document));
    VECHE_CHECK(folder->office().tick());
    return founded{store::place_name(options.folder), folder->office().origin(),
                   folder->publisher().vkey()};
}

}  // namespace

int init(const init_options& options, const terminal& on) {
    const auto made = make(options);
    if (!made) return on.fail(made.error());
    if (on.json) on.out << to_json(*made) << '\n';
    on.say("Founded in " + made->folder + ".");
    on.say("Journal       " + made->origin);
    on.say("Verifier key  " + made->vkey);
    if (options.key.empty())
        on.say("Next: veche account add " + made->folder + " LOGIN PERSON, then veche serve " +
               made->folder);
    else
        on.say(
            "Next: veche account add ADDRESS LOGIN PERSON, then on each node veche serve "
            "ADDRESS --key " +
            options.key.string());
    return done;
}

}  // namespace veche::cli
