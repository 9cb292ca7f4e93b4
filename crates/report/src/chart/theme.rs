//! One colour for each role. For paper it is written in; for pages a class takes its place.
//!
//! No two roles have the same value, so that classes can take their place: where two share a token,
//! one is a step of blue off, which nobody sees.

use std::fmt::Write as _;

use plotters::style::RGBColor;

/// What a part of a chart is, and so its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Gridlines; never carry meaning.
    Rule,
    /// Words and numbers.
    Label,
    /// `[c]` and `[b]`.
    Mark,
    /// The usual range.
    Band,
    /// Where a part of the work most likely sits: 95 %.
    Core,
    /// The usual level.
    Usual,
    /// Where a score most likely sits: 95 %.
    Likely,
    /// When a lever started.
    Lever,
    /// The line between waves.
    Line,
    /// A wave.
    Dot,
    /// A wave before the latest.
    Past,
    /// A signal that means a heavier load.
    Heavier,
    /// A signal that means a lighter load.
    Lighter,
    /// The surface around marks.
    Halo,
    /// The lighter third of answers.
    Light,
    /// The middle third of answers.
    Middle,
    /// The heavier third of answers.
    Heavy,
    /// Hatching on the heavier third: for print in grey and forced colours.
    Hatch,
    /// Outlines of pale areas.
    Outline,
}

/// A role's class, the attribute it colours, its value on paper, and its value on pages as a token.
struct Colour {
    role: Role,
    class: &'static str,
    stroke: bool,
    paper: RGBColor,
    token: &'static str,
    forced: &'static str,
}

const fn fill(role: Role, class: &'static str, paper: [u8; 3], token: &'static str) -> Colour {
    let [r, g, b] = paper;
    Colour { role, class, stroke: false, paper: RGBColor(r, g, b), token, forced: "CanvasText" }
}

const fn stroke(role: Role, class: &'static str, paper: [u8; 3], token: &'static str) -> Colour {
    let [r, g, b] = paper;
    Colour { role, class, stroke: true, paper: RGBColor(r, g, b), token, forced: "CanvasText" }
}

const fn forced(colour: Colour, forced: &'static str) -> Colour {
    Colour { forced, ..colour }
}

const COLOURS: [Colour; 19] = [
    forced(stroke(Role::Rule, "chart-rule", [0xD6, 0xDA, 0xDC], "--rule"), "none"),
    fill(Role::Label, "chart-label", [0x4A, 0x59, 0x63], "--ink2"),
    fill(Role::Mark, "chart-mark", [0x4A, 0x59, 0x64], "--ink2"),
    forced(fill(Role::Band, "chart-band", [0xE3, 0xE6, 0xE8], "--band"), "none"),
    forced(fill(Role::Core, "chart-core", [0xCD, 0xD3, 0xD7], "--core"), "none"),
    stroke(Role::Usual, "chart-usual", [0x4B, 0x5A, 0x63], "--ink2"),
    stroke(Role::Likely, "chart-likely", [0x66, 0x75, 0x81], "--control"),
    stroke(Role::Lever, "chart-lever", [0x4B, 0x5A, 0x65], "--ink2"),
    stroke(Role::Line, "chart-line", [0x1D, 0x2A, 0x31], "--ink"),
    fill(Role::Dot, "chart-dot", [0x1D, 0x2A, 0x32], "--ink"),
    fill(Role::Past, "chart-past", [0x66, 0x75, 0x7F], "--control"),
    fill(Role::Heavier, "chart-heavier", [0x8A, 0x46, 0x00], "--heavier"),
    fill(Role::Lighter, "chart-lighter", [0x0B, 0x61, 0x70], "--lighter"),
    forced(fill(Role::Halo, "chart-halo", [0xFF, 0xFF, 0xFF], "--surface"), "Canvas"),
    forced(fill(Role::Light, "chart-light", [0x5E, 0x9F, 0xAB], "--spread-light"), "Canvas"),
    forced(fill(Role::Middle, "chart-middle", [0xEC, 0xE9, 0xE3], "--spread-middle"), "Canvas"),
    forced(fill(Role::Heavy, "chart-heavy", [0xCF, 0x8F, 0x45], "--spread-heavy"), "Canvas"),
    stroke(Role::Hatch, "chart-hatch", [0x8A, 0x46, 0x01], "--heavier"),
    stroke(Role::Outline, "chart-outline", [0x66, 0x75, 0x80], "--control"),
];

