#include "upkeep/restore.hpp"

#include <algorithm>
#include <charconv>

#include "journal/checkpoint.hpp"
#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "store/refusal.hpp"
#include "upkeep/log_key.hpp"
#include "upkeep/refusal.hpp"
#include "upkeep/target.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;

/// Where a journal is cut.
struct cut {
    std::optional<std::uint64_t> seq;
    std::optional<instant> at;
};

result<cut> parse_cut(const std::string& text) {
    if (const auto at = parse_instant(text)) return cut{std::nullopt, at};
    if (const auto day = parse_date(text)) return cut{std::nullopt, start_of(*day)};
    std::uint64_t seq = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
    if (error != std::errc{} || end != text.data() + text.size())
        return refuse(refusals::at_malformed, "at", text);
    return cut{seq, std::nullopt};
}

/// Whether entries are still within the cut. What follows from the last act of it belongs to it:
/// a journal that ends between an act and its consequences does not fold.
class within {
  public:
    explicit within(cut at) : at_(at) {}
    result<bool> operator()(std::uint64_t seq, std::string_view bytes) {
        const auto view = VECHE_TRY(journal::parse_entry(bytes));
        const bool inside = at_.seq ? seq <= *at_.seq : !at_.at || view.at <= *at_.at;
        if (inside) {
            last_ = seq;
            any_ = true;
            return true;
        }
        json::document line;
        VECHE_CHECK(line.reset(view.event_line));
        const auto e = VECHE_TRY(journal::read_envelope(line.root()));
        return any_ && e.derived && e.by <= last_;
    }

  private:
    cut at_;
    std::uint64_t last_ = 0;
    bool any_ = false;
};

/// A union on a server needs its key and the folder of a node, by the same names as in serving it.
result<store::union_place> place_to_restore(const restore_options& with) {
    auto at = VECHE_TRY(store::union_place::of(with.to));
    if (at.url.empty()) return at;
    if (!with.at.empty()) return refuse(refusals::looking_on_server);
    if (!with.key.empty()) at.key = with.key;
    if (at.key.empty()) return refuse(store::refusals::key_needed);
    if (at.folder.empty())
        at.folder = with.state.empty() ? fs::path(at.key.string() + ".node") : with.state;
    return at;
}

class restoring {
  public:
    explicit restoring(const restore_options& with) : with_(with) {}

    result<restore_report> go() {
        const cut at = with_.at.empty() ? cut{} : VECHE_TRY(parse_cut(with_.at));
        place_ = VECHE_TRY(place_to_restore(with_));
        kept_ = VECHE_TRY(check_backup(with_.from, with_.progress));
        keys_ = VECHE_TRY(kept_keys(with_.from, kept_));
        if (at.seq && *at.seq >= static_cast<std::uint64_t>(kept_.size))
            return refuse(refusals::entry_unknown, "at", with_.at, std::to_string(kept_.size));
        VECHE_CHECK(fill_place(at));
        report_.of = kept_.size;
        report_.folder = store::place_name(with_.to);
        return looks() ? finish_copy() : finish_union();
    }

  private:
    [[nodiscard]] bool looks() const { return !with_.at.empty(); }

    result<void> fill_place(const cut& at) {
        const auto to = place_.url.empty() ? folder_to_restore(with_, place_)
                                           : server_to_restore(with_, place_);
        VECHE_CHECK(to->take_place());
        if (!looks()) VECHE_CHECK(ask_mirror());
        if (!looks()) VECHE_CHECK(to->take_key(kept_, keys_));
        VECHE_CHECK(take_journal(*to, at));
        VECHE_CHECK(take_papers(*to));
        VECHE_CHECK(take_secrets(*to));
        return to->place();
    }

    /// Where the key changed after the backup, whoever published what both keys signed says so.
    result<void> ask_mirror() {
        const fs::path file = fs::exists(place_.key) ? place_.key : with_.key;
        if (with_.fill_from == nullptr || file.empty()) return {};
        const auto key = VECHE_TRY(store::read_log_key(file));
        const auto told = VECHE_TRY(handovers_to(
            *with_.fill_from, journal::format_verifier_key({kept_.origin, key.public_key})));
        for (const store::handover& h : told.changes()) keys_.add(h);
        return {};
    }

