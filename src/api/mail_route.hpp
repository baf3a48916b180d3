#pragma once
// Handing mail to a mail server over SMTP (RFC 5321, 3207, 4954), by libcurl. The only file behind
// it (mail_route.cpp) knows that library.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "kernel/fields.hpp"

namespace veche::api {

/// How the way to the server is kept from others' eyes: not at all, STARTTLS (port 587), TLS from
/// the first byte (port 465). With `starttls` and `tls` a server that cannot is not used.
enum class mail_tls : std::uint8_t { none, starttls, tls };
VECHE_CHOICES(mail_tls, none, starttls, tls)

struct mail_settings {
    std::string host;  ///< "" turns mail off
    std::uint16_t port = 587;
    mail_tls tls = mail_tls::starttls;
    std::string login;  ///< "" for a server that asks for none
    std::string password;
    std::string from;               ///< address of the sender
    std::filesystem::path ca_file;  ///< certificates to trust instead of the system's; "" for those
    std::int64_t timeout_s = 60;    ///< of one mail, all in all
};

enum class mail_outcome : std::uint8_t {
    taken,        ///< the server answers for it now
    refused,      ///< not for this recipient (5xx to RCPT)
    not_now,      ///< it said so (4xx), or did not want these contents
    unreachable,  ///< no server, no TLS, no login, or a sender it does not want
    lost,         ///< the connection broke after the mail was on its way
};
VECHE_CHOICES(mail_outcome, taken, refused, not_now, unreachable, lost)

struct mail_answer {
    mail_outcome outcome = mail_outcome::unreachable;
    long code = 0;     ///< last reply of the server, 0 where there was none
    std::string said;  ///< what went wrong, in words without addresses and secrets
};

/// Where mails go.
class mail_route {
  public:
    virtual ~mail_route() = default;
    /// `bytes`: the whole mail, CRLF at the end of each line. Blocks until the server has answered.
    virtual mail_answer send(const std::string& to, const std::string& bytes) = 0;
};

/// A server; the connection is kept for the next mail. Used by one thread. Refuses with
/// api.mail_settings what cannot be meant: a login that would travel in the clear to another
/// machine, an improper sender.
result<std::unique_ptr<mail_route>> open_mail_route(mail_settings);

}  // namespace veche::api
