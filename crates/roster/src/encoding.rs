//! From bytes to text. UTF-8 and UTF-16 prove themselves; Windows-1252 cannot, so that what it makes is
//! looked at for words nobody writes.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::doubt::{Doubt, Doubts, What};

/// How text is written in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8; ASCII is that, too.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// Windows-1252, which is ISO 8859-1 with more signs.
    Windows1252,
}

impl Encoding {
    /// Its name, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// The text of a file that is no workbook: line ends are LF, marks of byte order and ends of file (Ctrl-Z)
/// at the borders of lines are gone, and lines are those of the file.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    doubts: &mut Doubts,
) -> Result<(Encoding, Cow<'a, str>), Doubt> {
    let (encoding, text) = chosen(bytes)?;
    let text = plain(text);
    if encoding == Encoding::Windows1252
        && let Some((row, word)) = unlikely(&text)
    {
        return Err(Doubt::row(row, What::OtherEncoding { word }));
    }
    if text.contains('\0') {
        return Err(Doubt::file(What::NoTable));
    }
    if !text.is_ascii() && encoding != Encoding::Windows1252 {
        for (row, line) in (1..).zip(text.split('\n')).filter(|(_, line)| !line.is_ascii()) {
            if line.contains(char::REPLACEMENT_CHARACTER) {
                doubts.push(Doubt::row(row, What::Lost));
            }
            if let Some(text) = wrongly_read(line) {
                doubts.push(Doubt::row(row, What::WronglyRead { text }));
            }
        }
    }
    Ok((encoding, text))
}

fn chosen(bytes: &[u8]) -> Result<(Encoding, Cow<'_, str>), Doubt> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Err(Doubt::file(What::Utf32)),
        [0xff, 0xfe, rest @ ..] => utf16(Encoding::Utf16Le, rest),
        [0xfe, 0xff, rest @ ..] => utf16(Encoding::Utf16Be, rest),
        _ => match unmarked_utf16(bytes) {
            Some(encoding) => utf16(encoding, bytes),
            None => match std::str::from_utf8(bytes) {
                Ok(text) => Ok((Encoding::Utf8, Cow::Borrowed(text))),
                Err(_) => one_byte(bytes),
            },
        },
    }
}

fn utf16(encoding: Encoding, bytes: &[u8]) -> Result<(Encoding, Cow<'_, str>), Doubt> {
    let library = if encoding == Encoding::Utf16Le { UTF_16LE } else { UTF_16BE };
    match library.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((encoding, text)),
        None => Err(Doubt::file(What::BrokenUtf16)),
    }
}

/// UTF-16 without a mark: tables are mostly letters, signs and digits below U+0100, so that nearly every other
/// byte is zero, and no byte between them.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    let start = &bytes[..bytes.len().min(2048) & !1];
    let zeros = |at: usize| start.iter().skip(at).step_by(2).filter(|it| **it == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), start.len() / 2);
    if half < 4 {
        return None;
    }
    match (even, odd) {
        (0, odd) if odd > half / 2 => Some(Encoding::Utf16Le),
        (even, 0) if even > half / 2 => Some(Encoding::Utf16Be),
        _ => None,
    }
}

fn one_byte(bytes: &[u8]) -> Result<(Encoding, Cow<'_, str>), Doubt> {
    let control = |it: &u8| *it < b' ' && !matches!(it, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a);
    if bytes.iter().any(control) {
        return Err(Doubt::file(What::NoTable));
    }
    // Rows that only UTF-8 explains beside rows that it does not.
    let (mut utf8, mut other) = (None, None);
    let mut row = 1;
    for line in bytes.split_inclusive(|it| matches!(it, b'\n' | b'\r')) {
        if !line.is_ascii() {
            let of = if std::str::from_utf8(line).is_ok() { &mut utf8 } else { &mut other };
            of.get_or_insert(row);
        }
        // The CR of a CR LF ends no row: the LF behind it does.
        row += u64::from(!line.ends_with(b"\r") || !is_followed_by_lf(bytes, line));
    }
    match (utf8, other) {
        (Some(utf8), Some(other)) => Err(Doubt::row(other, What::TwoEncodings { other: utf8 })),
        _ => Ok((Encoding::Windows1252, WINDOWS_1252.decode_without_bom_handling(bytes).0)),
    }
}

/// Whether the byte behind `line`, which is a part of `bytes`, is a line feed.
fn is_followed_by_lf(bytes: &[u8], line: &[u8]) -> bool {
    let end = line.as_ptr_range().end as usize - bytes.as_ptr() as usize;
    bytes.get(end) == Some(&b'\n')
}

