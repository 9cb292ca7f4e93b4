use super::*;

fn chart() -> TrendChart {
    let point = |value: f64, signal| {
        let (low, high) = (value - 9.0, value + 9.0);
        Some(Point { value, low, high, level: value, signal, lasting: true })
    };
    let mut points: Vec<Option<Point>> =
        (0..14).map(|at| point(45.0 + f64::from(at % 3), Signal::None)).collect();
    points[4] = None;
    points[6] = None;
    points[12] = point(60.0, Signal::HigherHeavier);
    points[13] = point(62.0, Signal::HigherHeavier);
    TrendChart {
        id: "burnout".into(),
        title: "Burnout <strain>".into(),
        description: "Line chart".into(),
        months: (0..14)
            .map(|at| (["Jan", "Feb", "Mar"][at % 3].to_owned(), Some(2025 + at as i32 / 12)))
            .collect(),
        points,
        tips: (0..14).map(|at| format!("wave {at}")).collect(),
        usual: Some((36.0, 46.0, 56.0)),
        usual_over_time: Vec::new(),
        slots: Vec::new(),
        earlier: [None, None],
        usual_label: "usual range".into(),
        breaks: Vec::new(),
        levers: Vec::new(),
    }
}

#[test]
fn on_a_page_every_colour_is_a_class() {
    for size in [ChartSize::Wide, ChartSize::Narrow] {
        let svg = trend_svg(&chart(), size, Ink::Css);
        assert!(!svg.contains("=\"#"), "{svg}");
        for class in
            ["chart-band", "chart-line", "chart-dot", "chart-heavier", "chart-likely", "chart-mark"]
        {
            assert!(svg.contains(class), "{class}");
        }
        assert!(svg.contains("role=\"img\"") && svg.contains("Burnout &lt;strain&gt;"));
        assert!(svg.contains("<text") && svg.ends_with("</svg>"));
    }
}

#[test]
fn a_pointer_that_rests_on_a_wave_is_told_about_it() {
    let svg = trend_svg(&chart(), ChartSize::Wide, Ink::Css);
    assert_eq!(svg.matches("pointer-events").count(), 14);
    assert!(svg.find("<title>wave 0<").unwrap() < svg.find("<title>wave 13<").unwrap());
    let chart = chart();
    let narrow = trend_svg(&chart, ChartSize::Narrow, Ink::Css);
    let paper = trend_svg(&chart, ChartSize::Wide, Ink::Print);
    assert!(!narrow.contains("wave 0") && !paper.contains("wave 0"));
}

#[test]
fn on_paper_colours_are_written_in() {
    let svg = trend_svg(&chart(), ChartSize::Wide, Ink::Print);
    assert!(svg.contains("#8A4600") && svg.contains("Noto Sans"));
}

#[test]
fn a_hidden_wave_breaks_the_line_and_leaves_a_mark() {
    assert_eq!(runs(&chart().points, &[]).len(), 3);
    let svg = trend_svg(&chart(), ChartSize::Wide, Ink::Css);
    assert_eq!(svg.matches("[c]").count(), 2);
}

#[test]
fn a_new_series_breaks_the_line_and_says_so() {
    let chart = TrendChart { breaks: vec![9], ..chart() };
    assert_eq!(runs(&chart.points, &chart.breaks).len(), 4);
    let svg = trend_svg(&chart, ChartSize::Wide, Ink::Css);
    assert_eq!(svg.matches("[b]").count(), 1);
}

/// A first sign and what has lasted are told apart, whatever their colour.
#[test]
fn a_mark_of_what_has_not_lasted_is_hollow() {
    let hollow = |chart: &TrendChart| {
        trend_svg(chart, ChartSize::Wide, Ink::Css).matches("class=\"chart-halo\"").count()
    };
    let solid = chart();
    let mut first = chart();
    first.points[12] = first.points[12].map(|it| Point { lasting: false, ..it });
    assert_eq!(hollow(&first), hollow(&solid) + 1);
}

#[test]
fn each_score_has_its_likely_range_and_only_what_is_usual_is_an_area() {
    let svg = trend_svg(&chart(), ChartSize::Wide, Ink::Css);
    let likely = svg.split('<').filter(|it| it.contains("chart-likely"));
    let strokes: usize = likely.map(|it| it.matches('M').count().max(1)).sum();
    assert_eq!(strokes, 12, "one for each wave that is shown");
    assert_eq!(svg.matches("chart-band").count(), 1);
    let learning = TrendChart { usual: None, ..chart() };
    assert!(!trend_svg(&learning, ChartSize::Wide, Ink::Css).contains("chart-band"));
}

#[test]
fn levers_of_one_wave_share_a_mark_and_old_ones_are_left_out() {
    let lever = |at, label: &str| LeverMark { at, label: label.into() };
    let levers = vec![lever(1, "L1"), lever(13, "L2"), lever(13, "L3")];
    let chart = TrendChart { levers, ..chart() };
    let wide = trend_svg(&chart, ChartSize::Wide, Ink::Css);
    assert!(wide.contains(">L1</text>") && wide.contains(">L2, L3</text>"));
    let narrow = trend_svg(&chart, ChartSize::Narrow, Ink::Css);
    assert!(!narrow.contains("L1") && narrow.contains(">L2, L3</text>"));
}

