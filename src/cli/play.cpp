#include "cli/play.hpp"

#include <atomic>

#include "api/clock.hpp"
#include "api/papers.hpp"
#include "barriers/commands.hpp"
#include "charter/toml.hpp"
#include "cli/files.hpp"
#include "cli/key_file.hpp"
#include "cli/prevention.hpp"
#include "cli/refusal.hpp"
#include "cli/registry_rows.hpp"
#include "cli/secret_play.hpp"
#include "cli/union_folder.hpp"
#include "journal/envelope.hpp"
#include "journal/signed_note.hpp"
#include "kernel/hash.hpp"
#include "office/admission.hpp"
#include "office/fold.hpp"

namespace veche::cli {
namespace {

/// Media type of a scenario's paper, by the ending of its name.
std::string_view media_of(const std::filesystem::path& file) {
    const std::string ending = file.extension().string();
    if (ending == ".pdf") return "application/pdf";
    if (ending == ".md") return "text/markdown";
    if (ending == ".csv") return "text/csv";
    return "text/plain";
}

/// A refusal within a sentence of ours: its own without the full stop, its code and field.
std::string in_brief(const refusal& r) {
    std::string said = r.sentence();
    if (said.ends_with('.')) said.pop_back();
    said += " (" + std::string(r.code());
    if (!r.field.empty()) said += ", field " + r.field;
    return said + ")";
}

class player {
  public:
    player(union_folder& folder, std::atomic<std::int64_t>& clock_ms, std::filesystem::path files,
           std::shared_ptr<store::contents> papers, date day)
        : office_(folder.office()),
          sealed_(folder.sealed()),
          clock_ms_(clock_ms),
          files_(std::move(files)),
          shelf_(std::move(papers)),
          day_(day) {}

    result<void> play(const scenario_step& step, played& counts) {
        VECHE_CHECK(advance_to(step.at));
        if (!step.what.rows.empty()) return send_rows(step, counts);
        const auto outcome = send(step);
        if (step.what.refused) {
            if (!outcome && outcome.error().code() == *step.what.refused) {
                ++counts.refused;
                return {};
            }
            return refuse(refusals::scenario_damaged, {},
                          "it should be refused with " + *step.what.refused + ", but " +
                              (outcome ? "was accepted" : in_brief(outcome.error())));
        }
        if (!outcome) return refuse(refusals::scenario_damaged, {}, in_brief(outcome.error()));
        ++counts.accepted;
        return {};
    }

    /// Lets every deadline pass at its own moment, then sets the clock.
    result<void> advance_to(instant at) {
        for (;;) {
            std::optional<instant> next;
            office_.read([&](const office::state& s) { next = office::next_deadline(s); });
            if (!next || *next > at) break;
            clock_ms_ = std::max(clock_ms_.load(), next->ms);
            VECHE_CHECK(office_.tick());
        }
        clock_ms_ = std::max(clock_ms_.load(), at.ms);
        return {};
    }

  private:
    result<office::receipt> send(const scenario_step& step) {
        auto done = submit(step);
        // A seal is another at every playing, so the same line cannot be told by its bytes.
        const bool again =
            step.what.seal && !done && done.error().code() == office::refusals::idem_reused.code;
        if (again) return office::receipt{0, 0, true};
        return done;
    }

    /// The commands that record the files of a line together.
    result<void> send_rows(const scenario_step& step, played& counts) {
        if (step.what.type == prevention::stage_orders::wire.type) return send_orders(step, counts);
        const auto batch = VECHE_TRY(from_json<registry::stage_rows>(
            std::string_view(VECHE_TRY(fill_scenario_body(step.what.body.bytes, {day_, "", ""})))));
        const registry_reading read =
            VECHE_TRY(read_record_files(step.what.rows, files_, batch.body));
        if (!read.problems.empty()) {
            const located_problem& first = read.problems.front();
            return refuse(refusals::scenario_damaged, {},
                          first.file + ", line " + std::to_string(first.line) + ", " +
                              first.column + ": " + first.why.code);
        }
        return send_parts(step, counts, commands_of(batch.batch, batch.body, read.rows));
    }

