#include "cli/inputoutput_source.hpp"

#include <optional>

#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "inputoutput/groups.hpp"
#include "inputoutput/reading.hpp"
#include "kernel/csv.hpp"
#include "kernel/hash.hpp"

namespace veche::cli {
namespace {

using named_text = std::pair<std::string, std::string>;

result<named_text> pair_of(const std::string& text, const char* field) {
    const std::size_t at = text.find('=');
    if (at == 0 || at == std::string::npos || at + 1 == text.size())
        return refuse(refusals::field_malformed, field, text);
    return named_text{text.substr(0, at), text.substr(at + 1)};
}

class loading {
  public:
    explicit loading(const io_source& from) : from_(from) {}

    result<io_table> load() {
        VECHE_CHECK(read_how());
        const std::string text = VECHE_TRY(file(from_.file));
        const auto looked = how_.how.value_or(inputoutput::layout_of(text));
        out_.facts.emplace_back("layout", std::string(inputoutput::name_of(looked)));
        out_.table = VECHE_TRY(inputoutput::read_table(text, how_));
        if (!from_.final_use.empty()) {
            const std::string final_text = VECHE_TRY(file(from_.final_use));
            VECHE_CHECK(inputoutput::read_final(out_.table, final_text, how_));
        }
        VECHE_CHECK(read_extensions());
        VECHE_CHECK(group());
        VECHE_CHECK(join());
        const auto size = [](std::size_t n) { return static_cast<double>(n); };
        out_.facts.emplace_back("unit", out_.table.unit.empty() ? "not said" : out_.table.unit);
        out_.facts.emplace_back("regions", size(out_.table.regions.size()));
        out_.facts.emplace_back("sectors", size(out_.table.sectors.size()));
        out_.facts.emplace_back("producers", size(out_.table.size()));
        return std::move(out_);
    }

  private:
    /// A file's text; its hash is told with the result.
    result<std::string> file(const std::filesystem::path& name) {
        std::string text = VECHE_TRY(read_file(name));
        out_.facts.emplace_back("sha256 of " + name.filename().string(), to_hex(sha256(text)));
        return text;
    }

    result<void> read_how() {
        using inputoutput::layout;
        for (const layout one :
             {layout::labelled, layout::wiod, layout::wiod_flat, layout::exiobase})
            if (from_.layout == inputoutput::name_of(one)) how_.how = one;
        if (!from_.between.empty()) how_.between = from_.between[0];
        if (from_.icio) how_.parts = inputoutput::parts_of_icio();
        for (const std::string& one : from_.parts) {
            const auto part = VECHE_TRY(pair_of(one, "part"));
            how_.parts[part.first] = part.second;
        }
        how_.unit = from_.unit;
        return {};
    }

    result<std::map<std::string, std::string>> texts(const std::vector<std::string>& of,
                                                     const char* field) {
        std::map<std::string, std::string> out;
        for (const std::string& one : of) {
            const auto named = VECHE_TRY(pair_of(one, field));
            out[named.first] = VECHE_TRY(file(named.second));
        }
        return out;
    }

    result<void> read_extensions() {
        const auto f = VECHE_TRY(texts(from_.extensions, "extension"));
        auto f_y = VECHE_TRY(texts(from_.by_final, "extension-final"));
        auto units = VECHE_TRY(texts(from_.units, "units"));
        for (const auto& [name, text] : f)
            VECHE_CHECK(inputoutput::read_extension(out_.table,
                                                    {name, text, f_y[name], units[name]}, how_));
        return {};
    }

    result<std::map<std::string, std::string>> groups_in(const std::filesystem::path& name) {
        std::map<std::string, std::string> out;
        if (name.empty()) return out;
        const std::string text = VECHE_TRY(file(name));
        csv_reader rows(text);
        while (const auto row = rows.next())
            if (row->fields.size() >= 2) out[row->fields[0]] = row->fields[1];
        if (!rows.fault().empty())
            return refuse(refusals::file_unreadable, {}, name.string(), rows.fault());
        return out;
    }

    result<void> group() {
        inputoutput::grouping by;
        by.regions = VECHE_TRY(groups_in(from_.region_groups));
        by.sectors = VECHE_TRY(groups_in(from_.sector_groups));
        if (by.regions.empty() && by.sectors.empty()) return {};
        out_.table = VECHE_TRY(inputoutput::aggregate(out_.table, by));
        out_.facts.emplace_back("aggregated", std::string("flows added up by groups"));
        return {};
    }

    result<void> join() {
        for (const std::string& one : from_.join) {
            const auto named = VECHE_TRY(pair_of(one, "join"));
            VECHE_CHECK(inputoutput::join_regions(out_.table, named.first, words_of(named.second)));
            out_.facts.emplace_back("one exporter", named.first + ": " + named.second);
        }
        return {};
    }

    const io_source& from_;
    inputoutput::reading how_;
    io_table out_;
};

}  // namespace

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

result<io_table> load_table(const io_source& from) {
    return loading(from).load();
}

}  // namespace veche::cli
