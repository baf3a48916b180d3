#include "documents/atom.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "documents/xml.hpp"

namespace veche::documents {
namespace {

constexpr std::size_t most_entries = 50;

/// RFC 4151 wants a day on which the name was the tagger's. The host belongs to the union from its
/// founding on; a fixed day keeps ids the same for ever.
std::string tag(const setting& in, std::string_view id) {
    const std::string host = in.stamp.origin.substr(0, in.stamp.origin.find('/'));
    return "tag:" + host + ",2026:" + std::string(id);
}

void newest_once(std::vector<feed_entry>& entries) {
    std::stable_sort(entries.begin(), entries.end(), [](const feed_entry& a, const feed_entry& b) {
        return a.updated > b.updated;
    });
    std::set<std::string> seen;
    std::erase_if(entries, [&](const feed_entry& one) { return !seen.insert(one.id).second; });
    if (entries.size() > most_entries) entries.resize(most_entries);
}

void tell_titles_apart(const setting& in, std::vector<feed_entry>& entries) {
    std::map<std::string, int> times;
    for (const feed_entry& one : entries) ++times[one.title];
    std::set<std::string> taken;
    for (feed_entry& one : entries) {
        if (times[one.title] > 1)
            one.title += " (" + render::date_text(date_of(one.updated), in.around) + ")";
        const std::string plain = one.title;
        for (int n = 2; !taken.insert(one.title).second; ++n)
            one.title = plain + " " + std::to_string(n);
    }
}

}  // namespace

std::string to_atom(const setting& in, feed from) {
    newest_once(from.entries);
    tell_titles_apart(in, from.entries);
    // A feed without news was last changed when the union began to keep time: the epoch says so.
    const instant updated = from.entries.empty() ? instant{} : from.entries.front().updated;
    xml_writer out;
    out.open("feed", {{"xmlns", "http://www.w3.org/2005/Atom"}, {"xml:lang", in.lang()}});
    out.leaf("id", tag(in, from.id + "/" + in.lang()));
    out.leaf("title", from.title);
    out.leaf("updated", to_text(updated));
    out.open("author");
    out.leaf("name", in.name(in.union_name).empty() ? "Veche" : in.name(in.union_name));
    out.close();
    out.empty("link",
              {{"rel", "self"}, {"type", "application/atom+xml"}, {"href", in.site + from.self}});
    out.empty("link", {{"rel", "alternate"},
                       {"type", "text/html"},
                       {"hreflang", in.lang()},
                       {"href", in.address(from.path)}});
    for (const feed_entry& one : from.entries) {
        out.open("entry");
        out.leaf("id", tag(in, one.id));
        out.leaf("title", one.title.empty() ? one.id : one.title);
        out.leaf("updated", to_text(one.updated));
        out.empty("link",
                  {{"rel", "alternate"}, {"type", "text/html"}, {"href", in.address(one.path)}});
        if (!one.summary.empty()) out.leaf("summary", one.summary);
        out.close();
    }
    out.close();
    return out.take();
}

}  // namespace veche::documents
