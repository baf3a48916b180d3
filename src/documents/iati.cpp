#include "documents/iati.hpp"

#include <algorithm>
#include <set>

#include "documents/xml.hpp"

namespace veche::documents {
namespace {

using fund::line_row;
using fund::movement_row;

// Codes of the embedded lists of IATI 2.03, by what they mean here.
constexpr const char* incoming_funds = "1";
constexpr const char* outgoing_commitment = "2";
constexpr const char* disbursement = "3";
constexpr const char* expenditure = "4";
constexpr const char* incoming_commitment = "11";
constexpr const char* planned_start = "1";
constexpr const char* actual_start = "2";
constexpr const char* planned_end = "3";
constexpr const char* actual_end = "4";
constexpr const char* funding = "1";
constexpr const char* accountable = "2";
constexpr const char* implementing = "4";
constexpr const char* government = "10";
constexpr const char* multilateral = "40";
constexpr const char* own_vocabulary = "99";

/// What an activity tells of one movement.
struct iati_step {
    const movement_row* from = nullptr;
    std::string type;
    int sign = 1;
    const fund::partner* partner = nullptr;  ///< who got; who gave, where the fund got
};

/// What belongs to one activity.
struct iati_activity {
    const line_row* line = nullptr;  ///< nothing: the fund itself
    std::vector<iati_step> steps;
};

class iati_file {
  public:
    iati_file(const setting& in, const open_money& from, const open_ids& ids)
        : in_(in), from_(from), ids_(ids), union_(organisation_of(from, ids)) {
        for (const auto& one : from.commitments.commitments) partners_[one.id] = &one.partner;
        for (const auto& one : from.contributions.members) members_[one.member] = &one.name;
        for (const auto& one : from.budget.lines)
            if (is_currency(from.of, one.amended.unit)) lines_[one.line].line = &one;
        for (const auto& one : from.movements.movements)
            if (is_currency(from.of, one.amount_.unit)) sort_in(one);
    }

    std::optional<std::string> take() {
        if (lines_.empty() && fund_.steps.empty()) return std::nullopt;
        out_.open("iati-activities", {{"version", "2.03"}});
        write(fund_);
        for (const auto& [id, one] : lines_) write(one);
        out_.close();
        return out_.take();
    }

  private:
    void sort_in(const movement_row& row) {
        iati_step step{&row, {}, 1, nullptr};
        if (row.commitment) step.partner = partners_.at(*row.commitment);
        const std::string& what = row.what;
        if (what == "assess" || what == "reassess" || what == "write_off")
            step.type = incoming_commitment;
        else if (row.member || row.income)
            step.type = incoming_funds;
        else if (what == "commit" || what == "release")
            step.type = outgoing_commitment;
        else if (disbursement_sign(row) != 0)
            step.type = disbursement;
        else if (what == "charge")
            step.type = expenditure;
        if (step.type.empty()) return;
        if (what == "write_off" || what == "correct" || what == "release") step.sign = -1;
        if (step.type == disbursement) step.sign = disbursement_sign(row);
        (row.line ? lines_.at(*row.line) : fund_).steps.push_back(step);
    }

    [[nodiscard]] std::string identifier(const iati_activity& of) const {
        if (of.line == nullptr) return union_ + "-fund";
        return union_ + "-line-" + open_part(of.line->line.value);
    }
    [[nodiscard]] std::string union_name() const {
        return open_name(in_, from_.of.name, from_.of.id);
    }
    [[nodiscard]] std::string member_name(const member_id& id) const {
        const auto known = members_.find(id);
        return known == members_.end() ? id.value : open_name(in_, *known->second, id.value);
    }
    [[nodiscard]] std::string title(const iati_activity& of) const {
        if (of.line != nullptr) return open_name(in_, of.line->title, of.line->line.value);
        return in_.word("open_fund", {{"union", union_name()}});
    }

