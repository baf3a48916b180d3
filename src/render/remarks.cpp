#include "render/remarks.hpp"

namespace veche::render {

std::string sentence(const catalogue& in, const remark& one) {
    const std::string key = "remark." + one.code;
    if (in.find(key) == nullptr) return one.code;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < one.args.size(); ++i) names.push_back(std::to_string(i));
    std::vector<text_argument> arguments;
    for (std::size_t i = 0; i < one.args.size(); ++i) arguments.push_back({names[i], one.args[i]});
    return in.text(key, arguments);
}

}  // namespace veche::render
