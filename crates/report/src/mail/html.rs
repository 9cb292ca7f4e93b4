//! The HTML of every mail, from one template, and the plain text that says the same.

use askama::Template;

use super::Envelope;

/// A mail's contents, from top to bottom.
pub(super) struct Contents<'a> {
    pub(super) subject: &'a str,
    /// What mail programs show beside the subject; tells no finding.
    pub(super) preheader: String,
    pub(super) heading: String,
    /// Below the heading, quieter: whom it is about, if not the organisation.
    pub(super) aside: Option<String>,
    pub(super) paragraphs: Vec<String>,
    pub(super) measures: Option<Measures>,
    pub(super) action: Option<Action>,
    /// After the action.
    pub(super) after: Vec<String>,
    /// At the foot: why this came.
    pub(super) why: String,
    /// At the foot: where to choose what comes, if there is a choice.
    pub(super) choices: Option<Action>,
}

/// A link with words.
pub(super) struct Action {
    pub(super) words: String,
    pub(super) url: String,
}

/// A table of measures, each with a small picture made of table cells: it needs no image, is never
/// blocked, and follows dark mode.
pub(super) struct Measures {
    pub(super) caption: String,
    /// Above the score and above what it says.
    pub(super) heads: [String; 2],
    pub(super) lines: Vec<Line>,
    /// What the picture shows.
    pub(super) key: String,
}

/// One measure.
pub(super) struct Line {
    pub(super) measure: String,
    pub(super) score: String,
    pub(super) reading: String,
    /// `heavier`, `lighter` or another.
    pub(super) kind: &'static str,
    pub(super) strip: Vec<Piece>,
    /// The strip in words.
    pub(super) strip_words: String,
}

/// A piece of a strip from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Unit: percent of the strip.
    pub(super) width: u32,
    /// `score`, `usual` or `rest`.
    pub(super) kind: &'static str,
}

/// How wide the mark of the score is. Unit: percent.
const MARK: u32 = 3;

/// The strip from 0 to 100 with the usual range and the score on it; whole percents that add up to 100.
pub(super) fn strip(score: f64, usual: Option<(f64, f64)>) -> Vec<Piece> {
    let percent = |at: f64| at.round().clamp(0.0, 100.0) as u32;
    let from = percent(score).saturating_sub(MARK / 2).min(100 - MARK);
    let usual = usual.map(|(low, high)| (percent(low), percent(high)));
    let kind = |at: u32| {
        if (from..from + MARK).contains(&at) {
            "score"
        } else if usual.is_some_and(|(low, high)| (low..high).contains(&at)) {
            "usual"
        } else {
            "rest"
        }
    };
    let mut pieces: Vec<Piece> = Vec::new();
    for at in 0..100 {
        match pieces.last_mut() {
            Some(last) if last.kind == kind(at) => last.width += 1,
            _ => pieces.push(Piece { width: 1, kind: kind(at) }),
        }
    }
    pieces
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Page<'a> {
    lang: &'static str,
    aside: &'a str,
    support: (String, Action),
    it: &'a Contents<'a>,
}

/// The plain text and the HTML of `contents`.
pub(super) fn both(
    envelope: &Envelope<'_>,
    contents: &Contents<'_>,
) -> Result<(String, String), askama::Error> {
    let page = Page {
        lang: envelope.text.language().tag(),
        aside: contents.aside.as_deref().unwrap_or(envelope.organisation),
        support: support(envelope),
        it: contents,
    };
    Ok((plain(&page), page.render()?))
}

/// The sentence that says whom the recipient can turn to, and the link to everybody who is there.
fn support(envelope: &Envelope<'_>) -> (String, Action) {
    let t = envelope.text;
    let sentence = match envelope.support.contacts {
        [] => t.tr("mail-support-none"),
        some => t.tr1("mail-support", "contacts", some.join("; ")),
    };
    (sentence, Action { words: t.tr("nav-support-now"), url: envelope.support.url.to_owned() })
}

fn plain(page: &Page<'_>) -> String {
    let it = page.it;
    let mut blocks: Vec<String> = Vec::new();
    let heading = [it.heading.as_str(), page.aside];
    blocks.push(heading.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n"));
    blocks.extend(it.paragraphs.iter().cloned());
    if let Some(table) = &it.measures {
        let width = |of: fn(&Line) -> &String| {
            table.lines.iter().map(|it| of(it).chars().count()).max().unwrap_or(0)
        };
        let (measure, score) = (width(|it| &it.measure), width(|it| &it.score));
        let mut lines = vec![format!("{}:", table.caption)];
        lines.extend(table.lines.iter().map(|it| {
            format!(
                "{:<measure$}  {:<score$}  {} ({})",
                it.measure, it.score, it.reading, it.strip_words
            )
        }));
        blocks.push(lines.join("\n"));
    }
    blocks.extend(it.action.iter().map(|it| format!("{}: {}", it.words, it.url)));
    blocks.extend(it.after.iter().cloned());
    let (sentence, all) = &page.support;
    blocks.push(format!("{sentence}\n{}: {}", all.words, all.url));
    blocks.push("-- ".to_owned());
    blocks.push(it.why.clone());
    blocks.extend(it.choices.iter().map(|it| format!("{}: {}", it.words, it.url)));
    let mut text = blocks.join("\n\n").replace("-- \n\n", "-- \n");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_adds_up_and_shows_the_score_once() {
        for score in [0.0, 0.4, 31.0, 50.0, 99.6, 100.0] {
            for usual in [None, Some((20.0, 43.0)), Some((0.0, 100.0)), Some((98.0, 100.0))] {
                let pieces = strip(score, usual);
                assert_eq!(pieces.iter().map(|it| it.width).sum::<u32>(), 100);
                let marks = pieces.iter().filter(|it| it.kind == "score");
                assert_eq!(marks.map(|it| it.width).collect::<Vec<_>>(), [MARK], "{score}");
            }
        }
    }
}
