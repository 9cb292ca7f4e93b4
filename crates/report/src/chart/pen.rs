//! Draws in units of the finished picture. plotters places things on whole pixels, so a chart is drawn
//! ten times as large and scaled by its `viewBox`.

use std::sync::Once;

use plotters::{
    coord::Shift,
    prelude::*,
    style::{
        FontStyle, register_font,
        text_anchor::{HPos, Pos, VPos},
    },
};

use super::{
    Ink,
    theme::{Role, with_classes},
};

const SCALE: i32 = 10;
const FONT: &str = "sans-serif";
/// Size of all text. Unit: units of the picture; at 320 px of screen one is about one pixel.
pub(super) const TEXT: f64 = 14.0;
/// About how wide one character is. Unit: units of the picture.
pub(super) const CHARACTER: f64 = 7.8;

pub(super) type DrawError = DrawingAreaErrorKind<std::io::Error>;

/// Where text lies at its point.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    /// Begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// Ends there.
    End,
}

/// A drawing that is being made.
pub(super) struct Pen<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// A point, in units from the top left.
pub(super) type At = (f64, f64);

pub(super) fn place((x, y): At) -> (i32, i32) {
    ((x * f64::from(SCALE)).round() as i32, (y * f64::from(SCALE)).round() as i32)
}

fn thick(units: f64) -> u32 {
    (units * f64::from(SCALE)).round() as u32
}

impl Pen<'_> {
    /// A line through `points`.
    pub(super) fn line(&self, points: &[At], role: Role, width: f64) -> Result<(), DrawError> {
        let points: Vec<_> = points.iter().copied().map(place).collect();
        self.area.draw(&PathElement::new(points, role.paper().stroke_width(thick(width))))
    }

    /// A level or upright line of dashes.
    pub(super) fn dashes(
        &self,
        (from, to): (At, At),
        (dash, gap): (f64, f64),
        role: Role,
        width: f64,
    ) -> Result<(), DrawError> {
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let step = |at: f64| {
            let share = (at / length).min(1.0);
            (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
        };
        let mut at = 0.0;
        while at < length {
            self.line(&[step(at), step(at + dash)], role, width)?;
            at += dash + gap;
        }
        Ok(())
    }

    /// A filled area.
    pub(super) fn area(&self, outline: &[At], role: Role) -> Result<(), DrawError> {
        let outline: Vec<_> = outline.iter().copied().map(place).collect();
        self.area.draw(&Polygon::new(outline, role.paper().filled()))
    }

    /// A filled rectangle between two corners.
    pub(super) fn block(&self, (from, to): (At, At), role: Role) -> Result<(), DrawError> {
        self.area(&[from, (to.0, from.1), to, (from.0, to.1)], role)
    }

    /// The outline of a rectangle between two corners.
    pub(super) fn frame(&self, (from, to): (At, At), role: Role) -> Result<(), DrawError> {
        self.line(&[from, (to.0, from.1), to, (from.0, to.1), from], role, 1.0)
    }

    /// A dot with a ring in the colour of the surface.
    pub(super) fn dot(&self, at: At, radius: f64, role: Role) -> Result<(), DrawError> {
        let circle =
            |radius: f64, role: Role| Circle::new(place(at), thick(radius), role.paper().filled());
        self.area.draw(&circle(radius + 1.5, Role::Halo))?;
        self.area.draw(&circle(radius, role))
    }

    /// A triangle with a ring in the colour of the surface, pointing up or down; hollow unless what it marks
    /// has lasted.
    pub(super) fn triangle(
        &self,
        (x, y): At,
        up: bool,
        role: Role,
        lasting: bool,
    ) -> Result<(), DrawError> {
        let tip = if up { -9.0 } else { 9.0 };
        let points = |grow: f64| {
            let (half, tip) = (8.0 + grow, tip + f64::signum(tip) * grow);
            [(x, y + tip), (x + half, y - tip * 5.0 / 9.0), (x - half, y - tip * 5.0 / 9.0)]
        };
        self.area(&points(1.5), Role::Halo)?;
        self.area(&points(0.0), role)?;
        if lasting { Ok(()) } else { self.area(&points(-4.0), Role::Halo) }
    }

    /// Text whose middle is level with its point.
    pub(super) fn text(
        &self,
        at: At,
        text: &str,
        anchor: Anchor,
        role: Role,
    ) -> Result<(), DrawError> {
        self.write(at, text, anchor, VPos::Center, role)
    }

    /// Text whose top is at its point.
    pub(super) fn text_below(
        &self,
        at: At,
        text: &str,
        anchor: Anchor,
        role: Role,
    ) -> Result<(), DrawError> {
        self.write(at, text, anchor, VPos::Top, role)
    }

    /// Text whose foot is at its point.
    pub(super) fn text_above(
        &self,
        at: At,
        text: &str,
        anchor: Anchor,
        role: Role,
    ) -> Result<(), DrawError> {
        self.write(at, text, anchor, VPos::Bottom, role)
    }

    fn write(
        &self,
        at: At,
        text: &str,
        anchor: Anchor,
        level: VPos,
        role: Role,
    ) -> Result<(), DrawError> {
        let across = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        // The SVG back end divides sizes by 1.24.
        let size = TEXT * f64::from(SCALE) * 1.24;
        let color = role.paper();
        let style = (FONT, size).into_font().color(&color).pos(Pos::new(across, level));
        self.area.draw(&Text::new(text.to_owned(), place(at), style))
    }
}

/// The name, size and words of a picture.
pub(super) struct Frame<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    /// Distinguishes drawings of the same chart on one page.
    pub(super) code: &'static str,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) ink: Ink,
}

