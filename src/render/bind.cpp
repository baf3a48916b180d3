// Binding: every name of a template is looked up once, when the program starts.

#include <algorithm>
#include <fstream>
#include <iterator>

#include "render/bound.hpp"
#include "render/refusal.hpp"

namespace veche::render {
namespace {

using parsed_templates = std::map<std::string, std::shared_ptr<const std::vector<node>>>;

constexpr int deepest_inclusion = 24;

std::string_view next_part(std::string_view& rest) {
    const auto dot = rest.find('.');
    const std::string_view part = rest.substr(0, dot);
    rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
    return part;
}

const field_info* find_field(const type_info& type, std::string_view name) {
    for (const field_info& field : type.fields)
        if (field.name == name) return &field;
    return nullptr;
}

bool can_be_tested(const type_info& type) {
    return type.what == form::boolean || type.what == form::integer || type.what == form::list ||
           type.what == form::map || type.what == form::optional || has_text(type);
}

class binder {
  public:
    binder(const parsed_templates& all, const catalogue& texts) : all_(all), texts_(texts) {}

    void open(const type_info* type, bool loop) { frames_.push_back({type, loop}); }

    result<void> include(const std::string& name, std::vector<op>& out) {
        const auto found = all_.find(name);
        if (found == all_.end()) return refuse(refusals::template_unknown, "", name);
        if (++depth_ > deepest_inclusion)
            return refuse(refusals::template_broken, "", name, "1", "it includes itself");
        const std::string outer = std::exchange(name_, name);
        VECHE_CHECK(all(*found->second, out));
        name_ = outer;
        --depth_;
        return {};
    }

  private:
    struct frame {
        const type_info* type;
        bool loop;
    };
    struct override {
        const node* block;
        std::string file;
    };

    [[nodiscard]] tl::unexpected<refusal> broken(const std::string& why) const {
        return refuse(refusals::template_broken, "", name_, std::to_string(line_), why);
    }

    result<void> all(const std::vector<node>& nodes, std::vector<op>& out) {
        for (const node& one : nodes) {
            line_ = one.line;
            VECHE_CHECK(each(one, out));
        }
        return {};
    }

    result<void> each(const node& from, std::vector<op>& out) {
        switch (from.what) {
            case node::kind::text: {
                op made;
                made.text = from.text;
                out.push_back(std::move(made));
                return {};
            }
            case node::kind::value: {
                op made;
                made.what = op::kind::value;
                made.value = VECHE_TRY(value(from.value));
                out.push_back(std::move(made));
                return {};
            }
            case node::kind::section:
            case node::kind::inverted:
                return section(from, out);
            case node::kind::translate:
                return translate(from, out);
            case node::kind::partial:
                return include(from.text, out);
            case node::kind::parent:
                return parent(from, out);
            case node::kind::block:
                return block(from, out);
        }
        return {};
    }

    result<void> parent(const node& from, std::vector<op>& out) {
        const auto outer = blocks_;
        for (const node& child : from.children)
            if (child.what == node::kind::block)
                blocks_.try_emplace(child.text, override{&child, name_});
        VECHE_CHECK(include(from.text, out));
        blocks_ = outer;
        return {};
    }

    result<void> block(const node& from, std::vector<op>& out) {
        const auto found = blocks_.find(from.text);
        if (found == blocks_.end()) return all(from.children, out);
        const std::string outer = std::exchange(name_, found->second.file);
        VECHE_CHECK(all(found->second.block->children, out));
        name_ = outer;
        return {};
    }

    result<void> translate(const node& from, std::vector<op>& out) {
        const pattern* text = texts_.find(from.text);
        if (text == nullptr) return broken("the catalogue lacks " + from.text);
        op made;
        made.what = op::kind::translate;
        made.text = from.text;
        for (const auto& [place, expression] : from.arguments) {
            bound_value given = VECHE_TRY(value(expression));
            made.arguments.emplace_back(place, std::move(given));
        }
        for (const std::string& place : text->places())
            if (std::none_of(from.arguments.begin(), from.arguments.end(),
                             [&](const auto& given) { return given.first == place; }))
                return broken("the text " + from.text + " wants " + place);
        out.push_back(std::move(made));
        return {};
    }

    result<void> section(const node& from, std::vector<op>& out) {
        op made;
        made.what = from.what == node::kind::section ? op::kind::section : op::kind::inverted;
        made.value.from = VECHE_TRY(find(from.value.path, !from.wanted.empty()));
        made.wanted = from.wanted;
        const type_info& type = *made.value.from.type;
        VECHE_CHECK(test(type, from));
        const bool pushes = from.what == node::kind::section && from.wanted.empty();
        const bool is_map = type.what == form::map && &type != &describe<localized>();
        const bool inner = type.what == form::list || type.what == form::optional || is_map;
        if (pushes && (inner || type.what == form::object)) {
            made.opens = true;
            open(inner ? &type.element() : &type, type.what == form::list || is_map);
        }
        VECHE_CHECK(all(from.children, made.children));
        if (made.opens) frames_.pop_back();
        out.push_back(std::move(made));
        return {};
    }

    /// Whether a section may ask this of that type.
    result<void> test(const type_info& type, const node& from) {
        if (from.wanted.empty()) {
            if (type.what == form::choice)
                return broken(from.value.path + " is a choice: write =value");
            if (type.what == form::object && from.what == node::kind::section) return {};
            if (!can_be_tested(type)) return broken(from.value.path + " is always there");
            return {};
        }
        if (!has_text(type)) return broken(from.value.path + " has no values to compare");
        if (type.what == form::choice)
            for (const std::string& one : from.wanted)
                if (std::find(type.choices.begin(), type.choices.end(), one) == type.choices.end())
                    return broken(from.value.path + " is never " + one);
        return {};
    }

