#pragma once
// What a command's form offers to choose from: the things that exist, by the name of the field.

#include "api/pages/visit.hpp"
#include "calls/views.hpp"

namespace veche::api::pages {

class command_source final : public render::form_source {
  public:
    /// `values`: what is entered so far; options may depend on it (the items of the chosen
    /// session).
    command_source(visit& here, std::string_view type, const render::form_pairs& values)
        : here_(here), type_(type), values_(values) {}

    [[nodiscard]] std::optional<std::vector<render::form_option>> options(
        std::string_view path, const field_info& field) const override;
    [[nodiscard]] std::size_t ranked(std::string_view path, const field_info& field) const override;
    [[nodiscard]] const type_info* command(std::string_view type) const override;
    [[nodiscard]] std::vector<render::form_option> languages() const override;

  private:
    using option_list = std::vector<render::form_option>;
    /// The command whose field stands at the path: an order inside the form, or the form's own.
    [[nodiscard]] std::string type_at(std::string_view path) const;
    [[nodiscard]] std::optional<option_list> things(std::string_view name,
                                                    std::string_view type) const;
    [[nodiscard]] std::optional<option_list> of_contracts(std::string_view name,
                                                          std::string_view type) const;
    [[nodiscard]] std::optional<option_list> of_the_fund(std::string_view name,
                                                         std::string_view type) const;
    [[nodiscard]] std::optional<option_list> of_evidence(std::string_view name,
                                                         std::string_view type) const;
    [[nodiscard]] std::optional<option_list> of_beneficiaries(std::string_view name,
                                                              std::string_view type) const;
    [[nodiscard]] std::optional<option_list> of_calls(std::string_view name,
                                                      std::string_view type) const;
    [[nodiscard]] std::shared_ptr<const calls::call_view> asked_call() const;
    /// Whom a host may rank: those who named the programme and take part.
    [[nodiscard]] option_list rankable() const;
    /// Programmes that the reader can still rank, where offers roll.
    [[nodiscard]] option_list still_open() const;
    [[nodiscard]] option_list persons_with(std::string_view power, const body_id& body) const;
    [[nodiscard]] option_list sessions() const;
    [[nodiscard]] option_list items() const;
    [[nodiscard]] option_list papers() const;
    [[nodiscard]] option_list seats() const;
    [[nodiscard]] option_list measures() const;
    [[nodiscard]] option_list persons() const;
    [[nodiscard]] option_list amendments() const;
    [[nodiscard]] option_list enactable() const;

    visit& here_;
    std::string type_;
    const render::form_pairs& values_;
};

/// Fields that a command about this call does not ask for: a grant has no programmes.
std::vector<std::string> unasked_fields(visit& here, std::string_view type,
                                        const render::form_pairs& values);

/// Fields that this command cannot do without though the wire lets them out: the reason of whoever
/// refuses, the choices of whoever applies for a place.
std::vector<std::string> needed_fields(visit& here, std::string_view type,
                                       const render::form_pairs& values);
/// Whether anything was entered in the field.
bool is_filled(const render::form_pairs& values, const std::string& field);

/// Offices and seats under which the person may act, each with its title.
std::vector<render::form_option> authorities(const visit& here);

}  // namespace veche::api::pages
