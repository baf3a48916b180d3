#include "programme/checks.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "programme/refusal.hpp"

namespace veche::programme {

result<void> by_decision(const world& w, const context& ctx, std::string_view type) {
    if (!ctx.decision) return refuse(refusals::only_by_decision);
    return charter::require(w.charter, ctx, "", ctx.decision->body, type);
}

result<void> by_office(const context& ctx) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    return {};
}

bool keeps_measures(const world& w, const context& ctx, const body_id& body,
                    std::string_view type) {
    return charter::require(w.charter, ctx, "measures", body, type).has_value();
}

result<void> may_keep(const world& w, const context& ctx, const body_id& body,
                      std::string_view type) {
    if (ctx.decision) return by_decision(w, ctx, type);
    if (!keeps_measures(w, ctx, body, type)) return refuse(refusals::not_keeper, {}, body.value);
    return {};
}

bool reports_for(const world& w, const measure& m, const context& ctx, std::string_view type) {
    if (m.responsible && m.responsible->value == ctx.auth &&
        w.charter.holds_office(ctx.actor, *m.responsible, date_of(ctx.at)))
        return true;
    return charter::require(w.charter, ctx, "report", m.owner, type).has_value();
}

result<void> check_length(const std::string& words, const std::string& field, std::size_t limit) {
    if (words.size() > limit) return refuse(refusals::text_too_long, field, std::to_string(limit));
    return {};
}

result<void> check_text(const world& w, const localized& text, const std::string& field,
                        std::size_t limit) {
    return charter::check_text(w.charter, text, field, limit, refusals::text_too_long);
}

result<void> check_documents(const std::vector<evidence>& documents, const std::string& field) {
    if (documents.size() > max_documents)
        return refuse(refusals::evidence_too_many, field, std::to_string(max_documents));
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const evidence& d = documents[i];
        const bool hex = d.sha256.size() == 64 &&
                         d.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
        const bool named = !d.title.empty() && d.title.size() <= max_title_bytes;
        if (!hex || !named || d.size < 0 || d.media.size() > max_word_bytes)
            return refuse(refusals::evidence_malformed, field + "." + std::to_string(i),
                          std::to_string(max_title_bytes), std::to_string(max_word_bytes));
    }
    return {};
}

result<void> check_due(date due, const context& ctx) {
    if (due < date_of(ctx.at)) return refuse(refusals::due_past, "due", to_text(due));
    return {};
}

result<const measure*> find(const world& w, const measure_id& id) {
    if (const measure* m = w.own.measures.find(id)) return m;
    return refuse(refusals::measure_unknown, "measure", id.value);
}

result<void> check_open(const measure& m) {
    if (!m.open()) return refuse(refusals::measure_closed, "measure", m.id.value);
    return {};
}

namespace {

/// The measures as they would stand with one of them arranged anew: each leads to its parts and to
/// what it waits for.
class arrangement {
  public:
    arrangement(const state& s, const measure_id& moved, const std::optional<measure_id>& parent,
                const std::vector<measure_id>& waits_for)
        : all_(s), moved_(moved), waits_(waits_for) {
        for (const auto& [id, m] : s.measures)
            if (m.parent && id != moved) parts_[*m.parent].push_back(id);
        if (parent) parts_[*parent].push_back(moved);
    }

    /// Whether following it leads back to where it began.
    [[nodiscard]] bool comes_back() const {
        std::set<measure_id> seen;
        std::vector<measure_id> open{moved_};
        while (!open.empty()) {
            const measure_id at = open.back();
            open.pop_back();
            for (const measure_id& next : after(at)) {
                if (next == moved_) return true;
                if (seen.insert(next).second) open.push_back(next);
            }
        }
        return false;
    }

  private:
    [[nodiscard]] std::vector<measure_id> after(const measure_id& at) const {
        std::vector<measure_id> out;
        if (const auto parts = parts_.find(at); parts != parts_.end()) out = parts->second;
        const measure* m = all_.measures.find(at);
        const auto& waits = at == moved_ || !m ? waits_of(at) : m->waits_for;
        out.insert(out.end(), waits.begin(), waits.end());
        return out;
    }
    [[nodiscard]] const std::vector<measure_id>& waits_of(const measure_id& at) const {
        static const std::vector<measure_id> none;
        return at == moved_ ? waits_ : none;
    }

    const state& all_;
    const measure_id moved_;
    const std::vector<measure_id>& waits_;
    std::map<measure_id, std::vector<measure_id>> parts_;
};

}  // namespace

result<void> check_place(const world& w, const measure_id& id,
                         const std::optional<measure_id>& parent,
                         const std::optional<std::int32_t>& weight,
                         const std::vector<measure_id>& waits_for) {
    if (parent && !w.own.measures.contains(*parent))
        return refuse(refusals::parent_unknown, "parent", parent->value);
    if (weight && (*weight < 1 || *weight > max_weight))
        return refuse(refusals::weight_out_of_range, "weight", std::to_string(max_weight));
    if (waits_for.size() > max_waits)
        return refuse(refusals::waits_too_many, "waits_for", std::to_string(max_waits));
    for (std::size_t i = 0; i < waits_for.size(); ++i)
        if (!w.own.measures.contains(waits_for[i]))
            return refuse(refusals::dependency_unknown, "waits_for." + std::to_string(i),
                          waits_for[i].value);
    if (arrangement(w.own, id, parent, {}).comes_back())
        return refuse(refusals::circle, "parent", id.value);
    if (arrangement(w.own, id, parent, waits_for).comes_back())
        return refuse(refusals::circle, "waits_for", id.value);
    return {};
}

}  // namespace veche::programme