    void narrated(std::string_view name, const std::string& text, const attributes& with = {}) {
        out_.open(name, with);
        out_.leaf("narrative", text);
        out_.close();
    }

    void write(const iati_activity& of) {
        attributes with{{"xml:lang", in_.lang()}, {"hierarchy", of.line == nullptr ? "1" : "2"}};
        if (of.line != nullptr) with.emplace_back("default-currency", of.line->amended.unit.value);
        if (const auto last = last_day(of))
            with.emplace_back("last-updated-datetime", moment_of(*last));
        out_.open("iati-activity", with);
        out_.leaf("iati-identifier", identifier(of));
        narrated("reporting-org", union_name(), {{"ref", union_}, {"type", multilateral}});
        narrated("title", title(of));
        narrated("description", description(of), {{"type", "1"}});
        write_participants(of);
        out_.empty("activity-status", {{"code", status(of)}});
        write_dates(of);
        narrated("recipient-region", union_name(),
                 {{"code", open_part(from_.of.id)},
                  {"vocabulary", own_vocabulary},
                  {"percentage", "100"}});
        narrated("sector", title(of),
                 {{"vocabulary", own_vocabulary},
                  {"code", of.line == nullptr ? "fund" : open_part(of.line->line.value)},
                  {"percentage", "100"}});
        if (of.line != nullptr) write_budgets(*of.line);
        for (const iati_step& one : of.steps) write(one);
        write_links(of);
        out_.close();
    }

    [[nodiscard]] std::string description(const iati_activity& of) const {
        if (of.line == nullptr) return in_.text("money.lead");
        return in_.word("open_line", {{"line", of.line->line.value},
                                      {"year", std::to_string(of.line->year)},
                                      {"decision", of.line->decision.value}});
    }

    void write_participants(const iati_activity& of) {
        const auto own = [&](const char* role) {
            narrated("participating-org", union_name(),
                     {{"role", role}, {"type", multilateral}, {"ref", union_}});
        };
        if (of.line != nullptr) own(funding);
        std::set<std::string> named;
        for (const iati_step& one : of.steps)
            if (one.from->member && named.insert(one.from->member->value).second)
                narrated("participating-org", member_name(*one.from->member),
                         {{"role", funding}, {"type", government}});
        own(accountable);
        for (const iati_step& one : of.steps)
            if (of.line != nullptr && one.partner != nullptr) {
                const std::string id = organisation_of(from_, ids_, *one.partner);
                if (named.insert(id).second)
                    narrated("participating-org", one.partner->name,
                             {{"role", implementing}, {"ref", id}});
            }
    }

    [[nodiscard]] static std::optional<date> first_day(const iati_activity& of) {
        std::optional<date> day;
        for (const iati_step& one : of.steps)
            day = std::min(day.value_or(one.from->day), one.from->day);
        return day;
    }
    [[nodiscard]] static std::optional<date> last_day(const iati_activity& of) {
        std::optional<date> day;
        for (const iati_step& one : of.steps)
            day = std::max(day.value_or(one.from->day), one.from->day);
        return day;
    }

    /// Of a line: to come, running, over with commitments that run on, over.
    [[nodiscard]] std::string status(const iati_activity& of) const {
        if (of.line == nullptr) return "2";
        const std::int32_t year = civil_of(from_.today).year;
        if (of.line->year > year) return of.steps.empty() ? "1" : "2";
        if (of.line->year == year) return "2";
        return of.line->open.minor > 0 ? "3" : "4";
    }

    void write_dates(const iati_activity& of) {
        const auto write_date = [&](const char* type, date day) {
            out_.empty("activity-date", {{"iso-date", to_text(day)}, {"type", type}});
        };
        const auto first = first_day(of);
        if (of.line != nullptr) write_date(planned_start, date_from({of.line->year, 1, 1}));
        if (of.line == nullptr && !first) write_date(planned_start, earliest_budget());
        if (first) write_date(actual_start, *first);
        if (of.line != nullptr) write_date(planned_end, date_from({of.line->year, 12, 31}));
        if (first && status(of) == "4") write_date(actual_end, *last_day(of));
    }