    /// The same of a file of preventive measures, with a day a row for each member named.
    result<void> send_orders(const scenario_step& step, played& counts) {
        const auto batch = VECHE_TRY(from_json<prevention::stage_orders>(
            std::string_view(VECHE_TRY(fill_scenario_body(step.what.body.bytes, {day_, "", ""})))));
        order_import_options options;
        options.members.assign(step.what.rows.begin() + 1, step.what.rows.end());
        const std::string csv = VECHE_TRY(read_file(files_ / step.what.rows.front()));
        const auto with = VECHE_TRY(reading_of_orders(options));
        const prevention::order_rows read = prevention::read_order_rows(csv, with);
        if (!read.problems.empty()) {
            const prevention::order_row_problem& first = read.problems.front();
            return refuse(refusals::scenario_damaged, {},
                          step.what.rows.front() + ", line " + std::to_string(first.line) + ", " +
                              first.column + ": " + first.why.code);
        }
        return send_parts(step, counts, order_commands_of(batch.batch, batch.body, read.orders));
    }

    result<void> send_parts(const scenario_step& step, played& counts,
                            const std::vector<batch_command>& commands) {
        std::size_t nth = 0;
        for (const batch_command& one : commands) {
            scenario_step part = step;
            part.nth = "-" + std::to_string(++nth);
            part.what.type = one.type;
            part.what.body.bytes = one.body;
            const auto sent = send(part);
            if (!sent) return refuse(refusals::scenario_damaged, {}, in_brief(sent.error()));
            ++counts.accepted;
        }
        return {};
    }

    result<office::receipt> submit(const scenario_step& step) {
        const scenario_line& what = step.what;
        const office::route* route = office::find_route(what.type);
        if (route == nullptr)
            return refuse(refusals::scenario_damaged, {}, "there is no command " + what.type);
        const key_file key = key_from_seed("demo", demonstration_seed(what.as));
        scenario_places places{day_, json::quoted(key.public_key), {}};
        places.file = VECHE_TRY(stored_file(what));
        places.sealed = VECHE_TRY(sealed_places(what));
        if (what.body.bytes.find("\"@decision/") != std::string::npos) add_decisions(places);
        office_.read([&](const office::state& s) { places.secret = secret_places(s, what); });
        if (what.reporter) add_reporter(places, what);
        const std::string body = VECHE_TRY(fill_scenario_body(what.body.bytes, places));
        const std::string idem = "play-" + std::to_string(step.line) + step.nth;
        const person_id person{what.as};
        const std::string auth = what.auth.value_or(what.as);
        if (!what.sign.value_or(false))
            return office_.submit_unsigned(what.type, body, person, auth, idem);
        const std::string line = journal::compose_act_line(
            what.as, auth, body, idem, office_.origin(), what.type, route->wire.v);
        return office_.submit({line, {sign_with_enrolled(key, person, line)}, person});
    }

    /// Signs under the name by which the person's demonstration key was enrolled.
    std::string sign_with_enrolled(key_file key, const person_id& person, const std::string& line) {
        const auto raw = from_base64(key.public_key);
        office_.read([&](const office::state& s) {
            for (const auto& each :
                 office::keys_in_force(s, office_.origin(), person, office_.now()))
                if (raw && each.public_key == *raw)
                    key.id = each.name.substr(each.name.rfind('/') + 1);
        });
        return sign_line(key, person, office_.origin(), line);
    }

    /// Keeps the line's paper; its content object, "" where the line has none.
    result<std::string> stored_file(const scenario_line& what) {
        if (!what.file) return std::string{};
        const std::string bytes = VECHE_TRY(read_file(files_ / *what.file));
        const std::string media(media_of(*what.file));
        return to_json(VECHE_TRY(shelf_.put(bytes, media)));
    }

    /// The key of a demonstration reporter's secret link, and its signature over what is said.
    static void add_reporter(scenario_places& places, const scenario_line& what) {
        const std::string secret = to_hex(sha256("veche demonstration reporter " + *what.reporter));
        const auto key = journal::key_from_seed(barriers::reporter_seed(secret));
        places.secret["@reporter"] = json::quoted(to_base64(key.public_key));
        const auto said = from_json<barriers::say>(std::string_view(what.body.bytes));
        if (!said) return;
        const std::string statement =
            barriers::word_statement(said->barrier, said->n, said->word, said->sealed);
        places.secret["@signature"] = json::quoted(to_base64(journal::sign_bytes(key, statement)));
    }

    /// The number that each motion got when it was decided.
    void add_decisions(scenario_places& places) const {
        office_.read([&](const office::state& s) {
            for (const auto& [id, decision] : s.assembly.decisions)
                places.sealed["@decision/" + decision.motion.value] = json::quoted(id.value);
        });
    }

