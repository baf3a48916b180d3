#pragma once
// Page templates: Mustache, checked against described types when they are loaded, fed straight from
// the values without a copy. web/templates/*.html; docs of the syntax for authors: README.md here.
//
//   {{name}} {{owner.name}}      a field of the innermost thing that has it, escaped
//   {{due|date}} {{id|name:body}}  through filters (filters.hpp)
//   {{#x}}..{{/x}} {{^x}}..{{/x}}  for each, if present, if true; and its opposite
//   {{#state=open,closed}}..{{/state}}  if a choice or a text has one of these values
//   {{t key n=count}}            a text of the catalogue, its places filled from fields
//   {{>part}}                    another template in place
//   {{<layout}}{{$title}}..{{/title}}{{/layout}}  a template with some of its blocks replaced
//   {{.}} {{@number}} {{@first}} {{@last}} {{@key}} {{list.@size}} {{@page.lang}} {{@view.id}}

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/result.hpp"
#include "render/catalogue.hpp"
#include "render/locale.hpp"
#include "render/markup.hpp"

namespace veche::render {

/// Names that views hold only as ids, and units' decimal places. Implemented over the charter.
class names {
  public:
    virtual ~names() = default;
    /// `kind`: body, member, office, person, unit, rule, seat. Null where there is no such thing.
    [[nodiscard]] virtual const localized* find(std::string_view kind,
                                                std::string_view id) const = 0;
    [[nodiscard]] virtual std::int32_t scale(std::string_view unit) const = 0;
};

/// What a page needs besides its data. All of it outlives the rendering.
struct surroundings {
    const catalogue* texts = nullptr;
    std::string_view record_language;  ///< shown, marked by `lang`, where a text lacks the page's
    const render::zone* zone = nullptr;
    const render::names* names = nullptr;
};

struct op;

/// A template bound to the types it shows; immutable.
class page_template {
  public:
    /// `roots`: one object per type that the template was bound to, in that order.
    void render(std::span<const void* const> roots, const surroundings& around,
                std::string& out) const;

  private:
    friend class templates;
    std::shared_ptr<const std::vector<op>> ops_;
};

struct node;

/// The parsed templates of a folder.
class templates {
  public:
    /// Reads every *.html of the folder; a template's name is its path without the ending.
    static result<templates> load(const std::filesystem::path& folder);
    static result<templates> from_texts(const std::map<std::string, std::string>& texts);

    /// Binds a template: the first type is reached as @page, the second as @view and by plain
    /// names. Refuses names that the types lack, unknown filters, texts that the catalogue lacks.
    [[nodiscard]] result<page_template> bind(const std::string& name,
                                             const std::vector<const type_info*>& roots,
                                             const catalogue& texts) const;
    [[nodiscard]] std::vector<std::string> names() const;

  private:
    std::map<std::string, std::shared_ptr<const std::vector<node>>> parsed_;
};

/// A template made for a page globals type and a view type: the usual case.
template <class Page, class View>
result<page_template> bind(const templates& all, const std::string& name, const catalogue& texts) {
    return all.bind(name, {&describe<Page>(), &describe<View>()}, texts);
}
template <class Page, class View>
std::string render_page(const page_template& with, const Page& page, const View& view,
                        const surroundings& around) {
    const void* roots[] = {&page, &view};
    std::string out;
    with.render(roots, around, out);
    return out;
}

}  // namespace veche::render
