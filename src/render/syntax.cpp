#include "render/syntax.hpp"

#include "kernel/text.hpp"
#include "render/refusal.hpp"

namespace veche::render {
namespace {

constexpr std::string_view all_blanks = " \t\r\n";

std::vector<std::string> split(std::string_view text, char by) {
    std::vector<std::string> parts;
    while (true) {
        const auto at = text.find(by);
        parts.emplace_back(text::trim(text.substr(0, at), all_blanks));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> parts;
    for (auto& part : split(text, ' '))
        if (!part.empty()) parts.push_back(std::move(part));
    return parts;
}

expression read_expression(std::string_view text) {
    const auto parts = split(text, '|');
    expression made{parts.front(), {}};
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto colon = parts[i].find(':');
        made.filters.emplace_back(parts[i].substr(0, colon),
                                  colon == std::string::npos ? "" : parts[i].substr(colon + 1));
    }
    return made;
}

class parser {
  public:
    parser(const std::string& name, std::string_view text) : name_(name), text_(text) {}

    result<std::vector<node>> parse() {
        std::vector<node> out;
        VECHE_CHECK(read_until("", out));
        return out;
    }

  private:
    [[nodiscard]] tl::unexpected<refusal> broken(const std::string& why) const {
        return refuse(refusals::template_broken, "", name_, std::to_string(line_), why);
    }

    /// Reads nodes until the closing tag of `open`, or to the end where `open` is empty.
    result<void> read_until(const std::string& open, std::vector<node>& out) {
        while (true) {
            const auto begin = text_.find("{{", at_);
            if (begin == std::string_view::npos) {
                if (!open.empty()) return broken("the section " + open + " is not closed");
                add_text(text_.substr(at_), out);
                return {};
            }
            const auto end = text_.find("}}", begin);
            if (end == std::string_view::npos) return broken("a tag is not closed");
            const std::string_view inside =
                text::trim(text_.substr(begin + 2, end - begin - 2), all_blanks);
            if (inside.empty()) return broken("a tag is empty");
            std::string_view before = text_.substr(at_, begin - at_);
            at_ = end + 2;
            if (std::string_view("#^/>!<$").find(inside.front()) != std::string_view::npos)
                swallow_line(begin, before);
            add_text(before, out);
            if (inside.front() == '/') return close(open, text::trim(inside.substr(1), all_blanks));
            VECHE_CHECK(tag(inside, out));
        }
    }

    /// A tag that prints nothing and stands alone on its line takes the line with it.
    void swallow_line(std::size_t begin, std::string_view& before) {
        const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
        std::size_t from = begin;
        while (from > 0 && is_blank(text_[from - 1])) --from;
        if (from > 0 && text_[from - 1] != '\n') return;
        std::size_t to = at_;
        while (to < text_.size() && is_blank(text_[to])) ++to;
        if (to < text_.size() && text_[to] != '\n') return;
        const std::size_t blanks = begin - from;
        before.remove_suffix(blanks < before.size() ? blanks : before.size());
        at_ = to < text_.size() ? to + 1 : to;
        ++pending_lines_;
    }

    void add_text(std::string_view text, std::vector<node>& out) {
        if (!text.empty()) {
            node made;
            made.text = std::string(text);
            made.line = line_;
            out.push_back(std::move(made));
        }
        for (const char c : text) line_ += c == '\n' ? 1 : 0;
        line_ += pending_lines_;
        pending_lines_ = 0;
    }

    result<void> close(const std::string& open, std::string_view name) const {
        if (open.empty()) return broken(std::string(name) + " is closed but was not opened");
        if (open != name)
            return broken(std::string(name) + " is closed where " + open + " is open");
        return {};
    }

    result<void> tag(std::string_view inside, std::vector<node>& out) {
        node made;
        made.line = line_;
        const char mark = inside.front();
        const std::string_view rest = text::trim(inside.substr(1), all_blanks);
        if (mark == '!') return {};
        if (mark == '{' || mark == '&') return broken("raw values are not allowed");
        if (mark == '#' || mark == '^') return section(mark, rest, out);
        if (mark == '<' || mark == '$') {
            made.what = mark == '<' ? node::kind::parent : node::kind::block;
            made.text = std::string(rest);
            VECHE_CHECK(read_until(made.text, made.children));
        } else if (mark == '>') {
            made.what = node::kind::partial;
            made.text = std::string(rest);
        } else if (inside.substr(0, 2) == "t ") {
            VECHE_CHECK(translate(inside.substr(2), made));
        } else {
            made.what = node::kind::value;
            made.value = read_expression(inside);
        }
        out.push_back(std::move(made));
        return {};
    }

    result<void> section(char mark, std::string_view rest, std::vector<node>& out) {
        node made;
        made.line = line_;
        made.what = mark == '#' ? node::kind::section : node::kind::inverted;
        const auto equals = rest.find('=');
        made.value.path = std::string(text::trim(rest.substr(0, equals), all_blanks));
        if (equals != std::string_view::npos) made.wanted = split(rest.substr(equals + 1), ',');
        VECHE_CHECK(read_until(made.value.path, made.children));
        out.push_back(std::move(made));
        return {};
    }

    result<void> translate(std::string_view rest, node& made) const {
        const auto parts = words(rest);
        if (parts.empty()) return broken("a text needs a key");
        made.what = node::kind::translate;
        made.text = parts.front();
        for (std::size_t i = 1; i < parts.size(); ++i) {
            const auto equals = parts[i].find('=');
            if (equals == std::string::npos)
                return broken("write place=field instead of " + parts[i]);
            made.arguments.emplace_back(
                parts[i].substr(0, equals),
                read_expression(std::string_view(parts[i]).substr(equals + 1)));
        }
        return {};
    }

    const std::string& name_;
    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 1;
    int pending_lines_ = 0;
};

}  // namespace

result<std::vector<node>> parse(const std::string& name, std::string_view text) {
    return parser(name, text).parse();
}

}  // namespace veche::render
