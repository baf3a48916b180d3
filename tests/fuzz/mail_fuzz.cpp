// Words of strangers in mails: nothing of them becomes a header of its own, ends a line too late or
// the head too early.

#include <cstdint>

#include "api/mail_message.hpp"
#include "kernel/check.hpp"
#include "kernel/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche;
    using namespace veche::api;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto line = std::min(input.find('\n'), input.size());
    const std::string head(input.substr(0, line));
    const std::string body(input.substr(std::min(line + 1, input.size())));
    const bool address = is_mail_address(head);
    mail_message mail{"news@union.example", head, address ? head : "a@b.example", head, body,
                      "<p>x</p>",           "en", "left@union.example",           "",   instant{}};
    const auto bytes = to_bytes(mail);
    if (!bytes || !text::is_utf8(head)) return 0;
    const auto end = bytes->find("\r\n\r\n");
    VECHE_ENSURE(end != std::string::npos, "a head ends");
    std::size_t subjects = 0;
    for (std::size_t at = 0; at < end;) {
        const auto stop = bytes->find("\r\n", at);
        const std::string_view row = std::string_view(*bytes).substr(at, stop - at);
        VECHE_ENSURE(row.size() <= 998, "lines of a mail are short");
        VECHE_ENSURE(row.find_first_of("\r\n") == std::string_view::npos, "and single");
        if (row.starts_with("Subject:")) ++subjects;
        VECHE_ENSURE(!row.starts_with("Bcc:"), "nobody else is written to");
        at = stop + 2;
    }
    VECHE_ENSURE(subjects == 1, "one subject");
    return 0;
}