    /// A fund without a movement has a line.
    [[nodiscard]] date earliest_budget() const {
        std::int32_t year = lines_.begin()->second.line->year;
        for (const auto& [id, one] : lines_) year = std::min(year, one.line->year);
        return date_from({year, 1, 1});
    }

    void write_budgets(const line_row& line) {
        const std::int64_t left = line.amended.minor - line.given.minor;
        write_budget(line, "1", line.original.minor);
        if (left != line.original.minor) write_budget(line, "2", left);
    }

    /// By decision, so committed in the words of the standard (status 2).
    void write_budget(const line_row& line, const char* type, std::int64_t minor) {
        const std::string start = to_text(date_from({line.year, 1, 1}));
        out_.open("budget", {{"type", type}, {"status", "2"}});
        out_.empty("period-start", {{"iso-date", start}});
        out_.empty("period-end", {{"iso-date", to_text(date_from({line.year, 12, 31}))}});
        out_.leaf("value", open_amount(from_.of, line.amended.unit, minor),
                  {{"currency", line.amended.unit.value}, {"value-date", start}});
        out_.close();
    }

    void write(const iati_step& of) {
        const movement_row& row = *of.from;
        std::string ref = row.what + ":" + open_part(row.id);
        if (row.member) ref += ":" + open_part(row.member->value);
        out_.open("transaction", {{"ref", ref}});
        out_.empty("transaction-type", {{"code", of.type}});
        out_.empty("transaction-date", {{"iso-date", to_text(row.day)}});
        out_.leaf("value", open_amount(from_.of, row.amount_.unit, of.sign * row.amount_.minor),
                  {{"currency", row.amount_.unit.value}, {"value-date", to_text(row.day)}});
        narrated("description", in_.text("money.kind." + row.what));
        const bool comes_in = of.type == incoming_funds || of.type == incoming_commitment;
        if (comes_in && row.member)
            narrated("provider-org", member_name(*row.member), {{"type", government}});
        if (comes_in && of.partner != nullptr) write_partner("provider-org", *of.partner);
        if (comes_in)
            narrated("receiver-org", union_name(), {{"ref", union_}, {"type", multilateral}});
        else
            narrated("provider-org", union_name(), {{"ref", union_}, {"type", multilateral}});
        if (!comes_in && of.partner != nullptr) write_partner("receiver-org", *of.partner);
        out_.close();
    }

    void write_partner(std::string_view name, const fund::partner& partner) {
        narrated(name, partner.name, {{"ref", organisation_of(from_, ids_, partner)}});
    }

    void write_links(const iati_activity& of) {
        const std::string page = of.line == nullptr ? "money" : "money/" + of.line->line.value;
        out_.open("document-link", {{"format", "text/html"}, {"url", in_.address(page)}});
        narrated("title", title(of));
        out_.empty("category", {{"code", "A12"}});  // activity web page
        out_.empty("language", {{"code", in_.lang()}});
        out_.close();
        if (of.line != nullptr)
            out_.empty("related-activity", {{"ref", identifier(fund_)}, {"type", "1"}});
        else
            for (const auto& [id, one] : lines_)
                out_.empty("related-activity", {{"ref", identifier(one)}, {"type", "2"}});
    }

    const setting& in_;
    const open_money& from_;
    const open_ids& ids_;
    const std::string union_;
    std::map<member_id, const localized*> members_;  // former ones too
    std::map<fund::commitment_id, const fund::partner*> partners_;
    iati_activity fund_;
    std::map<fund::line_id, iati_activity> lines_;
    xml_writer out_;
};

}  // namespace

std::optional<std::string> iati_of(const setting& in, const open_money& from, const open_ids& ids) {
    return iati_file(in, from, ids).take();
}

}  // namespace veche::documents
