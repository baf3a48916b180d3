// The reader's credentials for secret votes: for each seat the public part that is registered. The
// secret is made and kept in the reader's browser, or by the program; no page takes it.

#include "api/pages/visit.hpp"
#include "api/urlencoded.hpp"

namespace veche::api::pages {

namespace {

struct voter_seat {
    std::string seat;
    localized name;
    localized body_name;
    std::string credential;
    std::int64_t seq = 0;
};
VECHE_VIEW_HERE(voter_seat, (seat, "The seat."), (name, "Title of the seat."),
                (body_name, "The body it belongs to."),
                (credential, "Public part registered by this holder; empty where there is none."),
                (seq, "Journal entry that registered it."))

struct voter_page {
    std::vector<voter_seat> seats;
    std::string address;
};
VECHE_VIEW_HERE(voter_page, (seats, "Seats of the reader in bodies that hold secret votes."),
                (address, "Address of this server, for the program."))

std::vector<voter_seat> seats_of(const visit& here) {
    std::vector<voter_seat> out;
    const person_id reader{here.context.person};
    for (const charter::body& body : here.charter.document().bodies) {
        if (!body.secret) continue;
        for (const std::string& seat :
             here.charter.seats_of(reader, body.id, date_of(here.context.now))) {
            const localized* name = here.names.find("seat", seat);
            out.push_back({seat, name == nullptr ? localized{} : *name, body.name, {}, 0});
        }
    }
    here.context.office.read([&](const office::union_state& now) {
        for (voter_seat& one : out)
            if (const auto* known = now.assembly.credentials.find(one.seat);
                known != nullptr && known->holder == reader) {
                one.credential = to_hex(known->credential.bytes);
                one.seq = static_cast<std::int64_t>(known->seq);
            }
    });
    return out;
}

response voter(visit& here) {
    here.page.door = "sessions";
    if (here.context.person.empty())
        return here.redirect(here.link("login?back=" + percent_encode(here.page.address)));
    const voter_page page{seats_of(here), here.context.public_url};
    if (here.form == "json") return here.json(page.seats);
    here.above("me", here.text("page.my_page"));
    return here.show("voter", page);
}

constexpr page_route voter_routes[] = {{"voter", voter}};
constexpr template_need voter_needs[] = {{"voter", &describe<voter_page>}};

}  // namespace

const page_group voter_pages{voter_routes, voter_needs};

}  // namespace veche::api::pages
