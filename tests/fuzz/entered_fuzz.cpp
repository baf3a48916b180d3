// What a person enters in a form: local times, money, places, lists, texts in several languages.
// What is read is canonical JSON of the command, or every field at fault is named.

#include <cstdint>

#include "api/urlencoded.hpp"
#include "barriers/commands.hpp"
#include "kernel/check.hpp"
#include "registry/commands.hpp"
#include "render/form.hpp"

namespace {

using namespace veche;
using namespace veche::render;

struct money_form {
    std::string purpose;
    std::optional<amount> part;
    amount whole;
    instant by;
};
VECHE_FIELDS_HERE(money_form, (purpose, "What for."), (part, "Only this much."),
                  (whole, "How much."), (by, "Until when."))

class typed_source final : public form_source {
  public:
    [[nodiscard]] std::optional<std::vector<form_option>> options(
        std::string_view, const field_info&) const override {
        return std::nullopt;
    }
    [[nodiscard]] const type_info* command(std::string_view) const override {
        return &describe<money_form>();
    }
    [[nodiscard]] std::vector<form_option> languages() const override {
        return {{"en", "English"}, {"be", "Беларуская"}};
    }
};

template <class... T>
const type_info& one_of(const std::tuple<T...>*, std::size_t choice) {
    static constexpr const type_info& (*all[])() = {&describe<T>...};
    return all[choice % sizeof...(T)]();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto texts = *catalogue::from_text("en", "[form]\namount = \"Enter {field}.\"");
    if (size < 2) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    surroundings around;
    around.texts = &texts;
    (void)local_instant(text, around);
    if (const auto minor = minor_units(text, data[0] % 4))
        VECHE_ENSURE(text.find_first_of("0123456789") != std::string_view::npos,
                     "money has digits");
    const auto sent = api::parse_urlencoded(text);
    if (!sent) return 0;
    const type_info& type =
        data[0] % 3 == 0   ? describe<money_form>()
        : data[0] % 3 == 1 ? one_of(static_cast<const registry::commands*>(nullptr), data[0] / 3)
                           : one_of(static_cast<const barriers::commands*>(nullptr), data[0] / 3);
    const form_reading read = read_form(type, *sent, typed_source(), around);
    if (read.faults.empty()) {
        json::document doc;
        VECHE_ENSURE(doc.reset(read.json).has_value(), "a form becomes canonical JSON");
    }
    (void)form_fields(type, {*sent, read.faults, {}, {}, {}}, typed_source(), around);
    return 0;
}
