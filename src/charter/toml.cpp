#include "charter/toml.hpp"

#include <algorithm>

#include <toml++/toml.h>

#include "charter/refusal.hpp"
#include "kernel/text.hpp"

namespace veche::charter {

namespace {

using place = file_place;

place place_of(const toml::node& node) {
    const auto& begin = node.source().begin;
    return {static_cast<std::int64_t>(begin.line), static_cast<std::int64_t>(begin.column)};
}

tl::unexpected<refusal> wrong_at(place at, const std::string& path, std::string why) {
    if (why.ends_with('.')) why.pop_back();
    return refuse(refusals::toml_value, path, std::to_string(at.line), std::to_string(at.column),
                  path.empty() ? "the file" : path, std::move(why));
}

std::string below(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

/// What may be left out of the file: it then keeps the value that the struct begins with.
bool may_miss(form what) {
    return what == form::optional || what == form::list || what == form::map ||
           what == form::boolean || what == form::choice;
}

class toml_reader {
  public:
    /// `part`: the file need not have what stands at the top of a charter.
    toml_reader(std::string_view text, bool part) : text_(text), part_(part) {}

    result<void> read(const toml::node& from, const type_info& type, void* into,
                      const std::string& path) {
        const place here = places_.emplace(path, place_of(from)).first->second;
        switch (type.what) {
            case form::object:
                return object(from, type, into, path);
            case form::list:
                return list(from, type, into, path);
            case form::map:
                return map(from, type, into, path);
            case form::optional:
                return read(from, type.element(), type.append(into, {}), path);
            case form::raw:
                return rule_in_text(from, into, path);
            default:
                return scalar(from, type, into, path, here);
        }
    }

    [[nodiscard]] std::map<std::string, place> take_places() { return std::move(places_); }

  private:
    result<void> object(const toml::node& from, const type_info& type, void* into,
                        const std::string& path) {
        const toml::table* table = from.as_table();
        if (!table) return wrong_at(place_of(from), path, "a table is expected");
        for (const auto& [key, value] : *table) {
            const auto known = std::find_if(
                type.fields.begin(), type.fields.end(),
                [&, name = key.str()](const field_info& field) { return field.name == name; });
            if (known == type.fields.end())
                return wrong_at(place_of(value), below(path, key.str()),
                                "there is no such key here");
            VECHE_CHECK(
                read(value, known->type(), known->get_mutable(into), below(path, key.str())));
        }
        for (const field_info& field : type.fields)
            if (!may_miss(field.type().what) && !table->contains(field.name) &&
                !(part_ && path.empty()))
                return wrong_at(place_of(from), path,
                                "the key " + std::string(field.name) + " is missing");
        return {};
    }

    result<void> list(const toml::node& from, const type_info& type, void* into,
                      const std::string& path) {
        const toml::array* array = from.as_array();
        if (!array) return wrong_at(place_of(from), path, "a list is expected");
        for (const toml::node& element : *array) {
            const toml::table* row = element.as_table();
            const std::string here =
                below(path, row ? name_of_row(*row, type, into) : std::to_string(type.size(into)));
            const bool many = row && type.element().name == "mandate" && row->contains("count");
            VECHE_CHECK(many ? numbered(*row, type, into, here)
                             : read(element, type.element(), type.append(into, {}), here));
        }
        return {};
    }

    /// Rows are called by their ids, so that a refusal of the finished document finds them.
    static std::string name_of_row(const toml::table& row, const type_info& type, void* into) {
        const auto id = row["id"].value<std::string>();
        return id && is_identifier(*id) ? *id : std::to_string(type.size(into));
    }

    /// `count = 36` in a mandate: persons prefix-1 to prefix-36 hold the seats prefix-1 to
    /// prefix-36.
    result<void> numbered(const toml::table& row, const type_info& type, void* into,
                          const std::string& path) {
        const auto count = row["count"].value<std::int64_t>();
        if (!count || *count < 1 || *count > 2000)
            return wrong_at(place_of(*row.get("count")), below(path, "count"),
                            "a number from 1 to 2000 is expected");
        for (std::int64_t n = 1; n <= *count; ++n) {
            toml::table one = row;
            one.erase("count");
            for (const char* key : {"id", "person", "seat"})
                if (auto* text = one[key].as_string())
                    *text = text->get() + "-" + std::to_string(n);
            const std::string here =
                one["id"].is_string() ? parent_of(path) + one["id"].ref<std::string>() : path;
            // Copies do not know where they came from.
            places_.emplace(here, place_of(row));
            for (const auto& [key, value] : row)
                places_.emplace(below(here, key.str()), place_of(value));
            VECHE_CHECK(read(one, type.element(), type.append(into, {}), here));
        }
        return {};
    }
    static std::string parent_of(const std::string& path) {
        return path.substr(0, path.find('.') + 1);
    }

    result<void> map(const toml::node& from, const type_info& type, void* into,
                     const std::string& path) {
        const toml::table* table = from.as_table();
        if (!table) return wrong_at(place_of(from), path, "a table is expected");
        for (const auto& [key, value] : *table) {
            if (!text::is_key(key.str()))
                return wrong_at(place_of(value), below(path, key.str()),
                                "a key here is made of a to z, 0 to 9 and _");
            VECHE_CHECK(
                read(value, type.element(), type.append(into, key.str()), below(path, key.str())));
        }
        return {};
    }

    static result<void> scalar(const toml::node& from, const type_info& type, void* into,
                               const std::string& path, place here) {
        std::string as_json;
        if (const auto* text = from.as_string()) {
            as_json = json::quoted(text->get());
        } else if (const auto* number = from.as_integer()) {
            as_json = std::to_string(number->get());
        } else if (const auto* yes = from.as_boolean()) {
            as_json = yes->get() ? "true" : "false";
        } else if (const auto* day = from.as_date()) {
            as_json = json::quoted(
                to_text(date_from({day->get().year, day->get().month, day->get().day})));
        } else {
            return wrong_at(here, path,
                            "a text, a whole number, true, false or a date is expected");
        }
        json::document doc;
        auto done = doc.reset(as_json);
        if (done) done = read_json(type, doc.root(), into);
        if (!done) return wrong_at(here, path, done.error().sentence());
        return {};
    }

    /// Where the text of a string begins: after its quotes, and after the newline that follows
    /// three.
    [[nodiscard]] place text_begin(const toml::node& from) const {
        place at = place_of(from);
        std::size_t offset = 0;
        for (std::int64_t line = 1; line < at.line; ++line) {
            offset = text_.find('\n', offset);
            if (offset == std::string_view::npos) return at;
            ++offset;
        }
        const std::string_view here =
            text_.substr(std::min(offset + static_cast<std::size_t>(at.column - 1), text_.size()));
        const bool three = here.starts_with("'''") || here.starts_with("\"\"\"");
        if (three && (here.substr(3).starts_with('\n') || here.substr(3).starts_with("\r\n")))
            return {at.line + 1, 1};
        at.column += three ? 3 : 1;
        return at;
    }

    result<void> rule_in_text(const toml::node& from, void* into, const std::string& path) {
        const auto* text = from.as_string();
        if (!text)
            return wrong_at(place_of(from), path,
                            "a rule is a text in the language of docs/format/rules.md");
        text_place fault;
        const auto read = parse_rule_text(text->get(), fault);
        if (!read) {
            place at = text_begin(from);
            at.column = fault.line == 1 ? at.column + fault.column - 1 : fault.column;
            at.line += fault.line - 1;
            // The place in the file says it already.
            const refusal& why = read.error();
            return wrong_at(
                at, path,
                why.kind == &refusals::rule_syntax ? "expected " + why.args[2] : why.sentence());
        }
        static_cast<json::raw_json*>(into)->bytes = to_canonical(*read);
        return {};
    }

    std::string_view text_;
    bool part_;
    std::map<std::string, place> places_;
};

result<charter_text> read_text(std::string_view text, bool part) {
    charter_text out;
    toml_reader reader(text, part);
    try {
        const toml::table parsed = toml::parse(text);
        VECHE_CHECK(reader.read(parsed, describe<charter_document>(), &out.document, ""));
    } catch (const toml::parse_error& broken) {
        const auto& begin = broken.source().begin;
        return refuse(refusals::toml_syntax, {}, std::to_string(begin.line),
                      std::to_string(begin.column), std::string(broken.description()));
    }
    out.places = reader.take_places();
    return out;
}

result<charter_document> checked(charter_text read) {
    if (auto sound = check(read.document); !sound) {
        const refusal& why = sound.error();
        return wrong_at(read.place_of(why.field), why.field, why.sentence());
    }
    return std::move(read.document);
}

}  // namespace

file_place charter_text::place_of(std::string_view field) const {
    std::string path(field);
    auto found = places.find(path);
    while (found == places.end() && !path.empty()) {
        const auto dot = path.rfind('.');
        path.resize(dot == std::string::npos ? 0 : dot);
        found = places.find(path);
    }
    return found == places.end() ? file_place{} : found->second;
}

result<charter_text> read_charter_text(std::string_view text) {
    return read_text(text, false);
}

result<charter_document> read_toml(std::string_view text) {
    return checked(VECHE_TRY(read_text(text, false)));
}

result<charter_document> read_preset(std::string_view text) {
    charter_text read = VECHE_TRY(read_text(text, true));
    if (read.document.id.empty()) read.document.id = "preset";
    if (read.document.name.empty()) read.document.name.emplace("en", "preset");
    return checked(std::move(read));
}

}  // namespace veche::charter
