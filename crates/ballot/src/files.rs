//! Files that are there whole or not at all, and that are gone when they are gone.

use std::{
    fs::{DirBuilder, File, OpenOptions, Permissions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

const PRIVATE_FILE: u32 = 0o600;
const GROUP_FILE: u32 = 0o660;
const PRIVATE_DIR: u32 = 0o700;
/// New files get the directory's group.
const GROUP_DIR: u32 = 0o2770;
const PUBLIC_FILE: u32 = 0o644;

/// Where a file is written before it gets its name.
pub(crate) fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// Makes the directory above `path`, for its owner only.
pub(crate) fn private_parent(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(above) if !above.as_os_str().is_empty() => {
            DirBuilder::new().recursive(true).mode(PRIVATE_DIR).create(above)
        }
        _ => Ok(()),
    }
}

/// Makes the directory above `path`, for its owner and the group of the directory it lies in.
pub(crate) fn group_parent(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(above) if !above.as_os_str().is_empty() && !above.try_exists()? => {
            private_parent(path)?;
            std::fs::set_permissions(above, Permissions::from_mode(GROUP_DIR))
        }
        _ => Ok(()),
    }
}

/// Makes names in the directory of `path` durable.
pub(crate) fn sync_parent(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(above) if !above.as_os_str().is_empty() => File::open(above)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

/// An empty file that only its owner may read. Fails if there is one.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(PRIVATE_FILE).open(path)
}

/// An empty file that its owner and the directory's group may read and write, whatever the umask.
/// Fails if there is one.
pub(crate) fn create_for_group(path: &Path) -> io::Result<File> {
    let file = create_private(path)?;
    file.set_permissions(Permissions::from_mode(GROUP_FILE))?;
    Ok(file)
}

/// Writes a secret. After a crash it is there whole or not at all; a file that is there stays as it is.
pub(crate) fn write_secret(path: &Path, secret: &[u8]) -> io::Result<()> {
    private_parent(path)?;
    write_new(path, secret, create_private)
}

/// [`write_secret`] for the directory's group as well.
pub(crate) fn write_group_secret(path: &Path, secret: &[u8]) -> io::Result<()> {
    group_parent(path)?;
    write_new(path, secret, create_for_group)
}

fn write_new(path: &Path, secret: &[u8], make: fn(&Path) -> io::Result<File>) -> io::Result<()> {
    let unfinished = unfinished(path);
    erase(&unfinished)?;
    let mut file = make(&unfinished)?;
    file.write_all(secret)?;
    file.sync_all()?;
    // A link, not a rename: a rename would replace what is there.
    let linked = std::fs::hard_link(&unfinished, path);
    std::fs::remove_file(&unfinished)?;
    linked?;
    sync_parent(path)
}

/// Replaces a public file as a whole, durably.
pub(crate) fn write_public(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(above) = path.parent() {
        std::fs::create_dir_all(above)?;
    }
    let unfinished = unfinished(path);
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(PUBLIC_FILE)
        .open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)?;
    sync_parent(path)
}

/// Overwrites a file, waits for the disk, then removes it. It need not be there.
///
/// A link is removed and what it leads to is left: whoever may write the folder must not have other files overwritten.
pub(crate) fn erase(path: &Path) -> io::Result<()> {
    if path.symlink_metadata().is_ok_and(|it| it.is_symlink()) {
        return remove(path);
    }
    let mut file = match OpenOptions::new().write(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    let length = file.metadata()?.len();
    io::copy(&mut io::Read::take(io::repeat(0), length), &mut file)?;
    file.sync_all()?;
    remove(path)
}

/// Removes a file, durably. It need not be there.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(()) => sync_parent(path),
    }
}

/// The file's bytes; `None` if there is none.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        other => other.map(Some),
    }
}
