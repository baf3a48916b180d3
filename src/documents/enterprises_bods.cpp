// Joint enterprises, and other organisations whose owners are recorded, as statements of the
// Beneficial Ownership Data Standard 0.4
// (https://standard.openownership.org/en/0.4.0). Rows map so:
//
//   organisation of the register, holder "entity"   entity, registeredEntity
//   holder "state"                                  entity, stateBody
//   holder "persons"                                person, anonymousPerson: nobody is named
//   share exact; from and to; not known             share.exact; minimum and maximum; no share
//
// The id of a statement is a hash of what it says, so that a change makes another statement and the
// same journal the same ids.

#include <map>

#include "documents/json_text.hpp"
#include "documents/register_data.hpp"
#include "kernel/hash.hpp"

namespace veche::documents {
namespace {

using namespace registry;

class statement_writer {
  public:
    statement_writer(const setting& in, const std::vector<batch_row>& organisations, date on)
        : in_(in), on_(to_text(on)) {
        for (const batch_row& row : organisations)
            if (row.organisation) known_[row.organisation->organisation] = &*row.organisation;
    }

    /// Of an enterprise, or of an organisation that no several sides run.
    template <class Record>
    void add(const Record& c) {
        tell_organisation(c.organisation);
        for (std::size_t i = 0; i < c.holders.size(); ++i) add_holder(c, i);
    }
    std::string take() {
        statements_.insert(statements_.end(), relations_.begin(), relations_.end());
        return json_list(statements_) + "\n";
    }

  private:
    static std::string record(const organisation_id& id) { return "organisation/" + id.value; }

    std::string jurisdiction(const std::optional<member_id>& member) const {
        const localized* name =
            member && in_.around.names ? in_.around.names->find("member", member->value) : nullptr;
        if (!name) return {};
        json_fields out;
        return out.text("name", in_.name(*name)).take();
    }

    std::string state(std::string_view subject, std::string_view id, std::string_view type,
                      const json_fields& details, const source_note& source) const {
        const std::string day = source.read ? to_text(*source.read) : on_;
        const std::string said = details.take();
        json_fields from;
        from.list("type", {json::quoted(source.verified == verification::yes ? "thirdParty"
                                                                             : "primaryResearch")});
        from.text("description", source.name);
        if (source.address && source.address->starts_with("http"))
            from.text("url", *source.address);
        json_fields publisher;
        publisher.text("name", in_.name(in_.union_name));
        json_fields published;
        published.text("publicationDate", on_);
        published.text("bodsVersion", "0.4");
        published.raw("publisher", publisher.take());
        json_fields out;
        const std::string about = in_.stamp.origin + "\n" + std::string(id) + "\n" + day + said;
        out.text("statementId", to_hex(sha256(about))).text("statementDate", day);
        out.text("declarationSubject", subject).text("recordId", id).text("recordType", type);
        out.text("recordStatus", "new").raw("recordDetails", said);
        out.raw("source", from.take()).raw("publicationDetails", published.take());
        return out.take();
    }

    /// Once, however many enterprises it is in.
    void tell_organisation(const organisation_id& id) {
        const auto found = known_.find(id);
        if (found == known_.end() || !found->second) return;
        const record_organisation& c = *found->second;
        json_fields details;
        details.raw("isComponent", "false").raw("entityType", R"({"type":"registeredEntity"})");
        details.text("name", in_.name(c.names));
        std::vector<std::string> codes;
        for (const code& one : c.codes) {
            json_fields identifier;
            identifier.text("id", one.value);
            codes.push_back(identifier.text("schemeName", one.scheme).take());
        }
        details.list("identifiers", codes);
        if (c.from && c.from->size() == 10) details.maybe("foundingDate", c.from);
        if (c.until && c.until->size() == 10) details.maybe("dissolutionDate", c.until);
        statements_.push_back(state(record(id), record(id), "entity", details, c.source));
        found->second = nullptr;
    }

    /// The record of the holder; told where nobody else tells it.
    template <class Record>
    std::string tell_holder(const Record& c, std::size_t number) {
        const holder& one = c.holders[number];
        if (one.organisation) {
            tell_organisation(*one.organisation);
            return record(*one.organisation);
        }
        const std::string id = "holder/" + c.organisation.value + "/" + std::to_string(number + 1);
        json_fields details;
        details.raw("isComponent", "false");
        if (one.kind == holder_kind::persons) {
            details.text("personType", "anonymousPerson");
            details.raw("unspecifiedPersonDetails",
                        R"({"reason":"informationUnknownToPublisher"})");
        } else {
            details.raw("entityType", one.kind == holder_kind::state
                                          ? R"({"type":"stateBody"})"
                                          : R"({"type":"registeredEntity"})");
            details.maybe("name", one.name);
            if (const std::string where = jurisdiction(one.member); !where.empty())
                details.raw("jurisdiction", where);
        }
        statements_.push_back(state(record(c.organisation), id,
                                    one.kind == holder_kind::persons ? "person" : "entity", details,
                                    c.source));
        return id;
    }

    /// Per cent as a number of JSON.
    static std::string percent(const std::string& text) {
        const std::int64_t value = read_share(text).value_or(0);  // ten-thousandths
        return degrees_of(static_cast<std::int32_t>(value * 100));
    }

    static std::string interest(const std::optional<share>& held) {
        json_fields out;
        out.text("type", "shareholding");
        out.text("directOrIndirect", "unknown");
        out.raw("beneficialOwnershipOrControl", "false");
        if (!held) return out.text("details", "The share is not known.").take();
        json_fields part;
        if (held->exact) part.raw("exact", percent(*held->exact));
        if (held->low) part.raw("minimum", percent(*held->low));
        if (held->high) part.raw("maximum", percent(*held->high));
        return out.raw("share", part.take()).take();
    }

    template <class Record>
    void add_holder(const Record& c, std::size_t number) {
        const std::string party = tell_holder(c, number);
        json_fields details;
        details.raw("isComponent", "false");
        details.text("subject", record(c.organisation));
        details.text("interestedParty", party);
        details.list("interests", {interest(c.holders[number].held)});
        relations_.push_back(
            state(record(c.organisation),
                  "holding/" + c.organisation.value + "/" + std::to_string(number + 1),
                  "relationship", details, c.source));
    }

    const setting& in_;
    std::string on_;
    std::map<organisation_id, const record_organisation*> known_;
    std::vector<std::string> statements_;
    std::vector<std::string> relations_;
};

}  // namespace

std::string enterprises_bods(const setting& in, const std::vector<batch_row>& organisations,
                             const std::vector<batch_row>& enterprises, date on) {
    return holders_bods(in, organisations, enterprises, {}, on);
}

std::string holders_bods(const setting& in, const std::vector<batch_row>& organisations,
                         const std::vector<batch_row>& enterprises,
                         const std::vector<record_owners>& owners, date on) {
    statement_writer out(in, organisations, on);
    for (const batch_row& one : enterprises)
        if (one.enterprise) out.add(*one.enterprise);
    for (const record_owners& one : owners) out.add(one);
    return out.take();
}

}  // namespace veche::documents
