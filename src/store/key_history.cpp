#include "store/key_history.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>

#include "store/refusal.hpp"
#include "store/whole_file.hpp"

namespace veche::store {
namespace {

/// How far the old key signed. Of a lost one nobody can say it.
std::uint64_t end_of_old_key(const handover& h) {
    const auto c = journal::parse_checkpoint(h.note);
    return c ? c->size : std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

const handover* key_history::change_to(std::string_view vkey) const {
    const auto found = std::find_if(changes_.rbegin(), changes_.rend(),
                                    [&](const handover& h) { return h.vkey == vkey; });
    return found == changes_.rend() ? nullptr : &*found;
}

bool key_history::had(std::string_view vkey) const {
    return std::any_of(changes_.begin(), changes_.end(),
                       [&](const handover& h) { return h.old_vkey == vkey; });
}

bool key_history::leads(std::string_view from, std::string_view to) const {
    // Earlier programs did not write down which key took the place of a lost one.
    return had(from) && (changes_.back().vkey == to || changes_.back().vkey.empty());
}

void key_history::add(handover change) {
    if (!had(change.old_vkey)) changes_.push_back(std::move(change));
}

void key_history::add_lost(const std::string& vkey) {
    if (had(vkey)) return;
    const handover* const before = change_to(vkey);
    const auto at = before ? changes_.begin() + (before - changes_.data()) + 1 : changes_.begin();
    changes_.insert(at, {"", vkey, ""});
}

void key_history::add_earlier(const key_history& other) {
    std::vector<handover> all;
    for (const handover& h : other.changes_)
        if (!had(h.old_vkey)) all.push_back(h);
    all.insert(all.end(), changes_.begin(), changes_.end());
    changes_ = std::move(all);
}

result<journal::checkpoint> key_history::verify(std::string_view note,
                                                const std::string& vkey) const {
    auto by_own = journal::verify_checkpoint(note, vkey);
    if (by_own) return by_own;
    for (const handover& h : changes_) {
        auto by_old = journal::verify_checkpoint(note, h.old_vkey);
        if (by_old && by_old->size <= end_of_old_key(h)) return by_old;
    }
    return by_own;
}

result<void> key_history::check() const {
    for (const handover& h : changes_) {
        if (h.note.empty()) continue;
        for (const std::string* vkey : {&h.old_vkey, &h.vkey})
            VECHE_CHECK(journal::verify_checkpoint(h.note, *vkey));
    }
    return {};
}

std::string key_history::to_text() const {
    return to_json(handover_list{changes_}) + "\n";
}

result<key_history> key_history::parse(const std::string& text) {
    const std::string canonical = VECHE_TRY(json::canonicalize(text));
    auto read = VECHE_TRY(from_json<handover_list>(std::string_view(canonical)));
    return key_history(std::move(read.handovers));
}

std::string key_history::published() const {
    handover_list shown;
    for (const handover& h : changes_)
        if (!h.note.empty()) shown.handovers.push_back(h);
    return shown.handovers.empty() ? std::string() : to_json(shown) + "\n";
}

result<key_history> key_history::in_folder(const std::filesystem::path& folder) {
    key_history found;
    const std::filesystem::path file = folder / handovers_name;
    if (std::filesystem::exists(file)) {
        std::ifstream in(file, std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        auto read = parse(std::move(bytes).str());
        if (!read)
            return refuse(refusals::database_damaged, {}, file.string(), read.error().sentence());
        found = *std::move(read);
    }
    std::ifstream in(folder / lost_vkeys_name);
    for (std::string vkey; std::getline(in, vkey);)
        if (!vkey.empty()) found.add_lost(vkey);
    return found;
}

result<void> key_history::keep_in(const std::filesystem::path& folder) const {
    if (changes_.empty()) return {};
    std::string lost;
    for (const handover& h : changes_)
        if (h.note.empty()) lost += h.old_vkey + "\n";
    if (!lost.empty()) VECHE_CHECK(replace_file(folder / lost_vkeys_name, lost));
    return replace_file(folder / handovers_name, to_text());
}

}  // namespace veche::store
