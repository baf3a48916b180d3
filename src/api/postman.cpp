#include "api/postman.hpp"

#include <algorithm>

#include "api/log.hpp"

namespace veche::api {

std::int64_t mail_wait_ms(std::int32_t tries) {
    constexpr std::int32_t doublings = 10;
    return std::min(postman::longest_wait_ms, postman::first_wait_ms << std::min(tries, doublings));
}

result<std::optional<bool>> postman::note(const due_mail& mail, const mail_answer& answer,
                                          instant now) {
    if (answer.outcome == mail_outcome::taken) {
        VECHE_CHECK(follows_.done(mail));
        return std::optional(true);
    }
    // Whom a mail was for stands in the log by their id only, and the server's words not at all:
    // they repeat addresses.
    log::write(log::level::warning, "mail_not_taken",
               {{"person", mail.person.value},
                {"outcome", std::string(name_of(answer.outcome))},
                {"code", std::to_string(answer.code)},
                {"detail", answer.said}});
    const bool tired = mail.tries + 1 >= most_tries;
    switch (answer.outcome) {
        case mail_outcome::unreachable:
            VECHE_CHECK(follows_.postpone(mail, setback::unreachable, now.ms + no_server_ms));
            return std::optional<bool>();
        case mail_outcome::taken:
        case mail_outcome::refused:
            break;
        case mail_outcome::not_now:
        case mail_outcome::lost:
            if (tired) break;
            VECHE_CHECK(follows_.postpone(
                mail, answer.outcome == mail_outcome::lost ? setback::lost : setback::not_now,
                now.ms + mail_wait_ms(mail.tries)));
            return std::optional(false);
    }
    VECHE_CHECK(follows_.give_up(mail));
    return std::optional(false);
}

result<std::optional<bool>> postman::hand_over(const due_mail& mail, instant now) {
    const auto begun = VECHE_TRY(follows_.begin(mail, now.ms));
    const auto who = VECHE_TRY(follows_.find(mail.person));
    if (!begun || !who) return std::optional(false);
    std::vector<news_row> rows;
    if (begun->kind != mail_kind::confirm) rows = VECHE_TRY(follows_.untold(*begun));
    const auto message = writer_.write(*who, *begun, rows, now);
    if (!message) {
        // Somebody heard of it all already, or wants nothing any more: no empty mail.
        VECHE_CHECK(follows_.done(*begun));
        return std::optional(false);
    }
    const auto bytes = to_bytes(*message);
    if (!bytes) {
        log::write(log::level::error, "mail_improper",
                   {{"person", mail.person.value}, {"code", std::string(bytes.error().code())}});
        VECHE_CHECK(follows_.give_up(*begun));
        return std::optional(false);
    }
    return note(*begun, route_.send(message->to, *bytes), now);
}

result<std::size_t> postman::carry(instant now, std::size_t most, const std::atomic<bool>& stop) {
    const auto due = VECHE_TRY(follows_.due(now.ms, most));
    if (due.empty()) return std::size_t{0};
    writer_.read_charter();
    std::size_t taken = 0;
    for (const due_mail& mail : due) {
        if (stop) break;
        const auto answer = VECHE_TRY(hand_over(mail, now));
        if (!answer) break;
        taken += *answer ? 1 : 0;
    }
    if (taken > 0) log::write(log::level::info, "mails_sent", {{"count", std::to_string(taken)}});
    return taken;
}

}  // namespace veche::api
