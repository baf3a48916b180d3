#include "documents/akoma_parts.hpp"

#include "documents/vote_words.hpp"

namespace veche::documents {
namespace {

using charter::ballot;
using namespace assembly;

/// What is counted; split votes only where there are some.
std::vector<ballot> counted(const vote_view& vote) {
    std::vector<ballot> all{ballot::yes, ballot::no, ballot::abstain, ballot::absent};
    if (vote.counts.split) all.push_back(ballot::split);
    return all;
}

std::int32_t count_of(const ballot_counts& counts, ballot what) {
    switch (what) {
        case ballot::yes:
            return counts.yes;
        case ballot::no:
            return counts.no;
        case ballot::abstain:
            return counts.abstain;
        case ballot::absent:
            return counts.absent;
        case ballot::excluded:
            return counts.aside;
        case ballot::split:
            return counts.split.value_or(0);
    }
    return 0;
}

std::string word_of(ballot what) {
    return std::string(name_of(what));
}

std::string vote_eid(const vote_view& vote) {
    return "voting-" + eid_part(vote.id.value);
}

}  // namespace

std::string eid_part(std::string_view id) {
    std::string out(id);
    for (char& c : out)
        if (c == '/' || c == '.') c = '-';
    return out;
}

akoma::akoma(const setting& in, std::string_view kind, std::string number, date day)
    : in_(in), kind_(kind), number_(std::move(number)), day_(day) {
    refer("TLCOrganization", "organization", "veche", "Veche");
}

std::string akoma::refer(std::string_view element, std::string_view kind, std::string_view id,
                         std::string name) {
    const std::string eid = std::string(kind) + "-" + eid_part(id);
    references_.try_emplace(
        eid, referred{element, "/ontology/" + std::string(kind) + "/" + std::string(id),
                      name.empty() ? std::string(id) : std::move(name)});
    return eid;
}

void akoma::refer_voters(const vote_view& vote) {
    refer("TLCOrganization", "body", vote.body.id.value, in_.name(vote.body.name));
    for (const ballot one : counted(vote))
        refer("TLCConcept", "ballot", word_of(one), in_.choice(one));
    if (vote.result) {
        const auto outcome = vote.result->outcome;
        refer("TLCConcept", "outcome", std::string(name_of(outcome)), in_.choice(outcome));
    }
    for (const delegation_view& delegation : vote.delegations) {
        if (delegation.member)
            refer("TLCOrganization", "member", delegation.member->value, in_.name(delegation.name));
        for (const seat_ballot_view& seat : delegation.seats) {
            refer("TLCRole", "seat", seat.seat, in_.name(seat.name));
            if (seat.holder)
                refer("TLCPerson", "person", seat.holder->value, in_.name(seat.holder_title));
        }
    }
}

std::string akoma::work() const {
    const std::string host = in_.stamp.origin.substr(0, in_.stamp.origin.find('/'));
    return "/akn/un/" + kind_ + "/" + host + "/" + to_text(day_) + "/" + eid_part(number_);
}

/// ISO 639-2, as the naming convention of the standard wants it.
std::string akoma::language() const {
    static const std::map<std::string, std::string, std::less<>> known{
        {"en", "eng"}, {"ru", "rus"}, {"be", "bel"}};
    const auto found = known.find(in_.lang());
    return found == known.end() ? in_.lang() : found->second;
}

void akoma::level(std::string_view name, const std::string& suffix, const std::string& author) {
    const bool manifestation = name == "FRBRManifestation";
    const std::string end = manifestation ? ".xml" : "";
    out.open(name);
    out.empty("FRBRthis", {{"value", work() + suffix + "/!main" + end}});
    out.empty("FRBRuri", {{"value", work() + suffix + end}});
    out.empty("FRBRdate",
              {{"date", to_text(day_)}, {"name", kind_ == "act" ? "adoption" : "sitting"}});
    out.empty("FRBRauthor", {{"href", "#" + author}});
    if (name == "FRBRWork") {
        out.empty("FRBRcountry", {{"value", "un"}});
        out.empty("FRBRnumber", {{"value", number_}});
    }
    if (name == "FRBRExpression") out.empty("FRBRlanguage", {{"language", language()}});
    if (manifestation) out.empty("FRBRformat", {{"value", "application/akn+xml"}});
    out.close();
}

void akoma::begin(const std::string& author) {
    out.open("akomaNtoso", {{"xmlns", "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}});
    out.open(kind_, {{"name", kind_ == "act" ? "decision" : "minutes"}});
    out.open("meta");
    out.open("identification", {{"source", "#organization-veche"}});
    const std::string expression = "/" + language() + "@" + to_text(day_);
    level("FRBRWork", "", author);
    level("FRBRExpression", expression, author);
    level("FRBRManifestation", expression, "organization-veche");
    out.close();
}

void akoma::voting(const vote_view& vote) {
    attributes with{{"eId", vote_eid(vote)}};
    if (vote.result) {
        const auto outcome = vote.result->outcome;
        with.emplace_back("outcome", "#outcome-" + std::string(name_of(outcome)));
    }
    with.emplace_back("href", "#motion-" + eid_part(vote.motion.value));
    out.open("voting", with);
    for (const ballot one : counted(vote))
        out.empty("count", {{"eId", vote_eid(vote) + "__count-" + word_of(one)},
                            {"value", std::to_string(count_of(vote.counts, one))},
                            {"refersTo", "#ballot-" + word_of(one)}});
    out.close();
}

void akoma::end_meta(const document& stamped) {
    out.open("references", {{"source", "#organization-veche"}});
    for (const auto& [eid, one] : references_)
        out.empty(one.element, {{"eId", eid}, {"href", one.href}, {"showAs", one.name}});
    out.close();
    out.open("proprietary", {{"source", "#organization-veche"}});
    std::string entries;
    for (const std::int64_t one : stamped.entries)
        entries += (entries.empty() ? "" : " ") + std::to_string(one);
    out.empty("record", {{"xmlns", "urn:veche:record:1"},
                         {"journal", in_.stamp.origin},
                         {"size", std::to_string(in_.stamp.size)},
                         {"root", in_.stamp.root},
                         {"entries", entries},
                         {"address", stamped.address}});
    out.close();
    out.close();
}

void akoma::roll(const vote_view& vote) {
    if (vote.secret) paragraph(in_.text("secret.was_secret"));
    if (!vote.secret && vote.delegations.empty()) paragraph(in_.text("casting.no_names"));
    for (const delegation_view& delegation : vote.delegations)
        for (const seat_ballot_view& seat : delegation.seats) {
            const std::string who = seat.name.empty() ? seat.seat : in_.name(seat.name);
            const std::string said = ballot_text(in_, seat);
            if (!seat.holder) {
                paragraph(who + ": " + said);
                continue;
            }
            attributes with{{"by", "#person-" + eid_part(seat.holder->value)},
                            {"as", "#seat-" + eid_part(seat.seat)}};
            if (seat.ballot != ballot::excluded)
                with.emplace_back("choice",
                                  "#" + vote_eid(vote) + "__count-" + word_of(seat.ballot));
            out.open("p");
            out.text(who + " (" + seat.holder->value + "): ");
            out.leaf("vote", said, with);
            out.close();
        }
}

}  // namespace veche::documents
