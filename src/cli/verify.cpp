#include "office/verify.hpp"

#include <fmt/format.h>

#include "api/http_client.hpp"
#include "cli/evidence_check.hpp"
#include "cli/files.hpp"
#include "cli/journal_state.hpp"
#include "cli/refusal.hpp"
#include "cli/tables_source.hpp"
#include "cli/union_folder.hpp"
#include "cli/verbs.hpp"
#include "cli/web_source.hpp"
#include "kernel/hash.hpp"
#include "store/contents.hpp"
#include "store/refusal.hpp"
#include "upkeep/log_key.hpp"
#include "upkeep/refusal.hpp"

namespace veche::cli {
namespace {

/// A journal behind an address: what a server or any mirror serves under its /journal/.
class http_source final : public journal::log_source {
  public:
    explicit http_source(api::url at) : client_(std::move(at)) {}
    result<std::string> fetch(const std::string& path) override {
        auto answer = VECHE_TRY(client_.get("/" + path));
        if (answer.status == 200) return std::move(answer.body);
        return refuse(refusals::not_served, {}, path, std::to_string(answer.status));
    }

  private:
    api::http_client client_;
};

/// Something to verify, what it needs alive, and its key where the place itself knows it.
struct subject {
    std::unique_ptr<journal::log_source> source;
    const tables_source* tables = nullptr;  ///< the same, where it is a union's own tables
    std::string vkey;
    bool trusted = true;  ///< false where the key comes from the very place that is checked
};

result<subject> open_address(const std::string& where) {
    if (where.starts_with("https://")) {
        const std::string prefix = where.ends_with("/journal") ? where : where + "/journal";
        subject of{std::make_unique<web_source>(prefix), nullptr, {}, false};
        of.vkey = VECHE_TRY(of.source->fetch("vkey"));
        while (of.vkey.ends_with('\n')) of.vkey.pop_back();
        return of;
    }
    auto at = api::parse_url(where);
    if (!at) return refuse(refusals::address_unusable, {}, where);
    if (!at->path.ends_with("/journal")) at->path += "/journal";
    subject of{std::make_unique<http_source>(*at), nullptr, {}, false};
    of.vkey = VECHE_TRY(of.source->fetch("vkey"));
    while (of.vkey.ends_with('\n')) of.vkey.pop_back();
    return of;
}

result<subject> open_union(const std::string& where) {
    auto tables = VECHE_TRY(tables_source::open(where));
    subject of;
    of.vkey = tables->vkey();
    of.tables = tables.get();
    of.source = std::move(tables);
    return of;
}

result<subject> open_subject(const std::string& where) {
    if (union_folder::is_one(where)) return open_union(where);
    if (where.find("://") != std::string::npos) return open_address(where);
    if (!std::filesystem::exists(std::filesystem::path(where) / "checkpoint"))
        return refuse(store::refusals::folder_missing, {}, where);
    return subject{std::make_unique<journal::folder_source>(where), nullptr, {}, true};
}

/// Where the journal goes wrong, for programs.
struct fault_answer {
    std::string code;
    std::string detail;
    std::optional<std::string> field;
    std::optional<std::int64_t> seq;
};
VECHE_FIELDS_HERE(fault_answer, (code, "Code of what is wrong."), (detail, "What is wrong."),
                  (field, "The part at fault."), (seq, "The first bad entry."))

/// Whether nothing could be checked at all: nothing there, no access, another program at work.
bool is_of_the_world(const refusal& why) {
    return why.kind->transient || why.kind->http_status == 503 ||
           why.kind == &store::refusals::folder_missing;
}

int report(const office::fault& fault, const terminal& on) {
    if (is_of_the_world(fault.why)) return on.fail(fault.why.sentence());
    fault_answer answer{std::string(fault.why.code()), fault.why.sentence(), std::nullopt,
                        std::nullopt};
    if (!fault.why.field.empty()) answer.field = fault.why.field;
    if (fault.seq) answer.seq = static_cast<std::int64_t>(*fault.seq);
    if (on.json) {
        on.out << to_json(answer) << '\n';
        return refused;
    }
    on.err << (answer.seq ? fmt::format("Entry {} is the first that does not hold: ", *answer.seq)
                          : std::string("The journal does not hold: "))
           << answer.detail << " [" << answer.code << "]\n";
    return refused;
}

std::string said_of_signature(const office::verify_report& r, bool trusted) {
    if (!r.checkpoint_signature) return "was not checked (give --vkey)";
    return trusted ? "is good" : "is good by the key that the server itself names (give --vkey)";
}

void report(const office::verify_report& r, bool trusted, const terminal& on) {
    on.say(fmt::format("{} holds: {} entries.", r.origin, r.entries));
    on.say(fmt::format("  tree        root {} recomputed; the checkpoint's signature {}", r.root,
                       said_of_signature(r, trusted)));
    if (r.extends)
        on.say(fmt::format("  earlier     it extends the checkpoint of {} entries seen before",
                           *r.extends));
    if (!r.cosigned.empty())
        on.say(fmt::format("  witnesses   cosigned by {}, a quorum", fmt::join(r.cosigned, ", ")));
    on.say(fmt::format("  acts        {} decided again, {} consequences derived again and equal",
                       r.acts, r.derived));
    on.say(fmt::format("  signatures  {} checked, {} of passkeys; {} acts carry none", r.signatures,
                       r.passkeys, r.unsigned_acts));
    if (r.proofs > 0)
        on.say(fmt::format("  ballots     {} secret ballots, every proof checked", r.proofs));
    on.say(fmt::format("  outcomes    {} votes and {} decisions recomputed", r.votes, r.decisions));
    if (r.snapshot)
        on.say(fmt::format("  snapshot    holds the state of the first {} entries", *r.snapshot));
    if (r.state) on.say(fmt::format("  state       {}", *r.state));
}

/// The verifier key as given: itself, or a file that holds it.
result<std::string> vkey_of(const verify_options& options, const subject& of) {
    if (options.vkey.empty()) return of.vkey;
    if (options.vkey.find('+') != std::string::npos) return options.vkey;
    std::string text = VECHE_TRY(read_file(options.vkey));
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

/// Each key that took over from another stands on the journal, in use from the entry with which the
/// tree ends that both signed.
result<void> check_announced(const people::state& s, const std::vector<store::handover>& links) {
    for (const store::handover& link : links) {
        const auto c = VECHE_TRY(journal::parse_checkpoint(link.note));
        const bool said =
            std::any_of(s.log_keys.begin(), s.log_keys.end(), [&](const people::log_key& k) {
                return k.vkey == link.vkey && k.taken && k.taken->seq < c.size;
            });
        if (!said) return refuse(upkeep::refusals::key_not_taken);
    }
    return {};
}

/// Bytes of data sets from where the journal is: a union's folder, or the server of an address.
fetch_bytes bytes_from(const std::string& where) {
    if (union_folder::is_one(where))
        return [where](const std::string& hash) -> result<std::string> {
            const auto papers = VECHE_TRY(store::open_papers(where));
            return papers->read(hash);
        };
    if (where.find("://") == std::string::npos)
        return [folder = std::filesystem::path(where)](const std::string& hash) {
            return store::read_content(folder / "papers", hash);
        };
    return [where](const std::string& hash) -> result<std::string> {
        auto at = api::parse_url(where);
        if (!at) return refuse(refusals::address_unusable, {}, where);
        if (at->path.ends_with("/journal")) at->path.resize(at->path.size() - 8);
        http_source from(*at);
        std::string bytes = VECHE_TRY(from.fetch("api/papers/" + hash));
        if (to_hex(sha256(bytes)) != hash)
            return refuse(store::refusals::content_differs, {}, hash);
        return bytes;
    };
}

}  // namespace

result<std::unique_ptr<journal::log_source>> published_log(const std::string& where) {
    if (where.find("://") != std::string::npos)
        return std::move(VECHE_TRY(open_address(where)).source);
    if (!std::filesystem::exists(std::filesystem::path(where) / "checkpoint"))
        return refuse(store::refusals::folder_missing, {}, where);
    return std::make_unique<journal::folder_source>(where);
}

result<void> with_state_of(const std::string& where,
                           const std::function<void(const office::union_state&)>& show) {
    const subject of = VECHE_TRY(open_subject(where));
    office::verify_options with;
    with.vkey = of.vkey;
    with.signatures = false;
    with.at_end = show;
    const auto done = office::verify(*of.source, with);
    if (!done) return tl::unexpected(done.error().why);
    return {};
}

int verify(const verify_options& options, const terminal& on) {
    const auto of = open_subject(options.where);
    if (!of) return report({std::nullopt, of.error()}, on);
    steady_source source(*of->source);
    const auto given = vkey_of(options, *of);
    if (!given) return on.fail(given.error());
    // Whoever knows a key that was in use before is led to the one in use now.
    auto followed =
        given->empty() ? result<upkeep::followed_key>() : upkeep::follow_keys(source, *given);
    if (!followed) return report({std::nullopt, followed.error()}, on);
    const std::string& vkey = followed->vkey;
    auto trust = read_trust(options.trust);
    if (!trust) return on.fail(trust.error());
    if (!trust->earlier.empty() && !vkey.empty()) {
        auto before = keys_before(source, vkey);
        if (!before) return report({std::nullopt, before.error()}, on);
        trust->earlier_keys = *std::move(before);
    }
    std::optional<progress_bar> bar(std::in_place, on, "Verifying");
    office::verify_options with;
    with.trust = *std::move(trust);
    with.state_hash = options.state_hash;
    if (of->tables != nullptr) with.snapshot = snapshot_said(options.where, of->tables->origin());
    with.signatures = options.signatures;
    with.threads = options.threads;
    with.vkey = vkey;
    with.progress = [&](std::uint64_t n, std::uint64_t total) { bar->show(n, total); };
    std::optional<evidence::state> evidence;
    result<void> announced;
    with.at_end = [&](const office::union_state& s) {
        if (options.evidence) evidence = s.evidence;
        announced = check_announced(s.people, followed->links);
    };
    const auto verified = office::verify(source, with);
    bar.reset();
    if (!verified) {
        const auto proof = save_fork(options.trust, with.trust, verified.error().why, vkey, source);
        if (!proof.empty()) on.say("Two signed histories; the proof for others: " + proof);
        // What is wrong with tables is told as it is, not as the next entry's fault.
        const refusal* broken = of->tables != nullptr ? of->tables->broken() : nullptr;
        if (broken != nullptr && broken->kind == verified.error().why.kind)
            return report({std::nullopt, *broken}, on);
        return report(verified.error(), on);
    }
    if (!announced) return report({std::nullopt, announced.error()}, on);
    if (const auto kept = remember(options.trust, source); !kept) return on.fail(kept.error());
    if (on.json) on.out << to_json(*verified) << '\n';
    report(*verified, of->trusted || !options.vkey.empty(), on);
    return evidence ? check_evidence(*evidence, bytes_from(options.where), on) : done;
}

}  // namespace veche::cli