    /// Seals the line's closed paper, or finds the one that it opens or destroys.
    result<std::map<std::string, std::string>> sealed_places(const scenario_line& what) {
        std::map<std::string, std::string> out;
        if (what.seal) {
            const std::string bytes = VECHE_TRY(read_file(files_ / *what.seal));
            const std::string name = std::filesystem::path(*what.seal).filename().string();
            // What strangers report and how to reach somebody is personal data.
            const bool personal = what.type.starts_with("barriers.") ||
                                  what.type == registry::express_interest::wire.type;
            const auto kind = personal ? sealed_class::personal : sealed_class::closed;
            out["@seal"] =
                to_json(VECHE_TRY(sealed_.keep(bytes, media_of(*what.seal), name, kind)));
        }
        if (!what.opens) return out;
        sealed_id id;
        office_.read([&](const office::state& s) {
            for (const auto& [commit, text] : s.sealed.texts)
                if (text.from.of + "/" + text.from.name == *what.opens) id = commit;
        });
        out["@sealed"] = json::quoted(id.value);
        if (const auto opened = sealed_.open(id, person_id{what.as})) {
            out["@salt"] = json::quoted(opened->salt);
            out["@text"] = json::quoted(opened->text);
        }
        return out;
    }

    office::office& office_;
    api::sealed_desk& sealed_;
    std::atomic<std::int64_t>& clock_ms_;
    const std::filesystem::path files_;
    api::papers shelf_;
    const date day_;
};

}  // namespace

result<played> play_scenario(const std::filesystem::path& folder, const std::filesystem::path& file,
                             date day, const charter::charter_document* founding,
                             const std::function<void(std::size_t, std::size_t)>& progress) {
    constexpr std::int64_t founded_before_ms = 3'600'000;  // the first command
    const std::string hint_too_late =
        "; it begins before this union was last at work, and time does not go back: play it into a "
        "new folder with --charter";
    const instant now = api::wall_clock();
    const auto steps = VECHE_TRY(read_scenario(VECHE_TRY(read_file(file)), day, now));
    std::atomic<std::int64_t> clock_ms =
        steps.empty() ? now.ms : steps.front().at.ms - founded_before_ms;
    office::options with;
    with.now = [&clock_ms] { return instant{clock_ms}; };
    with.ticker = false;
    const auto opened = VECHE_TRY(union_folder::open(folder, std::move(with)));
    if (founding != nullptr && opened->office().durable_size() == 0)
        VECHE_CHECK(opened->office().found(*founding));
    // The journal's time never goes back, so the clock does not either.
    instant last_at;
    opened->office().read([&](const office::state& s) { last_at = s.last_at; });
    const bool too_late = clock_ms.load() + founded_before_ms < last_at.ms;
    clock_ms = std::max(clock_ms.load(), last_at.ms);
    player plays(*opened, clock_ms, file.parent_path(), opened->papers(), day);
    played counts;
    for (std::size_t n = 0; n < steps.size(); ++n) {
        if (auto gone = plays.play(steps[n], counts); !gone) {
            gone.error().field = "line " + std::to_string(steps[n].line);
            if (too_late && !gone.error().args.empty()) gone.error().args.front() += hint_too_late;
            return tl::unexpected(std::move(gone).error());
        }
        progress(n + 1, steps.size());
    }
    VECHE_CHECK(plays.advance_to(now));
    VECHE_CHECK(opened->office().tick());
    counts.entries = static_cast<std::int64_t>(opened->office().durable_size());
    return counts;
}

namespace {

/// The charter to found by, where one is named; makes the folder for it.
result<std::optional<charter::charter_document>> founding_of(const play_options& options) {
    if (options.charter.empty()) return std::nullopt;
    auto document = VECHE_TRY(charter::read_toml(VECHE_TRY(read_file(options.charter))));
    if (!union_folder::is_one(options.folder))
        VECHE_CHECK(store::create_folder(options.folder, "veche.example/" + document.id));
    return document;
}

result<played> play_into(const play_options& options, progress_bar& bar) {
    const auto founding = VECHE_TRY(founding_of(options));
    return play_scenario(options.folder, options.file, date_of(api::wall_clock()),
                         founding ? &*founding : nullptr,
                         [&](std::size_t n, std::size_t of) { bar.show(n, of); });
}

}  // namespace

int play(const play_options& options, const terminal& on) {
    std::optional<progress_bar> bar(std::in_place, on, "Playing");
    const auto counts = play_into(options, *bar);
    bar.reset();
    if (!counts) return on.fail(counts.error());
    if (on.json) on.out << to_json(*counts) << '\n';
    on.say("Played: " + std::to_string(counts->accepted) + " commands, " +
           std::to_string(counts->entries) + " entries on the journal.");
    return done;
}

}  // namespace veche::cli
