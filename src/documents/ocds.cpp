#include "documents/ocds.hpp"

#include <algorithm>

namespace veche::documents {
namespace {

std::string texts_of(const std::vector<std::string>& texts) {
    std::vector<std::string> made;
    for (const std::string& one : texts) made.push_back(json_text(one));
    return json_list(made);
}

/// Scheme and number of "RU-INN-7707083893" by org-id.guide: a country or "XM", a register, and the
/// rest. Nothing of what has another form.
json_members identifier_of(const fund::partner& partner) {
    const std::string& whole = partner.registration;
    const std::size_t first = whole.find('-');
    const std::size_t second = first == 2 ? whole.find('-', 3) : std::string::npos;
    if (second == std::string::npos || second == 3 || second + 1 == whole.size()) return {};
    return {{"scheme", json_text(whole.substr(0, second))},
            {"id", json_text(whole.substr(second + 1))},
            {"legalName", json_text(partner.name)}};
}

class release_writer {
  public:
    release_writer(const setting& in, const open_money& from, const open_ids& ids)
        : in_(in),
          from_(from),
          ids_(ids),
          union_id_(organisation_of(from, ids)),
          union_name_(open_name(in, from.of.name, from.of.id)) {}

    [[nodiscard]] std::string release(const open_commitment& one) const {
        const std::string ocid =
            ids_.ocid_prefix + "-" + open_part(from_.of.id) + "-" + open_part(one.row->id.value);
        std::vector<std::string> tags{"planning"};
        json_members made{{"ocid", json_text(ocid)},
                          {"id", json_text(ocid + "-" + std::to_string(one.last_seq))},
                          {"date", json_text(moment_of(one.last))},
                          {"initiationType", json_text("tender")},
                          {"language", json_text(in_.lang())},
                          {"parties", parties(one)},
                          {"buyer", reference(union_id_, union_name_)},
                          {"planning", planning(one)}};
        if (one.committed) {
            tags.insert(tags.end(), {"award", "contract"});
            made["awards"] = json_list({award(one)});
            const std::string moved = transactions(one);
            if (moved != "[]") tags.emplace_back("implementation");
            made["contracts"] = json_list({contract(one, moved)});
        }
        made["tag"] = texts_of(tags);
        return json_object(made);
    }

  private:
    [[nodiscard]] static std::string reference(const std::string& id, const std::string& name) {
        return json_object({{"id", json_text(id)}, {"name", json_text(name)}});
    }
    [[nodiscard]] std::string partner_reference(const fund::partner& partner) const {
        return reference(organisation_of(from_, ids_, partner), partner.name);
    }
    [[nodiscard]] std::string value(const open_commitment& one, std::int64_t minor) const {
        const unit_id& unit = one.row->amount_.unit;
        return json_object(
            {{"amount", open_amount(from_.of, unit, minor)}, {"currency", json_text(unit.value)}});
    }

    [[nodiscard]] std::string parties(const open_commitment& one) const {
        const auto came_back = [](const fund::movement_row* step) {
            return disbursement_sign(*step) < 0;
        };
        const auto went_out = [](const fund::movement_row* step) {
            return disbursement_sign(*step) > 0;
        };
        const bool out = std::any_of(one.steps.begin(), one.steps.end(), went_out);
        const bool back = std::any_of(one.steps.begin(), one.steps.end(), came_back);
        std::vector<std::string> own{"buyer", "procuringEntity", "funder"};
        std::vector<std::string> other{"supplier"};
        if (out) {
            own.emplace_back("payer");
            other.emplace_back("payee");
        }
        if (back) {
            own.emplace_back("payee");
            other.emplace_back("payer");
        }
        std::vector<std::string> made{json_object({{"id", json_text(union_id_)},
                                                   {"name", json_text(union_name_)},
                                                   {"roles", texts_of(own)}})};
        if (one.committed) {
            const fund::partner& partner = one.row->partner;
            json_members party{{"id", json_text(organisation_of(from_, ids_, partner))},
                               {"name", json_text(partner.name)},
                               {"roles", texts_of(other)}};
            if (const json_members known = identifier_of(partner); !known.empty())
                party["identifier"] = json_object(known);
            made.push_back(json_object(party));
        }
        return json_list(made);
    }

