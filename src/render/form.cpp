// Drawing forms.

#include "render/form.hpp"

#include <algorithm>

#include "render/escape.hpp"
#include "render/filters.hpp"

namespace veche::render {
namespace {

constexpr std::size_t most_radios = 6;

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

bool is_long_text(std::string_view name) {
    return name == "text" || name == "about" || name == "reason" || name == "note" ||
           name == "evidence" || name == "comment" || name == "summary";
}

std::string join(std::string_view path, std::string_view name) {
    return path.empty() ? std::string(name) : std::string(path) + "." + std::string(name);
}

/// How many numbered groups of a list were sent: one more than the highest number.
std::size_t groups_sent(const form_pairs& values, const std::string& path) {
    std::size_t most = 0;
    for (const auto& [name, value] : values) {
        if (name.rfind(path + ".", 0) != 0) continue;
        const std::string rest = name.substr(path.size() + 1);
        std::size_t number = 0;
        std::size_t digits = 0;
        for (; digits < rest.size() && digits < 4 && rest[digits] >= '0' && rest[digits] <= '9';
             ++digits)
            number = number * 10 + static_cast<std::size_t>(rest[digits] - '0');
        if (digits > 0) most = std::max(most, number + 1);
    }
    return most;
}

/// Whether the struct is nothing but a reference to content.
bool is_only_file(const type_info& type) {
    return is_file_like(type) &&
           std::all_of(type.fields.begin(), type.fields.end(),
                       [](const field_info& f) { return is_of_file(f.name); });
}

/// A field with everything known of its place.
struct place {
    std::string path;
    std::string_view owner;
    const field_info* field;
    bool optional;
};

class drawer {
  public:
    drawer(const form_state& state, const form_source& source, const surroundings& around)
        : state_(state), source_(source), around_(around) {}

    void object(const type_info& type, const std::string& path) {
        const bool file_like = is_file_like(type);
        for (const field_info& field : type.fields) {
            if (file_like && is_of_file(field.name)) continue;
            const std::string here = join(path, field.name);
            if (has(state_.fixed, here)) hidden(here);
            if (!has(state_.fixed, here) && !has(state_.filled, here)) one_field(type, here, field);
        }
        static constexpr field_info content{"content", "File.", nullptr, 0};
        if (file_like) file({path, type.name, &content, false});
        if (path.empty()) fold(type);
    }

    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    static bool has(const std::vector<std::string>& all, const std::string& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    }

    void one_field(const type_info& type, const std::string& here, const field_info& field) {
        const type_info& outer = field.type();
        const bool optional =
            !has(state_.needed, here) &&
            (outer.what == form::optional || outer.what == form::list || outer.what == form::map);
        const type_info& inner = outer.what == form::optional ? outer.element() : outer;
        draw({here, type.name, &field, optional}, inner);
    }

    /// What came with values stands last, and closed unless something in it is to be mended.
    void fold(const type_info& type) {
        std::vector<const field_info*> folded;
        bool wrong = false;
        for (const field_info& field : type.fields) {
            const std::string name(field.name);
            if (!has(state_.filled, name) || has(state_.fixed, name)) continue;
            folded.push_back(&field);
            for (const form_fault& one : state_.faults)
                wrong = wrong || one.path == name || one.path.starts_with(name + ".");
        }
        if (folded.empty()) return;
        std::string names;
        for (const field_info* field : folded)
            names += (names.empty() ? "" : ", ") + field_label(type.name, field->name, around_);
        out_ += std::string("<details class=\"filled\"") + (wrong ? " open" : "") + "><summary>" +
                escaped(around_.texts->text("form.filled", {{"names", names}})) + "</summary>";
        for (const field_info* field : folded) one_field(type, std::string(field->name), *field);
        out_ += "</details>";
    }

    void hidden(const std::string& path) {
        for (const auto& [name, value] : state_.values)
            if (name == path || name.rfind(path + ".", 0) == 0)
                out_ += "<input type=\"hidden\"" + attribute("name", name) +
                        attribute("value", value) + ">";
    }

