#include "documents/order_words.hpp"

#include "office/routes.hpp"
#include "render/command_words.hpp"
#include "render/form.hpp"

namespace veche::documents {
namespace {

/// Walks a value along its description and notes one line for each scalar.
class walk {
  public:
    walk(const setting& in, std::vector<labelled>& out) : in_(in), out_(out) {}

    void object(const type_info& type, json::node from, const std::string& above) const {
        for (const field_info& field : type.fields) {
            const auto value = from.find(field.name);
            if (!value.valid()) continue;
            const type_info& outer = field.type();
            const type_info& inner = outer.what == form::optional ? outer.element() : outer;
            const std::string label = render::field_label(type.name, field.name, in_.around);
            one(inner, value, field.name, above.empty() ? label : above + ", " + label);
        }
    }

  private:
    void one(const type_info& type, json::node from, std::string_view field,
             const std::string& label) const {
        const bool whole = &type == &describe<amount>() || &type == &describe<localized>();
        if (!whole && type.what == form::object && from.is(json::kind::object))
            return object(type, from, label);
        if (type.what == form::list && from.is(json::kind::array)) {
            for (auto each = from.first(); each.valid(); each = each.next())
                one(type.element(), each, field, label);
            return;
        }
        out_.push_back({label, words(type, from, field)});
    }

    std::string words(const type_info& type, json::node from, std::string_view field) const {
        if (&type == &describe<amount>())
            if (const auto read = from_json<amount>(from))
                return render::amount_text(*read, in_.around);
        if (&type == &describe<localized>())
            if (const auto read = from_json<localized>(from)) return in_.name(*read);
        if (!from.is(json::kind::string)) return std::string(from.raw());
        return scalar(type, std::string(from.as_string()), field);
    }

    std::string scalar(const type_info& type, const std::string& text,
                       std::string_view field) const {
        if (type.what == form::date)
            if (const auto day = parse_date(text)) return render::date_text(*day, in_.around);
        if (type.what == form::instant)
            if (const auto at = parse_instant(text)) return in_.moment(*at);
        if (type.what == form::choice) {
            const std::string key = "choice." + std::string(type.name) + "." + text;
            return in_.around.texts->find(key) != nullptr ? in_.text(key) : text;
        }
        const auto kind = render::name_kind(field);
        const bool named = !kind.empty() && in_.around.names != nullptr;
        const localized* found = named ? in_.around.names->find(kind, text) : nullptr;
        return found == nullptr ? text : in_.name(*found);
    }

    const setting& in_;
    std::vector<labelled>& out_;
};

}  // namespace

std::string order_title(const setting& in, std::string_view type) {
    const std::string key = "command." + std::string(type);
    return in.around.texts->find(key) != nullptr ? in.text(key) : std::string(type);
}

std::vector<labelled> order_facts(const setting& in, const assembly::enactment_view& order) {
    std::vector<labelled> facts;
    json::document body;
    const auto* route = office::find_route(order.type);
    if (route == nullptr || !body.reset(order.body.bytes) || !body.root().is(json::kind::object))
        return {{order.type, order.body.bytes}};
    walk(in, facts).object(route->body(), body.root(), {});
    return facts;
}

}  // namespace veche::documents
