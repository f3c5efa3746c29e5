// Whose word a settings file is: the rules of OpenSSH for the files that it obeys [sshd_config(5)
// StrictModes, ssh_config(5) FILES].
#ifndef WSMAN_ABI_SETTINGS_FILE_TRUST_H_
#define WSMAN_ABI_SETTINGS_FILE_TRUST_H_

#include <sys/stat.h>
#include <sys/types.h>

namespace wsman::abi {

enum class Distrust {
  none,
  foreign,   // It belongs to somebody who is neither the user nor the superuser.
  writable,  // Its group, or everybody, may write it.
};

// Why `user` may not obey a file, or what is in a folder, of that status. A sticky folder, such as
// /tmp, may be written by everybody: an entry of it can be replaced by its owner alone, and whose
// the entry is has a look of its own.
Distrust distrust_of(const struct stat& status, uid_t user);

}  // namespace wsman::abi

#endif  // WSMAN_ABI_SETTINGS_FILE_TRUST_H_
