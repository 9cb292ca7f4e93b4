//! Files that are there whole or not at all, and files and folders nobody else can look into.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
};

use anyhow::{Context as _, Result, ensure};

/// Writes `bytes` beside `path`, makes them durable, and moves them into place. Only its owner can read
/// it: who else may, says who asked for it.
///
/// # Errors
///
/// Names the file that could not be written; what was there before is untouched.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut name = path.file_name().context("a file needs a name")?.to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let write = || -> std::io::Result<()> {
        // What a crash left there may be readable by others, or a link to somewhere else.
        if fs::symlink_metadata(&part).is_ok() {
            fs::remove_file(&part)?;
        }
        let mut file = private_file(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, path)
    };
    write().with_context(|| format!("writing {}", path.display()))
}

/// Opens `path` for writing; if it is missing, it is made so that only its owner can read it.
pub(crate) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes `path`, if it is missing, so that only its owner can look into it.
///
/// # Errors
///
/// Names the folder that could not be made.
pub(crate) fn private_folder(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).with_context(|| format!("making {}", path.display()))
}

/// Takes from others what they may do with a file that is there, such as a database that was copied back.
///
/// # Errors
///
/// Names the file whose permissions could not be changed.
pub(crate) fn keep_private(path: &Path) -> Result<()> {
    #[cfg(unix)]
    if let Ok(found) = fs::metadata(path) {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = found.permissions().mode();
        if mode & 0o077 != 0 {
            fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700)).with_context(
                || format!("taking the permissions of others from {}", path.display()),
            )?;
        }
    }
    Ok(())
}

/// Refuses a folder that somebody else on this machine can change: whoever can write there can put a key
/// or a database of their own in our place.
///
/// # Errors
///
/// Names the folder and says what would be right.
pub(crate) fn refuse_shared(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let whole =
            fs::canonicalize(folder).with_context(|| format!("looking at {}", folder.display()))?;
        let found =
            fs::metadata(&whole).with_context(|| format!("looking at {}", whole.display()))?;
        let mode = found.permissions().mode();
        ensure!(
            mode & 0o022 == 0,
            "others can write into the data folder {} (mode {:03o}); set it to 700, or name a folder \
             inside it",
            folder.display(),
            mode & 0o777
        );
        let me = rustix::process::geteuid().as_raw();
        ensure!(
            found.uid() == me || me == 0,
            "the data folder {} belongs to another user; this program must run as its owner",
            folder.display()
        );
        for above in whole.ancestors().skip(1) {
            let Ok(found) = fs::metadata(above) else { continue };
            let mode = found.permissions().mode();
            // In a folder such as /tmp (sticky) others cannot rename what is ours.
            ensure!(
                mode & 0o002 == 0 || mode & 0o1000 != 0,
                "everybody can write into {} (mode {:03o}), and so put another folder in place of the \
                 data folder {}",
                above.display(),
                mode & 0o777,
                folder.display()
            );
        }
    }
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_folder_that_others_can_write_into_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        private_folder(&data).unwrap();
        assert_eq!(mode(&data), 0o700);
        for (shared, refused) in
            [(0o700, false), (0o755, false), (0o770, true), (0o707, true), (0o777, true)]
        {
            set(&data, shared);
            assert_eq!(refuse_shared(&data).is_err(), refused, "{shared:o}");
        }
        set(&data, 0o700);
        set(dir.path(), 0o777);
        assert!(refuse_shared(&data).unwrap_err().to_string().contains("everybody can write"));
        set(dir.path(), 0o1777);
        refuse_shared(&data).unwrap();
        set(dir.path(), 0o700);
    }

    #[test]
    fn what_is_written_is_private_whatever_was_there() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("report.pdf");
        let elsewhere = dir.path().join("elsewhere");
        std::os::unix::fs::symlink(&elsewhere, dir.path().join("report.pdf.part")).unwrap();
        fs::write(&file, "old").unwrap();
        set(&file, 0o644);
        write_atomically(&file, b"new").unwrap();
        assert_eq!((fs::read(&file).unwrap(), mode(&file)), (b"new".to_vec(), 0o600));
        assert!(!elsewhere.exists());
        set(&file, 0o664);
        keep_private(&file).unwrap();
        assert_eq!(mode(&file), 0o600);
    }
}