/// The finished picture of what `draw` draws. Never fails: a chart that cannot be drawn is its
/// description as text.
pub(super) fn picture(
    frame: &Frame<'_>,
    draw: impl FnOnce(&Pen<'_>) -> Result<(), DrawError>,
) -> String {
    install_fonts();
    let (width, height) = place((frame.width, frame.height));
    match drawn((width, height), frame.ink, draw) {
        Ok(body) => finish(&body, frame, (width, height)),
        Err(_) => format!("<p>{}</p>", escape(frame.description)),
    }
}

/// A picture without text of `size` units, hidden from those who do not see it: the words beside it say the
/// same. Empty if it cannot be drawn.
pub(super) fn decoration(
    size: At,
    ink: Ink,
    draw: impl FnOnce(&Pen<'_>) -> Result<(), DrawError>,
) -> String {
    let (width, height) = place(size);
    let body = drawn((width, height), ink, draw).unwrap_or_default();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" aria-hidden=\"true\" focusable=\"false\" \
         width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\" stroke-linejoin=\"round\">{body}</svg>",
        width / SCALE,
        height / SCALE,
    )
}

/// The elements of what `draw` draws, with classes or with their colours.
fn drawn(
    (width, height): (i32, i32),
    ink: Ink,
    draw: impl FnOnce(&Pen<'_>) -> Result<(), DrawError>,
) -> Result<String, DrawError> {
    let mut svg = String::new();
    {
        let area =
            SVGBackend::with_string(&mut svg, (width as u32, height as u32)).into_drawing_area();
        let pen = Pen { area };
        draw(&pen).and_then(|()| pen.area.present())?;
    }
    let body = svg.find('>').and_then(|at| svg.get(at + 1..)).unwrap_or_default();
    let body = body.trim_end().trim_end_matches("</svg>");
    let mut body =
        body.replace("opacity=\"1\" ", "").replace(" opacity=\"1\"", "").replace('\n', "");
    if ink == Ink::Css {
        body = with_classes(&body).replace(&format!("font-family=\"{FONT}\" "), "");
    } else {
        body = body.replace(&format!("font-family=\"{FONT}\""), "font-family=\"Noto Sans\"");
    }
    Ok(one_path_for_dashes(&body))
}

/// Names and describes the drawing.
fn finish(body: &str, frame: &Frame<'_>, (width, height): (i32, i32)) -> String {
    let id = format!("{}-{}", frame.id, frame.code);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" focusable=\"false\" \
         aria-labelledby=\"{id}-title {id}-desc\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {width} {height}\" stroke-linejoin=\"round\" stroke-linecap=\"round\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>{body}</svg>",
        width / SCALE,
        height / SCALE,
        escape(frame.title),
        escape(frame.description),
    )
}

/// plotters draws each dash as an element of its own; dashes that follow each other become one path, which
/// makes a trend a third as long.
fn one_path_for_dashes(body: &str) -> String {
    const DASH: &str = "<polyline ";
    let mut joined = String::with_capacity(body.len());
    let mut open: Option<&str> = None;
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        let dash = rest[at..].strip_prefix(DASH).and_then(|it| {
            let (style, it) = it.split_once("points=\"")?;
            let (points, after) = it.split_once(" \"/>")?;
            (points.split(' ').count() == 2).then_some((style, points, after))
        });
        let next = rest[at + 1..].find('<').map_or(rest.len(), |it| at + 1 + it);
        match dash {
            Some((style, points, after)) if open == Some(style) && at == 0 => {
                joined.push('M');
                joined.push_str(points);
                rest = after;
            }
            Some((style, points, after)) => {
                close(&mut joined, &mut open);
                joined.push_str(&rest[..at]);
                joined.push_str("<path ");
                joined.push_str(style);
                joined.push_str("d=\"M");
                joined.push_str(points);
                open = Some(style);
                rest = after;
            }
            None => {
                close(&mut joined, &mut open);
                joined.push_str(&rest[..next]);
                rest = &rest[next..];
            }
        }
    }
    close(&mut joined, &mut open);
    joined + rest
}

fn close(joined: &mut String, open: &mut Option<&str>) {
    if open.take().is_some() {
        joined.push_str("\"/>");
    }
}

/// Fonts are registered by name once; only their measures are used, text stays text.
fn install_fonts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let regular: &[u8] = include_bytes!("../../fonts/NotoSans-Regular.ttf");
        // A font that cannot be read leaves plotters without measures; the charts' tests would show it.
        let _ = register_font(FONT, FontStyle::Normal, regular);
    });
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// `text`, cut with "…" where it would be wider than `width` units.
pub(super) fn cut(text: &str, width: f64) -> String {
    let fits = (width / CHARACTER).max(1.0) as usize;
    if text.chars().count() <= fits {
        return text.to_owned();
    }
    let kept: String = text.chars().take(fits.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_that_follow_each_other_are_one_path() {
        let line = |style: &str, points: &str| format!("<polyline {style} points=\"{points} \"/>");
        let body = [
            line("a", "0,0 1,1"),
            line("a", "2,2 3,3"),
            line("b", "4,4 5,5"),
            "<text x=\"1\">a &lt; b</text>".to_owned(),
            line("b", "6,6 7,7"),
            line("b", "8,8 9,9 10,10"),
        ];
        assert_eq!(
            one_path_for_dashes(&body.concat()),
            "<path a d=\"M0,0 1,1M2,2 3,3\"/><path b d=\"M4,4 5,5\"/><text x=\"1\">a &lt; b</text>\
             <path b d=\"M6,6 7,7\"/><polyline b points=\"8,8 9,9 10,10 \"/>"
        );
        assert_eq!(one_path_for_dashes("plain"), "plain");
    }
}
