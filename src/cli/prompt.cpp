#include "cli/prompt.hpp"

#include <cstdlib>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "api/secrets.hpp"
#include "cli/refusal.hpp"

namespace veche::cli {
namespace {

/// The terminal with echo off for as long as this lives.
class silent_terminal {
  public:
    silent_terminal() : fd_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
        if (fd_ < 0 || ::tcgetattr(fd_, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silenced_ = ::tcsetattr(fd_, TCSAFLUSH, &silent) == 0;
    }
    ~silent_terminal() {
        if (silenced_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
        if (fd_ >= 0) ::close(fd_);
    }
    silent_terminal(const silent_terminal&) = delete;
    silent_terminal& operator=(const silent_terminal&) = delete;

    [[nodiscard]] bool usable() const { return silenced_; }
    std::string ask(const std::string& question) {
        write(question + ": ");
        std::string line;
        char c = 0;
        while (::read(fd_, &c, 1) == 1 && c != '\n') line += c;
        write("\n");
        return line;
    }

  private:
    void write(const std::string& text) {
        std::size_t done = 0;
        while (done < text.size()) {
            const auto written = ::write(fd_, text.data() + done, text.size() - done);
            if (written <= 0) return;
            done += static_cast<std::size_t>(written);
        }
    }

    int fd_;
    termios before_{};
    bool silenced_ = false;
};

}  // namespace

result<std::string> read_password(const std::string& question, bool twice) {
    if (const char* given = std::getenv("VECHE_PASSWORD")) return std::string(given);
    silent_terminal terminal;
    if (!terminal.usable()) return refuse(refusals::password_missing);
    std::string password = terminal.ask(question);
    if (twice && terminal.ask(question + " again") != password)
        return refuse(refusals::passwords_differ);
    return password;
}

std::string make_password() {
    // 32 letters that are not taken for one another, so that each random byte gives five bits.
    constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyz23456789";
    static_assert(letters.size() == 32);
    constexpr std::size_t group = 4, groups = 6;
    const std::string chance = api::random_bytes(group * groups);
    std::string out;
    for (std::size_t i = 0; i < chance.size(); ++i) {
        if (i > 0 && i % group == 0) out += '-';
        out += letters[static_cast<unsigned char>(chance[i]) % letters.size()];
    }
    return out;
}

}  // namespace veche::cli
