// Reporting a barrier without an account. The secret of the link is made here, shown once and kept
// nowhere: its hash is the seed of the key that signs what the reporter says later.

#include "api/pages/barrier_reports.hpp"

#include <algorithm>

#include "api/multipart.hpp"
#include "api/refusal.hpp"
#include "api/secrets.hpp"
#include "api/uuid.hpp"
#include "barriers/refusal.hpp"
#include "barriers/views.hpp"
#include "journal/signed_note.hpp"
#include "kernel/hash.hpp"
#include "kernel/text.hpp"
#include "people/state.hpp"

namespace veche::api::pages {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t most_text_bytes = 12'000;

struct report_page {
    bool closed = false;
    std::string fault;
    std::vector<choice_option> classes;
    std::vector<choice_option> members;
    std::string draft;
    std::string text;
    std::string contact;
};
VECHE_FIELDS(report_page, (closed, "Whether nobody here can take a report."),
             (fault, "What is wrong."), (classes, "What it may be about."),
             (members, "Members to choose from."), (draft, "The draft on which it is a comment."),
             (text, "What was written."), (contact, "How the reporter is reached."))

struct sent_page {
    std::string number;
    std::string link;
    std::string secret;
};
VECHE_FIELDS(sent_page, (number, "Number of the report."), (link, "The secret link."),
             (secret, "Its secret."))

struct mine_page {
    std::string fault;
    std::string secret;
    shown<barriers::report_view> report;
    std::optional<barriers::barrier_row> row;
    std::string clock;
    std::vector<choice_option> words;
    std::optional<std::int64_t> said;
};
VECHE_FIELDS(mine_page, (fault, "What is wrong."), (secret, "The secret, to be sent again."),
             (report, "The report."), (row, "The case that stands for it."),
             (clock, "Days left or late, in words."), (words, "What may be said now."),
             (said, "Entry of what was said just now."))

/// Who receives reports on this server: the first office of the charter with the power whose holder
/// has no key, since nobody is there to sign.
struct receiver {
    person_id person;
    office_id office;
    body_id body;
};

std::optional<receiver> receiver_of(const visit& here) {
    const date today = date_of(here.context.now);
    std::optional<receiver> out;
    here.context.office.read([&](const office::state& s) {
        for (const charter::mandate& one : s.charter.document().mandates) {
            if (out || !one.office || !s.charter.holds_office(one.person, *one.office, today))
                continue;
            const charter::office* held = s.charter.find_office(*one.office);
            const auto& powers = held->powers;
            if (std::find(powers.begin(), powers.end(), "barriers") == powers.end()) continue;
            if (people::active_keys(s.people, one.person, here.context.now).empty())
                out = receiver{one.person, held->id, held->body};
        }
    });
    return out;
}

template <class Command>
result<office::receipt> pass_on(const visit& here, const receiver& by, const Command& command) {
    return here.context.office.submit_unsigned(Command::wire.type, to_json(command), by.person,
                                               by.office.value, make_uuid7(here.context.now.ms));
}

result<seal_ref> seal_words(const visit& here, const std::string& text, std::string_view name) {
    return here.context.sealed->keep(text, "text/plain", name, sealed_class::personal);
}

template <class Enum>
std::optional<Enum> enum_sent(std::string_view sent) {
    const auto names = describe<Enum>().choices;
    const auto there = std::find(names.begin(), names.end(), sent);
    if (there == names.end()) return std::nullopt;
    return static_cast<Enum>(there - names.begin());
}

report_page form_of(const visit& here, const form* sent) {
    const auto value = [&](std::string_view name) {
        return std::string(sent ? sent->value(name) : here.asked.query_value(name));
    };
    report_page page;
    page.closed = here.context.sealed == nullptr || !receiver_of(here);
    for (const std::string_view name : describe<barriers::barrier_class>().choices)
        if (name != "none")
            page.classes.push_back({std::string(name),
                                    here.text("choice.barrier_class." + std::string(name)),
                                    value("class") == name});
    page.members = member_options(here, value("member"));
    page.draft = value("draft");
    if (!is_identifier(page.draft)) page.draft.clear();
    if (sent) {
        page.text = value("text");
        page.contact = value("contact");
    }
    return page;
}

response show_report_fault(visit& here, report_page page, std::string fault) {
    page.fault = std::move(fault);
    here.page.failed = true;
    return here.show("barrier_report", page, 422);
}

/// What is sealed: the words as they came, and how to reach who wrote them.
std::string sealed_words(const form& sent) {
    std::string out(sent.value("text"));
    const std::string_view contact = text::trim(sent.value("contact"), " \t\r\n");
    if (!contact.empty()) out += "\n\n@ " + std::string(contact);
    return out;
}

std::string link_of(const visit& here, const std::string& secret) {
    return here.context.public_url + here.link("barriers/mine") + "#" + secret;
}

result<barriers::barrier_id> take_report(visit& here, const receiver& by, const form& sent,
                                         const std::string& secret) {
    const auto key = journal::key_from_seed(barriers::reporter_seed(secret));
    barriers::receive c;
    c.body = by.body;
    c.key = to_base64(key.public_key);
    c.class_ = enum_sent<barriers::barrier_class>(sent.value("class"));
    if (c.class_ == barriers::barrier_class::none) c.class_.reset();
    const member_id member{std::string(sent.value("member"))};
    if (here.charter.find_member(member)) c.member = member;
    if (const std::string draft(sent.value("draft")); is_identifier(draft)) {
        const auto there = here.ask<barriers::draft_view>(barriers::draft_query{{draft}});
        if (!there) return tl::unexpected(there.error());
        if ((*there)->row.standing != barriers::draft_standing::open)
            return refuse(barriers::refusals::draft_closed, "draft", draft);
        c.draft = barriers::draft_id{draft};
    }
    c.sealed = VECHE_TRY(seal_words(here, sealed_words(sent), "report.txt"));
    VECHE_CHECK(pass_on(here, by, c).map([](const auto&) {}));
    const auto report = VECHE_TRY(here.ask<barriers::report_view>(barriers::report_query{c.key}));
    return report->report;
}

response send_report(visit& here) {
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    report_page page = form_of(here, &*sent);
    const auto by = receiver_of(here);
    if (page.closed || !by) return here.show("barrier_report", page, 422);
    if (text::trim(page.text, " \t\r\n").empty())
        return show_report_fault(here, std::move(page), here.text("barriers.text_needed"));
    if (sealed_words(*sent).size() > most_text_bytes) {
        const auto most = static_cast<std::int64_t>(most_text_bytes);
        return show_report_fault(here, std::move(page),
                                 here.text("barriers.text_long", {{"most", most}}));
    }
    const std::string secret = to_hex(random_bytes(secret_bytes));
    const auto report = take_report(here, *by, *sent, secret);
    if (!report)
        return show_report_fault(here, std::move(page), here.texts.sentence(report.error()));
    return here.show("barrier_sent", sent_page{report->value, link_of(here, secret), secret});
}

/// The secret alone, or at the end of its link. "" where it is none.
std::string secret_in(std::string_view entered) {
    entered = text::trim(entered, " \t\r\n");
    if (const auto hash = entered.rfind('#'); hash != std::string_view::npos)
        entered.remove_prefix(hash + 1);
    return entered.size() == 2 * secret_bytes && from_hex(entered) ? std::string(entered)
                                                                   : std::string();
}

response mine_fault(visit& here, mine_page page, std::string fault) {
    page.fault = std::move(fault);
    here.page.failed = true;
    return here.show("barrier_mine", page, 422);
}

/// Signs the word with the key of the link, and passes it on.
result<std::int64_t> take_word(const visit& here, const receiver& by,
                               const barriers::report_view& report, const form& sent,
                               const journal::key_pair& key) {
    const auto word = enum_sent<barriers::reporter_word>(sent.value("word"));
    if (!word) return refuse(refusals::page_unknown);
    barriers::say c;
    c.barrier = report.report;
    c.n = report.next_word;
    c.word = *word;
    const std::string text(text::trim(sent.value("text"), " \t\r\n"));
    if (text.size() > most_text_bytes)
        return refuse(barriers::refusals::text_too_long, "text", std::to_string(most_text_bytes));
    if (!text.empty()) c.sealed = VECHE_TRY(seal_words(here, text, "word.txt"));
    c.signature = to_base64(
        journal::sign_bytes(key, barriers::word_statement(c.barrier, c.n, c.word, c.sealed)));
    const auto done = VECHE_TRY(pass_on(here, by, c));
    return static_cast<std::int64_t>(done.seq);
}

/// Fills in what the report is at and what may be said.
result<void> look_up(visit& here, mine_page& page, const std::string& key) {
    page.report = VECHE_TRY(here.ask<barriers::report_view>(barriers::report_query{key}));
    const auto view =
        VECHE_TRY(here.ask<barriers::barrier_view>(barriers::barrier_query{page.report->main}));
    page.row = view->row;
    page.words.clear();
    for (const barriers::reporter_word one : page.report->may) {
        const std::string name(name_of(one));
        page.words.push_back({name, here.text("choice.reporter_word." + name), false});
    }
    return {};
}

response answer_secret(visit& here) {
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    mine_page page;
    page.secret = secret_in(sent->value("secret"));
    if (page.secret.empty())
        return mine_fault(here, std::move(page), here.text("barriers.secret_wrong"));
    const auto key = journal::key_from_seed(barriers::reporter_seed(page.secret));
    const std::string public_key = to_base64(key.public_key);
    if (auto found = look_up(here, page, public_key); !found) {
        page.secret.clear();
        return mine_fault(here, std::move(page), here.texts.sentence(found.error()));
    }
    if (sent->value("word").empty()) return here.show("barrier_mine", page);
    const auto by = receiver_of(here);
    if (!by || here.context.sealed == nullptr)
        return mine_fault(here, std::move(page), here.text("barriers.closed"));
    const auto said = take_word(here, *by, *page.report, *sent, key);
    if (!said) return mine_fault(here, std::move(page), here.texts.sentence(said.error()));
    page.said = *said;
    if (auto again = look_up(here, page, public_key); !again) return here.fail(again.error());
    return here.show("barrier_mine", page);
}

constexpr template_need report_needs[] = {{"barrier_report", &describe<report_page>},
                                          {"barrier_sent", &describe<sent_page>},
                                          {"barrier_mine", &describe<mine_page>}};

}  // namespace

response report_form(visit& here) {
    here.above("barriers", here.text("barriers.title"));
    if (here.asked.method == "POST") return send_report(here);
    return here.show("barrier_report", form_of(here, nullptr));
}

response own_report(visit& here) {
    here.above("barriers", here.text("barriers.title"));
    if (here.asked.method == "POST") return answer_secret(here);
    return here.show("barrier_mine", mine_page{});
}

const page_group barrier_report_pages{{}, report_needs};

}  // namespace veche::api::pages
