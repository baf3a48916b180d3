// One secret vote: how far it is, who may vote, the board with its trackers, the totals, and how
// anybody checks them. A ballot is encrypted by the voter's own program, or by script in the
// voter's browser; what the voter chose never comes here.

#include "api/pages/acts.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/following.hpp"
#include "api/pages/orders.hpp"
#include "api/pages/reasons.hpp"
#include "api/refusal.hpp"
#include "assembly/views.hpp"
#include "documents/thing_news.hpp"
#include "office/secret_record.hpp"
#include "render/svg.hpp"

namespace veche::api::pages {

namespace {

using namespace assembly;

/// Rows of the board that a page shows; all of them are in the table to download.
constexpr std::size_t shown_rows = 200;

struct option_card {
    secret_option_view option;
    std::vector<order_card> orders;
};
VECHE_VIEW_HERE(option_card, (option, "What can be chosen."), (orders, "What it orders, in words."))

struct secret_page {
    shown<secret_vote_view> vote;
    std::vector<option_card> options;
    render::markup plot;
    std::vector<reason_card> rule_words;
    std::vector<reason_card> reasons;
    std::vector<board_row> board;
    bool more = false;
    std::vector<act> acts;
    std::vector<act> presence_acts;
    std::string address;
    bool may_vote = false;
    std::string key;
};
VECHE_VIEW_HERE(secret_page, (vote, "The vote."), (options, "What can be chosen."),
                (plot, "The totals as a bar."), (rule_words, "Its rule in words."),
                (reasons, "Why the outcome is what it is."), (board, "The latest ballots."),
                (more, "Whether there are more on the board."), (acts, "What the reader may do."),
                (presence_acts, "Seats whose presence must be registered first."),
                (address, "Address of this server, for the program."),
                (may_vote, "Whether the reader has a seat on the roll of an open vote."),
                (key, "Key that signs the journal's checkpoints."))

/// The record as lines, for any verifier. It is made outside the office's lock.
response record_of(visit& here, office::record_part part) {
    office::union_state seen;
    here.context.office.read([&](const office::union_state& s) { seen = s; });
    if (here.context.journal == nullptr) return here.fail({&refusals::page_unknown, {}, {}});
    const auto text =
        office::secret_record(seen, {here.id}, part, [&](std::uint64_t seq) -> result<std::string> {
            auto entries = here.context.journal->entries(seq, 1);
            if (entries.empty()) return refuse(refusals::entry_unknown, {}, std::to_string(seq));
            return std::move(entries.front());
        });
    if (!text) return here.fail(text.error());
    response made;
    made.type = "application/jsonl; charset=utf-8";
    made.body = *text;
    made.add("Access-Control-Allow-Origin", "*");
    return made;
}

/// Of a motion one bar of yes and no; of an election a bar for each candidate, all of one colour.
render::markup totals_bar(const visit& here, const secret_vote_view& vote) {
    std::vector<render::plot_part> parts;
    for (const secret_option_view& o : vote.options) {
        const bool blank = o.id == "blank";
        std::string kind = blank ? "abstain" : vote.election ? "a" : o.id;
        parts.push_back({blank ? here.text("secret.blank") : here.name_of(o.title),
                         o.ballots.value_or(0), std::move(kind), ""});
    }
    const std::string title = here.text("secret.plot_title");
    return vote.election ? render::bars(title, parts) : render::stacked_bar(title, parts);
}

std::vector<act> acts_of(const visit& here, const secret_vote_view& vote) {
    act_list acts(here, "secret-votes/" + vote.id.value);
    const auto preside = office_with(vote.means, "preside", vote.body.id);
    const std::vector<act_field> it{{"vote", vote.id.value}};
    if (vote.status == secret_status::casting)
        acts.button("assembly.close_secret_vote", preside, it);
    if (vote.status == secret_status::preparing || vote.status == secret_status::casting ||
        vote.status == secret_status::decrypting)
        acts.form("assembly.abandon_secret_vote", preside, it);
    return acts.take();
}

response show_vote(visit& here, const shown<secret_vote_view>& vote) {
    secret_page page;
    page.vote = vote;
    for (const secret_option_view& o : vote->options)
        page.options.push_back({o, orders_of(here, o.enactments)});
    if (vote->status == secret_status::decided) {
        page.plot = totals_bar(here, *vote);
        page.reasons = say_lines(here, vote->result->lines);
    }
    page.rule_words = rule_in_words(here, vote->rule.id, vote->body.id);
    page.more = vote->board.size() > shown_rows;
    const std::size_t first = page.more ? vote->board.size() - shown_rows : 0;
    page.board.assign(vote->board.rbegin(),
                      vote->board.rend() - static_cast<std::ptrdiff_t>(first));
    page.acts = acts_of(here, *vote);
    act_list presence(here, "secret-votes/" + vote->id.value);
    for (const own_secret_seat& seat : vote->own) {
        const bool may = vote->status == secret_status::casting && seat.on_roll;
        page.may_vote = page.may_vote || may;
        if (may && seat.must_register)
            presence.button("assembly.register_presence", seat.seat,
                            {{"session", vote->session.value}, {"seat", seat.seat}},
                            here.text("act.present_as", {{"seat", here.name_of(seat.name)}}));
    }
    page.presence_acts = presence.take();
    page.address = here.context.public_url;
    if (here.context.journal != nullptr) page.key = here.context.journal->verifier_key();
    here.above("sessions", here.text("door.sessions"));
    here.above("sessions/" + vote->session.value, here.name_of(vote->session_title));
    offer_follow(here, "vote/" + vote->id.value);
    return here.show("secret_vote", page);
}

response secret_votes(visit& here) {
    here.page.door = "sessions";
    if (here.form == "jsonl") return record_of(here, office::record_part::whole);
    if (here.form == "opening.jsonl") return record_of(here, office::record_part::opening);
    VECHE_SHOW_OR_FAIL(vote, here, here.ask<secret_vote_view>(secret_vote_query{{here.id}}));
    if (here.form == "json") return here.json(*vote);
    if (here.form == "csv") return here.csv(vote->board);
    if (here.form == "atom")
        return atom_feed(here, "secret-vote/" + here.id, here.name_of(vote->title),
                         documents::news_of(setting_of(here), *vote));
    offer_atom(here, "secret-votes/" + here.id);
    return show_vote(here, vote);
}

constexpr page_route secret_routes[] = {{"secret-votes", secret_votes}};
constexpr template_need secret_needs[] = {{"secret_vote", &describe<secret_page>}};

}  // namespace

const page_group secret_pages{secret_routes, secret_needs};

}  // namespace veche::api::pages
