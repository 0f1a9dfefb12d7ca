/* The database engine as one source file, and the three things of it that its own interface does
 * not hand out. Called from engine.rs alone. */

#include "sqlite3mc_amalgamation.c"

/* The key that SQLCipher 4 makes of a passphrase: PBKDF2-HMAC-SHA512 over the salt. */
void postcall_derive(const unsigned char *passphrase, size_t length, const unsigned char *salt,
                     unsigned int rounds, unsigned char *key) {
  fastpbkdf2_hmac_sha512(passphrase, length, salt, SALTLENGTH_SQLCIPHER, rounds, key,
                         KEYLENGTH_SQLCIPHER);
}

/* Reads the beginning of the file as it is on the disk, through the handle that the engine has
 * open: to open and close the file beside the engine would give its locks away (POSIX). What the
 * file is too short for is filled with zeros. */
int postcall_first_bytes(sqlite3 *db, unsigned char *bytes, int length) {
  sqlite3_file *file = 0;
  int rc = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (rc == SQLITE_OK && (file == 0 || file->pMethods == 0)) rc = SQLITE_CANTOPEN;
  if (rc == SQLITE_OK) rc = file->pMethods->xRead(file, bytes, length, 0);
  return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
}

/* Whether the file that is open has lost its name, or another file has it now. */
int postcall_has_moved(sqlite3 *db) {
  int moved = 0;
  int rc = sqlite3_file_control(db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return rc == SQLITE_OK && moved;
}
