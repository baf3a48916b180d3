#include "api/clock.hpp"
#include "cli/union_folder.hpp"
#include "cli/verbs.hpp"

namespace veche::cli {
namespace {

struct snapshot_written {
    std::int64_t bytes = 0;
    std::int64_t entries = 0;
    std::string file;
};
VECHE_FIELDS_HERE(snapshot_written, (bytes, "Size of the file."),
                  (entries, "Entries in the state."), (file, "The file."))

}  // namespace

int write_snapshot(const snapshot_options& options, const terminal& on) {
    office::options with;
    with.now = &api::wall_clock;
    with.ticker = false;
    const auto folder = union_folder::open(options.folder, std::move(with));
    if (!folder) return on.fail(folder.error());
    if (build_id().empty())
        return on.fail("This program has no build id, so it keeps no snapshots.");
    const auto kept = keep_snapshot(options.folder, (*folder)->office(), (*folder)->store());
    if (!kept) return on.fail(kept.error());
    const auto file = snapshot_file(options.folder);
    const snapshot_written answer{
        *kept == 0 ? 0 : static_cast<std::int64_t>(std::filesystem::file_size(file)),
        static_cast<std::int64_t>(*kept), file.string()};
    if (on.json) on.out << to_json(answer) << '\n';
    on.say("The state of " + std::to_string(answer.entries) + " entries is in " + answer.file +
           " (" + std::to_string(answer.bytes) + " bytes).");
    return done;
}

}  // namespace veche::cli
