#pragma once
// What the reader may do on a page: buttons that do it at once, links to the form of a command.

#include "api/pages/visit.hpp"
#include "assembly/view_parts.hpp"

namespace veche::api::pages {

struct act_field {
    std::string name;
    std::string value;
};
VECHE_VIEW(act_field, (name, "Field of the command."), (value, "Its value."))

struct act {
    std::string type;
    std::string label;
    std::string auth;
    std::string back;
    std::vector<act_field> fields;
    bool direct = false;
    std::string href;
};
VECHE_VIEW(act, (type, "Type of the command."), (label, "What it does, in words."),
           (auth, "Seat or office under which it is done."), (back, "Page to return to."),
           (fields, "Fields that the page has settled."),
           (direct, "Whether a button does it at once."), (href, "Address of its form."))

/// The office that gives the power here, that of `body` first; nothing where the viewer lacks it.
std::optional<std::string> office_with(const assembly::viewer_means& means, std::string_view power,
                                       const body_id& body);

/// Gathers what may be done on one page.
class act_list {
  public:
    /// `back`: the page to return to, below the language ("sessions/2026-1").
    act_list(const visit& here, std::string back) : here_(here), back_(std::move(back)) {}
    /// A button. Nothing is added where `auth` is empty.
    void button(std::string_view type, const std::optional<std::string>& auth,
                std::vector<act_field> fields, std::string label = {});
    /// A link to the command's form, with fields filled in.
    void form(std::string_view type, const std::optional<std::string>& auth,
              std::vector<act_field> fields, std::string label = {});
    [[nodiscard]] std::vector<act> take() { return std::move(acts_); }

  private:
    const visit& here_;
    std::string back_;
    std::vector<act> acts_;
};

}  // namespace veche::api::pages
