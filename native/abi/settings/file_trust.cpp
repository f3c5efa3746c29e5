#include "abi/settings/file_trust.h"

namespace wsman::abi {
namespace {

constexpr uid_t kSuperuser = 0;

bool is_sticky_folder(const struct stat& status) {
  return S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0;
}

}  // namespace

Distrust distrust_of(const struct stat& status, uid_t user) {
  if (status.st_uid != user && status.st_uid != kSuperuser) return Distrust::foreign;
  // Whom an access control list lets write shows in the bits of the group.
  const bool is_shared = (status.st_mode & (S_IWGRP | S_IWOTH)) != 0;
  return is_shared && !is_sticky_folder(status) ? Distrust::writable : Distrust::none;
}

}  // namespace wsman::abi