    void draw(const place& at, const type_info& type) {
        if (&type == &describe<amount>()) return amount_field(at);
        if (&type == &describe<localized>()) return localized_field(at);
        switch (type.what) {
            case form::object:
                return is_only_file(type) ? file(at) : group(at, type);
            case form::list:
                return list(at, type.element());
            case form::choice:
                return choice(at, type);
            case form::boolean:
                return checkbox(at);
            case form::raw:
                return raw(at);
            default:
                return scalar(at, type);
        }
    }

    [[nodiscard]] std::string label(const place& at) const {
        return field_label(at.owner, at.field->name, around_);
    }

    [[nodiscard]] const form_fault* fault(const std::string& path) const {
        const auto found = std::find_if(state_.faults.begin(), state_.faults.end(),
                                        [&](const form_fault& one) { return one.path == path; });
        return found == state_.faults.end() ? nullptr : &*found;
    }

    [[nodiscard]] std::string_view value(std::string_view path) const {
        return form_value(state_.values, path);
    }

    [[nodiscard]] std::string optional_mark(const place& at) const {
        return at.optional ? " <span class=\"optional\">" +
                                 escaped(around_.texts->text("form.optional")) + "</span>"
                           : "";
    }

    /// Hint and fault under a label; gives the ids for aria-describedby.
    std::string remarks(const place& at, std::string& described) const {
        std::string out;
        const std::string id = input_id(at.path);
        const std::string key = "hint." + std::string(at.owner) + "." + std::string(at.field->name);
        if (around_.texts->find(key) != nullptr) {
            out += "<p class=\"hint\"" + attribute("id", id + "-hint") + ">" +
                   escaped(around_.texts->text(key)) + "</p>";
            described = id + "-hint";
        }
        if (const form_fault* found = fault(at.path)) {
            out += "<p class=\"message\"" + attribute("id", id + "-fault") + ">" +
                   escaped(found->sentence) + "</p>";
            described += (described.empty() ? "" : " ") + id + "-fault";
        }
        return out;
    }

    std::string field_class(const std::string& path) const {
        return fault(path) != nullptr ? "field wrong" : "field";
    }

    void open_field(const place& at, std::string& described) {
        out_ += "<div class=\"" + field_class(at.path) + "\"><label" +
                attribute("for", input_id(at.path)) + ">" + escaped(label(at)) + optional_mark(at) +
                "</label>" + remarks(at, described);
    }

    std::string common(const place& at, const std::string& described) const {
        std::string out = attribute("id", input_id(at.path)) + attribute("name", at.path);
        if (!described.empty()) out += attribute("aria-describedby", described);
        if (fault(at.path) != nullptr) out += " aria-invalid=\"true\"";
        return out;
    }

    void scalar(const place& at, const type_info& type) {
        if (const auto options = source_.options(at.path, *at.field)) return select(at, *options);
        std::string described;
        open_field(at, described);
        if (is_long_text(at.field->name) && type.what == form::text) {
            out_ += "<textarea rows=\"5\"" + common(at, described) + ">" + escaped(value(at.path)) +
                    "</textarea></div>";
            return;
        }
        out_ += "<input" + (at.owner == "map_place" ? std::string(place_input) : input_type(type)) +
                common(at, described) + attribute("value", shown_value(at.path, type)) + "></div>";
    }

    /// A letter may say the side, so that no keyboard of digits alone is asked for.
    static constexpr std::string_view place_input = " type=\"text\" class=\"narrow\"";

    static std::string input_type(const type_info& type) {
        switch (type.what) {
            case form::date:
                return " type=\"date\" class=\"narrow\"";
            case form::instant:
                return " type=\"datetime-local\" class=\"narrow\"";
            case form::integer:
                return " type=\"text\" inputmode=\"numeric\" class=\"narrow\"";
            case form::identifier:
                return " type=\"text\" spellcheck=\"false\" autocomplete=\"off\"";
            default:
                return " type=\"text\"";
        }
    }

