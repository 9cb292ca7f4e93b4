//! How answers are spread over three bands of a scale, in tenths.

use super::{
    ChartSize, Ink, WITHHELD,
    pen::{Anchor, DrawError, Frame, Pen, picture},
    theme::Role,
};

/// A spread to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpreadChart {
    /// Stable name, unique on its page.
    pub id: String,
    /// What is drawn.
    pub title: String,
    /// The same in words, for people who do not see it.
    pub description: String,
    /// Tenths of the answers in the lower, middle and higher band, as published; `None` is `[c]`. They
    /// need not add up to ten: each is rounded by itself.
    pub tenths: Option<[u8; 3]>,
    /// The month that they are of, or the oldest of several, where that is not the latest.
    pub older: Option<String>,
    /// What has to be said about them: from when they are, and whom they leave out.
    pub notes: Vec<String>,
    /// What the bands are called, from lower to higher.
    pub bands: [String; 3],
    /// Whether the higher band is the lighter load, as for compassion satisfaction.
    pub higher_is_lighter: bool,
}

const HEIGHT: f64 = 64.0;
const BAR: f64 = 36.0;
const GAP: f64 = 2.0;

/// Draws `chart`.
pub fn spread_svg(chart: &SpreadChart, size: ChartSize, ink: Ink) -> String {
    let frame = Frame {
        id: &chart.id,
        title: &chart.title,
        description: &chart.description,
        code: size.code(),
        width: size.width(),
        height: HEIGHT,
        ink,
    };
    picture(&frame, |pen| draw(pen, chart, size))
}

fn draw(pen: &Pen<'_>, chart: &SpreadChart, size: ChartSize) -> Result<(), DrawError> {
    let (left, right) = (1.0, size.width() - 1.0);
    let Some(tenths) = chart.tenths else {
        pen.frame(((left, 1.0), (right, BAR)), Role::Outline)?;
        return pen.text(((left + right) / 2.0, BAR / 2.0), WITHHELD, Anchor::Middle, Role::Mark);
    };
    let roles = if chart.higher_is_lighter {
        [Role::Heavy, Role::Middle, Role::Light]
    } else {
        [Role::Light, Role::Middle, Role::Heavy]
    };
    // "Fewer than 1 in 10" is not nobody.
    let share = |it: u8| if it == 0 { 0.3 } else { f64::from(it) };
    let whole: f64 = tenths.iter().map(|&it| share(it)).sum();
    let room = right - left - 2.0 * GAP;
    let mut from = left;
    for (tenths, role) in tenths.into_iter().zip(roles) {
        let to = from + room * share(tenths) / whole;
        let corners = ((from, 1.0), (to, BAR));
        pen.block(corners, role)?;
        if role == Role::Heavy {
            hatch(pen, corners)?;
        }
        pen.frame(corners, Role::Outline)?;
        from = to + GAP;
    }
    let places =
        [(left, Anchor::Start), ((left + right) / 2.0, Anchor::Middle), (right, Anchor::End)];
    for ((name, tenths), (x, anchor)) in chart.bands.iter().zip(tenths).zip(places) {
        let label = match size {
            ChartSize::Wide | ChartSize::Paper if tenths == 0 => format!("{name}: <1/10"),
            ChartSize::Wide | ChartSize::Paper => format!("{name}: {tenths}/10"),
            ChartSize::Narrow => name.clone(),
        };
        pen.text_below((x, BAR + 8.0), &label, anchor, Role::Label)?;
    }
    Ok(())
}

/// Slanting lines inside a rectangle.
fn hatch(pen: &Pen<'_>, ((x0, y0), (x1, y1)): ((f64, f64), (f64, f64))) -> Result<(), DrawError> {
    let height = y1 - y0;
    let mut foot = x0 - height + 8.0;
    while foot < x1 {
        // From the foot up and to the right, cut at the sides.
        let from = foot.max(x0);
        let to = (foot + height).min(x1);
        if to > from {
            pen.line(&[(from, y1 - (from - foot)), (to, y1 - (to - foot))], Role::Hatch, 0.75)?;
        }
        foot += 8.0;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(tenths: Option<[u8; 3]>) -> SpreadChart {
        SpreadChart {
            id: "spread".into(),
            title: "Spread".into(),
            description: "Three bands".into(),
            tenths,
            older: None,
            notes: Vec::new(),
            bands: ["lower", "middle", "higher"].map(str::to_owned),
            higher_is_lighter: false,
        }
    }

    #[test]
    fn three_bands_in_the_order_of_the_scale() {
        let svg = spread_svg(&chart(Some([3, 4, 3])), ChartSize::Wide, Ink::Css);
        let at = |class: &str| svg.find(class).unwrap();
        assert!(at("chart-light") < at("chart-middle") && at("chart-middle") < at("chart-heavy"));
        assert!(svg.contains("lower: 3/10") && svg.contains("chart-hatch"));
        let turned = SpreadChart { higher_is_lighter: true, ..chart(Some([3, 4, 3])) };
        let svg = spread_svg(&turned, ChartSize::Narrow, Ink::Css);
        assert!(svg.find("chart-heavy").unwrap() < svg.find("chart-light").unwrap());
    }

    #[test]
    fn fewer_than_one_in_ten_is_drawn_and_never_called_none() {
        let width = |svg: &str, class: &str| {
            let block = svg.split("<polygon").find(|it| it.contains(class)).unwrap();
            let points = block.split("points=\"").nth(1).unwrap().split('"').next().unwrap();
            let x = points.split_whitespace().map(|it| it.split(',').next().unwrap());
            let x: Vec<i32> = x.map(|it| it.parse().unwrap()).collect();
            x.iter().max().unwrap() - x.iter().min().unwrap()
        };
        for tenths in [[0, 4, 6], [0, 0, 10], [5, 0, 5], [6, 4, 0]] {
            let few = tenths.iter().filter(|it| **it == 0).count();
            let wide = spread_svg(&chart(Some(tenths)), ChartSize::Wide, Ink::Css);
            assert_eq!(wide.matches(": &lt;1/10").count(), few, "{wide}");
            let narrow = spread_svg(&chart(Some(tenths)), ChartSize::Narrow, Ink::Css);
            for svg in [&wide, &narrow] {
                assert!(!svg.contains(": 0/10"), "{svg}");
                for class in ["chart-light", "chart-middle", "chart-heavy"] {
                    assert!(width(svg, class) > 5, "{class} cannot be seen: {svg}");
                }
            }
        }
    }

    #[test]
    fn a_withheld_spread_is_a_mark() {
        let svg = spread_svg(&chart(None), ChartSize::Wide, Ink::Css);
        assert!(svg.contains("[c]") && !svg.contains("chart-middle"));
    }
}
