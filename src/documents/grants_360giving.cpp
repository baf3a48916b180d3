#include "documents/grants_360giving.hpp"

#include <algorithm>

namespace veche::documents {
namespace {

class grant_writer {
  public:
    grant_writer(const setting& in, const open_money& from, const open_ids& ids)
        : in_(in), from_(from), ids_(ids) {}

    [[nodiscard]] std::string funder() const {
        return organisation(organisation_of(from_, ids_),
                            open_name(in_, from_.of.name, from_.of.id));
    }

    [[nodiscard]] std::string grant(const open_commitment& one) const {
        const fund::commitment_row& row = *one.row;
        const std::string line = open_name(in_, row.line_title, row.line.value);
        json_members made{
            {"id", json_text(ids_.grant_prefix + "-" + open_part(from_.of.id) + "-" +
                             open_part(row.id.value))},
            {"title", json_text(open_name(in_, row.purpose, row.id.value))},
            {"description", json_text(in_.word("open_grant", {{"commitment", row.id.value},
                                                              {"line", line},
                                                              {"decision", row.decision.value}}))},
            {"currency", json_text(row.amount_.unit.value)},
            {"amountAwarded", number(row, one.committed_minor)},
            {"amountDisbursed", number(row, one.disbursed_minor)},
            {"awardDate", json_text(to_text(*one.committed))},
            {"url", json_text(in_.address("commitments/" + row.id.value))},
            {"recipientOrganization",
             json_list(
                 {organisation(organisation_of(from_, ids_, row.partner), row.partner.name)})},
            {"fundingOrganization", json_list({funder()})},
            {"grantProgramme", json_list({json_object(
                                   {{"code", json_text(row.line.value)},
                                    {"title", json_text(line)},
                                    {"url", json_text(in_.address("money/" + row.line.value))}})})},
            {"commitmentTransaction", awards(one)},
            {"dateModified", json_text(moment_of(one.last))},
            {"dataSource", json_text(in_.address("money.360giving.json"))}};
        if (const std::string paid = payments(one); paid != "[]")
            made["disbursementTransaction"] = paid;
        return json_object(made);
    }

  private:
    [[nodiscard]] static std::string organisation(const std::string& id, const std::string& name) {
        return json_object({{"id", json_text(id)}, {"name", json_text(name)}});
    }
    [[nodiscard]] std::string number(const fund::commitment_row& row, std::int64_t minor) const {
        return open_amount(from_.of, row.amount_.unit, minor);
    }
    [[nodiscard]] std::string transaction(const open_commitment& one,
                                          const fund::movement_row& step,
                                          std::int64_t minor) const {
        const std::string day = json_text(to_text(step.day));
        return json_object(
            {{"id", json_text(step.what + ":" + step.id)},
             {"transactionDate", day},
             {"valueDate", day},
             {"currency", json_text(one.row->amount_.unit.value)},
             {"value", number(*one.row, minor)},
             {"description", json_text(in_.text("money.kind." + step.what))},
             {"provider", json_text(organisation_of(from_, ids_))},
             {"recipient", json_text(organisation_of(from_, ids_, one.row->partner))}});
    }
    [[nodiscard]] std::string awards(const open_commitment& one) const {
        std::vector<std::string> made;
        for (const fund::movement_row* step : one.steps)
            if (step->what == "commit" || step->what == "release")
                made.push_back(transaction(
                    one, *step,
                    step->what == "commit" ? step->amount_.minor : -step->amount_.minor));
        return json_list(made);
    }
    [[nodiscard]] std::string payments(const open_commitment& one) const {
        std::vector<std::string> made;
        for (const fund::movement_row* step : one.steps)
            if (const int sign = disbursement_sign(*step); sign != 0)
                made.push_back(transaction(one, *step, sign * step->amount_.minor));
        return json_list(made);
    }

    const setting& in_;
    const open_money& from_;
    const open_ids& ids_;
};

}  // namespace

std::optional<std::string> grants_360giving_of(const setting& in, const open_money& from,
                                               const open_ids& ids) {
    const grant_writer writer(in, from, ids);
    std::vector<std::string> grants;
    date last;
    for (const open_commitment& one : commitments_of(from)) {
        if (!one.committed) continue;
        grants.push_back(writer.grant(one));
        last = std::max(last, one.last);
    }
    if (grants.empty()) return std::nullopt;
    const std::string name = open_name(in, from.of.name, from.of.id);
    return json_object(
        {{"version", json_text("1.4")},
         {"title", json_text(in.word("open_fund", {{"union", name}}))},
         {"identifier", json_text(ids.grant_prefix + "-" + open_part(from.of.id))},
         {"issued", json_text(to_text(last))},
         {"downloadURL", json_text(in.address("money.360giving.json"))},
         {"accessURL", json_text(in.address("money"))},
         {"publisher", json_object({{"identifier", json_text(organisation_of(from, ids))},
                                    {"name", json_text(name)},
                                    {"website", json_text(in.site)}})},
         {"grants", json_list(grants)}});
}

}  // namespace veche::documents
