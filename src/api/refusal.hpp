#pragma once
// What the HTTP face refuses by itself, before or beside the rooms of the domain.

#include "kernel/result.hpp"

namespace veche::api::refusals {

inline constexpr refusal_kind request_malformed{"api.request_malformed", 400,
                                                "The request cannot be read: {0}."};
inline constexpr refusal_kind form_malformed{"api.form_malformed", 400,
                                             "The form cannot be read: {0}."};
inline constexpr refusal_kind login_needed{"api.login_needed", 401, "Log in first."};
inline constexpr refusal_kind login_wrong{"api.login_wrong", 401,
                                          "The name or the password is wrong."};
inline constexpr refusal_kind passkey_nonce_spent{
    "api.passkey_nonce_spent", 401,
    "The request to log in with a passkey is too old or was used. Try again."};
inline constexpr refusal_kind passkey_unknown{
    "api.passkey_unknown", 401,
    "This passkey opens no account here: it is not enrolled, not in force, or the account is not "
    "in use."};
inline constexpr refusal_kind passkey_refused{
    "api.passkey_refused", 401, "The answer of the passkey does not hold. Try again."};
inline constexpr refusal_kind passkey_copied{
    "api.passkey_copied", 401,
    "The passkey counts fewer uses than at its last login, so there may be a copy of it. Log in "
    "with your password and revoke it."};
inline constexpr refusal_kind origin_foreign{
    "api.origin_foreign", 403, "The request came from another site and was not carried out."};
inline constexpr refusal_kind form_expired{
    "api.form_expired", 403, "This form is no longer valid. Load the page again and send it anew."};
inline constexpr refusal_kind type_differs{
    "api.type_differs", 400, "The signed line is not a command {0}, to whose address it was sent."};
inline constexpr refusal_kind page_unknown{"api.page_unknown", 404,
                                           "There is nothing at this address."};
inline constexpr refusal_kind command_unknown{"api.command_unknown", 404,
                                              "There is no command called {0}."};
inline constexpr refusal_kind view_unknown{"api.view_unknown", 404, "There is no view called {0}."};
inline constexpr refusal_kind method_not_allowed{"api.method_not_allowed", 405,
                                                 "This address takes {0} only."};
inline constexpr refusal_kind body_too_large{"api.body_too_large", 413,
                                             "The request is larger than {0} bytes."};
inline constexpr refusal_kind media_not_accepted{"api.media_not_accepted", 415,
                                                 "The body must be {0}."};
inline constexpr refusal_kind too_many_requests{
    "api.too_many_requests", 429, "Too many requests. Try again in {0} seconds.", true};
inline constexpr refusal_kind header_too_large{"api.header_too_large", 431,
                                               "The head of the request is larger than {0} bytes."};
inline constexpr refusal_kind program_error{
    "api.program_error", 500, "The server made an error. It was written to its log.", true};
inline constexpr refusal_kind busy{"api.busy", 503, "The server is busy. Try again shortly.", true};

inline constexpr refusal_kind index_not_made{
    "api.index_not_made", 503,
    "What can be searched is being gathered: {1} of {2} things so far. Try again in {0} seconds.",
    true};
inline constexpr refusal_kind server_unreachable{"api.server_unreachable", 503,
                                                 "No connection to {0}: {1}.", true};
inline constexpr refusal_kind answer_malformed{"api.answer_malformed", 503,
                                               "The answer of {0} cannot be read: {1}."};
inline constexpr refusal_kind paper_unknown{"api.paper_unknown", 404,
                                            "No paper with this hash is kept here."};
inline constexpr refusal_kind paper_media{
    "api.paper_media", 415,
    "Papers of the type {0} are not taken, because browsers would run them. Send a PDF."};
inline constexpr refusal_kind entry_unknown{"api.entry_unknown", 404,
                                            "The published journal has no entry {0}."};

inline constexpr refusal_kind account_exists{"api.account_exists", 409,
                                             "There is an account called {0} already."};
inline constexpr refusal_kind account_unknown{"api.account_unknown", 404,
                                              "There is no account called {0}."};
inline constexpr refusal_kind login_name_improper{
    "api.login_name_improper", 422,
    "A login name has 1 to 64 lower-case letters, digits, '.', '_' or '-'."};
inline constexpr refusal_kind password_too_short{"api.password_too_short", 422,
                                                 "A password has at least {0} characters."};

inline constexpr refusal_kind mail_address{
    "api.mail_address", 422,
    "This is no e-mail address that can be used: name@host, in Latin letters and digits."};
inline constexpr refusal_kind mail_header{"api.mail_header", 422,
                                          "A header of a mail holds no line breaks."};
inline constexpr refusal_kind mail_settings{"api.mail_settings", 422,
                                            "The mail server cannot be used: {0}."};
inline constexpr refusal_kind mail_off{"api.mail_off", 409, "This server sends no mail."};
inline constexpr refusal_kind link_dead{
    "api.link_dead", 404, "This link is no longer valid. Ask for a new one on your page."};
inline constexpr refusal_kind thing_unknown{"api.thing_unknown", 404,
                                            "There is nothing called {0} to follow."};
inline constexpr refusal_kind too_much_followed{
    "api.too_much_followed", 409,
    "You follow {0} things, and more are not kept. Leave one of them first."};

inline constexpr refusal_kind jobs_full{
    "api.jobs_full", 429,
    "At most {0} findings of yours are computed or wait at a time. Wait for one of them.", true};
inline constexpr refusal_kind parameter_missing{"api.parameter_missing", 400,
                                                "The method needs the parameter {0}."};

inline constexpr const refusal_kind* all[] = {&request_malformed,
                                              &form_malformed,
                                              &login_needed,
                                              &login_wrong,
                                              &passkey_nonce_spent,
                                              &passkey_unknown,
                                              &passkey_refused,
                                              &passkey_copied,
                                              &origin_foreign,
                                              &form_expired,
                                              &type_differs,
                                              &page_unknown,
                                              &command_unknown,
                                              &view_unknown,
                                              &method_not_allowed,
                                              &body_too_large,
                                              &media_not_accepted,
                                              &too_many_requests,
                                              &header_too_large,
                                              &program_error,
                                              &busy,
                                              &index_not_made,
                                              &account_exists,
                                              &account_unknown,
                                              &login_name_improper,
                                              &password_too_short,
                                              &server_unreachable,
                                              &answer_malformed,
                                              &paper_unknown,
                                              &entry_unknown,
                                              &paper_media,
                                              &mail_address,
                                              &mail_header,
                                              &mail_settings,
                                              &mail_off,
                                              &link_dead,
                                              &thing_unknown,
                                              &too_much_followed,
                                              &jobs_full,
                                              &parameter_missing};

}  // namespace veche::api::refusals
