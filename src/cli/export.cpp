#include <optional>

#include "api/clock.hpp"
#include "cli/files.hpp"
#include "cli/union_folder.hpp"
#include "cli/verbs.hpp"
#include "cli/verify_trust.hpp"
#include "fund/views.hpp"
#include "store/folder.hpp"

namespace veche::cli {
namespace {

struct exported {
    std::int64_t entries = 0;
    std::string to;
    std::string vkey;
};
VECHE_FIELDS_HERE(exported, (entries, "Entries under the checkpoint."),
                  (to, "Where the files are."), (vkey, "Verifier key of the journal."))

int export_book(const export_options& options, const terminal& on) {
    office::options with;
    with.now = &api::wall_clock;
    with.ticker = false;
    const auto folder = union_folder::open(options.folder, std::move(with));
    if (!folder) return on.fail(folder.error());
    const auto answer = (*folder)->office().ask(
        fund::book_query::wire.type, to_json(fund::book_query{*options.book}), viewer{{}, {}});
    if (!answer) return on.fail(answer.error());
    const auto& book = *std::static_pointer_cast<const fund::book_view>(answer->value);
    if (const auto written = write_new_file(options.to, book.text, false); !written)
        return on.fail(written.error());
    on.say("Wrote the book to " + options.to.string() + ".");
    return done;
}

}  // namespace

int export_journal(const export_options& options, const terminal& on) {
    if (options.book) return export_book(options, on);
    const auto folder = store::open_folder(options.folder);
    if (!folder) return on.fail(folder.error());
    if (const auto published = folder->publisher->publish(); !published)
        return on.fail(published.error());
    const auto kept = show_kept(*folder, options.witnessed);
    if (!kept) return on.fail(kept.error());
    std::optional<progress_bar> bar(std::in_place, on, "Writing");
    const auto written = folder->publisher->export_to(
        options.to, [&](std::uint64_t n, std::uint64_t of) { bar->show(n, of); });
    bar.reset();
    if (!written) return on.fail(written.error());
    const auto latest = folder->publisher->shown();
    const exported result{latest ? static_cast<std::int64_t>(latest->size) : 0, options.to.string(),
                          folder->publisher->vkey()};
    if (on.json) on.out << to_json(result) << '\n';
    on.say("Wrote " + std::to_string(result.entries) + " entries to " + result.to + ".");
    on.say("Verifier key  " + result.vkey);
    return done;
}

}  // namespace veche::cli
