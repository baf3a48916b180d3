#pragma once
// Reporting a barrier without an account, and speaking again by the secret link.

#include "api/pages/choices.hpp"
#include "api/pages/visit.hpp"

namespace veche::api::pages {

/// barriers/report: the form, and what it sends.
response report_form(visit&);
/// barriers/mine: the secret, what the report is at, and what may be said.
response own_report(visit&);
/// barriers/seal.json: seals what a reporter writes who signs the word with a key of their own.
response sealed_word(visit&);

/// barriers/import: cases of another register out of a file, and what was laid ready.
response barrier_import(visit&);
/// Whether the reader keeps the register.
bool may_import_cases(const visit&);

std::vector<choice_option> member_options(const visit&, std::string_view chosen);

}  // namespace veche::api::pages
