// Walking bound templates over values.

#include <algorithm>

#include "render/bound.hpp"
#include "render/escape.hpp"

namespace veche::render {
namespace {

/// One open thing: a root, an element of a list, the content of an optional.
struct frame {
    const void* data = nullptr;
    std::size_t index = 0;
    std::size_t count = 1;
    std::string_view key;
};

class walker {
  public:
    walker(const surroundings& around, std::string& out) : around_(around), out_(out) {}
    void open(frame opened) { frames_.push_back(opened); }

    void all(const std::vector<op>& ops) {
        for (const op& one : ops) each(one);
    }

  private:
    void each(const op& one) {
        switch (one.what) {
            case op::kind::text:
                out_ += one.text;
                return;
            case op::kind::value:
                return print(one.value);
            case op::kind::translate:
                return translate(one);
            case op::kind::section:
                return section(one);
            case op::kind::inverted:
                if (!holds(one)) all(one.children);
                return;
        }
    }

    /// The value at the end of a path, null where an optional on the way is empty.
    const void* find(const path& from) {
        const frame& start = frames_[from.frame];
        switch (from.what) {
            case path::end::number:
                number_ = static_cast<std::int64_t>(start.index) + 1;
                return &number_;
            case path::end::first:
                flag_ = start.index == 0;
                return &flag_;
            case path::end::last:
                flag_ = start.index + 1 == start.count;
                return &flag_;
            case path::end::key:
                text_ = std::string(start.key);
                return &text_;
            default:
                return follow(from, start.data);
        }
    }

    const void* follow(const path& from, const void* at) {
        const type_info* type = from.start;
        for (const field_info* step : from.steps) {
            if (at == nullptr) return nullptr;
            if (step == nullptr) {
                at = type->size(at) == 0 ? nullptr : type->at(at, 0);
                type = &type->element();
            } else {
                at = step->get(at);
                type = &step->type();
            }
        }
        if (from.what != path::end::size || at == nullptr) return at;
        number_ = static_cast<std::int64_t>(type->size(at));
        return &number_;
    }

    formatted form(const bound_value& value) {
        const void* at = find(value.from);
        if (at == nullptr) return {};
        formatted made = value.form->run(*value.from.type, at, value.argument, around_);
        for (const auto& [filter, argument] : value.after) made = filter->run(made, argument);
        return made;
    }

    void print(const bound_value& value) {
        const formatted made = form(value);
        out_ += made.open;
        append_escaped(out_, made.text);
        out_ += made.close;
    }

    void translate(const op& one) {
        std::vector<text_argument> arguments;
        arguments.reserve(one.arguments.size());
        for (const auto& [place, value] : one.arguments)
            arguments.push_back({place, argument(value)});
        append_escaped(out_, around_.texts->text(one.text, arguments));
    }

    /// Plain integers go to the text as numbers, so that they choose plural forms.
    std::variant<std::int64_t, std::string> argument(const bound_value& value) {
        const bool is_plain = value.form->name == "text" && value.after.empty();
        if (value.from.type->what != form::integer || !is_plain) return form(value).text;
        const void* at = find(value.from);
        if (at == nullptr) return std::int64_t{0};
        if (value.from.type == &describe<std::int32_t>())
            return std::int64_t{*static_cast<const std::int32_t*>(at)};
        return *static_cast<const std::int64_t*>(at);
    }

    bool holds(const op& one) {
        const void* at = find(one.value.from);
        if (at == nullptr) return false;
        const type_info& type = *one.value.from.type;
        if (!one.wanted.empty())
            return std::find(one.wanted.begin(), one.wanted.end(), text_of(type, at)) !=
                   one.wanted.end();
        switch (type.what) {
            case form::boolean:
                return *static_cast<const bool*>(at);
            case form::integer:
                return text_of(type, at) != "0";
            case form::list:
            case form::map:
            case form::optional:
                return type.size(at) > 0;
            case form::object:
                return true;
            default:
                return !text_of(type, at).empty();
        }
    }

    void section(const op& one) {
        if (!holds(one)) return;
        if (!one.opens) return all(one.children);
        const type_info& type = *one.value.from.type;
        const void* at = find(one.value.from);
        if (type.what == form::object) {
            within(one, {.data = at, .key = {}});
            return;
        }
        const std::size_t count = type.size(at);
        for (std::size_t i = 0; i < count; ++i)
            within(one, {type.at(at, i), i, count,
                         type.what == form::map ? type.key_at(at, i) : std::string_view()});
    }

    void within(const op& one, frame opened) {
        frames_.push_back(opened);
        all(one.children);
        frames_.pop_back();
    }

    const surroundings& around_;
    std::string& out_;
    std::vector<frame> frames_;
    std::int64_t number_ = 0;  // what @number and @size point at
    bool flag_ = false;
    std::string text_;
};

}  // namespace

void page_template::render(std::span<const void* const> roots, const surroundings& around,
                           std::string& out) const {
    walker walk(around, out);
    for (const void* root : roots) walk.open({.data = root, .key = {}});
    walk.all(*ops_);
}

}  // namespace veche::render