/// Tokens that only charts use: light, dark.
const TOKENS: [(&str, &str, &str); 11] = [
    ("--band", "#e3e6e8", "#2f3d45"),
    ("--core", "#cdd3d7", "#41525b"),
    ("--spread-light", "#5e9fab", "#3f93a1"),
    ("--spread-middle", "#ece9e3", "#2b353b"),
    ("--spread-heavy", "#cf8f45", "#b57a36"),
    ("--heat-lighter-2", "#5e9fab", "#3f93a1"),
    ("--heat-lighter-1", "#b9d9de", "#23535c"),
    ("--heat-heavier-1", "#f0d3a9", "#5e4524"),
    ("--heat-heavier-2", "#cf8f45", "#b57a36"),
    // Text on the strongest tints: dark on both, where the page's own ink would be too pale.
    ("--heat-ink-2", "#1d2a31", "#0d1316"),
    ("--heat-ink", "#1d2a31", "#edf1f2"),
];

impl Role {
    /// The colour on paper.
    pub(super) fn paper(self) -> RGBColor {
        COLOURS.iter().find(|it| it.role == self).map_or(RGBColor(0, 0, 0), |it| it.paper)
    }
}

/// Puts classes in the place of colours.
pub(super) fn with_classes(svg: &str) -> String {
    let mut svg = svg.to_owned();
    for Colour { class, stroke, paper: RGBColor(r, g, b), .. } in &COLOURS {
        let attribute = if *stroke { "stroke" } else { "fill" };
        let literal = format!("{attribute}=\"#{r:02X}{g:02X}{b:02X}\"");
        svg = svg.replace(&literal, &format!("class=\"{class}\""));
    }
    svg
}

/// The rules for the classes of charts drawn with [`Ink::Css`](super::Ink::Css): tokens for light and
/// dark, a rule for each class, forced colours, and the tints of the table of units
/// ([`HeatStep::class`](super::HeatStep::class)). The page brings `--ink`, `--ink2`, `--rule`,
/// `--control`, `--surface`, `--heavier` and `--lighter`.
pub fn chart_css() -> String {
    let mut css = String::new();
    let tokens = |dark: bool| {
        let each = TOKENS
            .iter()
            .map(|(name, light, night)| format!("{name}: {};", if dark { night } else { light }));
        each.collect::<Vec<_>>().join(" ")
    };
    let (light, dark) = (tokens(false), tokens(true));
    let _ = writeln!(css, ":root {{ {light} }}");
    let _ = writeln!(css, "@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}");
    // Paper is light, whatever the screen is.
    let _ = writeln!(css, "@media print {{ :root {{ {light} }} }}");
    css.push_str(".chart { display: block; width: 100%; height: auto; overflow: visible; }\n");
    css.push_str(".chart text { font-family: inherit; }\n");
    let attribute = |it: &Colour| if it.stroke { "stroke" } else { "fill" };
    for it in &COLOURS {
        let _ = writeln!(css, ".{} {{ {}: var({}); }}", it.class, attribute(it), it.token);
    }
    for (class, tint, ink) in super::heat::RULES {
        let _ = writeln!(css, ".{class} {{ background: var({tint}); color: var({ink}); }}");
    }
    css.push_str("@media (forced-colors: active) {\n");
    for it in &COLOURS {
        let _ = writeln!(css, "  .{} {{ {}: {}; }}", it.class, attribute(it), it.forced);
    }
    // What only has an area gets an outline.
    css.push_str(
        "  .chart-band, .chart-core, .chart-light, .chart-middle, .chart-heavy { stroke: CanvasText; stroke-width: 10; }\n}\n",
    );
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_roles_share_a_colour_and_each_has_a_rule() {
        let css = chart_css();
        for (at, one) in COLOURS.iter().enumerate() {
            assert!(css.contains(&format!(".{} {{", one.class)), "{}", one.class);
            for other in &COLOURS[at + 1..] {
                assert_ne!(one.paper, other.paper, "{} {}", one.class, other.class);
                assert_ne!(one.class, other.class);
            }
        }
    }

    #[test]
    fn what_paper_shows_is_what_the_light_page_shows() {
        for it in &COLOURS {
            let Some((_, light, _)) = TOKENS.iter().find(|token| token.0 == it.token) else {
                continue;
            };
            let RGBColor(r, g, b) = it.paper;
            assert_eq!(format!("#{r:02x}{g:02x}{b:02x}"), *light, "{}", it.class);
        }
    }
}
