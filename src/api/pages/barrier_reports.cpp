// Reporting a barrier without an account. The secret of the link is made here, shown once and kept
// nowhere: its hash is the seed of the key that signs what the reporter says later.

#include "api/pages/barrier_reports.hpp"

#include <algorithm>

#include "api/follow_store.hpp"
#include "api/mail_message.hpp"
#include "api/messages.hpp"
#include "api/multipart.hpp"
#include "api/news_index.hpp"
#include "api/pages/choices.hpp"
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
    bool mails = false;
    std::string mail;
    std::string mail_fault;
};
VECHE_VIEW_HERE(report_page, (closed, "Whether nobody here can take a report."),
                (fault, "What is wrong."), (classes, "What it may be about."),
                (members, "Members to choose from."),
                (draft, "The draft on which it is a comment."), (text, "What was written."),
                (contact, "How the reporter is reached."), (mails, "Whether mail can be sent."),
                (mail, "Address for news of the report."), (mail_fault, "What is wrong with it."))

struct sent_page {
    std::string number;
    std::string link;
    std::string secret;
    bool mail = false;
};
VECHE_VIEW_HERE(sent_page, (number, "Number of the report."), (link, "The secret link."),
                (secret, "Its secret."), (mail, "Whether an address is to be confirmed."))

/// For a program, which made the key itself.
struct sent_answer {
    std::string number;
    bool mail = false;
};
VECHE_VIEW_HERE(sent_answer, (number, "Number of the report."),
                (mail, "Whether an address is to be confirmed."))

struct sealed_answer {
    seal_ref sealed;
};
VECHE_VIEW_HERE(sealed_answer, (sealed, "The commitment, over which the word is signed."))

struct mine_answer {
    barriers::report_view report;
    barriers::barrier_row row;
    std::optional<std::int64_t> said;
};
VECHE_VIEW_HERE(mine_answer, (report, "The report."), (row, "The case that stands for it."),
                (said, "Entry of what was said just now."))

struct mine_page {
    std::string fault;
    std::string secret;
    std::string key;
    shown<barriers::report_view> report;
    std::optional<barriers::barrier_row> row;
    std::string clock;
    std::vector<choice_option> words;
    std::optional<std::int64_t> said;
};
VECHE_VIEW_HERE(mine_page, (fault, "What is wrong."), (secret, "The secret, to be sent again."),
                (key, "The public key alone, where the reporter's own program signs."),
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
    page.mails = here.context.mails && here.context.follows != nullptr;
    if (sent) {
        page.text = value("text");
        page.contact = value("contact");
        page.mail = text::trim(sent->value("mail"), " \t\r\n");
    }
    return page;
}

/// What a program is told where a page would show the form again.
response tell_fault(const std::string& fault) {
    constexpr int unprocessable = 422;
    const problem_details told{"barriers.form", fault, {}, unprocessable, fault, "/problems/form"};
    response out;
    out.status = unprocessable;
    out.type = "application/problem+json";
    out.body = to_json(told);
    return out;
}

