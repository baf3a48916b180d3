#pragma once
// The charter as data. One document describes a union: `unions/*.toml` read by toml.hpp becomes a
// charter_document, the body of the founding entry; later documents of the same shape amend it
// (put by id, remove by id), only by decision. `state` is the charter in force with its indices.
//
// Reading order: unit, language, member, body, seat, office, rule, mandate, document, state.

#include <map>
#include <memory>

#include "charter/prevention_rules.hpp"
#include "charter/procedure.hpp"
#include "charter/rule.hpp"
#include "charter/vote_procedure.hpp"
#include "charter/witness_policy.hpp"
#include "kernel/message.hpp"

namespace veche::charter {

enum class unit_kind : std::uint8_t { money, count };
VECHE_CHOICES(unit_kind, money, count)

/// A unit of the ledger: a currency, study places, vaccine doses.
struct unit {
    unit_id id;  ///< "RUB", "PLACE"
    localized name;
    unit_kind kind = unit_kind::money;
    std::int32_t scale = 0;  ///< decimal places of the minor unit: 2 for kopecks
};
VECHE_FIELDS(unit, (id, "Code of the unit."), (name, "Name by language."),
             (kind, "Money, or things that are counted."),
             (scale, "Decimal places of its minor unit."))

struct language {
    std::string id;    ///< BCP 47 tag: "ru"
    std::string name;  ///< in the language itself: "русский"
};
VECHE_FIELDS(language, (id, "Language tag."), (name, "The language's own name."))

/// A weight from a date on: population, votes, share of money.
struct weight {
    std::string name;  ///< "pop"; used by rules as {"sel":..,"w":"pop"}
    date from;
    std::int64_t value = 0;
};
VECHE_FIELDS(weight, (name, "Name by which rules use it."), (from, "First day it holds."),
             (value, "The weight."))

struct member {
    member_id id;
    localized name;
    date from;
    std::optional<date> until;
    std::vector<weight> weights;
    std::string source;
    std::optional<unit_id> currency{};  ///< of its own; forecasts are told in it too
};
VECHE_FIELDS(member, (id, "Id of the member."), (name, "Name by language."),
             (from, "First day of membership."), (until, "Last day of membership."),
             (weights, "Weights, each valid from a date."),
             (source, "Where the figures come from."),
             (currency, "The member's own currency, a unit of the charter."))

struct body {
    body_id id;
    localized name;
    localized about;
    std::string kind;               ///< highest, executive, parliament, secretariat, audit, court
    std::optional<body_id> parent;  ///< where a matter goes that this body leaves overdue
    bloc_mode blocs = bloc_mode::none;
    std::vector<std::string> rules;  ///< rules it may decide under; the first is the default
    std::vector<std::string>
        enacts;  ///< command types it may order: "programme.add_measure", "fund.*"
    std::optional<std::int32_t> escalate_days;  ///< days overdue after which the parent is seized
    std::vector<std::int32_t> remind_days;      ///< days before the last day of what it owes
    std::optional<motion_procedure> motions;    ///< how its motions are amended and decided
    std::optional<session_procedure> sessions;  ///< how its sessions are called
    std::optional<act_procedure> acts;          ///< how its acts are signed and enter into force
    std::optional<secret_procedure> secret;     ///< its secret votes; none where empty
    std::optional<vote_procedure> votes;        ///< ways of voting besides single ballots
    std::optional<barrier_procedure> barriers;  ///< days of the register of barriers it keeps
    std::optional<prevention_procedure> prevention;  ///< the register of measures it keeps
    bool invented = false;  ///< not a real institution or not sourced: pages say so
    std::string source;
};
VECHE_FIELDS(body, (id, "Id of the body."), (name, "Name by language."), (about, "What it is."),
             (kind, "Kind of body."), (parent, "The body above it."),
             (blocs, "How the ballots of one member's seats become one."),
             (rules, "Rules it may decide under, the default first."),
             (enacts, "Commands that its decisions may order."),
             (escalate_days, "Days overdue after which the body above is seized."),
             (remind_days, "Days before a last day on which it is reminded."),
             (motions, "How its motions are amended and decided."),
             (sessions, "How its sessions are called."),
             (acts, "How its acts are signed and enter into force."),
             (secret, "How it votes in secret; it does not where nothing is said."),
             (votes, "Ways of voting besides a ballot by each holder of a seat."),
             (barriers, "Days of the steps of a barrier, where it keeps their register."),
             (prevention, "What contradicts what, where it keeps the register of measures."),
             (invented, "Whether it is invented for the example."),
             (source, "Where the description comes from."))

/// One vote, or a row of like votes (count > 1 makes seats id-1 .. id-count).
struct seat {
    std::string id;
    body_id body;
    std::optional<member_id> member;  ///< gives the seat its group "st" and its member's weights
    std::optional<std::int32_t> count;
    localized name;
};
VECHE_FIELDS(seat, (id, "Id of the seat, or its prefix where there are several."),
             (body, "The body it votes in."), (member, "The member it stands for."),
             (count, "How many such seats, numbered from 1."), (name, "Title of its holder."))

/// A post with powers. Powers: convene, agenda, papers, table, preside, measures, report, mandates,
/// accounts, money, commit, certify, pay, audit. A power holds in the office's body and in `over`.
inline constexpr std::string_view powers[] = {
    "convene",  "agenda",   "papers", "table",  "preside", "measures", "report",
    "mandates", "accounts", "money",  "commit", "certify", "pay",      "audit"};
struct office {
    office_id id;
    body_id body;
    std::optional<member_id> member;
    localized name;
    std::vector<std::string> powers;
    std::vector<body_id> over;  ///< further bodies in which the powers hold
};
VECHE_FIELDS(office, (id, "Id of the office."), (body, "The body it belongs to."),
             (member, "The member it stands for."), (name, "Title."), (powers, "What it may do."),
             (over, "Further bodies in which it may do so."))

/// A decision rule with its legal source; `mark` says honestly whether the text was read.
enum class source_mark : std::uint8_t { read, memory, illustrative, config };
VECHE_CHOICES(source_mark, read, memory, illustrative, config)

struct decision_rule {
    std::string id;
    localized name;
    json::raw_json rule;  ///< the rule language of rule.hpp, JSON form
    std::string source;
    source_mark mark = source_mark::config;
    bool operator==(const decision_rule&) const = default;
};
VECHE_FIELDS(decision_rule, (id, "Id of the rule."), (name, "Name by language."),
             (rule, "The rule, in the language of rules."), (source, "Legal source."),
             (mark, "Whether that source was read."))

/// A person is a pseudonym on the journal: an id and a title, never a private name.
struct mandate {
    std::string id;
    person_id person;
    std::optional<std::string> seat;  ///< expanded seat id
    std::optional<office_id> office;
    date from;
    std::optional<date> until;
};
VECHE_FIELDS(mandate, (id, "Id of the mandate."), (person, "Who holds it."),
             (seat, "The seat held."), (office, "The office held."), (from, "First day."),
             (until, "Last day."))

/// Who may change the charter, and under which rule.
struct amendment_rule {
    body_id body;
    std::string rule;
};
VECHE_FIELDS(amendment_rule, (body, "The body that amends the charter."),
             (rule, "The rule under which it does."))

/// Identifiers of the union that registers of open data gave out. What is left out is invented
/// where a file needs it (documents/open_money.hpp).
struct open_data_ids {
    std::optional<std::string> iati_org;
    std::optional<std::string> ocid_prefix;
    std::optional<std::string> giving_prefix;
};
VECHE_FIELDS(open_data_ids, (iati_org, "Organisation identifier, as in XM-DAC-41114."),
             (ocid_prefix, "Prefix of contracting processes, as in ocds-213czf."),
             (giving_prefix, "Prefix of grants, as in 360G-example."))

struct charter_document {
    std::string id;  ///< "union-state"
    localized name;
    localized note;  ///< shown on every page: what in this deployment is invented
    std::optional<amendment_rule> amendment;
    std::vector<std::string>
        unsigned_types;  ///< command types a keyless actor may send unsigned; "*" = all
    std::optional<std::string> zone;  ///< IANA zone of the seat, for showing times
    std::vector<unit> units;
    std::vector<language> languages;
    std::vector<member> members;
    std::vector<body> bodies;
    std::vector<seat> seats;
    std::vector<office> offices;
    std::vector<decision_rule> rules;
    std::vector<mandate> mandates;
    std::optional<open_data_ids> open_data;
    std::optional<witness_policy> witnesses;  ///< of the journal; without it nobody is asked
};
VECHE_FIELDS(charter_document, (id, "Id of the union."), (name, "Name of the union by language."),
             (note, "What pages say about this deployment."),
             (amendment, "Who may change the charter, and how."),
             (unsigned_types, "Commands that an actor without a key may send unsigned."),
             (zone, "Time zone of the seat."), (units, "Units of the ledger."),
             (languages, "Languages."), (members, "Members."), (bodies, "Bodies."),
             (seats, "Seats."), (offices, "Offices."), (rules, "Decision rules."),
             (mandates, "Mandates."),
             (open_data, "Identifiers in registers of open data, where it has any."),
             (witnesses, "Who witnesses the journal, and how many of them must."))

/// Names an entry of one of the document's tables.
struct table_entry {
    std::string table;  ///< "members", "bodies", "seats", "offices", "rules", "units", "mandates"
    std::string id;
};
VECHE_FIELDS(table_entry, (table, "Table of the charter."), (id, "Id of the entry in it."))

/// One voter of a body on a day, expanded from a seat.
struct elector {
    std::string seat;
    member_id member;                             ///< empty where the seat stands for no member
    person_id holder;                             ///< empty where vacant
    std::map<std::string, std::int64_t> weights;  ///< of that day; "count" is implied
    bool operator==(const elector&) const = default;
};

/// Electors as the rule language sees them: the seat is the voter, "st" its member.
std::vector<voter> voters_of(std::span<const elector>);

/// The charter in force. A value: copying is cheap (tables are shared until changed).
class state {
  public:
    [[nodiscard]] bool founded() const { return document_ != nullptr; }
    /// Only of a union that is founded.
    [[nodiscard]] const charter_document& document() const;

