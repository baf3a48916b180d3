#include "evidence/views.hpp"

#include <algorithm>

#include "evidence/refusal.hpp"

namespace veche::evidence {
namespace {

evidence_standing standing_of(const dataset& one) {
    if (one.withdrawn) return evidence_standing::withdrawn;
    return one.replaced_by ? evidence_standing::replaced : evidence_standing::stands;
}

evidence_standing standing_of(const finding& one) {
    if (one.withdrawn) return evidence_standing::withdrawn;
    return one.corrected_by ? evidence_standing::corrected : evidence_standing::stands;
}

dataset_row row_of(const dataset& one) {
    const register_dataset& c = one.what;
    return {c.dataset,         c.body,
            c.title,           c.publisher,
            c.period,          c.unit,
            c.layout,          c.file,
            standing_of(one),  static_cast<std::int64_t>(one.used_by.size()),
            one.registered.at, static_cast<std::int64_t>(one.registered.seq)};
}

std::int64_t reviews_that(const finding& one, review_outcome how) {
    return std::count_if(one.reviews.begin(), one.reviews.end(),
                         [&](const review& r) { return r.outcome == how; });
}

finding_row row_of(const world& w, const finding& one) {
    const publish_finding& c = one.what;
    const bool changed =
        std::any_of(c.specified.data.begin(), c.specified.data.end(), [&](const dataset_use& use) {
            return standing_of(*w.own.datasets.find(use.dataset)) != evidence_standing::stands;
        });
    return {c.finding,
            c.body,
            c.question,
            c.answer,
            c.specified.method,
            c.figures,
            standing_of(one),
            reviews_that(one, review_outcome::agrees),
            reviews_that(one, review_outcome::differs),
            changed,
            one.published.at,
            static_cast<std::int64_t>(one.published.seq)};
}

template <class Row>
void newest_first(std::vector<Row>& rows) {
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.seq > b.seq; });
}

std::vector<finding_row> rows_of(const world& w, const std::vector<finding_id>& ids) {
    std::vector<finding_row> out;
    for (const finding_id& id : ids) out.push_back(row_of(w, *w.own.findings.find(id)));
    newest_first(out);
    return out;
}

bool by_method(const finding& one, const std::string& wanted) {
    const std::string& method = one.what.specified.method;
    return method == wanted || method.substr(0, method.find('/')) == wanted;
}

void tell(const std::optional<taking_back>& back, std::optional<instant>& at,
          std::optional<std::int64_t>& seq, localized& reason) {
    if (!back) return;
    at = back->done.at;
    seq = static_cast<std::int64_t>(back->done.seq);
    reason = back->reason;
}

}  // namespace

result<datasets_view> ask(const world& w, const datasets_query&, const viewer&) {
    datasets_view out;
    for (const auto& [id, one] : w.own.datasets) out.datasets.push_back(row_of(one));
    newest_first(out.datasets);
    return out;
}

result<dataset_view> ask(const world& w, const dataset_query& q, const viewer&) {
    const dataset* one = w.own.datasets.find(q.dataset);
    if (!one) return refuse(refusals::dataset_unknown, "dataset", q.dataset.value);
    const register_dataset& c = one->what;
    dataset_view out{row_of(*one),
                     c.about,
                     c.address,
                     c.licence,
                     c.retrieved,
                     c.replaces,
                     one->replaced_by,
                     {},
                     {},
                     {},
                     rows_of(w, one->used_by)};
    tell(one->withdrawn, out.withdrawn, out.withdrawn_seq, out.reason);
    return out;
}

result<findings_view> ask(const world& w, const findings_query& q, const viewer&) {
    findings_view out;
    for (const auto& [id, one] : w.own.findings) {
        if (q.body && one.what.body != *q.body) continue;
        if (q.method && !by_method(one, *q.method)) continue;
        if (!q.all.value_or(false) && !one.stands()) continue;
        out.findings.push_back(row_of(w, one));
    }
    newest_first(out.findings);
    return out;
}

result<finding_view> ask(const world& w, const finding_query& q, const viewer&) {
    const finding* one = w.own.findings.find(q.finding);
    if (!one) return refuse(refusals::finding_unknown, "finding", q.finding.value);
    const publish_finding& c = one->what;
    finding_view out;
    out.row = row_of(w, *one);
    out.certainty = c.certainty;
    out.caveats = c.caveats;
    out.specified = c.specified;
    out.result = c.result;
    out.program = c.program;
    out.by = one->published.by;
    out.as = one->published.as;
    for (const dataset_use& use : c.specified.data)
        out.data.push_back(row_of(*w.own.datasets.find(use.dataset)));
    for (const review& r : one->reviews)
        out.reviews.push_back({r.done.by, r.done.as, r.outcome, r.result, r.program, r.note,
                               r.done.at, static_cast<std::int64_t>(r.done.seq)});
    for (const attachment& a : one->attached) out.attached.push_back(a.to);
    out.corrects = c.corrects;
    out.corrected_by = one->corrected_by;
    tell(one->withdrawn, out.withdrawn, out.withdrawn_seq, out.reason);
    return out;
}

result<findings_view> ask(const world& w, const findings_about_query& q, const viewer&) {
    const std::vector<finding_id>* there = w.own.about.find(subject{q.kind, q.id});
    return there ? findings_view{rows_of(w, *there)} : findings_view{};
}

}  // namespace veche::evidence