response show_report_fault(visit& here, report_page page, std::string fault) {
    if (here.form == "json") return tell_fault(fault);
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

std::string public_key_of(const std::string& secret) {
    return to_base64(journal::key_from_seed(barriers::reporter_seed(secret)).public_key);
}

/// Keeps the address beside the journal and asks whether it is its owner's. A report stands without
/// it, too.
bool keep_address(const visit& here, const barriers::barrier_id& report,
                  const std::string& address) {
    if (address.empty() || !here.context.mails || here.context.follows == nullptr) return false;
    follow_store& follows = *here.context.follows;
    const person_id who = reporter_of(report.value);
    return follows.ensure(who, here.lang) && follows.follow(who, "barrier/" + report.value, true) &&
           follows.want_address(who, address, here.context.now.ms);
}

result<barriers::barrier_id> take_report(visit& here, const receiver& by, const form& sent,
                                         const std::string& public_key) {
    barriers::receive c;
    c.body = by.body;
    c.key = public_key;
    c.class_ = enum_named<barriers::barrier_class>(sent.value("class"));
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
    if (!page.mail.empty() && !is_mail_address(page.mail)) {
        page.mail_fault = here.texts.sentence({&refusals::mail_address, "mail", {}});
        std::string fault = page.mail_fault;
        return show_report_fault(here, std::move(page), std::move(fault));
    }
    // Whoever made a key sends its public half; else the link is made here.
    const std::string own(sent->value("key"));
    const std::string secret = own.empty() ? to_hex(random_bytes(secret_bytes)) : std::string();
    const auto report = take_report(here, *by, *sent, own.empty() ? public_key_of(secret) : own);
    if (!report)
        return show_report_fault(here, std::move(page), here.texts.sentence(report.error()));
    const bool mail = keep_address(here, *report, page.mail);
    if (here.form == "json") return here.json(sent_answer{report->value, mail});
    return here.show("barrier_sent",
                     sent_page{report->value, own.empty() ? link_of(here, secret) : std::string(),
                               secret, mail});
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
    if (here.form == "json") return tell_fault(fault);
    page.fault = std::move(fault);
    here.page.failed = true;
    return here.show("barrier_mine", page, 422);
}

/// Who speaks: by the secret, of which the key is made here, or by a key that stays where it was
/// made.
struct speaker {
    std::string public_key;
    std::optional<journal::key_pair> key;
};

/// What was sealed before and the signature over it, as they came from the reporter's program.
result<void> take_signed(const form& sent, barriers::say& c) {
    c.signature = sent.value("signature");
    const std::string sealed(sent.value("sealed"));
    if (sealed.empty()) return {};
    const std::string canonical = VECHE_TRY(json::canonicalize(sealed));
    c.sealed = VECHE_TRY(from_json<seal_ref>(std::string_view(canonical)));
    return {};
}

/// Signs the word with the key of the link, or takes it signed, and passes it on.
result<std::int64_t> take_word(const visit& here, const receiver& by,
                               const barriers::report_view& report, const form& sent,
                               const speaker& who) {
    const auto word = enum_named<barriers::reporter_word>(sent.value("word"));
    if (!word) return refuse(refusals::page_unknown);
    barriers::say c;
    c.barrier = report.report;
    c.n = report.next_word;
    c.word = *word;
    if (who.key) {
        const std::string text(text::trim(sent.value("text"), " \t\r\n"));
        if (text.size() > most_text_bytes)
            return refuse(barriers::refusals::text_too_long, "text",
                          std::to_string(most_text_bytes));
        if (!text.empty()) c.sealed = VECHE_TRY(seal_words(here, text, "word.txt"));
        c.signature = to_base64(journal::sign_bytes(
            *who.key, barriers::word_statement(c.barrier, c.n, c.word, c.sealed)));
    } else {
        VECHE_CHECK(take_signed(sent, c));
    }
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

response show_mine(visit& here, const mine_page& page) {
    if (here.form == "json") return here.json(mine_answer{*page.report, *page.row, page.said});
    return here.show("barrier_mine", page);
}

response answer_secret(visit& here) {
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    mine_page page;
    page.secret = secret_in(sent->value("secret"));
    page.key = page.secret.empty() ? std::string(sent->value("key")) : std::string();
    if (page.secret.empty() && page.key.empty())
        return mine_fault(here, std::move(page), here.text("barriers.secret_wrong"));
    speaker who{page.key, {}};
    if (!page.secret.empty()) {
        who.key = journal::key_from_seed(barriers::reporter_seed(page.secret));
        who.public_key = to_base64(who.key->public_key);
    }
    if (auto found = look_up(here, page, who.public_key); !found) {
        page.secret.clear();
        page.key.clear();
        return mine_fault(here, std::move(page), here.texts.sentence(found.error()));
    }
    if (sent->value("word").empty()) return show_mine(here, page);
    const auto by = receiver_of(here);
    if (!by || here.context.sealed == nullptr)
        return mine_fault(here, std::move(page), here.text("barriers.closed"));
    const auto said = take_word(here, *by, *page.report, *sent, who);
    if (!said) return mine_fault(here, std::move(page), here.texts.sentence(said.error()));
    page.said = *said;
    if (auto again = look_up(here, page, who.public_key); !again) return here.fail(again.error());
    return show_mine(here, page);
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

/// Sealed first, since the signature is over the commitment; only for the key of a report.
response sealed_word(visit& here) {
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    if (here.asked.method != "POST" || here.form != "json" || here.context.sealed == nullptr)
        return here.fail({&refusals::page_unknown, {}, {}});
    const auto report =
        here.ask<barriers::report_view>(barriers::report_query{std::string(sent->value("key"))});
    if (!report) return here.fail(report.error());
    const std::string text(text::trim(sent->value("text"), " \t\r\n"));
    if (text.empty() || text.size() > most_text_bytes)
        return tell_fault(here.text("barriers.text_long",
                                    {{"most", static_cast<std::int64_t>(most_text_bytes)}}));
    const auto sealed = seal_words(here, text, "word.txt");
    if (!sealed) return here.fail(sealed.error());
    return here.json(sealed_answer{*sealed});
}

const page_group barrier_report_pages{{}, report_needs};

}  // namespace veche::api::pages