    [[nodiscard]] const body* find_body(const body_id&) const;
    [[nodiscard]] const member* find_member(const member_id&) const;
    [[nodiscard]] const office* find_office(const office_id&) const;
    [[nodiscard]] const decision_rule* find_rule(std::string_view id) const;
    [[nodiscard]] const unit* find_unit(const unit_id&) const;
    [[nodiscard]] const mandate* find_mandate(std::string_view id) const;
    /// The row of a seat by its expanded id.
    [[nodiscard]] const seat* find_seat(std::string_view expanded) const;
    /// The parsed rule; present for every rule of the charter (it was checked on the way in).
    [[nodiscard]] const rule* parsed_rule(std::string_view id) const;

    /// Voters of a body on a day, in the order of the charter.
    [[nodiscard]] std::vector<elector> electorate(const body_id&, date on) const;
    /// The same, found once for a body and a day however often it is asked for.
    using electors = std::shared_ptr<const std::vector<elector>>;
    [[nodiscard]] electors kept_electorate(const body_id&, date on) const;
    /// Whether the person holds the seat (expanded id) on that day.
    [[nodiscard]] bool holds_seat(const person_id&, std::string_view seat, date on) const;
    [[nodiscard]] bool holds_office(const person_id&, const office_id&, date on) const;
    /// Seats (expanded ids) the person holds in the body on that day.
    [[nodiscard]] std::vector<std::string> seats_of(const person_id&, const body_id&,
                                                    date on) const;
    [[nodiscard]] std::vector<const office*> offices_of(const person_id&, date on) const;
    /// Every person who ever held a mandate, with a title made from its seat or office.
    [[nodiscard]] std::vector<std::pair<person_id, localized>> persons() const;
    /// Empty for persons who never held a mandate.
    [[nodiscard]] localized title_of(const person_id&) const;
    /// Name of a seat by its expanded id, with its number where there are several.
    [[nodiscard]] localized name_of_seat(std::string_view expanded) const;

