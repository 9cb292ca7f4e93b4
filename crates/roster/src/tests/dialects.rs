//! A random roster, written in every dialect, is read as what it is.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::*;
use crate::formula::guarded;

/// How a file is written.
#[derive(Debug, Clone)]
struct Dialect {
    separator: char,
    says_separator: bool,
    encoding: &'static str,
    line_end: &'static str,
    quotes_all: bool,
    extra_columns: usize,
    blank_rows: bool,
    ctrl_z: bool,
    headings: [&'static str; 5],
    roles: fn(&str) -> String,
}

const HEADINGS: [[&str; 5]; 4] = [
    ["unit", "parent", "name", "email", "role"],
    ["UNIT", "Parent ", "Full Name", "E-MAIL", "Roles"],
    ["Einheit", "Übergeordnet", "Name", "E-Mail-Adresse", "Rolle"],
    ["Team", "Parent unit", "Mitarbeiter", "Mail", "ROLLEN"],
];

fn dialect() -> impl Strategy<Value = Dialect> {
    let encodings =
        ["utf-8", "utf-8 mark", "utf-16le", "utf-16be", "utf-16le bare", "windows-1252"];
    let roles: [fn(&str) -> String; 3] =
        [str::to_owned, str::to_uppercase, |it| it.replace("privacy", "Privacy Officer")];
    (
        prop::sample::select(vec![',', ';', '\t', '|']),
        any::<bool>(),
        prop::sample::select(encodings.to_vec()),
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        (any::<bool>(), 0_usize..3, any::<bool>(), any::<bool>()),
        prop::sample::select(HEADINGS.to_vec()),
        prop::sample::select(roles.to_vec()),
    )
        .prop_map(|(separator, says_separator, encoding, line_end, it, headings, roles)| {
            let (quotes_all, extra_columns, blank_rows, ctrl_z) = it;
            Dialect {
                separator,
                says_separator,
                encoding,
                line_end,
                quotes_all,
                extra_columns,
                blank_rows,
                ctrl_z,
                headings,
                roles,
            }
        })
}

impl Dialect {
    fn cell(&self, text: &str) -> String {
        let special = [self.separator, '"', '\n', '\r'];
        if self.quotes_all || text.contains(special) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    }

    fn write(&self, rows: &[[String; 5]]) -> Vec<u8> {
        let mut text = String::new();
        let separator = self.separator.to_string();
        if self.says_separator {
            text += &format!("sep={separator}{}", self.line_end);
        }
        let extra = separator.repeat(self.extra_columns);
        let mut line = |cells: Vec<String>| {
            text += &format!("{}{extra}{}", cells.join(&separator), self.line_end);
            if self.blank_rows {
                text += &format!("{}{extra}{}", separator.repeat(4), self.line_end);
            }
        };
        line(self.headings.iter().map(|it| self.cell(it)).collect());
        for row in rows {
            let mut cells: Vec<String> =
                row[..4].iter().map(|it| self.cell(&guarded(it))).collect();
            cells.push(self.cell(&(self.roles)(&row[4])));
            line(cells);
        }
        if self.ctrl_z {
            text.push('\u{1a}');
        }
        let utf16 = |mark: &str, to: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("{mark}{text}").encode_utf16().flat_map(to).collect()
        };
        match self.encoding {
            "utf-8" => text.into_bytes(),
            "utf-8 mark" => format!("\u{feff}{text}").into_bytes(),
            "utf-16le" => utf16("\u{feff}", u16::to_le_bytes),
            "utf-16be" => utf16("\u{feff}", u16::to_be_bytes),
            "utf-16le bare" => utf16("", u16::to_le_bytes),
            _ => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        }
    }
}

/// A tree of units with people: unit, parent, name, address, roles, as a file has them.
fn roster() -> impl Strategy<Value = Vec<[String; 5]>> {
    // What people write in Western Europe, with all that files use for themselves.
    let name = "[A-Za-zäöüÄÖÜßéèñ0-9][A-Za-zäöüß0-9 ,;|'\"()&/.=+-]{0,18}[A-Za-z0-9.)]";
    let role = prop::sample::select(vec!["", "staff", "manager", "hr;admin", "admin;hr;privacy"]);
    prop::collection::vec((name, name, role, any::<prop::sample::Index>(), any::<bool>()), 1..12)
        .prop_map(|rows| {
            let mut units: BTreeMap<String, String> = BTreeMap::new();
            let mut order: Vec<String> = Vec::new();
            let mut out = Vec::new();
            for (at, (unit, person, role, above, again)) in rows.into_iter().enumerate() {
                let unit = if again && at > 0 {
                    order[above.index(order.len())].clone()
                } else {
                    // Each unit with a letter of its own: nothing looks alike.
                    format!("{}{unit}", char::from(b'A' + u8::try_from(at).unwrap()))
                };
                let unit = unit.split_whitespace().collect::<Vec<_>>().join(" ");
                if !units.contains_key(&unit) {
                    let parent = match order.len() {
                        0 => String::new(),
                        some => order[above.index(some)].clone(),
                    };
                    units.insert(unit.clone(), parent);
                    order.push(unit.clone());
                }
                let person = person.split_whitespace().collect::<Vec<_>>().join(" ");
                let parent = units[&unit].clone();
                out.push([unit, parent, person, format!("p{at}@x.example"), role.to_owned()]);
            }
            out
        })
}

fn expected(rows: &[[String; 5]]) -> Vec<String> {
    let line = |[unit, parent, name, email, roles]: &[String; 5]| {
        let parent = if parent.is_empty() { String::new() } else { format!(" < {parent}") };
        let roles: String = roles
            .split(';')
            .filter(|it| !matches!(*it, "" | "staff"))
            .map(|it| format!(" {it}"))
            .collect();
        format!("{unit}{parent}: {name} {email}{roles}")
    };
    rows.iter().map(line).collect()
}

proptest! {
    #[test]
    fn text_in_every_dialect(rows_in in roster(), dialect in dialect()) {
        // Four letters with marks in a row are what is refused as another encoding.
        let marks = |text: &str| text.as_bytes().windows(8).any(|it| it.iter().all(|it| !it.is_ascii()));
        prop_assume!(dialect.encoding != "windows-1252" || !rows_in.iter().flatten().any(|it| marks(it)));
        let bytes = dialect.write(&rows_in);
        let read = reading(&bytes);
        prop_assert!(read.entries.is_some(), "{:?}\n{}", read.doubts, String::from_utf8_lossy(&bytes));
        prop_assert_eq!(rows(&read), expected(&rows_in));
        // Nothing but what looks alike by chance is pointed out.
        prop_assert!(doubts(&read).iter().all(|it| it.ends_with("roster-look-alike")), "{:?}", read.doubts);
    }

    #[test]
    fn workbooks(rows_in in roster()) {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, HEADINGS[2]).unwrap();
        for (at, row) in (1..).zip(&rows_in) {
            sheet.write_row(at, 0, row).unwrap();
        }
        let read = reading(&book.save_to_buffer().unwrap());
        prop_assert!(read.entries.is_some(), "{:?}", read.doubts);
        prop_assert_eq!(rows(&read), expected(&rows_in));
    }

    #[test]
    fn whatever_the_bytes_nothing_breaks(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let read = reading(&bytes);
        prop_assert_eq!(read.entries.is_none(), read.refusals().next().is_some());
    }
}
