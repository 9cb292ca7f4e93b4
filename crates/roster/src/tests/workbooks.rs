//! XLSX as a spreadsheet writes it, ODS as LibreOffice does, and workbooks made to hurt.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

const HEAD: [&str; 5] = ["Unit", "Parent", "Name", "Email", "Role"];

fn xlsx(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An ODS of one sheet with these rows in XML.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content>\
         <office:body><office:spreadsheet><table:table table:name=\"Blatt\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        (
            "META-INF/manifest.xml",
            "<?xml version=\"1.0\"?><manifest:manifest><manifest:file-entry \
             manifest:full-path=\"/\"/></manifest:manifest>",
        ),
    ])
}

fn ods_row(cells: &[&str]) -> String {
    let cell = |it: &&str| match *it {
        "" => "<table:table-cell/>".to_owned(),
        text => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        ),
    };
    let cells: String = cells.iter().map(cell).collect();
    format!(
        "<table:table-row>{cells}<table:table-cell table:number-columns-repeated=\"16379\"/>\
         </table:table-row>"
    )
}

#[test]
fn text_stays_text_and_numbers_are_pointed_out() {
    let file = xlsx(|book| {
        let sheet = book.add_worksheet();
        sheet.set_name("Teams").unwrap();
        sheet.write_row(0, 0, HEAD).unwrap();
        sheet.write_row(1, 0, ["Klinik", "", "Ida", "ida@x.example", "Admin"]).unwrap();
        sheet.write_row(2, 0, ["007", "Klinik", "A", "a@x.example", ""]).unwrap();
        sheet.write_row(3, 0, ["", "Klinik", "B", "b@x.example", ""]).unwrap();
        sheet.write_number(3, 0, 1234.0).unwrap();
        sheet.write_row(4, 0, ["+12", "Klinik", "C", "c@x.example", ""]).unwrap();
    });
    let read = reading(&file);
    assert_eq!(
        rows(&read),
        [
            "Klinik: Ida ida@x.example admin",
            "007 < Klinik: A a@x.example",
            "1234 < Klinik: B b@x.example",
            "+12 < Klinik: C c@x.example"
        ]
    );
    assert_eq!(doubts(&read), ["4 Unit: roster-number"]);
    assert_eq!(detected(&read), "xlsx Teams of 1, 4 rows");
}

#[test]
fn dates_are_refused_where_they_matter_alone() {
    let file = xlsx(|book| {
        let day = Format::new().set_num_format("dd.mm.yyyy");
        let date = ExcelDateTime::from_ymd(2026, 3, 4).unwrap();
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Unit", "Name", "Email", "Eintritt"]).unwrap();
        sheet.write_row(1, 0, ["Klinik", "Ida", "ida@x.example"]).unwrap();
        sheet.write_datetime_with_format(1, 3, &date, &day).unwrap();
        sheet.write_row(2, 1, ["Jo", "jo@x.example"]).unwrap();
        sheet.write_datetime_with_format(2, 0, &date, &day).unwrap();
        sheet.write_row(3, 0, ["Klinik", "", "al@x.example"]).unwrap();
        sheet.write_boolean(3, 1, true).unwrap();
    });
    let mut mapping = Mapping::default();
    mapping.set("Eintritt", crate::Choice::Ignore);
    let read = read(&file, &mapping);
    assert_eq!(
        doubts(&read)[..2],
        ["3 Unit: roster-date", "4 Name: roster-truth"],
        "{:?}",
        read.doubts
    );
}

#[test]
fn of_several_sheets_the_one_with_headings_is_read() {
    let file = xlsx(|book| {
        book.add_worksheet().write_row(0, 0, ["How to fill in this form"]).unwrap();
        let sheet = book.add_worksheet();
        sheet.set_name("Hidden").unwrap().set_hidden(true);
        sheet.write_row(0, 0, HEAD).unwrap();
        let sheet = book.add_worksheet();
        sheet.set_name("Personal").unwrap();
        sheet.write_row(1, 1, HEAD).unwrap();
        sheet.write_row(3, 1, ["Klinik", "", "Ida", "ida@x.example", "Admin"]).unwrap();
    });
    let read = reading(&file);
    assert_eq!(rows(&read), ["Klinik: Ida ida@x.example admin"]);
    assert_eq!(detected(&read), "xlsx Personal of 2, 1 rows");
    assert_eq!(read.entries.unwrap()[0].row, 4);
}

