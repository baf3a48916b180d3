#include "cli/verify_trust.hpp"

#include <filesystem>

#include "api/witness_rounds.hpp"
#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "cli/web_source.hpp"
#include "journal/fork_proof.hpp"
#include "journal/refusal.hpp"
#include "store/whole_file.hpp"
#include "upkeep/log_key.hpp"

namespace veche::cli {
namespace {

result<std::string> read_policy_text(const std::string& from) {
    if (!is_web_address(from)) return read_file(from);
    const std::size_t slash = from.rfind('/');
    return web_source(from.substr(0, slash)).fetch(from.substr(slash + 1));
}

}  // namespace

result<std::string> steady_source::fetch(const std::string& path) {
    if (path != "checkpoint") return inner_.fetch(path);
    if (checkpoint_.empty()) checkpoint_ = VECHE_TRY(inner_.fetch(path));
    return checkpoint_;
}

result<void> show_kept(const store::union_folder& folder, bool older) {
    const std::string note = api::witness_rounds::kept_in(folder.path);
    const auto latest = folder.publisher->latest();
    const auto c = journal::verify_checkpoint(note, folder.publisher->vkey());
    const bool same = c && latest && c->size == latest->size && c->root == latest->root;
    if (!same && !older) return {};
    if (!c || !latest || c->size > latest->size) return refuse(refusals::never_witnessed);
    folder.publisher->show_by([=](const journal::stored_checkpoint&) {
        return journal::stored_checkpoint{c->size, c->root, note};
    });
    return {};
}

result<office::trust_options> read_trust(const trust_files& files) {
    office::trust_options out;
    if (!files.policy.empty())
        out.policy = VECHE_TRY(journal::read_policy(VECHE_TRY(read_policy_text(files.policy))));
    if (!files.remember.empty() && std::filesystem::exists(files.remember))
        out.earlier = VECHE_TRY(read_file(files.remember));
    out.charter = files.charter;
    return out;
}

result<std::vector<office::earlier_key>> keys_before(journal::log_source& source,
                                                     const std::string& vkey) {
    std::vector<office::earlier_key> out;
    const auto known = VECHE_TRY(upkeep::handovers_to(source, vkey));
    for (const store::handover& h : known.changes()) {
        const auto c = VECHE_TRY(journal::parse_checkpoint(h.note));
        out.push_back({h.old_vkey, c.size});
    }
    return out;
}

result<void> remember(const trust_files& files, journal::log_source& source) {
    if (files.remember.empty()) return {};
    const std::string note = VECHE_TRY(source.checkpoint());
    return store::replace_file(files.remember, note);
}

std::string save_fork(const trust_files& files, const office::trust_options& with,
                      const refusal& why, const std::string& vkey, journal::log_source& source) {
    if (why.kind != &journal::refusals::history_differs || vkey.empty()) return {};
    const auto note = source.checkpoint();
    const auto now =
        note ? journal::parse_checkpoint(*note) : tl::unexpected<refusal>(note.error());
    if (!now) return {};
    const auto proof =
        journal::prove_fork(vkey, with.earlier, *note, journal::subtrees_of(source, now->size));
    const std::string file = files.remember + ".fork";
    if (!proof || !store::replace_file(file, journal::write_fork_proof(*proof))) return {};
    return file;
}

}  // namespace veche::cli
