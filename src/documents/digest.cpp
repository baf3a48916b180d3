#include "documents/digest.hpp"

#include <algorithm>

#include "kernel/check.hpp"
#include "render/escape.hpp"

namespace veche::documents {
namespace {

constexpr std::size_t most_groups = 50;
constexpr std::size_t most_items = 20;

/// Both forms, written in step.
class page_of_mail {
  public:
    explicit page_of_mail(const setting& in) : in_(in) {
        html_ = "<!DOCTYPE html>\n<html lang=\"" + in.lang() +
                "\"><head><meta charset=\"utf-8\"></head>\n"
                "<body style=\"font-family:sans-serif;line-height:1.45;max-width:40em\">\n";
    }
    void heading(const std::string& words) {
        text_ += words + "\n\n";
        html_ += "<h1 style=\"font-size:1.3em\">" + render::escaped(words) + "</h1>\n";
    }
    void group(const digest_group& one) {
        const std::string address = in_.address(one.path);
        text_ += one.kind + ": " + one.title + "\n" + address + "\n";
        html_ += "<h2 style=\"font-size:1.1em;margin-bottom:0.2em\">" + render::escaped(one.kind) +
                 ": <a href=\"" + render::escaped(address) + "\">" + render::escaped(one.title) +
                 "</a></h2>\n<ul style=\"margin-top:0\">\n";
    }
    void item(const digest_item& one) {
        const std::string when = in_.moment(one.at);
        text_ += "  - " + one.said + " " + when + "\n";
        html_ += "<li>" + render::escaped(one.said) + " <a href=\"" +
                 render::escaped(in_.address("journal/" + std::to_string(one.seq))) + "\">" +
                 render::escaped(when) + "</a></li>\n";
    }
    void more(const std::string& words) {
        text_ += "  " + words + "\n";
        html_ += "<li>" + render::escaped(words) + "</li>\n";
    }
    void end_group() {
        text_ += "\n";
        html_ += "</ul>\n";
    }
    void paragraph(const std::string& words) {
        text_ += words + "\n\n";
        html_ += "<p>" + render::escaped(words) + "</p>\n";
    }
    void link(const std::string& words, const std::string& address) {
        text_ += words + ":\n" + address + "\n\n";
        html_ += "<p><a href=\"" + render::escaped(address) + "\">" + render::escaped(words) +
                 "</a></p>\n";
    }
    letter take(std::string subject) {
        html_ += "</body></html>\n";
        return {std::move(subject), std::move(text_), std::move(html_)};
    }

  private:
    const setting& in_;
    std::string text_;
    std::string html_;
};

bool newer(const digest_item& a, const digest_item& b) {
    return std::pair(a.at, a.seq) > std::pair(b.at, b.seq);
}

void tell(const setting& in, page_of_mail& out, const digest_group& group) {
    out.group(group);
    for (std::size_t i = 0; i < std::min(group.items.size(), most_items); ++i)
        out.item(group.items[i]);
    if (group.items.size() > most_items)
        out.more(in.text("mail.more",
                         {{"n", static_cast<std::int64_t>(group.items.size() - most_items)}}));
    out.end_group();
}

std::string subject_of(const setting& in, bool urgent, const std::vector<digest_group>& groups) {
    const std::string of = in.name(in.union_name);
    const std::string& title = groups.front().title;
    if (urgent)
        return in.text(
            "mail.urgent_subject",
            {{"union", of}, {"title", title}, {"said", groups.front().items.front().said}});
    if (groups.size() == 1)
        return in.text("mail.digest_subject_one", {{"union", of}, {"title", title}});
    return in.text(
        "mail.digest_subject",
        {{"union", of}, {"title", title}, {"n", static_cast<std::int64_t>(groups.size() - 1)}});
}

}  // namespace

letter digest_of(const setting& in, bool urgent, std::vector<digest_group> groups,
                 const std::string& leave) {
    VECHE_ENSURE(!groups.empty(), "a digest tells something");
    for (digest_group& one : groups) {
        VECHE_ENSURE(!one.items.empty(), "a thing in a digest has news");
        std::stable_sort(one.items.begin(), one.items.end(), newer);
    }
    std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) {
        return newer(a.items.front(), b.items.front());
    });
    page_of_mail out(in);
    out.heading(in.text(urgent ? "mail.urgent_heading" : "mail.digest_heading",
                        {{"union", in.name(in.union_name)}}));
    for (std::size_t i = 0; i < std::min(groups.size(), most_groups); ++i) tell(in, out, groups[i]);
    if (groups.size() > most_groups)
        out.paragraph(
            in.text("mail.more", {{"n", static_cast<std::int64_t>(groups.size() - most_groups)}}));
    out.link(in.text("mail.settings"), in.address("follows"));
    out.link(in.text("mail.leave"), leave);
    return out.take(subject_of(in, urgent, groups));
}

letter confirmation_of(const setting& in, const std::string& why, const std::string& link) {
    page_of_mail out(in);
    const std::string of = in.name(in.union_name);
    out.heading(in.text("mail.confirm_heading", {{"union", of}}));
    out.paragraph(why);
    out.link(in.text("mail.confirm_link"), link);
    out.paragraph(in.text("mail.confirm_else"));
    return out.take(in.text("mail.confirm_subject", {{"union", of}}));
}

letter trial_of(const setting& in) {
    page_of_mail out(in);
    const std::string of = in.name(in.union_name);
    out.heading(in.text("mail.trial_heading"));
    out.paragraph(in.text("mail.trial", {{"union", of}}));
    return out.take(in.text("mail.trial_subject", {{"union", of}}));
}

}  // namespace veche::documents
