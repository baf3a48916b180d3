#pragma once
// XML, written from the outside in: elements are closed by the scope that opened them, texts and
// attributes are escaped, characters that XML 1.0 cannot hold are left out.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace veche::documents {

using attributes = std::vector<std::pair<std::string_view, std::string>>;

class xml_writer {
  public:
    xml_writer() : out_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

    void open(std::string_view name, const attributes& with = {});
    void close();
    /// <name>text</name>, or <name/> where the text is empty.
    void leaf(std::string_view name, std::string_view text, const attributes& with = {});
    void empty(std::string_view name, const attributes& with) { leaf(name, {}, with); }
    void text(std::string_view);
    /// The whole document. Every element must be closed.
    [[nodiscard]] std::string take();

  private:
    void begin(std::string_view name, const attributes& with);
    std::string out_;
    std::vector<std::string> open_;
};

/// The text as XML 1.0 can hold it: & < > and quotes escaped; control characters other than tab and
/// line breaks, U+FFFE, U+FFFF and malformed bytes left out.
std::string xml_escaped(std::string_view text);

}  // namespace veche::documents
