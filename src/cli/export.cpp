#include <optional>

#include "cli/verbs.hpp"
#include "store/folder.hpp"

namespace veche::cli {
namespace {

struct exported {
    std::int64_t entries = 0;
    std::string to;
    std::string vkey;
};
VECHE_FIELDS(exported, (entries, "Entries under the checkpoint."), (to, "Where the files are."),
             (vkey, "Verifier key of the journal."))

}  // namespace

int export_journal(const export_options& options, const terminal& on) {
    const auto folder = store::open_folder(options.folder);
    if (!folder) return on.fail(folder.error());
    if (const auto published = folder->publisher->publish(); !published)
        return on.fail(published.error());
    std::optional<progress_bar> bar(std::in_place, on, "Writing");
    const auto written = folder->publisher->export_to(
        options.to, [&](std::uint64_t n, std::uint64_t of) { bar->show(n, of); });
    bar.reset();
    if (!written) return on.fail(written.error());
    const auto latest = folder->publisher->latest();
    const exported result{latest ? static_cast<std::int64_t>(latest->size) : 0, options.to.string(),
                          folder->publisher->vkey()};
    if (on.json) on.out << to_json(result) << '\n';
    on.say("Wrote " + std::to_string(result.entries) + " entries to " + result.to + ".");
    on.say("Verifier key  " + result.vkey);
    return done;
}

}  // namespace veche::cli