    result<void> take_journal(restore_target& target, const cut& at) {
        const auto to = VECHE_TRY(target.make_journal());
        entry_taker taker(*to, with_.streams);
        within inside(at);
        const auto take = [&](std::uint64_t seq, std::string_view bytes) -> result<bool> {
            if (!VECHE_TRY(inside(seq, bytes))) return false;
            VECHE_CHECK(taker.take(seq, bytes));
            return true;
        };
        VECHE_CHECK(for_each_kept(with_.from, kept_, take));
        VECHE_CHECK(taker.flush());
        const auto newest = VECHE_TRY(newest_checkpoint(kept_, keys_));
        const journal::head end = to->current();
        if (newest.size > 0 && newest.size <= end.next) VECHE_CHECK(to->put_checkpoint(newest));
        report_.entries = static_cast<std::int64_t>(end.next);
        report_.root = to_base64(as_bytes(end.edge.root()));
        if (end.next > 0) report_.at = end.at;
        return {};
    }

    result<void> take_papers(restore_target& target) {
        const auto papers = VECHE_TRY(target.papers());
        for (const file_row& row : kept_.files) {
            if (!row.path.starts_with("papers/")) continue;
            const std::string bytes = VECHE_TRY(file_bytes(with_.from / row.path));
            VECHE_CHECK(papers->keep(bytes));
            ++report_.papers;
        }
        return {};
    }

    /// A copy for looking has none: nobody logs in to it, and what is sealed stays where it is.
    result<void> take_secrets(restore_target& target) {
        const fs::path into = VECHE_TRY(target.take_secrets());
        report_.secrets = kept_.secrets && !looks();
        if (report_.secrets)
            for (const file_row& row : kept_.files) {
                if (!row.path.starts_with("secrets/")) continue;
                const std::string name = fs::path(row.path).filename().string();
                const std::string bytes = VECHE_TRY(file_bytes(with_.from / row.path));
                VECHE_CHECK(
                    put_file(into / (name.substr(0, name.find('-')) + ".sqlite"), bytes, true));
            }
        VECHE_CHECK(end_sessions(into / "accounts.sqlite"));
        if (fs::exists(into / "sealed.sqlite")) return {};
        return store::sealed_store::create(into / "sealed.sqlite");
    }

    /// Who logged out after the backup was made must not be logged in again.
    static result<void> end_sessions(const fs::path& file) {
        if (!fs::exists(file)) return {};
        auto accounts = VECHE_TRY(store::database::open(file.string(), store::access::beside));
        {
            store::statement table(accounts, "SELECT 1 FROM sqlite_master WHERE name='session'");
            const bool there = VECHE_TRY(table.step());
            if (!there) return {};
        }
        return accounts.execute("DELETE FROM session");
    }

    result<restore_report> finish_copy() {
        const store::looking_copy copy{report_.at.value_or(instant{}), kept_.size, kept_.origin,
                                       report_.entries, kept_.vkey};
        VECHE_CHECK(put_file(store::looking_file(place_.folder), to_json(copy) + "\n", false));
        VECHE_CHECK(keys_.keep_in(place_.folder));
        return std::move(report_);
    }

    result<restore_report> finish_union() {
        if (with_.fill_from != nullptr) {
            const auto filled = fill(place_, *with_.fill_from, with_.streams);
            // That nobody has more is no failure: the backup was whole.
            if (!filled && filled.error().kind != &refusals::source_behind)
                return tl::unexpected(filled.error());
            if (filled) {
                report_.filled = filled->filled;
                report_.entries = filled->entries;
                report_.root = filled->root;
            }
        }
        {
            const auto guard = VECHE_TRY(open_guard(place_));
            const auto last = static_cast<std::int64_t>(VECHE_TRY(guard.signed_size()));
            report_.missing = std::max<std::int64_t>(0, last - report_.entries);
        }
        if (report_.missing == 0) (void)VECHE_TRY(store::open_union(place_));
        return std::move(report_);
    }

    const restore_options& with_;
    store::union_place place_;
    manifest kept_;
    store::key_history keys_;  ///< of the backup, and what others know beside
    restore_report report_;
};

}  // namespace

result<restore_report> restore(const restore_options& with) {
    return restoring(with).go();
}

}  // namespace veche::upkeep
