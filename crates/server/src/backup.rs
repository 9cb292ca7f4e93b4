//! Backups: a folder with the tables of the database as text, the public files, and the settings without secrets.
//! Never a key, a box, who picked up a token, or who is signed in. What is in it is listed with digests in a file
//! that is written last: without it, a folder is no backup.

mod contents;
mod restore;
mod settings;

use std::{
    fs::{self, File},
    io::BufWriter,
    path::Path,
    thread::sleep,
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};
use tideline_ballot::{encoding::to_hex, wave_dir::WaveFiles};
use tideline_store::{Copied, Snapshot, WaveRecord};

use self::contents::{Contents, FORMAT, Table};
pub use self::restore::restore;
use crate::{context::Context, files, wave};

/// How long a release that is being finished is waited for, and how often it is looked at. Unit: seconds.
const PATIENCE: u32 = 30;

/// What a backup came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Rows of all tables.
    pub rows: u64,
    /// Files, without the list of them.
    pub files: usize,
    /// Waves that have not ended: what is in their boxes is in no backup.
    pub unreleased: usize,
}

/// Writes a backup to the new folder `out`, while the program serves. `settings` is the settings file.
///
/// # Errors
///
/// If there is something at `out`, or something cannot be read or written: then nothing is left there.
pub fn make(context: &Context, out: &Path, settings: Option<&Path>) -> Result<Made> {
    begin(out)?;
    let made = write(context, out, settings);
    if made.is_err() {
        // Half a backup helps nobody, and may be what filled the disk.
        if let Err(error) = fs::remove_dir_all(out) {
            tracing::warn!(
                folder = %out.display(),
                error = %error,
                "what was written of the backup could not be removed"
            );
        }
    }
    made
}

/// Makes the folder, or takes an empty one.
fn begin(out: &Path) -> Result<()> {
    if out.try_exists().with_context(|| format!("looking at {}", out.display()))? {
        let mut found =
            fs::read_dir(out).with_context(|| format!("looking into {}", out.display()))?;
        ensure!(
            found.next().is_none(),
            "{} is not empty. A backup goes into a folder of its own: name another one, or delete this one if it is \
             half a backup (without {})",
            out.display(),
            contents::NAME
        );
    }
    files::private_folder(out)?;
    files::refuse_shared(out)
}

fn write(context: &Context, out: &Path, settings: Option<&Path>) -> Result<Made> {
    // Before the tables are copied, so that the backup itself says that it was made.
    context.note("backup.make", "backup")?;
    let tables = out.join("tables");
    files::private_folder(&tables)?;
    let snapshot = context
        .store
        .copy_out(Copied::Backup, &mut |table| {
            Ok(Box::new(Synced::create(&tables.join(format!("{table}.txt")))?))
        })
        .context("copying the tables")?;
    public_files(context, out, &snapshot)?;
    let text = settings::without_secrets(settings)?;
    files::write_atomically(&out.join("settings.toml"), text.as_bytes())?;
    let contents = Contents {
        format: FORMAT.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made: context.now().to_rfc3339(),
        schema: snapshot.schema,
        tables: snapshot
            .tables
            .iter()
            .map(|it| Table { name: it.table.clone(), rows: it.rows, sha256: to_hex(&it.sha256) })
            .collect(),
        files: contents::listed(out)?,
        unreleased: snapshot
            .waves
            .iter()
            .filter(|it| !it.released)
            .map(|it| it.wave.seq.0)
            .collect(),
    };
    contents.keep(out)?;
    Ok(Made {
        rows: snapshot.tables.iter().map(|it| it.rows).sum(),
        files: contents.files.len(),
        unreleased: contents.unreleased.len(),
    })
}

/// The public files of the waves that the snapshot knows, and of no others: a wave that is announced meanwhile would
/// be in the chain and not in the database.
fn public_files(context: &Context, out: &Path, snapshot: &Snapshot) -> Result<()> {
    let mut chain = String::new();
    let of = |record: &WaveRecord| WaveFiles::new(out, record.wave.seq);
    for record in &snapshot.waves {
        let files = of(record);
        put(&files.manifest(), &record.manifest)?;
        if let Some(document) = &record.questionnaire {
            put(&files.questionnaire(), document.as_bytes())?;
        }
        if let Some(result) = result_of(context, record)? {
            put(&files.result(), &result)?;
        }
        chain.push_str(&format!("{} {}\n", record.wave.seq, to_hex(&record.manifest_hash)));
    }
    if let Some(record) = snapshot.waves.first() {
        put(&of(record).chain(), chain.as_bytes())?;
    }
    Ok(())
}

/// The result file of a wave that is released; it is written a moment after the database says so.
fn result_of(context: &Context, record: &WaveRecord) -> Result<Option<Vec<u8>>> {
    if !record.released {
        return Ok(None);
    }
    let seq = record.wave.seq;
    let files = WaveFiles::new(context.config.shared(), seq);
    for _ in 0..PATIENCE {
        if let Some(bytes) = files.read_result()? {
            return Ok(Some(bytes));
        }
        if !wave::has_secrets(context, seq) {
            // Abandoned without a box: there never will be one.
            return Ok(None);
        }
        sleep(Duration::from_secs(1));
    }
    bail!(
        "wave {seq} is released, and its result file is not written yet; make the backup when `tideline serve` has \
         finished it"
    )
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        files::private_folder(folder)?;
    }
    files::write_atomically(path, bytes)
}

/// A new file that is on the disk when it is flushed.
struct Synced(BufWriter<File>);

impl Synced {
    fn create(path: &Path) -> std::io::Result<Self> {
        Ok(Self(BufWriter::new(files::private_file(path)?)))
    }
}

impl std::io::Write for Synced {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()?;
        self.0.get_ref().sync_all()
    }
}
