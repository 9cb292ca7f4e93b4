//! A course the size of a word, as short as markup can be: a table of hundreds of units has three in each row.

use std::fmt::Write as _;

/// Width. Unit: user units, as all here.
const WIDTH: i32 = 72;
const HEIGHT: i32 = 28;
/// So far one edge of the usual range lies from its middle.
const EDGE: f64 = 5.0;
/// The latest check-ins that are drawn.
const MOST: usize = 9;
/// From one check-in to the next.
const STEP: i32 = 8;

/// Draws `points`, oldest first, −1 to 1 being the usual range and up a higher score; gaps stay gaps, and the latest has
/// a dot. With `usual` the class says that the range is known: the style sheet paints it. Says nothing to those who do
/// not see it: number and words stand beside it.
pub fn spark_svg(points: &[Option<f64>], usual: bool) -> String {
    let last = &points[points.len().saturating_sub(MOST)..];
    let begin = WIDTH - 4 - STEP * (last.len().max(1) as i32 - 1);
    let y = |off: f64| HEIGHT / 2 - ((off * EDGE).round() as i32).clamp(-HEIGHT / 2, HEIGHT / 2);
    let class = if usual { "s u" } else { "s" };
    let mut path = String::new();
    let mut before: Option<(i32, i32)> = None;
    for (at, point) in last.iter().enumerate() {
        let here = point.map(|off| (begin + STEP * at as i32, y(off)));
        // Writing to a string cannot fail.
        let _ = match (before, here) {
            (Some((_, from)), Some((_, to))) => write!(path, "l{STEP} {}", to - from),
            (None, Some((x, y))) => write!(path, "M{x} {y}"),
            (_, None) => Ok(()),
        };
        before = here;
    }
    let end = match before {
        Some((x, y)) => format!("<path d=\"M{x} {y}h0\"/>"),
        None => String::new(),
    };
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\"><path d=\"{path}\"/>{end}</svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_stay_gaps_and_the_latest_has_a_dot() {
        let drawn = spark_svg(&[Some(0.0), Some(1.0), None, Some(-2.6)], true);
        assert!(drawn.contains("d=\"M44 14l8 -5M68 27\""), "{drawn}");
        assert!(drawn.contains("d=\"M68 27h0\"") && drawn.contains("class=\"s u\""), "{drawn}");
        // Withheld now: no dot.
        assert!(!spark_svg(&[Some(0.0), None], true).contains("h0"));
        assert!(!spark_svg(&[], false).contains("h0"));
    }

    #[test]
    fn only_the_last_nine_are_drawn_inside_the_picture() {
        let drawn = spark_svg(&[Some(9.0); 40], false);
        assert_eq!(drawn.matches("l8 0").count(), 8);
        assert!(drawn.contains("M4 0"), "{drawn}");
    }
}
