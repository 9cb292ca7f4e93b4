//! The embedded catalogues. A new file is named here once for every language.

use std::sync::LazyLock;

use fluent_bundle::{FluentResource, concurrent::FluentBundle};

use crate::Language;

type Bundle = FluentBundle<FluentResource>;

macro_rules! files {
    ($language:literal) => {
        files!($language: "common", "words", "strain", "levers", "questionnaires", "reflection", "report", "mail", "pages", "ballot")
    };
    ($language:literal: $($area:literal),*) => {
        &[$((concat!($area, ".ftl"), include_str!(concat!("../locales/", $language, "/", $area, ".ftl")))),*]
    };
}

/// Name and source of each file of `language`.
pub(crate) const fn sources(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::English => files!("en"),
        Language::German => files!("de"),
    }
}

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| load(Language::English));
static GERMAN: LazyLock<Bundle> = LazyLock::new(|| load(Language::German));

/// The texts of `language`.
pub(crate) fn bundle(language: Language) -> &'static Bundle {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    }
}

/// Entries that do not parse or come twice are left out here; the tests below refuse them.
fn load(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.identifier()]);
    bundle.set_use_isolating(false);
    for (_, source) in sources(language) {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(whole) => whole,
            Err((parsed, _)) => parsed,
        };
        // Errors name identifiers that come twice: the first one stays.
        let _ = bundle.add_resource(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use std::{
        collections::{BTreeMap, BTreeSet},
        fs,
        path::Path,
    };

    use fluent_syntax::{ast, parser};

    use super::*;

    /// Identifier to the names of its arguments, over all files of a language.
    fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut all = BTreeMap::new();
        for (file, source) in sources(language) {
            let place = format!("{}/{file}", language.tag());
            let resource =
                parser::parse(*source).unwrap_or_else(|(_, errors)| panic!("{place}: {errors:?}"));
            for entry in resource.body {
                let ast::Entry::Message(message) = entry else { continue };
                let id = message.id.name.to_owned();
                let pattern = message.value.unwrap_or_else(|| panic!("{place}: {id} is empty"));
                let mut arguments = BTreeSet::new();
                collect(&pattern, &mut arguments);
                assert!(all.insert(id.clone(), arguments).is_none(), "{place}: {id} comes twice");
            }
        }
        all
    }

    fn collect(pattern: &ast::Pattern<&str>, out: &mut BTreeSet<String>) {
        for element in &pattern.elements {
            let ast::PatternElement::Placeable { expression } = element else { continue };
            match expression {
                ast::Expression::Inline(inline) => collect_inline(inline, out),
                ast::Expression::Select { selector, variants } => {
                    collect_inline(selector, out);
                    variants.iter().for_each(|it| collect(&it.value, out));
                }
            }
        }
    }

    fn collect_inline(inline: &ast::InlineExpression<&str>, out: &mut BTreeSet<String>) {
        match inline {
            ast::InlineExpression::VariableReference { id } => {
                out.insert(id.name.to_owned());
            }
            ast::InlineExpression::Placeable { expression } => {
                if let ast::Expression::Inline(inner) = expression.as_ref() {
                    collect_inline(inner, out);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn every_language_says_the_same_with_the_same_arguments() {
        let reference = messages(Language::English);
        assert!(!reference.is_empty());
        for language in Language::ALL {
            let other = messages(language);
            for (id, arguments) in &reference {
                let theirs =
                    other.get(id).unwrap_or_else(|| panic!("{} lacks {id}", language.tag()));
                assert_eq!(theirs, arguments, "arguments of {id} in {}", language.tag());
            }
            for id in other.keys() {
                assert!(
                    reference.contains_key(id),
                    "{} has {id}, English does not",
                    language.tag()
                );
            }
        }
    }

    /// Every identifier that the sources and templates ask for is in the catalogue. Identifiers
    /// that are put together at run time are the business of the tests beside them.
    #[test]
    fn every_text_that_the_program_asks_for_is_there() {
        let known = messages(Language::English);
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut missing = Vec::new();
        visit(&crates, &mut |path| {
            if path.components().any(|it| it.as_os_str() == "text") {
                return;
            }
            let source = fs::read_to_string(path).unwrap();
            for call in [".tr(", ".tr1(", ".tr2(", ".tr_with(", ".html("] {
                for (at, _) in source.match_indices(call) {
                    let rest = source[at + call.len()..].trim_start();
                    let Some(id) = rest.strip_prefix('"').and_then(|it| it.split('"').next())
                    else {
                        continue;
                    };
                    if !known.contains_key(id) {
                        missing.push(format!("{id} in {}", path.display()));
                    }
                }
            }
        });
        assert!(missing.is_empty(), "{missing:#?}");
    }

    fn visit(dir: &Path, seen: &mut impl FnMut(&Path)) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir()
                && !["node_modules", "target", "dist", "fonts"].contains(&name.as_str())
            {
                visit(&path, seen);
            } else if [".rs", ".html", ".txt"].iter().any(|it| name.ends_with(it)) {
                seen(&path);
            }
        }
    }
}