    /// A prefilled instant comes in the wire form and is shown in local time.
    [[nodiscard]] std::string shown_value(const std::string& path, const type_info& type) const {
        const std::string entered(value(path));
        if (type.what != form::instant) return entered;
        const auto at = parse_instant(entered);
        if (!at) return entered;
        const std::int64_t minutes = around_.zone != nullptr ? around_.zone->offset(*at) : 0;
        return to_text(instant{at->ms + minutes * 60'000}).substr(0, 16);
    }

    void select(const place& at, const std::vector<form_option>& options) {
        std::string described;
        open_field(at, described);
        select_input(at, options, described);
        out_ += "</div>";
    }

    void select_input(const place& at, const std::vector<form_option>& options,
                      const std::string& described) {
        const std::string_view chosen = value(at.path);
        out_ += "<select" + common(at, described) + ">";
        if (at.optional || chosen.empty())
            out_ += "<option value=\"\">" +
                    escaped(around_.texts->text(at.optional ? "form.none" : "form.choose")) +
                    "</option>";
        for (const form_option& option : options)
            out_ += "<option" + attribute("value", option.value) +
                    (option.value == chosen ? " selected" : "") + ">" + escaped(option.label) +
                    "</option>";
        out_ += "</select>";
    }

    void choice(const place& at, const type_info& type) {
        std::vector<form_option> options;
        for (const auto name : type.choices) {
            const std::string key = "choice." + std::string(type.name) + "." + std::string(name);
            options.push_back({std::string(name), around_.texts->text(key)});
        }
        if (options.size() > most_radios || at.optional) return select(at, options);
        open_set(at, "");
        for (const form_option& option : options)
            one_choice("radio", at.path, option, option.value == value(at.path));
        out_ += "</fieldset>";
    }

    void open_set(const place& at, std::string_view kind) {
        std::string described;
        const std::string below = remarks(at, described);
        out_ += "<fieldset class=\"" + field_class(at.path) + std::string(kind) + "\"" +
                attribute("id", input_id(at.path)) +
                (described.empty() ? "" : attribute("aria-describedby", described)) + "><legend>" +
                escaped(label(at)) + optional_mark(at) + "</legend>" + below;
    }

    void one_choice(std::string_view type, const std::string& name, const form_option& option,
                    bool chosen) {
        const std::string id = input_id(name + "." + option.value);
        out_ += "<div class=\"choice\"><input" + attribute("type", type) + attribute("id", id) +
                attribute("name", name) + attribute("value", option.value) +
                (chosen ? " checked" : "") + "><label" + attribute("for", id) + ">" +
                escaped(option.label) + "</label></div>";
    }

    void checkbox(const place& at) {
        const std::string_view sent = value(at.path);
        out_ += "<div class=\"" + field_class(at.path) + "\">";
        one_choice("checkbox", at.path, {"true", label(at)}, sent == "true" || sent == "on");
        out_ += "</div>";
    }

    void amount_field(const place& at) {
        open_set(at, "");
        static constexpr field_info unit_field{"unit", "Unit.", nullptr, 0};
        const auto units = source_.options(at.path + ".unit", unit_field);
        const std::string minor = at.path + ".minor";
        const std::string unit = at.path + ".unit";
        out_ +=
            "<div class=\"button-row\"><input type=\"text\" inputmode=\"decimal\" "
            "class=\"narrow\"" +
            attribute("id", input_id(minor)) + attribute("name", minor) +
            attribute("aria-label", label(at)) + attribute("value", value(minor)) +
            "><select class=\"narrow\"" + attribute("id", input_id(unit)) +
            attribute("name", unit) + attribute("aria-label", around_.texts->text("field.unit")) +
            ">";
        for (const form_option& option : units.value_or(std::vector<form_option>{}))
            out_ += "<option" + attribute("value", option.value) +
                    (option.value == value(unit) ? " selected" : "") + ">" + escaped(option.label) +
                    "</option>";
        out_ += "</select></div></fieldset>";
    }

    void localized_field(const place& at) {
        open_set(at, " group");
        for (const form_option& language : source_.languages()) {
            const std::string name = at.path + "." + language.value;
            const std::string id = input_id(name);
            out_ += "<div class=\"field\"><label" + attribute("for", id) +
                    attribute("lang", language.value) + ">" + escaped(language.label) + "</label>";
            const std::string common =
                attribute("id", id) + attribute("name", name) + attribute("lang", language.value);
            if (is_long_text(at.field->name))
                out_ +=
                    "<textarea rows=\"5\"" + common + ">" + escaped(value(name)) + "</textarea>";
            else
                out_ += "<input type=\"text\"" + common + attribute("value", value(name)) + ">";
            out_ += "</div>";
        }
        out_ += "</fieldset>";
    }

    /// A reference to content is made by sending the file. What was sent with a form that came back
    /// stays sent.
    void file(const place& at) {
        std::string described;
        open_field(at, described);
        out_ += "<input type=\"file\"" + common(at, described) + ">";
        for (const char* name :
             {"sha256", "size", "media", "alg", "bucket", "class", "commit", "subject"})
            hidden(at.path + "." + name);
        out_ += "</div>";
        if (is_sealed_file(at.field->type == nullptr ? describe<bool>() : at.field->type()))
            closed_words(at);
    }

    /// Closed matter may be written down instead. It is never sent back: a form that was refused
    /// holds its seal.
    void closed_words(const place& at) {
        const std::string name = "_sealed." + at.path;
        out_ += "<div class=\"field\"><label" + attribute("for", input_id(name)) + ">" +
                escaped(around_.texts->text("form.closed_words")) + "</label><textarea rows=\"5\"" +
                attribute("id", input_id(name)) + attribute("name", name) + "></textarea></div>";
    }

    void group(const place& at, const type_info& type) {
        open_set(at, " group");
        object(type, at.path);
        out_ += "</fieldset>";
    }

    void list(const place& at, const type_info& element) {
        if (element.what == form::object && &element != &describe<amount>())
            return groups(at, element);
        if (const auto options = source_.options(at.path, *at.field)) {
            if (const std::size_t most = source_.ranked(at.path, *at.field); most > 0)
                return ranking(at, *options, most);
            open_set(at, "");
            for (const form_option& option : *options) {
                const bool chosen =
                    std::find(state_.values.begin(), state_.values.end(),
                              std::pair{at.path, option.value}) != state_.values.end();
                one_choice("checkbox", at.path, option, chosen);
            }
            out_ += "</fieldset>";
            return;
        }
        std::string all;
        for (const auto& [name, one] : state_.values)
            if (name == at.path) all += (all.empty() ? "" : "\n") + one;
        std::string described;
        open_field(at, described);
        out_ += "<p class=\"hint\">" + escaped(around_.texts->text("form.one_per_line")) +
                "</p><textarea rows=\"3\"" + common(at, described) + ">" + escaped(all) +
                "</textarea></div>";
    }

    /// One select for each place in the order, so that it works by keyboard and without script.
    void ranking(place at, const std::vector<form_option>& options, std::size_t most) {
        // What one orders is what the form is about.
        at.optional = false;
        std::vector<std::string_view> chosen;
        for (const auto& [name, one] : state_.values)
            if (name == at.path && !one.empty()) chosen.push_back(one);
        open_set(at, "");
        out_ += "<div class=\"ranking\">";
        for (std::size_t i = 0; i < most; ++i) {
            const std::string id = input_id(at.path + "." + std::to_string(i));
            out_ += "<div class=\"field\"><label" + attribute("for", id) + ">" +
                    escaped(around_.texts->text("form.rank",
                                                {{"n", static_cast<std::int64_t>(i) + 1}})) +
                    "</label><select" + attribute("id", id) + attribute("name", at.path) +
                    "><option value=\"\">" + escaped(around_.texts->text("form.none")) +
                    "</option>";
            for (const form_option& option : options)
                out_ += "<option" + attribute("value", option.value) +
                        (i < chosen.size() && option.value == chosen[i] ? " selected" : "") + ">" +
                        escaped(option.label) + "</option>";
            out_ += "</select></div>";
        }
        out_ += "</div></fieldset>";
    }

    /// Numbered groups; a button asks the server for one more, so that it works without script.
    void groups(const place& at, const type_info& element) {
        open_set(at, " group");
        const bool more = value("_more") == at.path;
        const std::size_t count = groups_sent(state_.values, at.path) + (more ? 1 : 0);
        for (std::size_t i = 0; i < count; ++i) {
            out_ += "<fieldset class=\"group field\"><legend>" + escaped(label(at)) + " " +
                    std::to_string(i + 1) + "</legend>";
            object(element, at.path + "." + std::to_string(i));
            out_ += "</fieldset>";
        }
        out_ +=
            "<p class=\"button-row field\"><button class=\"button second\" type=\"submit\" "
            "name=\"_more\"" +
            attribute("value", at.path) + ">" +
            escaped(around_.texts->text("form.add_another", {{"what", label(at)}})) +
            "</button></p></fieldset>";
    }

    /// A command inside a command: its own fields once its type is chosen.
    void raw(const place& at) {
        const auto dot = at.path.rfind('.');
        const std::string beside = dot == std::string::npos ? "" : at.path.substr(0, dot + 1);
        const type_info* inner = source_.command(value(beside + "type"));
        if (inner != nullptr) return object(*inner, at.path);
        if (!beside.empty()) {
            out_ +=
                "<p class=\"button-row field\"><button class=\"button second\" type=\"submit\" "
                "name=\"_more\" value=\"\">" +
                escaped(around_.texts->text("form.show_fields")) + "</button></p>";
            return;
        }
        std::string described;
        open_field(at, described);
        out_ += "<textarea rows=\"5\" class=\"mono\"" + common(at, described) + ">" +
                escaped(value(at.path)) + "</textarea></div>";
    }

    const form_state& state_;
    const form_source& source_;
    const surroundings& around_;
    std::string out_;
};

}  // namespace

std::size_t form_source::ranked(std::string_view, const field_info&) const {
    return 0;
}

bool is_of_file(std::string_view field) {
    static constexpr std::string_view names[] = {"sha256", "size",  "media",  "alg",
                                                 "bucket", "class", "commit", "subject"};
    return std::find(std::begin(names), std::end(names), field) != std::end(names);
}

bool is_sealed_file(const type_info& type) {
    return type.name == "seal_ref";
}

bool is_map_place(const type_info& type) {
    return type.name == "map_place";
}

bool is_file_like(const type_info& type) {
    return is_sealed_file(type) ||
           std::any_of(type.fields.begin(), type.fields.end(),
                       [](const field_info& field) { return field.name == "sha256"; });
}

markup form_fields(const type_info& type, const form_state& state, const form_source& source,
                   const surroundings& around) {
    drawer draw(state, source, around);
    draw.object(type, "");
    return {draw.take()};
}

std::string field_label(std::string_view owner, std::string_view name, const surroundings& around) {
    const std::string own = "field." + std::string(owner) + "." + std::string(name);
    if (around.texts->find(own) != nullptr) return around.texts->text(own);
    const std::string shared = "field." + std::string(name);
    return around.texts->find(shared) != nullptr ? around.texts->text(shared) : std::string(name);
}

std::string input_id(std::string_view path) {
    std::string out = "f-";
    for (const char c : path) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        out += plain ? c : '-';
    }
    return out;
}

std::string_view form_value(const form_pairs& pairs, std::string_view name) {
    for (const auto& [known, value] : pairs)
        if (known == name) return value;
    return {};
}

}  // namespace veche::render
