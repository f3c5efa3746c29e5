// Gives a target inputs from files: wsman_fuzz_replay TARGET FILE|FOLDER...
//
// All targets are linked. The exit code is 1 if what a target demands does not hold for an input,
// and 2 if there is no such target or no input. Each file is named before it is read, so that the
// last line names the one that ended the process.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz.h"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const std::vector<fs::path>& named) {
  std::vector<fs::path> files;
  for (const fs::path& path : named) {
    if (fs::is_directory(path)) {
      std::copy(fs::directory_iterator(path), {}, std::back_inserter(files));
    } else {
      files.push_back(path);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool holds(const wsman::fuzz::Target& target, const fs::path& path) {
  std::cout << path.filename().string() << std::endl;
  std::ifstream file(path, std::ios::binary);
  const std::string input(std::istreambuf_iterator<char>(file), {});
  try {
    target.run(input);
    return true;
  } catch (const std::exception& e) {
    std::cout << "  " << e.what() << std::endl;
    return false;
  }
}

int replay(const std::string& name, const std::vector<fs::path>& named) {
  const auto& all = wsman::fuzz::Target::all();
  const auto target =
      std::find_if(all.begin(), all.end(), [&](const auto& known) { return known.name == name; });
  const std::vector<fs::path> files = files_of(named);
  if (target == all.end() || files.empty()) {
    std::cout << "There is no target \"" << name << "\", or no input for it." << std::endl;
    return 2;
  }
  const auto broken = std::count_if(files.begin(), files.end(),
                                    [&](const fs::path& file) { return !holds(*target, file); });
  std::cout << files.size() << " inputs, " << broken << " broken" << std::endl;
  return broken == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) { return argc < 2 ? 2 : replay(argv[1], {argv + 2, argv + argc}); }
