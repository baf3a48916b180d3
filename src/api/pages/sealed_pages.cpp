// A sealed text: what everybody may know of it, and for those whom the charter names, the way in.

#include "api/pages/acts.hpp"
#include "sealed/envelope.hpp"
#include "sealed/refusal.hpp"
#include "sealed/views.hpp"

namespace veche::api::pages {
namespace {

using namespace sealed;

struct sealed_page {
    shown<text_view> text;
    std::string commit;
    std::optional<envelope> file;
    std::optional<std::string> trouble;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(sealed_page, (text, "What is public of the text."), (commit, "Its commitment."),
                (file, "The file, for those who may read it."),
                (trouble, "Why the sealed text cannot be read, where it should be."),
                (acts, "What the reader may do."))

/// Salt and text where the reader may have them; says in `page` why not where something is broken.
std::optional<opened_text> opened(const visit& here, const text_view& text, sealed_page& page) {
    if (text.status == text_status::disclosed)
        return opened_text{text.salt.value_or(""), text.text.value_or("")};
    if (text.status == text_status::shredded || !text.reads_as || here.context.sealed == nullptr)
        return std::nullopt;
    auto read = here.context.sealed->open(text.sealed.commit, {here.context.person});
    if (read) return std::move(*read);
    page.trouble = here.texts.sentence(read.error());
    return std::nullopt;
}

std::vector<act> unsealing(const visit& here, const text_view& text,
                           const std::optional<opened_text>& read) {
    if (text.status != text_status::sealed) return {};
    act_list acts(here, "sealed/" + text.sealed.commit.value);
    std::vector<act_field> it{{"sealed", text.sealed.commit.value}};
    if (!text.proposal) {
        if (text.sealed.class_ == sealed_class::closed)
            acts.form("sealed.propose_disclosure", text.unseals_as, it);
        acts.form("sealed.propose_shredding", text.unseals_as, it);
        return acts.take();
    }
    acts.button("sealed.withdraw_proposal", text.unseals_as, it);
    if (text.own_proposal) return acts.take();
    if (text.proposal->kind == request_kind::shredding) {
        acts.button("sealed.confirm_shredding", text.unseals_as, it);
    } else if (read) {
        it.push_back({"salt", read->salt});
        it.push_back({"text", read->text});
        acts.button("sealed.confirm_disclosure", text.unseals_as, it);
    }
    return acts.take();
}

response sealed_texts(visit& here) {
    if (!is_identifier(here.id)) return here.fail({&sealed::refusals::text_unknown, {}, {here.id}});
    VECHE_SHOW_OR_FAIL(text, here, here.ask<text_view>(text_query{{here.id}}));
    if (here.form == "json") return here.json(*text);
    const std::string door = text->from.kind.starts_with("calls.") ? "calls" : "sessions";
    here.page.door = door;
    here.above(door, here.text("door." + door));
    here.above(door + "/" + text->from.of, text->from.of);
    sealed_page page;
    page.text = text;
    page.commit = text->sealed.commit.value;
    const auto read = opened(here, *text, page);
    if (read)
        if (auto within = from_json<envelope>(std::string_view(read->text)))
            page.file = std::move(*within);
    page.acts = unsealing(here, *text, read);
    return here.show("sealed", page);
}

constexpr page_route sealed_routes[] = {{"sealed", sealed_texts}};
constexpr template_need sealed_needs[] = {{"sealed", &describe<sealed_page>}};

}  // namespace

const page_group sealed_pages{sealed_routes, sealed_needs};

}  // namespace veche::api::pages