#[test]
fn a_mark_looks_the_same_whatever_is_around_it() {
    let marks = |value: f64| {
        let mut chart = chart();
        for point in chart.points.iter_mut().flatten() {
            let (low, high) = (value - 9.0, value + 9.0);
            *point = Point { value, low, high, level: value, signal: Signal::None, lasting: true };
        }
        let svg = trend_svg(&chart, ChartSize::Wide, Ink::Css);
        let marks = svg.split("<text ").filter(|it| it.contains("[c]"));
        marks.map(|it| it.split("</text>").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(marks(20.0), marks(80.0));
    assert_eq!(marks(20.0).len(), 2);
}

#[test]
fn the_scale_is_fixed_and_its_text_can_be_read_on_a_phone() {
    for size in [ChartSize::Wide, ChartSize::Narrow] {
        let svg = trend_svg(&chart(), size, Ink::Css);
        for tick in ["0", "25", "50", "75", "100"] {
            assert!(svg.contains(&format!(">{tick}</text>")), "{tick}");
        }
        assert_eq!(svg.matches("<text").count(), svg.matches("font-size=\"140\"").count());
    }
}

#[test]
fn long_names_of_waves_do_not_run_into_each_other() {
    let mut chart = chart();
    for month in &mut chart.months {
        *month = ("second-quarter".to_owned(), None);
    }
    let svg = trend_svg(&chart, ChartSize::Wide, Ink::Css);
    assert!(svg.matches("second-quarter").count() <= 5);
}

#[test]
fn a_month_without_a_wave_leaves_a_gap_and_breaks_the_line() {
    let mut chart = chart();
    chart.points.truncate(4);
    chart.months.truncate(4);
    let lines = |chart: &TrendChart| {
        let svg = trend_svg(chart, ChartSize::Wide, Ink::Css);
        let path = svg.split('<').filter(|it| it.contains("chart-line"));
        path.map(|it| it.matches('M').count().max(1)).sum::<usize>()
    };
    let dots = |chart: &TrendChart| -> Vec<f64> {
        let svg = trend_svg(chart, ChartSize::Wide, Ink::Css);
        let x = |it: &str| it.split('"').next().unwrap().parse().unwrap();
        let mut all: Vec<f64> = svg.split("<circle cx=\"").skip(1).map(x).collect();
        // Each has a halo.
        all.dedup();
        all
    };
    let even = dots(&chart);
    let together = lines(&chart);
    chart.slots = vec![0, 1, 4, 5];
    let gap = dots(&chart);
    assert!((gap[2] - gap[1]) > 2.5 * (gap[1] - gap[0]), "{gap:?} {even:?}");
    assert!(lines(&chart) > together);
}

#[test]
fn waves_that_are_not_drawn_are_told_in_the_drawing_and_in_its_description() {
    let earlier = Earlier { label: "5 earlier".into(), sentence: "Five are in the table.".into() };
    let chart = TrendChart { earlier: [None, Some(earlier)], ..chart() };
    assert_eq!((chart.not_drawn(ChartSize::Wide), chart.not_drawn(ChartSize::Narrow)), (0, 5));
    let wide = trend_svg(&chart, ChartSize::Wide, Ink::Css);
    let narrow = trend_svg(&chart, ChartSize::Narrow, Ink::Css);
    assert!(!wide.contains("5 earlier") && !wide.contains("in the table"));
    assert!(narrow.contains("5 earlier") && narrow.contains("Five are in the table."));
}

#[test]
fn levers_and_the_usual_level_are_told_apart() {
    let levers = vec![LeverMark { at: 9, label: "L1".into() }];
    let chart = TrendChart { levers, ..chart() };
    let svg = trend_svg(&chart, ChartSize::Wide, Ink::Css);
    let element = |class: &str| {
        let at = svg.find(class).unwrap();
        let (from, to) = (svg[..at].rfind('<').unwrap(), svg[at..].find('>').unwrap());
        svg[from..at + to].to_owned()
    };
    // A lever is one whole line; the usual level is many short ones.
    assert!(element("chart-usual").matches('M').count() > 20);
    assert!(element("chart-lever").matches('M').count() <= 1, "{}", element("chart-lever"));
}

#[test]
fn a_usual_range_that_moves_is_drawn_from_wave_to_wave() {
    let usual = |at: usize| Some((36.0 + at as f64, 46.0 + at as f64, 56.0 + at as f64));
    let corners = |chart: &TrendChart| {
        let svg = trend_svg(chart, ChartSize::Wide, Ink::Css);
        let area = svg.split('<').find(|it| it.contains("chart-band")).unwrap().to_owned();
        area.split("points=\"").nth(1).unwrap().split('"').next().unwrap().split(' ').count()
    };
    let still = corners(&chart());
    let mut chart = chart();
    chart.usual_over_time = (0..14).map(usual).collect();
    chart.usual = usual(13);
    assert!(corners(&chart) >= still + 24, "{} {still}", corners(&chart));
}
