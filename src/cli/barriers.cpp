#include "cli/barriers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "api/http_client.hpp"
#include "api/messages.hpp"
#include "api/secrets.hpp"
#include "api/urlencoded.hpp"
#include "barriers/views.hpp"
#include "cli/files.hpp"
#include "cli/link.hpp"
#include "cli/refusal.hpp"
#include "journal/signed_note.hpp"
#include "kernel/hash.hpp"
#include "kernel/text.hpp"

namespace veche::cli {
namespace {

constexpr std::size_t secret_digits = 64;

std::string in_language(const localized& names, const std::string& language) {
    const auto there = names.find(language);
    if (there != names.end()) return there->second;
    return names.empty() ? std::string() : names.begin()->second;
}

/// Asks a view and reads the answer, or prints it as it is under --json.
template <class View>
std::optional<View> ask_and_read(const barriers_options& options, std::string_view view,
                                 const api::pairs& fields, const terminal& on, int& code) {
    union_options where;
    where.at = options.at;
    auto link = open_link(where);
    if (!link) {
        code = on.fail(link.error());
        return std::nullopt;
    }
    const reply answer = (*link)->ask(std::string(view), fields);
    if (!answer) {
        code = on.fail(answer.error());
        return std::nullopt;
    }
    if (on.json) {
        on.out << *answer << "\n";
        return std::nullopt;
    }
    auto read = from_json<View>(std::string_view(*answer));
    if (!read) {
        code = on.fail(read.error());
        return std::nullopt;
    }
    return *std::move(read);
}

std::string step_words(const barriers::barrier_row& row) {
    if (!row.step) return {};
    const std::string owed = row.owed_by ? row.owed_by->value : "the body";
    std::string out = fmt::format("{} by {}", name_of(*row.step), owed);
    if (row.due) out += fmt::format(" until {}", to_text(*row.due));
    return out + (row.late ? ", late" : "");
}

void say_row(const barriers::barrier_row& row, const std::string& language, const terminal& on) {
    on.say(fmt::format("{:<7} {:<10} {:<12} {:<5} {}", row.barrier.value, name_of(row.standing),
                       row.class_ ? name_of(*row.class_) : std::string_view{"-"},
                       row.member ? row.member->value : "-", in_language(row.title, language)));
    const std::string step = step_words(row);
    if (!step.empty()) on.say("        " + step);
    if (row.cost)
        on.say(fmt::format("        costs {} {} a year, by {}", row.cost->value, row.cost->unit,
                           row.finding.value_or("")));
}

void say_said(std::string_view what, const barriers::said_row& said, const std::string& language,
              const terminal& on) {
    on.say(fmt::format("{} ({}, entry {}): {}", what, to_text(date_of(said.at)), said.seq,
                       in_language(said.text, language)));
}

// --- A reporter ---------------------------------------------------------------------------------

/// The secret of the link that the file holds, alone or at the end of the link.
result<std::string> read_secret(const std::filesystem::path& file) {
    const std::string text = VECHE_TRY(read_file(file));
    std::string_view secret = text::trim(text, " \t\r\n");
    if (const auto hash = secret.rfind('#'); hash != std::string_view::npos)
        secret.remove_prefix(hash + 1);
    if (secret.size() != secret_digits || !from_hex(secret))
        return refuse(refusals::secret_malformed, {}, file.string());
    return std::string(secret);
}

/// Posts a form to the server's pages for programs.
reply post_form(const barrier_report_options& options, const std::string& page,
                const api::pairs& fields) {
    const auto server = api::parse_url(options.at);
    if (!server)
        return tl::unexpected(to_details(refusal{&refusals::address_unusable, {}, {options.at}}));
    api::http_client client(*server);
    const auto answer =
        client.post("/" + options.language + "/barriers/" + page + ".json",
                    "application/x-www-form-urlencoded", api::to_urlencoded(fields));
    if (!answer) return tl::unexpected(to_details(answer.error()));
    if (answer->status < 300) return answer->body;
    if (auto told = from_json<api::problem_details>(std::string_view(answer->body)))
        return tl::unexpected(std::move(*told));
    return tl::unexpected(to_details(
        refusal{&refusals::not_served, {}, {options.at, std::to_string(answer->status)}}));
}

result<std::string> text_of(const barrier_report_options& options) {
    return options.text.empty() ? result<std::string>{} : read_file(options.text);
}

struct number_answer {
    std::string number;
    bool mail = false;
};
VECHE_FIELDS_HERE(number_answer, (number, "Number of the report."),
                  (mail, "Whether an address is to be confirmed."))

struct seal_answer {
    seal_ref sealed;
};
VECHE_FIELDS_HERE(seal_answer, (sealed, "The commitment."))

struct own_answer {
    barriers::report_view report;
    barriers::barrier_row row;
    std::optional<std::int64_t> said;
};
VECHE_FIELDS_HERE(own_answer, (report, "The report."), (row, "The case that stands for it."),
                  (said, "Entry of what was said."))

template <class Answer>
tl::expected<Answer, api::problem_details> posted(const barrier_report_options& options,
                                                  const std::string& page,
                                                  const api::pairs& fields) {
    const reply answer = post_form(options, page, fields);
    if (!answer) return tl::unexpected(answer.error());
    auto read = from_json<Answer>(std::string_view(*answer));
    if (!read) return tl::unexpected(to_details(read.error()));
    return *std::move(read);
}

void say_own(const own_answer& own, const std::string& language, const terminal& on) {
    if (on.json) {
        on.out << to_json(own) << "\n";
        return;
    }
    if (own.said)
        on.say(fmt::format("It is on the journal, signed by your key: entry {}.", *own.said));
    say_row(own.row, language, on);
    std::string words;
    for (const barriers::reporter_word one : own.report.may)
        words += std::string(words.empty() ? "" : ", ") + std::string(name_of(one));
    on.say(words.empty() ? "There is nothing more to say to it now."
                         : "You may say now (--say): " + words + ".");
}

/// What is posted to say a word: sealed first where something is written, then signed here.
tl::expected<api::pairs, api::problem_details> signed_word(const barrier_report_options& options,
                                                           const journal::key_pair& key,
                                                           const barriers::report_view& report) {
    const std::string public_key = to_base64(key.public_key);
    api::pairs fields{{"key", public_key}, {"word", options.word}};
    const auto names = describe<barriers::reporter_word>().choices;
    const auto named = std::find(names.begin(), names.end(), options.word);
    if (named == names.end())
        return tl::unexpected(to_details(refusal{&refusals::word_unknown, {}, {options.word}}));
    const auto word = static_cast<barriers::reporter_word>(named - names.begin());
    const auto text = text_of(options);
    if (!text) return tl::unexpected(to_details(text.error()));
    std::optional<seal_ref> sealed;
    if (!text->empty()) {
        const auto kept =
            posted<seal_answer>(options, "seal", {{"key", public_key}, {"text", *text}});
        if (!kept) return tl::unexpected(kept.error());
        sealed = kept->sealed;
        fields.emplace_back("sealed", to_json(*sealed));
    }
    const std::string statement =
        barriers::word_statement(report.report, report.next_word, word, sealed);
    fields.emplace_back("signature", to_base64(journal::sign_bytes(key, statement)));
    return fields;
}

}  // namespace

int barriers_list(const barriers_options& options, const terminal& on) {
    api::pairs fields{{"count", std::to_string(options.count)}};
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) fields.emplace_back(name, value);
    };
    add("query", options.words);
    add("member", options.member);
    add("class", options.class_);
    add("standing", options.standing);
    if (options.late) add("late", "true");
    if (options.open) add("open", "true");
    int code = done;
    const auto view = ask_and_read<barriers::barriers_view>(
        options, barriers::barriers_query::wire.type, fields, on, code);
    if (!view) return code;
    for (const barriers::barrier_row& row : view->barriers) say_row(row, options.language, on);
    on.say(fmt::format("{} of {} cases; {} late.", view->found, view->total, view->late));
    return done;
}

