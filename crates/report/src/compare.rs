//! Teams beside each other: a value for each, drawn towards the common mean by how unsure it is. In the
//! order of the organisation; never sorted by value, and with no rank.

use tideline_aggregation::{Figure, Release, Subject, trend};
use tideline_domain::{PerScale, Scale};
use tideline_text::Text;

use crate::{
    asked::AskedView,
    chart::{DriverRow, DriversChart},
    view, words,
};

/// Most teams that are drawn; more stand in the table alone.
const DRAWN: usize = 60;

/// Teams beside each other in the latest wave.
#[derive(Debug, Clone, PartialEq)]
pub struct CompareView {
    /// Month of the latest wave.
    pub month: String,
    /// What it asked, and whose that is.
    pub asked: AskedView,
    /// Whether values are drawn towards the common mean: with fewer than eight teams each stands with
    /// its own.
    pub drawn_together: bool,
    /// One for each scale, in the fixed order; without teams, none.
    pub charts: Vec<DriversChart>,
    /// One for each team, in the order of the organisation.
    pub rows: Vec<CompareRow>,
}

/// One team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompareRow {
    /// Its name, or the names of teams that are shown together.
    pub name: String,
    /// Value and likely range on each scale: "48 (41 to 55)".
    pub cells: PerScale<String>,
}

/// The comparison of the latest wave of `history` (oldest first); `None` before the first release.
pub fn compare_view(history: &[Release], t: Text) -> Option<CompareView> {
    let latest = history.last()?;
    let teams = trend::teams(latest);
    let compared = PerScale::from_fn(|scale| trend::compare(history, scale));
    let drawn_together = compared.burnout.is_some();
    let values = PerScale::from_fn(|scale| values(latest, &teams, compared.get(scale), scale));
    let names: Vec<String> = teams.iter().map(|it| view::title(latest, it)).collect();
    let told = |(value, low, high): (f64, f64, f64)| {
        t.tr_with(
            "asked-t",
            &[
                ("t", &words::whole(value)),
                ("from", &words::whole(low)),
                ("to", &words::whole(high)),
            ],
        )
    };
    let rows: Vec<CompareRow> = names
        .iter()
        .enumerate()
        .map(|(at, name)| CompareRow { name: name.clone(), cells: values.map(|it| told(it[at])) })
        .collect();
    let chart = |scale: Scale| {
        let title = words::scale_title(scale, t);
        let rows: Vec<DriverRow> = names
            .iter()
            .zip(values.get(scale))
            .map(|(name, it)| DriverRow { label: name.clone(), figure: Some(*it) })
            .collect();
        DriversChart {
            id: format!("beside-{}", scale.code()),
            description: t.tr1("compare-alt", "measure", &title),
            title,
            low_end: t.tr("band-lower"),
            high_end: t.tr("band-higher"),
            rows,
        }
    };
    let charts = if rows.is_empty() || rows.len() > DRAWN {
        Vec::new()
    } else {
        Scale::ALL.map(chart).to_vec()
    };
    Some(CompareView {
        month: words::month(latest.wave(), t),
        asked: AskedView::of(latest, None, t),
        drawn_together,
        charts,
        rows,
    })
}

/// Value, lower and upper end of each team.
fn values(
    latest: &Release,
    teams: &[Subject],
    compared: &Option<Vec<trend::Compared>>,
    scale: Scale,
) -> Vec<(f64, f64, f64)> {
    match compared {
        Some(all) => all.iter().map(|it| (it.value, it.range.low, it.range.high)).collect(),
        None => teams
            .iter()
            .filter_map(|it| latest.page_of(it))
            .map(|page| {
                let Figure { value, low, high, .. } = *page.figures.get(scale);
                (value, low, high)
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use tideline_text::Language;

    use super::*;
    use crate::fixture;

    const EN: Text = Text::new(Language::English);

    #[test]
    fn teams_stand_in_the_order_of_the_organisation_with_their_ranges() {
        let view = compare_view(&fixture::history(14), EN).unwrap();
        let names: Vec<&str> = view.rows.iter().map(|it| it.name.as_str()).collect();
        assert!(names.contains(&"Birch + Cedar"), "{names:?}");
        assert_eq!(names[0], "Alder");
        for row in &view.rows {
            assert!(row.cells.burnout.contains(" to "), "{row:?}");
        }
        assert!(view.charts.iter().all(|it| it.rows.len() == view.rows.len()));
        assert_eq!(compare_view(&[], EN), None);
        assert!(compare_view(&fixture::withheld(), EN).unwrap().rows.is_empty());
    }
}
