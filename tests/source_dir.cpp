#include "source_dir.hpp"

namespace veche {

std::string source_dir() {
    return VECHE_SOURCE_DIR;
}

}  // namespace veche
