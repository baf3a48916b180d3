#include "cli/terminal.hpp"

#include <fmt/format.h>

namespace veche::cli {
namespace {

void outline(json::node node, int depth, std::string& out);

void outline_members(json::node node, int depth, std::string& out, bool first_indented) {
    const std::string indent(static_cast<std::size_t>(depth) * 2, ' ');
    for (json::node child = node.first(); child.valid(); child = child.next()) {
        if (first_indented) out += indent;
        first_indented = true;
        out.append(child.key()).append(":");
        outline(child, depth + 1, out);
    }
}

void outline_elements(json::node node, int depth, std::string& out) {
    const std::string indent(static_cast<std::size_t>(depth) * 2, ' ');
    for (json::node child = node.first(); child.valid(); child = child.next()) {
        out += indent + "-";
        if (child.is(json::kind::object) && child.size() > 0) {
            out += ' ';
            outline_members(child, depth + 1, out, false);
        } else {
            outline(child, depth + 1, out);
        }
    }
}

/// A value after its name or dash: on the same line if it is one word, below otherwise.
void outline(json::node node, int depth, std::string& out) {
    const bool container = node.is(json::kind::object) || node.is(json::kind::array);
    if (!container) {
        out += ' ';
        out += node.is(json::kind::string) ? node.as_string() : node.raw();
        out += '\n';
    } else if (node.size() == 0) {
        out += " none\n";
    } else {
        out += '\n';
        if (node.is(json::kind::object))
            outline_members(node, depth, out, true);
        else
            outline_elements(node, depth, out);
    }
}

}  // namespace

void terminal::say(std::string_view line) const {
    if (!json) out << line << '\n';
}

int terminal::fail(const api::problem_details& problem) const {
    // No answer, or no access to the files: nobody has refused anything.
    const bool of_the_world = problem.status == 503 || problem.code.starts_with("store.");
    if (json) {
        err << to_json(problem) << '\n';
    } else {
        err << (of_the_world ? "" : "Refused: ") << problem.detail;
        if (problem.field) err << " (field: " << *problem.field << ")";
        err << " [" << problem.code << "]\n";
    }
    return of_the_world ? unusable : refused;
}

int terminal::fail(const refusal& r) const {
    return fail(to_details(r));
}

int terminal::fail(std::string_view sentence, exit_code code) const {
    if (json) {
        err << to_json(api::problem_details{code == wrong_usage ? "cli.usage" : "cli.unusable",
                                            std::string(sentence), std::nullopt, 0, "Error",
                                            "about:blank"})
            << '\n';
    } else {
        err << sentence << '\n';
    }
    return code;
}

api::problem_details to_details(const refusal& r) {
    api::problem_details out{
        std::string(r.code()), r.sentence(), std::nullopt,
        r.kind->http_status,   "Refused",    "/problems/" + std::string(r.code())};
    if (!r.field.empty()) out.field = r.field;
    return out;
}

std::string to_outline(std::string_view text) {
    json::document doc;
    if (!doc.reset(text)) return std::string(text) + "\n";
    const json::node root = doc.root();
    std::string out;
    if (root.is(json::kind::object) && root.size() > 0)
        outline_members(root, 0, out, true);
    else if (root.is(json::kind::array) && root.size() > 0)
        outline_elements(root, 0, out);
    else
        outline(root, 0, out);
    return out;
}

progress_bar::progress_bar(const terminal& on, std::string label)
    : on_(on), label_(std::move(label)) {}

progress_bar::~progress_bar() {
    if (visible_) on_.err << "\r\x1b[K" << std::flush;
}

void progress_bar::show(std::uint64_t done, std::uint64_t total) {
    using namespace std::chrono_literals;
    const auto now = clock::now();
    if (!on_.animated || now - began_ < 1s || now - shown_ < 100ms || total == 0) return;
    shown_ = now;
    visible_ = true;
    constexpr std::size_t width = 30;
    const auto filled = static_cast<std::size_t>(done * width / total);
    on_.err << fmt::format("\r{} [{}{}] {}/{}", label_, std::string(filled, '#'),
                           std::string(width - filled, '.'), done, total)
            << std::flush;
}

}  // namespace veche::cli
