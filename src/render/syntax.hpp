#pragma once
// A template as written: the tree that parse() makes of its text, before it meets any type.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/result.hpp"

namespace veche::render {

/// A value as written: "amount.minor|number".
struct expression {
    std::string path;
    std::vector<std::pair<std::string, std::string>> filters;  ///< name and what follows its colon
};

struct node {
    enum class kind { text, value, section, inverted, translate, partial, parent, block };
    kind what = kind::text;
    int line = 0;
    std::string text;                 ///< text; key; name of the partial, parent or block
    expression value;                 ///< value, section, inverted
    std::vector<std::string> wanted;  ///< section: values after "="
    std::vector<std::pair<std::string, expression>> arguments;  ///< translate
    std::vector<node> children;
};

/// Parses one template. Refuses with its name and line.
result<std::vector<node>> parse(const std::string& name, std::string_view text);

}  // namespace veche::render
