//! What Typst may see: the template, its data, the fonts. No files, no clock, no network.

use std::{collections::BTreeMap, sync::LazyLock};

use typst::{
    Feature, Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    // Header cells of rows.
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

static MAIN: LazyLock<FileId> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a plain name is a path")]
    let path = VirtualPath::new("report.typ").expect("a plain name");
    RootedPath::new(VirtualRoot::Project, path).intern()
});

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let regular: &[u8] = include_bytes!("../../fonts/NotoSans-Regular.ttf");
    let bold: &[u8] = include_bytes!("../../fonts/NotoSans-Bold.ttf");
    [regular, bold].into_iter().flat_map(|it| Font::iter(Bytes::new(it))).collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// Whether all embedded fonts have a glyph for `it`.
pub(super) fn can_show(it: char) -> bool {
    !it.is_control() && FONTS.iter().all(|font| font.info().coverage.contains(u32::from(it)))
}

/// The world of one document.
pub(crate) struct ReportWorld {
    main: Source,
    files: BTreeMap<String, Bytes>,
}

impl ReportWorld {
    /// A world of `template` and the `files` that it reads, by name.
    pub(crate) fn new(template: &str, files: BTreeMap<String, Bytes>) -> Self {
        Self { main: Source::new(*MAIN, template.to_owned()), files }
    }
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        (id == self.main.id()).then(|| self.main.clone()).ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.get().vpath().get_without_slash();
        self.files.get(name).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