    [[nodiscard]] std::string planning(const open_commitment& one) const {
        const fund::commitment_row& row = *one.row;
        return json_object(
            {{"rationale", json_text(open_name(in_, row.purpose, row.id.value))},
             {"budget",
              json_object(
                  {{"id", json_text(row.line.value)},
                   {"description", json_text(open_name(in_, row.line_title, row.line.value))},
                   {"amount", value(one, one.reserved_minor)},
                   {"uri", json_text(in_.address("money/" + row.line.value))}})}});
    }

    [[nodiscard]] std::string award(const open_commitment& one) const {
        const fund::commitment_row& row = *one.row;
        return json_object({{"id", json_text(row.id.value)},
                            {"title", json_text(open_name(in_, row.purpose, row.id.value))},
                            {"status", json_text("active")},
                            {"date", json_text(moment_of(*one.committed))},
                            {"value", value(one, row.amount_.minor)},
                            {"suppliers", json_list({partner_reference(row.partner)})}});
    }

    [[nodiscard]] std::string contract(const open_commitment& one, const std::string& moved) const {
        const fund::commitment_row& row = *one.row;
        const bool done = row.status == fund::commitment_status::done;
        json_members made{{"id", json_text(row.id.value)},
                          {"awardID", json_text(row.id.value)},
                          {"title", json_text(open_name(in_, row.purpose, row.id.value))},
                          {"status", json_text(done ? "terminated" : "active")},
                          {"value", value(one, one.committed_minor)}};
        std::vector<std::string> amendments;
        for (const fund::movement_row* step : one.steps)
            if (step->what == "release")
                amendments.push_back(json_object(
                    {{"id", json_text(step->id)},
                     {"date", json_text(moment_of(step->day))},
                     {"description",
                      json_text(in_.text("money.released") + ": " +
                                open_amount(from_.of, step->amount_.unit, step->amount_.minor) +
                                " " + step->amount_.unit.value)}}));
        if (!amendments.empty()) made["amendments"] = json_list(amendments);
        if (moved != "[]") made["implementation"] = json_object({{"transactions", moved}});
        return json_object(made);
    }

    [[nodiscard]] std::string transactions(const open_commitment& one) const {
        const std::string own = reference(union_id_, union_name_);
        const std::string other = partner_reference(one.row->partner);
        std::vector<std::string> made;
        for (const fund::movement_row* step : one.steps)
            if (const int sign = disbursement_sign(*step); sign != 0)
                made.push_back(json_object(
                    {{"id", json_text(step->what + ":" + step->id)},
                     {"source", json_text(in_.address("journal/" + std::to_string(step->seq)))},
                     {"date", json_text(moment_of(step->day))},
                     {"value", value(one, step->amount_.minor)},
                     {"payer", sign > 0 ? own : other},
                     {"payee", sign > 0 ? other : own}}));
        return json_list(made);
    }

    const setting& in_;
    const open_money& from_;
    const open_ids& ids_;
    const std::string union_id_;
    const std::string union_name_;
};

}  // namespace

std::optional<std::string> ocds_of(const setting& in, const open_money& from, const open_ids& ids) {
    const release_writer writer(in, from, ids);
    std::vector<std::string> releases;
    date last;
    for (const open_commitment& one : commitments_of(from)) {
        releases.push_back(writer.release(one));
        last = std::max(last, one.last);
    }
    if (releases.empty()) return std::nullopt;
    return json_object(
        {{"uri", json_text(in.address("money.ocds.json"))},
         {"version", json_text("1.1")},
         {"publishedDate", json_text(moment_of(last))},
         {"publisher", json_object({{"name", json_text(open_name(in, from.of.name, from.of.id))},
                                    {"uri", json_text(in.site)}})},
         {"releases", json_list(releases)}});
}

}  // namespace veche::documents
