//! Which database. A misspelt URL is an error, never a new, empty database.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    str::FromStr,
};

use crate::StoreError;

/// `sqlite:FILE` or `postgres://…`.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(pub(crate) Target);

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Sqlite(PathBuf),
    Postgres(String),
}

/// A URL that names no database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseUrlError {
    /// It begins with something else.
    #[error("a database is given as `sqlite:FILE` or `postgres://USER@HOST/DATABASE`")]
    UnknownScheme,
    /// No file after `sqlite:`, or one that SQLite would not take for a plain file.
    #[error("after `sqlite:` stands a plain file name, such as `sqlite:tideline.sqlite`")]
    NoFile,
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(s: &str) -> Result<Self, DatabaseUrlError> {
        if let Some(file) = s.strip_prefix("sqlite:") {
            // Each connection would see its own `:memory:`; `file:` and `//` are other notations
            // that would silently make another file.
            let special = file.starts_with(':') || file.starts_with("file:");
            let plain =
                !special && !file.starts_with("//") && Path::new(file).file_name().is_some();
            plain.then(|| Self(Target::Sqlite(PathBuf::from(file)))).ok_or(DatabaseUrlError::NoFile)
        } else if s.starts_with("postgres://") || s.starts_with("postgresql://") {
            Ok(Self(Target::Postgres(s.to_owned())))
        } else {
            Err(DatabaseUrlError::UnknownScheme)
        }
    }
}

impl DatabaseUrl {
    /// The SQLite file; `None` for PostgreSQL.
    pub fn sqlite_file(&self) -> Option<&Path> {
        match &self.0 {
            Target::Sqlite(file) => Some(file),
            Target::Postgres(_) => None,
        }
    }

    pub(crate) fn must_exist(&self) -> Result<(), StoreError> {
        match self.sqlite_file() {
            Some(file) if !file.is_file() => {
                self.must_have_folder()?;
                Err(StoreError::NoDatabase(file.to_owned()))
            }
            _ => Ok(()),
        }
    }

    /// Makes the SQLite file if it is missing, readable by its owner only.
    pub(crate) fn make(&self) -> Result<(), StoreError> {
        let Some(file) = self.sqlite_file().filter(|it| !it.exists()) else { return Ok(()) };
        self.must_have_folder()?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
            .open(file)
            .map(drop)
            .map_err(|source| StoreError::CannotMake { file: file.to_owned(), source })
    }

    fn must_have_folder(&self) -> Result<(), StoreError> {
        let folder = self.sqlite_file().and_then(Path::parent).unwrap_or(Path::new(""));
        if folder.as_os_str().is_empty() || folder.is_dir() {
            Ok(())
        } else {
            Err(StoreError::NoFolder(folder.to_owned()))
        }
    }
}

/// The URL may hold a password, so only its harmless parts are shown.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Target::Sqlite(file) => write!(f, "sqlite:{}", file.display()),
            Target::Postgres(url) => {
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                let (secret, rest) = rest.rsplit_once('@').unwrap_or(("", rest));
                // A misplaced `/`, `?` or `@` may be part of a password; then nothing is shown.
                let unclear = secret.contains(['/', '?']);
                let shown = if unclear { "…" } else { rest.split('?').next().unwrap_or("") };
                write!(f, "postgres://{shown}")
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(s: &str) -> Result<DatabaseUrl, DatabaseUrlError> {
        s.parse()
    }

    #[test]
    fn a_misspelt_url_is_refused() {
        for url in ["", "sqlit:a", "tideline.sqlite", "mysql://localhost/a", "postgres:/a"] {
            assert_eq!(parse(url), Err(DatabaseUrlError::UnknownScheme), "{url}");
        }
        for url in ["sqlite:", "sqlite::memory:", "sqlite://a.sqlite", "sqlite:file:a", "sqlite:/"]
        {
            assert_eq!(parse(url), Err(DatabaseUrlError::NoFile), "{url}");
        }
    }

    #[test]
    fn passwords_are_not_shown() {
        for url in [
            "postgres://ann:s3cret@db.example:5432/tideline?sslmode=require&password=s3cret",
            "postgresql://ann:s3/cret@db.example/tideline",
            "postgres://ann:s3?cret@db.example/tideline",
            "postgres://ann:s3@cret@db.example/tideline",
            "postgres://ann:s3cret@db.example?password=s3cret",
            "postgres://db.example/tideline?user=ann&password=s3@cret",
        ] {
            let shown = format!("{:?}", parse(url).unwrap());
            assert!(!shown.contains("cret"), "{shown}");
        }
        let url = parse("postgres://ann:s3cret@db.example:5432/tideline").unwrap();
        assert_eq!(url.to_string(), "postgres://db.example:5432/tideline");
    }
}
