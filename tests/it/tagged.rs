//! Reads a tagged PDF as assistive technology does: by its structure tree, for tests.

use std::collections::BTreeMap;

use hayro_syntax::{
    Pdf,
    object::{Dict, Name, ObjRef, Object, Stream, String as Bytes},
    page::Page,
};

/// A PDF, read.
pub(crate) struct Tagged {
    pub(crate) pdf: Pdf,
    /// The structure tree, from its first element.
    pub(crate) root: Element,
}

/// An element of the structure tree.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Its standard type, such as `H1`, `TH` or `Figure`.
    pub(crate) role: String,
    /// Its alternative text.
    pub(crate) alt: Option<String>,
    /// What a table header speaks for: `Row`, `Column` or `Both`.
    pub(crate) scope: Option<String>,
    /// What is marked as its own.
    pub(crate) own: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// Its text, and that of all below it.
    pub(crate) fn text(&self) -> String {
        let mut text = self.own.clone();
        for child in &self.children {
            text.push_str(&child.text());
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// All elements below it with this role, in reading order.
    pub(crate) fn all(&self, role: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.role == role {
                found.push(child);
            }
            found.extend(child.all(role));
        }
        found
    }

    /// Roles and texts of itself and of all below it, in reading order.
    pub(crate) fn each(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        for child in &self.children {
            child.each(visit);
        }
    }

    /// The cells of a table, row by row; those of its header are the first. A word that is broken at
    /// its hyphen is whole.
    pub(crate) fn rows(&self) -> Vec<Vec<String>> {
        self.all("TR")
            .into_iter()
            .map(|row| row.children.iter().map(|it| it.text().replace("- ", "-")).collect())
            .collect()
    }
}

/// Text by page (the number of its object) and mark.
type Marked = BTreeMap<(i32, i32), String>;

impl Tagged {
    pub(crate) fn read(pdf: &[u8]) -> Self {
        let pdf = Pdf::new(pdf.to_vec()).unwrap();
        let mut marked = Marked::new();
        for page in pdf.pages().iter() {
            let number = page.raw().obj_id().unwrap().obj_number;
            marked.extend(marked_on(page).into_iter().map(|(id, text)| ((number, id), text)));
        }
        let tree: Dict<'_> = catalog(&pdf).get("StructTreeRoot").unwrap();
        let root = element(&tree, None, &marked);
        Self { root, pdf }
    }

    pub(crate) fn catalog(&self) -> Dict<'_> {
        catalog(&self.pdf)
    }

    /// The tables, in reading order.
    pub(crate) fn tables(&self) -> Vec<&Element> {
        self.root.all("Table")
    }

    /// The first table whose header cells are these.
    #[track_caller]
    pub(crate) fn table(&self, heads: &[String]) -> Vec<Vec<String>> {
        // Words that break at the end of a line are whole again.
        let is =
            |row: &[String]| row.iter().map(|it| it.replace(" -", "")).eq(heads.iter().cloned());
        let found = self.tables().into_iter().map(Element::rows).find(|it| is(&it[0]));
        found.unwrap_or_else(|| {
            let all: Vec<_> = self.tables().into_iter().map(|it| it.rows().remove(0)).collect();
            panic!("no table {heads:?} in {all:?}")
        })
    }

    /// The bookmarks with their levels, from 1.
    pub(crate) fn bookmarks(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        bookmarks_below(&self.catalog().get("Outlines").unwrap(), 1, &mut found);
        found
    }
}

fn catalog(pdf: &Pdf) -> Dict<'_> {
    pdf.xref().get(pdf.xref().root_id()).unwrap()
}

fn bookmarks_below(it: &Dict<'_>, level: usize, found: &mut Vec<(usize, String)>) {
    let mut next = it.get::<Dict<'_>>("First");
    while let Some(item) = next {
        found.push((level, text_of(&item, "Title").unwrap()));
        assert!(item.contains_key("Dest") || item.contains_key("A"), "it leads somewhere");
        bookmarks_below(&item, level + 1, found);
        next = item.get("Next");
    }
}

