//! What a program that holds keys asks of the operating system before it reads one, and what it
//! finds there that keeps more than it should.

use std::{fmt, fs, path::Path};

use rustix::fs::Mode;
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

/// Something about the machine that would keep keys or ballots longer, or show them to more people,
/// than Tideline promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub what: String,
    /// What it does, and what would be right.
    pub why: &'static str,
    /// Whether the program must not run like this.
    pub refuse: bool,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.why)
    }
}

/// From now on a crash writes no memory to disk, and no other process of the same user reads it.
///
/// # Errors
///
/// If the operating system refuses.
pub fn no_dumps() -> std::io::Result<()> {
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    Ok(())
}

/// From now on what is made is for its owner alone, whatever the shell says; with `group`, for the folder's
/// group as well, which two programs under two users need.
pub fn private_files(group: bool) {
    let mask = if group { Mode::RWXO } else { Mode::RWXG | Mode::RWXO };
    rustix::process::umask(mask);
}

/// Looks at where keys and boxes lie, and at what the machine swaps. `folders` are those with
/// secrets; a folder that is not there yet is fine. `group` says whether the folders' group may look
/// into them, which a ballot side under another user needs.
pub fn findings(folders: &[&Path], group: bool) -> Vec<Finding> {
    let mut found: Vec<Finding> = folders.iter().filter_map(|it| open_folder(it, group)).collect();
    found.extend(swap());
    found
}

fn open_folder(folder: &Path, group: bool) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(folder).ok()?.permissions().mode() & 0o777;
    let forbidden = if group { 0o007 } else { 0o077 };
    (mode & forbidden != 0).then(|| Finding {
        what: format!("{} has mode {mode:03o}", folder.display()),
        why: if group {
            "everybody on this machine can look into it; set it to 770 or less"
        } else {
            "others on this machine can look into it; set it to 700"
        },
        refuse: true,
    })
}

/// A warning only: whether the swap is encrypted cannot be told from here.
fn swap() -> Option<Finding> {
    let swaps = fs::read_to_string("/proc/swaps").ok()?;
    let limited = fs::read_to_string("/proc/self/cgroup").ok().and_then(|it| {
        let group = it.lines().find_map(|line| line.strip_prefix("0::/"))?.to_owned();
        fs::read_to_string(Path::new("/sys/fs/cgroup").join(group).join("memory.swap.max")).ok()
    });
    let off = limited.is_some_and(|it| it.trim() == "0");
    (swaps.lines().count() > 1 && !off).then(|| Finding {
        what: "this machine swaps".to_owned(),
        why: "keys could be written to the swap; set MemorySwapMax=0 as the units in deploy/ do, or \
              encrypt the swap",
        refuse: false,
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_folder_others_can_look_into_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let set = |mode| fs::set_permissions(dir.path(), fs::Permissions::from_mode(mode)).unwrap();
        for (mode, group, refused) in [
            (0o700, false, false),
            (0o750, false, true),
            (0o755, false, true),
            (0o770, true, false),
            (0o775, true, true),
        ] {
            set(mode);
            assert_eq!(open_folder(dir.path(), group).is_some(), refused, "{mode:o} {group}");
        }
        set(0o700);
        assert_eq!(open_folder(&dir.path().join("none"), false), None);
    }
}