    /// Total on documents that `check` let pass.
    void found(const charter_document&);
    void put(const charter_document& changes, const std::vector<table_entry>& removals);
    void put(const mandate&);

    /// As bytes (kernel/value_bytes.hpp): the document alone, all else follows from it.
    template <class Out>
    void spell(Out& out) const {
        out.put(document_);
    }
    template <class In>
    static state rebuild(In& in) {
        state made;
        if (const auto document = in.template get<std::shared_ptr<const charter_document>>())
            made.found(*document);
        return made;
    }

  private:
    std::shared_ptr<const charter_document> document_;
    struct index;
    std::shared_ptr<const index> index_;
};

/// Everything that must hold of a document before it is founded or after an amendment: ids unique,
/// references exist, weights known to the rules that use them, rules proper (rule.hpp, law 10).
result<void> check(const charter_document&);
/// What an amendment must leave alone, whatever its contents: the union's id, kinds and scales of
/// units, the rows that history refers to (members, bodies, units).
result<void> check_amendment(const charter_document& now, const charter_document& changes,
                             const std::vector<table_entry>& removals);
/// The document that an amendment would leave: rows are put by id, removed by id; any other part
/// that the changes name replaces what stood there.
charter_document amended(const charter_document& now, const charter_document& changes,
                         const std::vector<table_entry>& removals);

/// The one gate of authority. Succeeds if the context carries a decision of a body that may order
/// `command_type`, or if the actor, under ctx.auth, holds an office with `power` over `body` on
/// that day.
result<void> require(const state&, const context&, std::string_view power, const body_id& body,
                     std::string_view command_type);

}  // namespace veche::charter
