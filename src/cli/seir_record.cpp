#include "cli/seir_record.hpp"

#include <charconv>
#include <map>

#include "cli/refusal.hpp"
#include "numerics/digits.hpp"

namespace veche::cli {
namespace {

/// Every setting once, for writing and for reading.
template <class Options, class Visit>
void each_setting(Options& o, Visit visit) {
    visit("region_column", o.columns.region);
    visit("people_column", o.columns.people);
    visit("infectious_column", o.columns.infectious);
    visit("exposed_column", o.columns.exposed);
    visit("removed_column", o.columns.removed);
    visit("start", o.start);
    visit("beta", o.beta);
    visit("r0", o.reproduction);
    visit("latent", o.latent_days);
    visit("infectious", o.infectious_days);
    visit("home", o.home);
    visit("fatality", o.fatality);
    visit("dose_chance", o.dose_chance);
    visit("ve_infection", o.ve_infection);
    visit("ve_transmission", o.ve_transmission);
    visit("ve_death", o.ve_death);
    visit("days", o.days);
    visit("replicates", o.replicates);
    visit("seed", o.seed);
    visit("steps", o.steps);
    visit("level", o.level);
    visit("tolerance", o.tolerance);
}

/// Settings that records of runs without hospitals do not have.
template <class Options, class Visit>
void each_of_hospitals(Options& o, Visit visit) {
    visit("ward_days", o.hospital.ward_days);
    visit("admitted", o.hospital.admitted);
    visit("intensive", o.hospital.intensive);
    visit("intensive_days", o.hospital.intensive_days);
    visit("ward_fatality", o.hospital.ward_fatality);
    visit("intensive_fatality", o.hospital.intensive_fatality);
    visit("ve_admission", o.ve_admission);
    visit("ward_column", o.columns.ward);
    visit("intensive_column", o.columns.intensive);
    visit("beds_column", o.columns.beds);
    visit("intensive_beds_column", o.columns.intensive_beds);
}

struct setting_writer {
    std::vector<seir_setting>& to;
    void operator()(const char* name, const std::string& value) const {
        to.push_back({name, value});
    }
    void operator()(const char* name, double value) const {
        to.push_back({name, numerics::shortest(value)});
    }
    void operator()(const char* name, std::size_t value) const {
        to.push_back({name, std::to_string(value)});
    }
    void operator()(const char* name, std::uint32_t value) const {
        to.push_back({name, std::to_string(value)});
    }
    void operator()(const char* name, const std::vector<double>& values) const {
        std::string text;
        for (const double one : values) text += (text.empty() ? "" : " ") + numerics::shortest(one);
        to.push_back({name, text});
    }
};

struct setting_reader {
    const std::map<std::string, std::string>& from;
    std::string& fault;

    template <class Number>
    bool number(std::string_view text, Number& value) const {
        const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
        return wrong == std::errc{} && end == text.data() + text.size();
    }
    const std::string* text_of(const char* name) const {
        const auto found = from.find(name);
        if (found == from.end()) fault = name;
        return found == from.end() ? nullptr : &found->second;
    }
    void operator()(const char* name, std::string& value) const {
        if (const auto* text = text_of(name)) value = *text;
    }
    template <class Number>
    void operator()(const char* name, Number& value) const {
        const auto* text = text_of(name);
        if (text != nullptr && !number(*text, value)) fault = name;
    }
    void operator()(const char* name, std::vector<double>& values) const {
        const auto* text = text_of(name);
        values.clear();
        for (std::size_t begin = 0; text != nullptr && begin < text->size();) {
            const std::size_t end = std::min(text->find(' ', begin), text->size());
            double value = 0;
            if (!number(std::string_view(*text).substr(begin, end - begin), value)) fault = name;
            values.push_back(value);
            begin = end + 1;
        }
    }
};

}  // namespace

std::vector<seir_setting> settings_of(const seir_options& o) {
    std::vector<seir_setting> out;
    each_setting(o, setting_writer{out});
    if (o.hospital.there()) each_of_hospitals(o, setting_writer{out});
    return out;
}

result<seir_options> options_of(const seir_record& of, const std::filesystem::path& folder,
                                seir_options how) {
    if (of.method != seir_method) return refuse(refusals::seir_record_unsound, "method", of.method);
    std::map<std::string, std::string> said;
    for (const seir_setting& one : of.settings) said[one.name] = one.value;
    std::string fault;
    each_setting(how, setting_reader{said, fault});
    how.hospital = {};
    if (said.contains("ward_days")) each_of_hospitals(how, setting_reader{said, fault});
    if (!fault.empty()) return refuse(refusals::seir_record_unsound, "settings", fault);
    for (const seir_input& one : of.inputs) {
        if (one.role == "regions") how.regions = folder / one.file;
        if (one.role == "presence") how.presence = folder / one.file;
        if (one.role == "measures") how.measures = folder / one.file;
        if (one.role == "doses") how.doses = folder / one.file;
    }
    return how;
}

}  // namespace veche::cli
