"""Backups: one file with the database and the files, written and put back while the server runs.

    backup     a moment of the database, then every file it may know → an archive that only its owner may read
    restore    names, sizes and checksums first; then the files; then the database in one step, in which every stream
               gets a new epoch (nobody goes on from a history that is gone) and every session ends

The secret key stays outside: whoever finds an archive cannot sign anything with it.
"""

from tracker.log.backup.archive import BackupError, Manifest
from tracker.log.backup.steps import back_up, restore

__all__ = ["BackupError", "Manifest", "back_up", "restore"]
