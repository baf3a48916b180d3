#include "documents/setting.hpp"

#include <algorithm>

#include "journal/checkpoint.hpp"
#include "kernel/check.hpp"

namespace veche::documents {

record_stamp stamp_of(const std::string& origin, const std::string& checkpoint) {
    record_stamp stamp{origin, 0, {}};
    if (const auto read = journal::parse_checkpoint(checkpoint)) {
        stamp.size = static_cast<std::int64_t>(read->size);
        stamp.root = to_base64(as_bytes(read->root));
    }
    return stamp;
}

std::string setting::word(std::string_view key,
                          const std::vector<render::text_argument>& with) const {
    return around.texts->text("document." + std::string(key), with);
}

std::string setting::text(std::string_view key,
                          const std::vector<render::text_argument>& with) const {
    return around.texts->text(key, with);
}

std::string setting::name(const localized& by_language) const {
    return render::localized_text(by_language, around).text;
}

std::string setting::moment(instant at) const {
    return render::instant_text(at, around);
}

std::string setting::address(std::string_view rest) const {
    return site + "/" + lang() + "/" + std::string(rest);
}

document begin_document(const setting& in, std::string_view path, std::string kicker,
                        std::string title) {
    document made;
    made.lang = in.lang();
    made.kicker = std::move(kicker);
    made.title = std::move(title);
    made.stamp = in.stamp;
    made.address = in.address(path);
    made.page_of = in.word("page_of", {{"page", std::string("{0}")}, {"all", std::string("{1}")}});
    made.stamp_line = in.stamp.root.empty() ? in.word("no_stamp", {{"journal", in.stamp.origin}})
                                            : in.word("stamp", {{"journal", in.stamp.origin},
                                                                {"n", in.stamp.size},
                                                                {"root", in.stamp.root}});
    return made;
}

namespace {

/// "3, 7-9": ascending numbers, runs drawn together.
std::string entry_ranges(const std::vector<std::int64_t>& numbers) {
    std::string out;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
        out += (out.empty() ? "" : ", ") + std::to_string(numbers[i]);
        if (last > i) out += "-" + std::to_string(numbers[last]);
        i = last + 1;
    }
    return out;
}

}  // namespace

void end_document(const setting& in, document& made) {
    std::sort(made.entries.begin(), made.entries.end());
    made.entries.erase(std::unique(made.entries.begin(), made.entries.end()), made.entries.end());
    const std::string numbers = entry_ranges(made.entries);
    made.blocks.push_back(heading(in.word("record")));
    made.blocks.push_back(text_block(in.word("record_how")));
    made.blocks.push_back(facts_block({{in.word("journal"), in.stamp.origin},
                                       {in.word("entries"), numbers},
                                       {in.word("root"), in.stamp.root},
                                       {in.word("address"), made.address}}));
}

block heading(std::string text) {
    return {block_kind::heading, std::move(text), {}, {}, {}, {}};
}

block subheading(std::string text) {
    return {block_kind::subheading, std::move(text), {}, {}, {}, {}};
}

block text_block(std::string text) {
    return {block_kind::text, std::move(text), {}, {}, {}, {}};
}

block points_block(std::vector<std::string> points) {
    return {block_kind::points, {}, {}, {}, {}, std::move(points)};
}

block facts_block(std::vector<labelled> facts) {
    std::erase_if(facts, [](const labelled& one) { return one.text.empty(); });
    return {block_kind::facts, {}, std::move(facts), {}, {}, {}};
}

block table_block(std::string caption, std::vector<column> columns,
                  const std::vector<std::vector<std::string>>& rows) {
    block made{block_kind::table, std::move(caption), {}, std::move(columns), {}, {}};
    for (const auto& texts : rows) {
        VECHE_ENSURE(texts.size() == made.columns.size(), "a row has a cell for each column");
        row& one = made.rows.emplace_back();
        for (std::size_t i = 0; i < texts.size(); ++i)
            one.cells.push_back({made.columns[i].title, texts[i], i == 0});
    }
    return made;
}

}  // namespace veche::documents
