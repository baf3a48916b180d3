#include "doses/checks.hpp"

#include <algorithm>

#include "charter/words.hpp"

namespace veche::doses {

result<void> may_desk(const world& w, const body_id& body, const context& ctx,
                      std::string_view type) {
    if (!w.charter.find_body(body)) return refuse(refusals::body_unknown, "body", body.value);
    if (ctx.decision) return refuse(refusals::not_by_decision);
    if (!charter::require(w.charter, ctx, "doses", body, type))
        return refuse(refusals::not_desk, {}, body.value);
    return {};
}

result<void> may_keep(const world& w, const record_site& site, const context& ctx,
                      std::string_view type) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    if (charter::require(w.charter, ctx, "doses", site.body, type)) return {};
    const charter::office* office = w.charter.find_office({ctx.auth});
    if (site.member && office && office->member == site.member &&
        charter::require(w.charter, ctx, "keep_doses", site.body, type))
        return {};
    return refuse(refusals::not_keeper, {}, site.site.value);
}

result<const record_product*> find_product(const world& w, const product_id& id,
                                           const char* field) {
    if (const auto* one = w.own.products.find(id)) return &one->what;
    return refuse(refusals::product_unknown, field, id.value);
}

result<const record_site*> find_site(const world& w, const site_id& id, const char* field) {
    if (const auto* one = w.own.sites.find(id)) return &one->what;
    return refuse(refusals::site_unknown, field, id.value);
}

result<const lot*> find_lot(const world& w, const lot_id& id) {
    if (const lot* one = w.own.lots.find(id)) return one;
    return refuse(refusals::lot_unknown, "lot", id.value);
}

result<void> check_names(const world& w, const localized& names, const char* field) {
    if (charter::blank(names)) return refuse(refusals::name_missing, field);
    return charter::check_text(w.charter, names, field, max_name_bytes, refusals::text_too_long);
}

result<void> check_text(const world& w, const localized& text, const char* field) {
    return charter::check_text(w.charter, text, field, max_text_bytes, refusals::text_too_long);
}

result<void> need_reason(const world& w, const localized& reason, const char* field) {
    if (charter::blank(reason)) return refuse(refusals::reason_missing, field);
    return check_text(w, reason, field);
}

result<void> check_source(const std::string& source) {
    if (source.find_first_not_of(" \t\r\n") == std::string::npos)
        return refuse(refusals::source_missing, "source");
    if (source.size() > max_word_bytes)
        return refuse(refusals::text_too_long, "source", std::to_string(max_word_bytes));
    return {};
}

result<void> check_range(std::int64_t value, std::int64_t least, std::int64_t most,
                         const std::string& field) {
    if (value >= least && value <= most) return {};
    return refuse(refusals::number_out_of_range, field, std::to_string(least),
                  std::to_string(most));
}

result<void> check_past(date on, const context& ctx) {
    if (date_of(ctx.at) < on) return refuse(refusals::day_to_come, "on");
    return {};
}

result<void> check_vials(const record_product& product, std::int64_t doses, const char* field) {
    VECHE_CHECK(check_range(doses, 1, max_doses, field));
    if (doses % product.vial != 0)
        return refuse(refusals::not_whole_vials, field, std::to_string(product.vial));
    return {};
}

}  // namespace veche::doses
