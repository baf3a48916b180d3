#pragma once
// What the pages of calls show of something divided over parties.

#include "api/pages/acts.hpp"
#include "api/pages/visit.hpp"
#include "calls/views.hpp"

namespace veche::api::pages {

/// One party in the table. Figures are words; those that do not apply are empty.
struct party_line {
    std::string name;
    std::string href;
    std::string within;
    std::string weight;
    std::string bounds;
    std::string claim;
    bool stated = false;
    std::string exact;
    std::string units;
    std::string source;
    std::string link;
};
VECHE_VIEW(party_line, (name, "The party."), (href, "Its page."), (within, "Its member and group."),
           (weight, "Its weight."), (bounds, "What it gets at least and at most."),
           (claim, "What it claims."), (stated, "Whether its office has stated the claim."),
           (exact, "Its exact share."), (units, "What it gets."),
           (source, "Where its figures come from."), (link, "Address of that source."))

/// How something is divided, over whom, and what came of it.
struct shares_card {
    std::string amount;
    bool has_weights = false;
    bool has_bounds = false;
    bool has_claims = false;
    bool has_exact = false;
    bool has_units = false;
    bool has_sources = false;
    std::vector<std::string> rule;
    std::vector<std::string> worked;
    std::vector<party_line> parties;
    std::vector<party_line> groups;
    std::int64_t rows = 0;
    std::string left;
    std::optional<instant> at;
    std::optional<std::int64_t> seq;
    std::string result_root;
    std::string certificate;
    std::string seed;
};
VECHE_VIEW(shares_card, (amount, "What is divided."),
           (has_weights, "Whether parties have weights."),
           (has_bounds, "Whether some have a minimum or a maximum."),
           (has_claims, "Whether parties claim something."),
           (has_exact, "Whether exact shares are known."), (has_units, "Whether it is shared out."),
           (has_sources, "Whether sources are named."), (rule, "The rule in sentences."),
           (worked, "The figures of this call in sentences."), (parties, "Party by party."),
           (groups, "Group by group."), (rows, "How many parties."),
           (left, "What nobody claims; empty where nothing is left."),
           (at, "When it was shared out."), (seq, "Entry of that."),
           (result_root, "Root of the result."), (certificate, "Hash of the certificate."),
           (seed, "Seed of the lots, where lots were drawn."))

/// `made` is what the call came to, or would come to; nothing where that is not known.
shares_card shares_card_of(const visit&, const calls::call_view&, const calls::shares_view&,
                           const std::optional<calls::shared_out>& made);

/// Statements of claims that the reader may make, of all parties or of one.
void add_claim_acts(const visit&, const calls::call_view&, const calls::shares_view&,
                    const std::optional<calls::party_id>& only, std::vector<act>& into);

}  // namespace veche::api::pages
