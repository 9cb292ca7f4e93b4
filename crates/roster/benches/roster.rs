//! What reading costs: 100,000 people in 8,000 units.
//!
//! `cargo bench -p tideline-roster` prints it, and how much memory each of them takes at most (divan's
//! `max alloc`).

#![expect(clippy::expect_used, reason = "a measurement that cannot go on has failed")]

use std::{fmt::Write as _, sync::LazyLock};

use divan::{AllocProfiler, Bencher};
use rust_xlsxwriter::Workbook;
use tideline_roster::{Mapping, read};

#[global_allocator]
static MEMORY: AllocProfiler = AllocProfiler::system();

const PEOPLE: usize = 100_000;
const UNITS: usize = 8_000;

static ROWS: LazyLock<Vec<[String; 5]>> = LazyLock::new(|| {
    let mut rows =
        vec![["Klinik", "", "Ida Admin", "ida@harbour.example", "admin"].map(str::to_owned)];
    rows.extend((1..PEOPLE).map(|at| {
        let unit = at % UNITS;
        let above = if unit < 100 { "Klinik".to_owned() } else { format!("Süd {}", unit % 100) };
        [
            format!("Süd {unit}"),
            above,
            format!("Jörg Öztürk {at}"),
            format!("joerg.{at}@harbour.example"),
            "staff".to_owned(),
        ]
    }));
    rows
});
const HEAD: [&str; 5] = ["Einheit", "Übergeordnet", "Name", "E-Mail", "Rolle"];

fn text() -> String {
    let mut text = HEAD.join(";");
    for row in &*ROWS {
        write!(text, "\r\n{}", row.join(";")).expect("memory");
    }
    text
}

fn measure(bencher: Bencher<'_, '_>, bytes: &[u8]) {
    let reading = read(bytes, &Mapping::default());
    assert_eq!(reading.entries.map(|it| it.len()), Some(PEOPLE), "{:?}", reading.doubts);
    bencher.bench(|| read(bytes, &Mapping::default()));
}

#[divan::bench(sample_count = 5)]
fn utf_8(bencher: Bencher<'_, '_>) {
    measure(bencher, text().as_bytes());
}

#[divan::bench(sample_count = 5)]
fn utf_16(bencher: Bencher<'_, '_>) {
    let bytes: Vec<u8> =
        format!("\u{feff}{}", text()).encode_utf16().flat_map(u16::to_le_bytes).collect();
    measure(bencher, &bytes);
}

#[divan::bench(sample_count = 5)]
fn xlsx(bencher: Bencher<'_, '_>) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, HEAD).expect("a heading");
    for (at, row) in (1..).zip(&*ROWS) {
        sheet.write_row(at, 0, row).expect("a row");
    }
    measure(bencher, &book.save_to_buffer().expect("a workbook"));
}

fn main() {
    divan::main();
}