/// A text string: UTF-16 with a mark, UTF-8 with a mark, or else the first half of Latin 1.
pub(crate) fn text_of(it: &Dict<'_>, key: &str) -> Option<String> {
    let bytes = it.get::<Bytes<'_>>(key)?;
    Some(match bytes.as_bytes() {
        [0xfe, 0xff, units @ ..] => {
            let units: Vec<u16> =
                units.chunks(2).map(|it| u16::from_be_bytes([it[0], it[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        [0xef, 0xbb, 0xbf, text @ ..] => String::from_utf8(text.to_vec()).unwrap(),
        plain => {
            assert!(plain.is_ascii(), "{plain:?}");
            String::from_utf8(plain.to_vec()).unwrap()
        }
    })
}

fn name_of(it: &Dict<'_>, key: &str) -> Option<String> {
    Some(it.get::<Name<'_>>(key)?.as_str().to_owned())
}

fn page_of(it: &Dict<'_>) -> Option<i32> {
    it.get_ref("Pg").map(|it: ObjRef| it.obj_number)
}

fn element(it: &Dict<'_>, page: Option<i32>, marked: &Marked) -> Element {
    let page = page_of(it).or(page);
    let mut made = Element {
        role: name_of(it, "S").unwrap_or_default(),
        alt: text_of(it, "Alt"),
        scope: scope(it),
        ..Element::default()
    };
    let kids: Vec<Object<'_>> = match it.get::<Object<'_>>("K") {
        Some(Object::Array(kids)) => kids.iter().collect(),
        one => one.into_iter().collect(),
    };
    let text = |page: Option<i32>, id: i32| marked.get(&(page?, id)).cloned();
    for kid in kids {
        match kid {
            Object::Dict(kid) if kid.contains_key("S") => {
                made.children.push(element(&kid, page, marked));
            }
            Object::Dict(kid) => {
                let id = kid.get::<i32>("MCID");
                made.own.extend(id.and_then(|id| text(page_of(&kid).or(page), id)));
            }
            number => made.own.extend(number.into_i32().and_then(|id| text(page, id))),
        }
    }
    made
}

/// The scope of a table header, among its attributes.
fn scope(it: &Dict<'_>) -> Option<String> {
    match it.get::<Object<'_>>("A")? {
        Object::Array(several) => several.iter::<Dict<'_>>().find_map(|it| name_of(&it, "Scope")),
        Object::Dict(one) => name_of(&one, "Scope"),
        _ => None,
    }
}

/// The text of each marked piece of a page's content.
fn marked_on(page: &Page<'_>) -> BTreeMap<i32, String> {
    let mut marked: BTreeMap<i32, String> = BTreeMap::new();
    let (mut open, mut font): (Vec<Option<i32>>, BTreeMap<u32, String>) = Default::default();
    let mut fonts: BTreeMap<String, BTreeMap<u32, String>> = BTreeMap::new();
    let mut operations = page.operations();
    while let Some(operation) = operations.next() {
        let operands: Vec<Object<'_>> = operation.operands().cloned().collect();
        let id = open.iter().rev().find_map(|it| *it);
        match &**operation.operator {
            b"BDC" => {
                let properties = operands.into_iter().nth(1).and_then(Object::into_dict);
                open.push(properties.and_then(|it| it.get("MCID")));
            }
            b"BMC" => open.push(None),
            b"EMC" => drop(open.pop()),
            b"Tf" => {
                let name = operands.into_iter().next().and_then(Object::into_name).unwrap();
                let of = || to_unicode(&page.resources().get_font(&name).unwrap());
                font = fonts.entry(name.as_str().to_owned()).or_insert_with(of).clone();
            }
            b"Tj" | b"TJ" => {
                let Some(id) = id else { continue };
                let text = marked.entry(id).or_default();
                let pieces: Vec<Object<'_>> = match operands.into_iter().next() {
                    Some(Object::Array(pieces)) => pieces.iter().collect(),
                    one => one.into_iter().collect(),
                };
                for bytes in pieces.into_iter().filter_map(Object::into_string) {
                    for code in bytes.as_bytes().chunks(2) {
                        let code = code.iter().fold(0, |all, it| all << 8 | u32::from(*it));
                        text.push_str(font.get(&code).map_or("", String::as_str));
                    }
                }
            }
            // Where a piece of text ends, another word begins.
            b"ET" => {
                if let Some(id) = id {
                    marked.entry(id).or_default().push(' ');
                }
            }
            _ => {}
        }
    }
    marked
}

/// What the codes of a font stand for, by its ToUnicode map.
fn to_unicode(font: &Dict<'_>) -> BTreeMap<u32, String> {
    let map = font.get::<Stream<'_>>("ToUnicode").unwrap().decoded().unwrap().into_owned();
    let map = String::from_utf8(map).unwrap();
    let mut codes = BTreeMap::new();
    let units = |hex: &str| -> Vec<u16> {
        let hex = hex.trim_matches(['<', '>']);
        (0..hex.len() / 4)
            .map(|at| u16::from_str_radix(&hex[at * 4..at * 4 + 4], 16).unwrap())
            .collect()
    };
    let mut section = "";
    for line in map.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [_, kind @ ("beginbfchar" | "beginbfrange")] => section = kind,
            ["endbfchar" | "endbfrange"] => section = "",
            [code, text] if section == "beginbfchar" => {
                let text = String::from_utf16(&units(text)).unwrap();
                codes.insert(u32::from(units(code)[0]), text);
            }
            [..] if section == "beginbfrange" => panic!("ranges are not expected: {line}"),
            _ => {}
        }
    }
    codes
}
