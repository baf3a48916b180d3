// Documents made from the journal: the minutes of a session and the act of a decision, as a page
// and as files by the ending of its address.

#include "api/pages/documents.hpp"
#include "api/refusal.hpp"
#include "assembly/views.hpp"
#include "documents/act.hpp"
#include "documents/minutes.hpp"
#include "documents/pdf.hpp"

namespace veche::api::pages {

documents::setting setting_of(const visit& here) {
    documents::setting in;
    in.around = here.around;
    in.union_name = here.page.union_name;
    in.site = here.context.public_url;
    in.stamp = documents::stamp_of(
        here.context.office.origin(),
        here.context.journal == nullptr ? "" : here.context.journal->checkpoint());
    return in;
}

response file_of(const visit& here, std::string type, std::string body, std::string_view name) {
    response made;
    made.type = std::move(type);
    made.body = std::move(body);
    made.add("Content-Language", here.lang);
    made.add("Content-Disposition",
             "inline; filename=\"" + std::string(name) + "." + here.form + "\"");
    return made;
}

namespace {

using documents::document;

struct form_link {
    std::string href;
    std::string label;
};
VECHE_FIELDS(form_link, (href, "Address of the file."), (label, "Its format."))

struct document_page {
    document document_;
    std::vector<form_link> forms;
};
VECHE_FIELDS(document_page, (document_, "The document."), (forms, "The same as files."))

/// A file's name from an id: only what is harmless in a header and on every disk.
std::string file_name(std::string_view kind, std::string_view id) {
    std::string name(kind);
    name += '-';
    for (const char c : id) name += c == '/' ? '-' : c;
    return name;
}

response answer(visit& here, const document& made, std::string_view kind) {
    if (here.form == "pdf") {
        auto bytes = documents::to_pdf(made);
        if (!bytes) return here.fail(bytes.error());
        return file_of(here, "application/pdf", *std::move(bytes), file_name(kind, here.id));
    }
    if (!here.form.empty()) return here.fail({&refusals::page_unknown, {}, {}});
    const std::string path = here.link(here.section + "/" + here.id);
    return here.show("document", document_page{made, {{path + ".pdf", "PDF"}}});
}

response minutes(visit& here) {
    here.page.door = "sessions";
    VECHE_SHOW_OR_FAIL(
        session, here,
        (ask_publicly<assembly::session_view>(here, assembly::session_query{{here.id}})));
    here.above("sessions", here.text("door.sessions"));
    here.above("sessions/" + here.id, here.name_of(session->title));
    return answer(here, documents::minutes_of(setting_of(here), *session), "minutes");
}

response acts(visit& here) {
    here.page.door = "decisions";
    VECHE_SHOW_OR_FAIL(
        decision, here,
        (ask_publicly<assembly::decision_view>(here, assembly::decision_query{{here.id}})));
    VECHE_SHOW_OR_FAIL(
        vote, here,
        (ask_publicly<assembly::vote_view>(here, assembly::vote_query{decision->vote.id})));
    here.above("decisions", here.text("door.decisions"));
    here.above("decisions/" + here.id, here.text("decision.number", {{"id", here.id}}));
    return answer(here, documents::act_of(setting_of(here), *decision, *vote), "decision");
}

constexpr page_route routes[] = {{"minutes", minutes}, {"acts", acts}};
constexpr template_need needs[] = {{"document", &describe<document_page>}};

}  // namespace

const page_group document_pages{routes, needs};

}  // namespace veche::api::pages