#[test]
fn ods_is_read_with_its_rows_and_spaces() {
    let empty = "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell \
        table:number-columns-repeated=\"16384\"/></table:table-row>";
    let rows_in_xml = [
        ods_row(&["Einheit", "Übergeordnet", "Name", "E-Mail", "Rolle"]),
        ods_row(&["Klinik", "", "Ida<text:s text:c=\"3\"/>Admin", "ida@x.example", "Chefin"]),
        empty.to_owned(),
        ods_row(&["Süd &amp; Ost", "Klinik", "Jo</text:p><text:p>Öz", "jo@x.example", "Leitung"]),
        empty.replace("\"3\"", "\"1048570\""),
    ]
    .concat();
    let read = reading(&ods(&rows_in_xml.replace("Chefin", "Verwaltung")));
    assert_eq!(
        rows(&read),
        ["Klinik: Ida Admin ida@x.example admin", "Süd & Ost < Klinik: Jo Öz jo@x.example manager"]
    );
    assert_eq!(detected(&read), "ods Blatt of 1, 2 rows");
    assert_eq!(read.entries.unwrap()[1].row, 6);
    assert_eq!(doubts(&reading(&ods(&rows_in_xml))), ["2 Rolle: roster-role"]);
    let broken = rows_in_xml.replace("</text:p><text:p>Öz", "<text:line-break/>Öz");
    assert_eq!(doubts(&reading(&ods(&broken))), ["6: roster-break-in-cell"]);
}

#[test]
fn few_bytes_that_stand_for_very_much_are_refused() {
    let refused = |bytes: &[u8], expected: &str| assert_eq!(doubts(&reading(bytes)), [expected]);
    let cell = |more: &str| format!("<table:table-cell office:value=\"1\"{more}/>");
    let wide = cell(" table:number-columns-repeated=\"16384\"");
    let row = |more: &str, cells: &str| format!("<table:table-row{more}>{cells}</table:table-row>");
    refused(&ods(&row("", &wide).repeat(100)), "file: roster-file-too-much");
    let many = " table:number-rows-repeated=\"1000000\"";
    refused(&ods(&row(many, &cell("").repeat(2))), "file: roster-file-too-much");
    let far = format!("{}{}", row(many, "<table:table-cell/>"), row("", &cell("").repeat(2)));
    refused(&ods(&far), "file: roster-file-too-much");
    let gap = "<table:table-cell table:number-columns-repeated=\"16383\"/><table:table-cell/>";
    refused(&ods(&row("", gap).repeat(100)), "file: roster-file-too-much");
    let spaces = "<text:s text:c=\"99999999999\"/>";
    refused(&ods(&ods_row(&[spaces])), "file: roster-file-too-much");
    let half = "<table:table-cell table:number-columns-repeated=\"99999999999999999999\"/>";
    refused(&ods(&row("", half)), "file: roster-file-broken-workbook");

    let zeros = "0".repeat(100 * 1024 * 1024);
    let bomb = packed(&[("xl/workbook.xml", "<a/>"), ("xl/media/x", &zeros)]);
    assert!(bomb.len() < 1024 * 1024);
    refused(&bomb, "file: roster-file-too-much");
    let strings =
        |text: &str| packed(&[("xl/workbook.xml", "<a/>"), ("xl/sharedStrings.xml", text)]);
    for text in [
        "<sst uniqueCount=\"99999999999\"></sst>",
        "<sst uniqueCount = '99999999999999999999999'></sst>",
        "<sst unique\u{1b}Count=\"9999999\"></sst>",
    ] {
        refused(&strings(text), "file: roster-file-broken-workbook");
    }
    refused(&packed(&[("word/document.xml", "<a/>")]), "file: roster-file-no-table");
}

#[test]
fn a_cell_far_away_costs_nothing() {
    let file = xlsx(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, HEAD).unwrap();
        sheet.write_row(1_048_575, 0, ["Klinik", "", "Ida", "ida@x.example", ""]).unwrap();
    });
    assert_eq!(reading(&file).entries.unwrap()[0].row, 1_048_576);
    let file = xlsx(|book| {
        book.add_worksheet().write_string(5, 16_383, "far").unwrap();
    });
    assert_eq!(doubts(&reading(&file)), ["file: roster-file-too-much"]);
}

/// The library would wait for the end for ever.
#[test]
fn a_table_that_never_ends_is_refused() {
    let cell =
        "<table:table-row><table:table-cell office:value-type=\"string\"><office:annotation>";
    for inside in ["", "<table:table-row>", cell, "<table:table-row></table:table>"] {
        let content = format!("<office:document-content><table:table table:name=\"B\">{inside}");
        let file = packed(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", &content),
            ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ]);
        assert_eq!(doubts(&reading(&file)), ["file: roster-file-broken-workbook"], "{inside}");
    }
}