int barriers_show(const barriers_options& options, const terminal& on) {
    int code = done;
    const auto view = ask_and_read<barriers::barrier_view>(
        options, barriers::barrier_query::wire.type, {{"barrier", options.barrier}}, on, code);
    if (!view) return code;
    const std::string& language = options.language;
    say_row(view->row, language, on);
    if (view->taken)
        on.say(fmt::format("Taken over from {} ({}), {}", view->taken->source.name,
                           name_of(view->taken->source.verified), view->taken->number));
    if (!view->about.empty()) on.say("\n" + in_language(view->about, language) + "\n");
    for (const barriers::step_row& one : view->steps)
        on.say(fmt::format("{:<10} {} to {}{}", name_of(one.step), to_text(one.began),
                           to_text(one.due),
                           one.ended  ? ", done " + to_text(*one.ended)
                           : one.late ? std::string(", late")
                                      : std::string(", runs")));
    for (const auto& one : view->positions) say_said(name_of(one.says), one.said, language, on);
    for (const auto& one : view->findings) say_said("finding", one.said, language, on);
    for (const auto& one : view->remedies)
        on.say(fmt::format("measure {} until {}{}: {}", one.remedy.value, to_text(one.due),
                           one.done_on ? ", done " + to_text(*one.done_on) : "",
                           in_language(one.text, language)));
    for (const auto& one : view->claims) say_said("removal stated", one, language, on);
    for (const auto& one : view->removals)
        on.say(fmt::format("removal confirmed by {}, checked again on {}", name_of(one.how),
                           to_text(one.check_on)));
    return done;
}

