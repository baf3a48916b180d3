#include "api/letters.hpp"

#include "api/news_words.hpp"
#include "api/pages/visit.hpp"
#include "kernel/hash.hpp"

namespace veche::api {

/// The charter as far as words are taken from it.
struct letters::reading {
    explicit reading(charter::state of)
        : charter(std::move(of)),
          names(charter),
          zone(charter.founded() ? charter.document().zone.value_or("UTC") : "UTC") {}

    [[nodiscard]] documents::setting setting_in(const render::catalogue& texts,
                                                const std::string& site) const {
        documents::setting in;
        in.around.texts = &texts;
        in.around.names = &names;
        in.around.zone = &zone;
        in.around.record_language = "en";
        in.site = site;
        if (!charter.founded()) return in;
        in.union_name = charter.document().name;
        if (!charter.document().languages.empty())
            in.around.record_language = charter.document().languages.front().id;
        return in;
    }

    charter::state charter;
    pages::charter_names names;
    render::zone zone;
};

letters::letters(const office::office& office, const render::catalogues& texts,
                 std::string public_url, std::string from)
    : office_(office), texts_(texts), public_url_(std::move(public_url)), from_(std::move(from)) {
    read_charter();
}

letters::~letters() = default;

void letters::read_charter() {
    charter::state charter;
    office_.read([&](const office::state& now) { charter = now.charter; });
    reading_ = std::make_unique<const reading>(std::move(charter));
}

namespace {

/// Tells a mail from all others and is the same when it is sent again, so that who gets it twice
/// after a crash sees it once. Says nothing about the person.
std::string message_id(const follower& to, const due_mail& mail, const std::string& from) {
    const std::string what = to.leave + "/" + std::to_string(static_cast<int>(mail.kind)) + "/" +
                             std::to_string(mail.upto) + "/" + to.confirm;
    return to_hex(sha256(what)).substr(0, 32) + from.substr(from.rfind('@'));
}

/// Somebody with an account, or somebody who reported a barrier without one.
std::string why_asked(const documents::setting& in, const charter::state& charter,
                      const person_id& person) {
    const std::string of = in.name(in.union_name);
    if (person.value.starts_with(reporter_prefix))
        return in.text("mail.confirm_reporter",
                       {{"union", of}, {"report", person.value.substr(reporter_prefix.size())}});
    const std::string title = in.name(charter.title_of(person));
    return in.text("mail.confirm_why",
                   {{"union", of}, {"title", title.empty() ? person.value : title}});
}

}  // namespace

std::optional<mail_message> letters::write(const follower& to, const due_mail& mail,
                                           const std::vector<news_row>& rows, instant at) const {
    const render::catalogue* texts = texts_.find(to.wishes.language);
    const auto in =
        reading_->setting_in(texts != nullptr ? *texts : texts_.all().front(), public_url_);
    mail_message made;
    made.from = from_;
    made.from_name = in.name(in.union_name);
    made.language = in.lang();
    made.id = message_id(to, mail, from_);
    made.at = at;
    documents::letter said;
    if (mail.kind == mail_kind::confirm) {
        if (to.wanted.empty() || to.confirm.empty()) return std::nullopt;
        made.to = to.wanted;
        said = documents::confirmation_of(in, why_asked(in, reading_->charter, to.person),
                                          in.address("confirm/" + to.confirm));
    } else {
        if (to.address.empty() || rows.empty()) return std::nullopt;
        made.to = to.address;
        made.leave = in.address("unsubscribe/" + to.leave);
        std::vector<documents::digest_group> groups;
        office_.read([&](const office::state& now) { groups = groups_of(in, now, rows); });
        said =
            documents::digest_of(in, mail.kind == mail_kind::urgent, std::move(groups), made.leave);
    }
    made.subject = std::move(said.subject);
    made.text = std::move(said.text);
    made.html = std::move(said.html);
    return made;
}

mail_message letters::trial(const std::string& to, instant at) const {
    const auto in = reading_->setting_in(texts_.all().front(), public_url_);
    mail_message made;
    made.from = from_;
    made.from_name = in.name(in.union_name);
    made.to = to;
    made.language = in.lang();
    made.id = to_hex(sha256(to + to_text(at))).substr(0, 32) + from_.substr(from_.rfind('@'));
    made.at = at;
    const auto said = documents::trial_of(in);
    made.subject = said.subject;
    made.text = said.text;
    made.html = said.html;
    return made;
}

}  // namespace veche::api