fn plain(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains(['\r', '\u{feff}', '\u{1a}']) {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(it) = rest.next() {
        let starts = plain.is_empty() || plain.ends_with('\n');
        match it {
            '\r' => {
                rest.next_if_eq(&'\n');
                plain.push('\n');
            }
            '\u{feff}' if starts => {}
            '\u{1a}' if starts || matches!(rest.peek(), None | Some('\r' | '\n' | '\u{1a}')) => {}
            _ => plain.push(it),
        }
    }
    Cow::Owned(plain)
}

/// The first word that nobody writes in a language of Windows-1252, and its row: the bytes mean something
/// else then, as in files of DOS, of old Macs, or in Cyrillic or Greek.
fn unlikely(text: &str) -> Option<(u64, String)> {
    for (row, line) in (1..).zip(text.split('\n')).filter(|(_, line)| !line.is_ascii()) {
        for word in line.split(|it: char| it.is_whitespace() || matches!(it, ',' | ';' | '"')) {
            if !word.is_ascii() && is_unlikely(word) {
                return Some((row, word.to_owned()));
            }
        }
    }
    None
}

fn is_unlikely(word: &str) -> bool {
    let mut foreign = 0;
    let mut before: Option<char> = None;
    let mut rest = word.chars().peekable();
    while let Some(it) = rest.next() {
        foreign = if it.is_alphabetic() && !it.is_ascii() { foreign + 1 } else { 0 };
        let letters_around = before.is_some_and(char::is_alphabetic)
            && rest.peek().is_some_and(|it| it.is_alphabetic());
        let sign = matches!(
            it,
            '€' | '‚'
                | 'ƒ'
                | '„'
                | '…'
                | '†'
                | '‡'
                | 'ˆ'
                | '‰'
                | '‹'
                | '“'
                | '”'
                | '•'
                | '˜'
                | '™'
                | '›'
                | '¤'
                | '§'
                | '¶'
        );
        let capital = matches!(it, 'Š' | 'Ž' | 'Œ' | 'Ÿ')
            && before.is_some_and(char::is_alphabetic)
            && rest.peek().is_some_and(|it| it.is_lowercase());
        if it.is_control() && !it.is_ascii() || foreign >= 4 || sign && letters_around || capital {
            return true;
        }
        before = Some(it);
    }
    false
}

/// The word that UTF-8 makes when it is read as Windows-1252 and saved again: `SÃ¼d`.
fn wrongly_read(line: &str) -> Option<String> {
    line.split([',', ';', '\t', '"', '|'])
        .find(|cell| {
            let (bytes, _, lost) = WINDOWS_1252.encode(cell);
            !cell.is_ascii() && !lost && std::str::from_utf8(&bytes).is_ok_and(|it| it != *cell)
        })
        .map(|it| it.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(Encoding, String), What> {
        let mut doubts = Doubts::default();
        let read = decode(bytes, &mut doubts);
        read.map(|(encoding, text)| (encoding, text.into_owned())).map_err(|it| it.what)
    }

    #[track_caller]
    fn check(bytes: &[u8], encoding: Encoding, text: &str) {
        assert_eq!(read(bytes), Ok((encoding, text.to_owned())));
    }

    fn utf16(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to).collect()
    }

    #[test]
    fn every_encoding_proves_itself() {
        check("a,Süd".as_bytes(), Encoding::Utf8, "a,Süd");
        check("\u{feff}a,Süd".as_bytes(), Encoding::Utf8, "a,Süd");
        check(&utf16("\u{feff}a,Süd", u16::to_le_bytes), Encoding::Utf16Le, "a,Süd");
        check(&utf16("\u{feff}a,Süd", u16::to_be_bytes), Encoding::Utf16Be, "a,Süd");
        check(&utf16("unit,parent,Süd", u16::to_le_bytes), Encoding::Utf16Le, "unit,parent,Süd");
        check(&utf16("unit,parent,Süd", u16::to_be_bytes), Encoding::Utf16Be, "unit,parent,Süd");
        check(b"a,S\xfcd,O\x92Brien,Caf\xe9", Encoding::Windows1252, "a,Süd,O’Brien,Café");
    }

    #[test]
    fn lines_are_those_of_the_file() {
        check(b"a\r\nb\rc\nd\n\rE", Encoding::Utf8, "a\nb\nc\nd\n\nE");
        check("a\n\u{feff}b\r\n\u{feff}c".as_bytes(), Encoding::Utf8, "a\nb\nc");
        check(b"a\n\x1ab\x1a\r\nc\r\n\x1a\x1a", Encoding::Utf8, "a\nb\nc\n");
    }

    #[test]
    fn what_means_something_else_is_refused() {
        let other = |bytes: &[u8]| matches!(read(bytes), Err(What::OtherEncoding { .. }));
        assert!(other(b"J\x94rg"), "DOS");
        assert!(other(b"M\x81ller"), "DOS");
        assert!(other(b"M\x9fller"), "Mac");
        assert!(other(b"Z\x9frich"), "Mac");
        assert!(other(b"\xc8\xe2\xe0\xed\xee\xe2"), "Cyrillic");
        assert!(!other("Þýðing Šárka Œuvre créée".as_bytes()));
        assert_eq!(read(b"S\xc3\xbcd\r\nx\r\nS\xfcd"), Err(What::TwoEncodings { other: 1 }));
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(What::NoTable));
        assert_eq!(read(b"unit\0name"), Err(What::NoTable));
        assert_eq!(read(b"\xff\xfe\0\0a\0\0\0"), Err(What::Utf32));
        assert_eq!(read(b"\xff\xfea"), Err(What::BrokenUtf16));
        assert_eq!(read(b"\xff\xfe\x00\xd8a\0"), Err(What::BrokenUtf16));
    }

    #[test]
    fn what_was_spoilt_before_is_told_with_its_row() {
        let mut doubts = Doubts::default();
        let text = "unit\nS\u{fffd}d\nSÃ¼d,O’Brien\nSÃO PAULO\n";
        decode(text.as_bytes(), &mut doubts).unwrap();
        let expected = [
            Doubt::row(2, What::Lost),
            Doubt::row(3, What::WronglyRead { text: "SÃ¼d".to_owned() }),
        ];
        assert_eq!(doubts.sorted().0, expected);
    }

    #[test]
    fn the_row_of_two_encodings_is_counted_with_every_line_end() {
        for end in ["\n", "\r", "\r\n"] {
            let file = [b"a", end.as_bytes(), b"S\xfcd", end.as_bytes(), b"S\xc3\xbcd"].concat();
            let error = decode(&file, &mut Doubts::default()).unwrap_err();
            assert_eq!(error, Doubt::row(2, What::TwoEncodings { other: 3 }), "{end:?}");
        }
    }
}