int barriers_scoreboard(const barriers_options& options, const terminal& on) {
    int code = done;
    const auto view = ask_and_read<barriers::scoreboard_view>(
        options, barriers::scoreboard_query::wire.type, {}, on, code);
    if (!view) return code;
    for (const barriers::score_row& one : view->members)
        on.say(fmt::format("{:<8} in time {} of {}{}; open {}, late {}, removed {}, returned {}",
                           one.member ? one.member->value : "the body", one.in_time, one.due,
                           one.percent ? fmt::format(" ({} %)", *one.percent) : "", one.open,
                           one.late, one.removed, one.returned));
    return done;
}

int barriers_report(const barrier_report_options& options, const terminal& on) {
    const auto text = text_of(options);
    if (!text) return on.fail(text.error());
    const std::string secret = to_hex(api::random_bytes(secret_digits / 2));
    const auto key = journal::key_from_seed(barriers::reporter_seed(secret));
    // The secret first: a report whose link was lost can never be spoken for.
    if (const auto kept = write_new_file(options.secret, secret + "\n", true); !kept)
        return on.fail(kept.error());
    api::pairs fields{{"key", to_base64(key.public_key)}, {"text", *text}};
    for (const auto& [name, value] :
         {std::pair("class", &options.class_), std::pair("member", &options.member),
          std::pair("draft", &options.draft), std::pair("contact", &options.contact),
          std::pair("mail", &options.mail)})
        if (!value->empty()) fields.emplace_back(name, *value);
    const auto sent = posted<number_answer>(options, "report", fields);
    if (!sent) return on.fail(sent.error());
    if (on.json) on.out << to_json(*sent) << "\n";
    on.say(
        fmt::format("Your report has number {}. The secret of its link is in {}; keep it: nobody "
                    "can restore it.",
                    sent->number, options.secret.string()));
    if (sent->mail) on.say("Open the link in the mail that comes, and you are told of the report.");
    return done;
}

int barriers_mine(const barrier_report_options& options, const terminal& on) {
    const auto secret = read_secret(options.secret);
    if (!secret) return on.fail(secret.error());
    const auto key = journal::key_from_seed(barriers::reporter_seed(*secret));
    auto own = posted<own_answer>(options, "mine", {{"key", to_base64(key.public_key)}});
    if (own && !options.word.empty()) {
        const auto word = signed_word(options, key, own->report);
        if (!word) return on.fail(word.error());
        own = posted<own_answer>(options, "mine", *word);
    }
    if (!own) return on.fail(own.error());
    say_own(*own, options.language, on);
    return done;
}

}  // namespace veche::cli
