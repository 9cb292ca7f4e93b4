//! What went wrong in the field, and what is right.

use super::*;
use crate::{Choice, Column};

const TWO: [&str; 2] = [
    "Hafenklinik: Ida Admin ida@harbour.example admin",
    "Station Süd < Hafenklinik: Jörg Öz joerg@harbour.example",
];
const TABLE: &str = "unit,parent,name,email,role\n\
    Hafenklinik,,Ida Admin,ida@harbour.example,admin\n\
    Station Süd,Hafenklinik,Jörg Öz,joerg@harbour.example,staff\n";

/// Is read, without a doubt, as the two rows above.
#[track_caller]
fn is_two(bytes: &[u8], expected: &str) {
    let reading = reading(bytes);
    assert_eq!((rows(&reading), doubts(&reading)), (TWO.map(str::to_owned).to_vec(), vec![]));
    assert_eq!(detected(&reading), expected);
}

/// What is in doubt about rows below the usual headings.
#[track_caller]
fn in_doubt(rows: &str, expected: &[&str]) {
    assert_eq!(
        doubts(&reading(format!("unit,parent,name,email,role\n{rows}").as_bytes())),
        expected
    );
}

fn windows_1252(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

#[test]
fn semicolons_tabs_and_windows_1252() {
    is_two(TABLE.replace(',', ";").as_bytes(), "semicolon UTF-8, 2 rows");
    is_two(TABLE.replace(',', "\t").as_bytes(), "tab UTF-8, 2 rows");
    is_two(&windows_1252(&TABLE.replace(',', ";")), "semicolon Windows-1252, 2 rows");
    let said = format!("sep=;\r\n{}", TABLE.replace(',', ";").replace('\n', "\r\n"));
    is_two(&windows_1252(&said), "semicolon Windows-1252, 2 rows");
}

#[test]
fn blank_rows_and_nameless_columns() {
    is_two(format!("{TABLE},,,,\n,,,,\n\n  , ,,,\n").as_bytes(), "comma UTF-8, 2 rows");
    is_two(TABLE.replace('\n', ",,\n").as_bytes(), "comma UTF-8, 2 rows");
    is_two(format!("\n,,,,\n{TABLE}").as_bytes(), "comma UTF-8, 2 rows");
}

#[test]
fn a_nameless_column_with_content_is_asked_about() {
    let file = TABLE.replace("role\n", "role,\n").replace("staff\n", "staff,new\n");
    assert_eq!(doubts(&reading(file.as_bytes())), ["1: roster-headings-unknown"]);
    let mut mapping = Mapping::default();
    mapping.set("#6", Choice::Ignore);
    assert_eq!(rows(&read(file.as_bytes(), &mapping)), TWO);
}

#[test]
fn marks_and_line_ends() {
    let joined = TABLE.replace("Station", "\u{feff}Station");
    is_two(joined.as_bytes(), "comma UTF-8, 2 rows");
    is_two(format!("\u{feff}{TABLE}").as_bytes(), "comma UTF-8, 2 rows");
    is_two(TABLE.replace('\n', "\r").as_bytes(), "comma UTF-8, 2 rows");
    is_two(TABLE.replace('\n', "\r\n").as_bytes(), "comma UTF-8, 2 rows");
    is_two(format!("{}\u{1a}", TABLE.replace('\n', "\r\n")).as_bytes(), "comma UTF-8, 2 rows");
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    is_two(&utf16(&format!("\u{feff}{}", TABLE.replace(',', "\t"))), "tab UTF-16 LE, 2 rows");
    is_two(&utf16(TABLE), "comma UTF-16 LE, 2 rows");
}

#[test]
fn files_that_were_joined() {
    let one = "unit,parent,name,email,role\nHafenklinik,,Ida,ida@harbour.example,admin\n";
    let other = "\u{feff}Unit,Parent,Name,E-mail,Role\nNord,Hafenklinik,Jo,jo@harbour.example,\n";
    let whole = reading(format!("{one}{other}").as_bytes());
    assert_eq!(doubts(&whole), ["3: roster-headings-again"]);
    assert_eq!(rows(&whole).len(), 2);
    let whole = reading(format!("{one}sep=,\n{other}").as_bytes());
    assert_eq!(doubts(&whole), ["4: roster-headings-again"]);
    let other = "name,email,unit,parent,role\nJo,jo@harbour.example,Nord,Hafenklinik,\n";
    let refused = doubts(&reading(format!("{one}{other}").as_bytes()));
    assert_eq!(refused[0], "3: roster-other-headings");
}

#[test]
fn headings_in_any_case_and_language() {
    let german =
        TABLE.replace("unit,parent,name,email,role", "Einheit,Übergeordnet,Name,E-Mail,Rolle");
    is_two(german.as_bytes(), "comma UTF-8, 2 rows");
    is_two(TABLE.replace("unit,parent", "UNIT, Parent ").as_bytes(), "comma UTF-8, 2 rows");
    let roles = TABLE.replace(",admin", ",Administrator").replace(",staff", ",Mitarbeiterin");
    is_two(roles.as_bytes(), "comma UTF-8, 2 rows");
}

#[test]
fn unknown_headings_come_together_and_can_be_explained() {
    let file = "Department,Manager,Full name,Work email,Job title\n\
        Nord,,Ida,ida@harbour.example,Nurse\n";
    let asked = reading(file.as_bytes());
    let unknown: Vec<(&str, &str)> =
        asked.unknown().map(|it| (it.text.as_str(), it.example.as_str())).collect();
    assert_eq!(unknown, [("Manager", ""), ("Job title", "Nurse")]);
    assert_eq!(
        doubts(&asked),
        ["1: roster-headings-unknown", "1: roster-without-parent", "1: roster-without-role"]
    );
    let said = asked.doubts[0].what.said();
    assert!(said.arguments.contains(&("headings", "Manager, Job title".to_owned())), "{said:?}");

    let mut mapping = Mapping::default();
    mapping.set("manager", Choice::Column(Column::Parent));
    mapping.set("JOB TITLE", Choice::Ignore);
    let read = read(file.as_bytes(), &mapping);
    assert_eq!(rows(&read), ["Nord: Ida ida@harbour.example"]);
    // What was said with an earlier file is never applied in silence.
    assert_eq!(
        doubts(&read),
        [
            "1: roster-without-role",
            "1 Job title: roster-heading-left-out",
            "1 Manager: roster-heading-said"
        ]
    );
}

#[test]
fn headings_that_are_missing_or_come_twice() {
    let of = |head: &str| doubts(&reading(format!("{head}\na,b,c,d\n").as_bytes()));
    assert!(of("unit,parent,name,role").contains(&"1: roster-heading-missing".to_owned()));
    assert!(of("unit,parent,email,role").contains(&"1: roster-heading-missing".to_owned()));
    assert!(of("name,parent,email,role").contains(&"1: roster-heading-missing".to_owned()));
    assert!(of("unit,Team,name,email").contains(&"1 Team: roster-heading-twice".to_owned()));
}

#[test]
fn names_in_two_columns() {
    let names = |head: &str, row: &str| {
        let file = format!("unit,{head},email\nNord,{row},ida@harbour.example\n");
        rows(&reading(file.as_bytes())).concat()
    };
    let expected = "Nord: Ida Berg ida@harbour.example";
    assert_eq!(names("Vorname,Nachname", "Ida,Berg"), expected);
    assert_eq!(names("Name,Vorname", "Berg,Ida"), expected);
    assert_eq!(names("Display name,First name", "Ida Berg,Ida"), expected);
    assert_eq!(names("Name,First name,Last name", "Ida Berg,Ida,Berg"), expected);
}

#[test]
fn one_name_at_two_sites_is_refused_once_with_advice() {
    let mut file = "Klinik,,Ida,ida@harbour.example,admin\nA,Klinik,,,\nB,Klinik,,,\n".to_owned();
    for at in 0..5 {
        file += &format!("Nacht,A,P,a{at}@harbour.example,\n");
    }
    for at in 0..5 {
        file += &format!("Nacht,B,P,b{at}@harbour.example,\n");
    }
    let read = reading(format!("unit,parent,name,email,role\n{file}").as_bytes());
    assert_eq!(doubts(&read), ["10 parent: roster-elsewhere"]);
    let said = read.doubts[0].what.said().arguments;
    assert!(said.contains(&("proposal", "Nacht B".to_owned())), "{said:?}");
}

#[test]
fn somebody_in_two_units_is_told_with_the_other_row() {
    in_doubt(
        "K,,,,\nN,K,Mo,mo@harbour.example,manager\nS,K,Mo,mo@harbour.example,manager\n",
        &["4 email: roster-same-address"],
    );
}

#[test]
fn one_name_in_two_forms_is_one_unit() {
    let file = "unit,parent,name,email,role\nKlinik,,Ida,ida@harbour.example,admin\n\
        Station Süd,Klinik,A,a@harbour.example,\n\
        Station\u{a0}\u{a0}Su\u{308}d,Klinik,B,b@harbour.example,\n";
    let read = reading(file.as_bytes());
    assert_eq!(doubts(&read), [""; 0]);
    assert!(rows(&read)[1..].iter().all(|it| it.starts_with("Station Süd < Klinik: ")));
}

#[test]
fn names_that_look_alike_are_pointed_out() {
    let read = reading(
        "unit,parent,name,email,role\nKlinik,,,,\nStation Nord,Klinik,,,\nStаtion Nord,Klinik,,,\n"
            .as_bytes(),
    );
    assert_eq!(doubts(&read), ["4 unit: roster-look-alike"]);
    assert_eq!(rows(&read).len(), 3, "it is only pointed out");
}

#[test]
fn names_that_nobody_sees_or_that_turn_text() {
    in_doubt(
        "Hafenklinik,,\u{200b}\u{2060},ida@harbour.example,admin\n\
         \u{200b},Hafenklinik,\u{3164},jo@harbour.example,staff\n\
         Nord,Hafenklinik,Ida \u{202e}nimda,al@harbour.example,\n\
         Ost,Hafenklinik,محمد عبد الله,mo@harbour.example,\n",
        &[
            "2 name: roster-name-unseen",
            "3 name: roster-name-unseen",
            "3 unit: roster-name-unseen",
            "4 name: roster-name-unseen",
        ],
    );
}

#[test]
fn addresses_that_a_mail_can_be_sent_to() {
    let of = |address: &str| {
        let read = reading(format!("unit,name,email\nNord,P,{address}\n").as_bytes());
        match &read.entries {
            Some(entries) => entries[0].person.as_ref().unwrap().email.to_string(),
            None => doubts(&read)[0].clone(),
        }
    };
    for (address, expected) in [
        ("müller@harbour.example", "2 email: roster-address-local"),
        ("jo@hafenklinik-köln.example", "jo@xn--hafenklinik-kln-ltb.example"),
        ("o'brien@harbour.example", "o'brien@harbour.example"),
        ("anna+pulse@harbour.example", "anna+pulse@harbour.example"),
        ("a_b@harbour.example", "a_b@harbour.example"),
        ("x@sub_domain.example", "x@sub_domain.example"),
        ("y@harbour.example-", "2 email: roster-address-domain"),
        ("z!q@harbour.example", "z!q@harbour.example"),
        ("MiXed@Harbour.Example", "mixed@harbour.example"),
        ("p@localhost", "p@localhost"),
        ("q@1.2.3.4", "q@1.2.3.4"),
        ("r@-x.example", "2 email: roster-address-domain"),
        ("s@harbour..example", "2 email: roster-address-domain"),
    ] {
        assert_eq!(of(address), expected, "{address}");
    }
}

#[test]
fn every_bad_row_is_told_with_its_place() {
    in_doubt("Org,,,,\nElm,Org,Ada,ada,staff\n", &["3 email: roster-address"]);
    in_doubt("Org,,,,\nElm,Org,,a@x.org,staff\n", &["3 name: roster-name"]);
    in_doubt("Org,,,,\nElm,Org,Ada,a@x.org,boss\n", &["3 role: roster-role"]);
    in_doubt("Org,,,,\nElm,Oak,,,\n", &["3 parent: roster-no-parent"]);
    in_doubt("Org,,,,\nOak,,,,\n", &["3 parent: roster-two-tops"]);
    in_doubt(
        "A,B,,,\nB,A,,,\n",
        &["2 parent: roster-below-itself", "3 parent: roster-below-itself"],
    );
    in_doubt("Org,,A,a@x.org,\nOrg,,B,a@x.org,\n", &["3 email: roster-same-address"]);
    in_doubt("Org,,,,\nElm,Org,,,\nElm,,A,a@x.org,\n", &["4 parent: roster-elsewhere"]);
    in_doubt("Org,,,,,y\n", &["2: table-width"]);
    in_doubt("", &["1: table-empty"]);
    in_doubt("Org,,,,\nElm,Org\n", &["3: roster-short"]);
    assert_eq!(doubts(&reading(b"")), ["file: roster-file-empty"]);
    assert_eq!(doubts(&reading(b"\r\n , \r\n")), ["file: roster-file-empty"]);
    assert_eq!(doubts(&reading(b"unit,name,email\n\"a,b,c\n")), ["2: roster-open-quote"]);
}

#[test]
fn files_of_other_kinds_are_named() {
    let of = |bytes: &[u8]| doubts(&reading(bytes)).concat();
    assert_eq!(of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), "file: roster-file-old-workbook");
    assert_eq!(of(b" <!DOCTYPE html><table>"), "file: roster-file-web-page");
    assert_eq!(of(b"%PDF-1.7"), "file: roster-file-no-table");
    assert_eq!(of(b"PK\x03\x04rest"), "file: roster-file-broken-workbook");
    assert_eq!(of(&[b','; 40_000]), "1: roster-file-too-much");
}

#[test]
fn rows_above_the_headings_are_pointed_out() {
    let read = reading(format!("Staff of the clinic\n2026-11\n{TABLE}").as_bytes());
    assert_eq!(doubts(&read), ["3: roster-rows-above"]);
    assert_eq!(rows(&read), TWO);
}

#[test]
fn a_thousand_doubts_are_kept_and_all_are_counted() {
    let bad = "Elm,Org,Ada,ada,staff\n".repeat(1500);
    let read = reading(format!("unit,parent,name,email,role\nOrg,,,,\n{bad}").as_bytes());
    assert_eq!((read.doubts.len(), read.more), (1000, 500));
    assert!(read.entries.is_none());
}
