// A folder of one test's own, gone with it.
#ifndef WSMAN_TESTS_NATIVE_SUPPORT_SCRATCH_FOLDER_H_
#define WSMAN_TESTS_NATIVE_SUPPORT_SCRATCH_FOLDER_H_

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <system_error>

namespace wsman::testing {

inline std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "wsman-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test");
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::string path() const { return path_.string(); }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

  // Writes a file of that content, in the place of one that is there. Settings are obeyed only
  // where nobody else may write them, whatever the umask of who runs the tests.
  std::string write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    std::filesystem::permissions(path_ / name, std::filesystem::perms(0644));
    return file(name);
  }

 private:
  std::filesystem::path path_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_SUPPORT_SCRATCH_FOLDER_H_