    result<bound_value> value(const expression& from) {
        bound_value made;
        made.from = VECHE_TRY(find(from.path, true));
        const type_info& type = *made.from.type;
        made.form = usual_filter(type);
        bool first = true;
        for (const auto& [name, argument] : from.filters) {
            if (const text_filter* after = find_text_filter(name)) {
                made.after.emplace_back(after, argument);
            } else if (const filter* form = find_filter(name); form != nullptr && first) {
                made.form = form;
                made.argument = argument;
            } else {
                return broken("there is no filter " + name + " at this place");
            }
            first = false;
        }
        if (made.form == nullptr) return broken(from.path + " cannot be printed as it is");
        if (const auto fault = made.form->fault(type, made.argument, texts_); !fault.empty())
            return broken(from.path + ": " + fault);
        return made;
    }

    /// `inside`: an optional at the end is opened, its content meant.
    result<path> find(std::string_view written, bool inside) {
        path made;
        std::string_view rest = written;
        if (written == ".") {
            made.frame = frames_.size() - 1;
            made.start = made.type = frames_.back().type;
            return finish(std::move(made), inside);
        }
        std::string_view part = next_part(rest);
        if (part.front() == '@') {
            if (part == "@page" || part == "@view") {
                made.frame = part == "@page" ? 0 : 1;
                made.start = made.type = frames_.at(made.frame).type;
                part = next_part(rest);
            } else {
                return loop_value(part, std::move(made));
            }
        } else {
            VECHE_CHECK(innermost(part, made));
        }
        while (true) {
            if (part == "@size") return size_of(std::move(made));
            into_optional(made);
            const field_info* field = find_field(*made.type, part);
            if (field == nullptr)
                return broken("there is no " + std::string(part) + " in " +
                              std::string(made.type->name) + " (" + std::string(written) + ")");
            made.steps.push_back(field);
            made.type = &field->type();
            if (rest.empty()) return finish(std::move(made), inside);
            part = next_part(rest);
        }
    }

    result<void> innermost(std::string_view name, path& made) const {
        for (std::size_t i = frames_.size(); i-- > 1;)
            if (find_field(*frames_[i].type, name) != nullptr) {
                made.frame = i;
                made.start = made.type = frames_[i].type;
                return {};
            }
        return broken("nothing here has a field called " + std::string(name));
    }

    static void into_optional(path& made) {
        if (made.type->what != form::optional) return;
        made.steps.push_back(nullptr);
        made.type = &made.type->element();
    }

    static result<path> finish(path made, bool inside) {
        if (inside) into_optional(made);
        return made;
    }

    result<path> size_of(path made) const {
        if (made.type->what != form::list && made.type->what != form::map)
            return broken("only lists have a size");
        made.what = path::end::size;
        made.type = &describe<std::int64_t>();
        return made;
    }

    result<path> loop_value(std::string_view name, path made) const {
        made.frame = frames_.size();
        while (made.frame > 0 && !frames_[made.frame - 1].loop) --made.frame;
        if (made.frame == 0) return broken(std::string(name) + " stands outside any list");
        --made.frame;
        made.type = &describe<bool>();
        if (name == "@first") {
            made.what = path::end::first;
        } else if (name == "@last") {
            made.what = path::end::last;
        } else if (name == "@number") {
            made.what = path::end::number;
            made.type = &describe<std::int64_t>();
        } else if (name == "@key") {
            made.what = path::end::key;
            made.type = &describe<std::string>();
        } else {
            return broken("there is no " + std::string(name));
        }
        return made;
    }

    const parsed_templates& all_;
    const catalogue& texts_;
    std::vector<frame> frames_;
    std::map<std::string, override> blocks_;
    std::string name_;
    int line_ = 0;
    int depth_ = 0;
};

}  // namespace

result<templates> templates::from_texts(const std::map<std::string, std::string>& texts) {
    templates made;
    for (const auto& [name, text] : texts)
        made.parsed_[name] =
            std::make_shared<const std::vector<node>>(VECHE_TRY(parse(name, text)));
    return made;
}

result<templates> templates::load(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::recursive_directory_iterator files(folder, failed);
    if (failed) return refuse(refusals::folder_unreadable, "", folder.string());
    std::map<std::string, std::string> texts;
    for (const auto& file : files) {
        if (file.path().extension() != ".html") continue;
        std::ifstream in(file.path(), std::ios::binary);
        const std::string name =
            file.path().lexically_relative(folder).replace_extension().generic_string();
        texts[name].assign(std::istreambuf_iterator<char>(in), {});
    }
    return from_texts(texts);
}

result<page_template> templates::bind(const std::string& name,
                                      const std::vector<const type_info*>& roots,
                                      const catalogue& texts) const {
    binder binding(parsed_, texts);
    for (const type_info* root : roots) binding.open(root, false);
    std::vector<op> ops;
    VECHE_CHECK(binding.include(name, ops));
    page_template made;
    made.ops_ = std::make_shared<const std::vector<op>>(std::move(ops));
    return made;
}

std::vector<std::string> templates::names() const {
    std::vector<std::string> all;
    for (const auto& [name, nodes] : parsed_) all.push_back(name);
    return all;
}

}  // namespace veche::render
