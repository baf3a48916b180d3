#pragma once
// The fund's money as open formats tell it (IATI, 360Giving, OCDS): what those three share.
//
// They know currencies only. Study places, doses and money outside ISO 4217 are no values in them
// and are left out, with the lines and commitments that are kept in them.

#include <map>

#include "charter/views.hpp"
#include "documents/setting.hpp"
#include "fund/views.hpp"

namespace veche::documents {

/// What such a file is made from: public views of the same moment.
struct open_money {
    charter::union_view of;
    fund::contributions_view contributions;
    fund::budget_view budget;  ///< of all years
    fund::commitments_view commitments;
    fund::movements_view movements;
    date today;  ///< tells which budget years have begun and ended
};

/// Identifiers for which the standards keep registers; the charter names those that the union has
/// (`open_data`). The others are invented, valid in form, and to be replaced before a file is
/// registered anywhere. "XM-VECHE" is on no list of agencies (org-id.guide), "ocds-aaaaaa" and
/// "360G-example" are nobody's prefixes.
struct open_ids {
    std::optional<std::string> organisation{};  ///< without one "XM-VECHE-" and the union's id
    std::string ocid_prefix = "ocds-aaaaaa";  ///< open-contracting.org gives one to each publisher
    std::string grant_prefix =
        "360G-example";  ///< threesixtygiving.org gives one to each publisher
};
open_ids open_ids_of(const charter::union_view&);

/// Money by the charter, with a code that is in ISO 4217 and in the lists of all three standards.
bool is_currency(const charter::union_view&, const unit_id&);
/// "1234.50": the exact decimal number, in the places of the unit.
std::string open_amount(const charter::union_view&, const unit_id&, std::int64_t minor);

/// "XM-VECHE-union-state"
std::string organisation_of(const open_money&, const open_ids&);
/// The partner's registration, "RU-INN-7707083893"; where it has none, one under the union, made
/// from the SHA-256 of its name so that it stays the same from file to file.
std::string organisation_of(const open_money&, const open_ids&, const fund::partner&);
/// Name of the union, of a line or a purpose; the id where there is none in any language.
std::string open_name(const setting&, const localized&, const std::string& id);
/// The id as part of a larger one: IATI allows no slash, and no id of ours holds a colon.
std::string open_part(std::string id);

/// A reservation or commitment in a currency with its steps, the first first.
struct open_commitment {
    const fund::commitment_row* row = nullptr;
    date reserved;  ///< day on which the money was first bound
    std::int64_t reserved_minor = 0;
    std::optional<date> committed;  ///< nothing where it is only reserved
    date last;                      ///< day of its latest step
    std::int64_t last_seq = 0;
    std::int64_t committed_minor = 0;  ///< less what was released
    std::int64_t disbursed_minor = 0;  ///< payments and advances, less refunds and recoveries
    std::vector<const fund::movement_row*> steps;
};

/// What is reserved or committed now, by the day on which it was bound; what was voided or expired
/// was never awarded to anybody and is left out. The rows stay those of `open_money`.
std::vector<open_commitment> commitments_of(const open_money&);

/// Money that left the bank for a partner: +1; that came back from one: -1; any other step: 0.
int disbursement_sign(const fund::movement_row&);

/// Whether there is anything to put into a file: contributions or a line; a commitment.
bool tells_budget(const charter::union_view&, const fund::budget_view&,
                  const fund::contributions_view&);
bool tells_commitments(const charter::union_view&, const fund::commitments_view&);

/// A JSON object whose members may come in any order; values are JSON texts.
using json_members = std::map<std::string, std::string>;
std::string json_object(const json_members&);
std::string json_list(const std::vector<std::string>&);
std::string json_text(std::string_view);
/// The beginning of the day, as a moment that JSON Schema calls date-time.
std::string moment_of(date);

}  // namespace veche::documents
