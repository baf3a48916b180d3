#include "assembly/papers.hpp"

#include <algorithm>

namespace veche::assembly {

namespace {

const paper_terms* terms_of(const session& s, const std::optional<item_id>& item) {
    const agenda_item* of = item ? s.find_item(*item) : nullptr;
    if (of && of->papers) return &*of->papers;
    return s.paper_due ? &*s.paper_due : nullptr;
}

/// The first version of the document that the paper is a version or a translation of.
const paper* original_of(const session& s, const paper& of) {
    const paper* at = &of;
    for (;;) {
        const auto& up = at->translates ? at->translates : at->replaces;
        if (!up) return at;
        at = s.find_paper(*up);
    }
}

}  // namespace

std::optional<instant> due_of(const charter::state& charter, const session& s,
                              const std::optional<item_id>& item) {
    if (const paper_terms* said = terms_of(s, item)) return said->due;
    const charter::body* body = charter.find_body(s.body);
    if (!body || !body->sessions || !body->sessions->paper_days) return std::nullopt;
    return plus_days(s.starts, -*body->sessions->paper_days);
}

std::vector<std::string> languages_of(const session& s, const std::optional<item_id>& item) {
    const paper_terms* said = terms_of(s, item);
    return said ? said->languages : std::vector<std::string>{};
}

std::vector<dossier> dossiers_of(const session& s, const std::optional<item_id>& item) {
    std::vector<dossier> out;
    std::vector<const paper*> originals;
    for (const paper& p : s.papers) {
        if (p.item != item) continue;
        const paper* original = original_of(s, p);
        auto at = std::find(originals.begin(), originals.end(), original);
        if (at == originals.end()) {
            at = originals.insert(originals.end(), original);
            out.emplace_back();
        }
        dossier& of = out[static_cast<std::size_t>(at - originals.begin())];
        if (p.replaced_by)
            of.earlier.insert(of.earlier.begin(), &p);
        else
            of.current.push_back(&p);
    }
    for (dossier& of : out) {
        // The original may be newer than its translations: it still stands first.
        std::stable_partition(of.current.begin(), of.current.end(),
                              [](const paper* p) { return !p->translates; });
        for (const std::string& language : languages_of(s, item))
            if (std::none_of(of.current.begin(), of.current.end(),
                             [&](const paper* p) { return p->language == language; }))
                of.missing.push_back(language);
    }
    return out;
}

bool is_outdated(const session& s, const paper& of) {
    if (!of.translates) return false;
    const paper* from = s.find_paper(*of.translates);
    return from && from->replaced_by.has_value();
}

}  // namespace veche::assembly
