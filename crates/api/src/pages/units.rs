//! All units in one table, for HR: in the order of the tree, never by score. Many units fold by service; of very many,
//! each service has a table of its own.

use std::ops::Range;

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;
use tideline_aggregation::Release;
use tideline_domain::{PerScale, Scale, UnitId, day::utc_day};
use tideline_report::{
    asked::AskedView,
    chart::spark_svg,
    view::{self, Mark, OrganisationView, PoolRow, Spark, UnitRow},
    words::{self, Kind, Way},
};
use tideline_text::Text;

use super::{home::DEEPEST, shell::Shell, team::first_results};
use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{By, HumanResources},
    blocking::blocking,
    imported::{ImportedView, imported},
    problem::{PageProblem, Problem},
    series::WhichSeries,
};

/// More units fold by service.
const FLAT: usize = 60;
/// Of more, each service's table is a page of its own: names and addresses alone would be too much for one.
const FOLDED: usize = 400;

#[derive(Template)]
#[template(path = "pages/units.html")]
struct UnitsPage {
    shell: Shell,
    title: String,
    not_yet: Option<String>,
    /// What was asked.
    asked: Option<AskedView>,
    /// The measures, in full and short.
    columns: [(String, String); 3],
    /// How many moved, and how many stand apart; none if no team is shown.
    headline: Option<String>,
    /// Whether any cell has earned a tint.
    tinted: bool,
    /// Whether it was tested if any could.
    apart_tested: bool,
    /// Whether any score has a mark.
    marked: bool,
    /// Whether there are units that are shown together.
    pools: bool,
    blocks: Vec<Block>,
    imported: Vec<ImportedView>,
}

impl UnitsPage {
    /// What an address says of another series than the latest.
    fn query(&self) -> String {
        match &self.asked {
            Some(asked) if !self.shell.others.is_empty() => format!("?asked={}", asked.id),
            _ => String::new(),
        }
    }
}

/// A part of the table, in the order of the tree.
enum Block {
    Rows(Vec<Line>),
    Service(Box<Service>),
}

/// A service: its own row, and what lies in it.
struct Service {
    line: Line,
    /// How many units it has, and how many of its teams moved.
    told: String,
    /// Whether one of its teams holds a mark.
    open: bool,
    rows: Vec<Line>,
    /// Whether its rows are on a page of their own.
    elsewhere: bool,
}

/// A unit, or units that are shown together.
struct Line {
    /// None for units that are shown together.
    unit: Option<UnitId>,
    depth: usize,
    name: String,
    /// Whether units lie below it.
    parent: bool,
    /// None is `[c]`.
    shown: Option<ShownLine>,
    together_with: Option<String>,
    /// What its figures leave out.
    note: Option<String>,
}

/// What is published of a row.
struct ShownLine {
    cells: [CellView; 3],
    strain: String,
    took_part: String,
}

/// A score in the table of units.
struct CellView {
    score: String,
    /// Class of its tint; empty without one.
    tint: &'static str,
    /// Shape and colour of its mark; `None` without one.
    mark: Option<(&'static str, &'static str)>,
    /// Whether what it marks has lasted.
    lasting: bool,
    /// What mark and tint say.
    told: Vec<String>,
    spark: String,
}

/// Of which part of the organisation.
#[derive(Deserialize)]
pub(super) struct Within {
    r#in: Option<String>,
}

impl ShownLine {
    fn of(
        scores: &PerScale<String>,
        marks: &PerScale<Mark>,
        sparks: &PerScale<Spark>,
        strain: String,
        took_part: String,
        t: Text,
    ) -> Self {
        let cell = |scale: Scale| {
            let (mark, spark) = (*marks.get(scale), sparks.get(scale));
            let kind = Kind::of_way(mark.way, scale);
            CellView {
                score: scores.get(scale).clone(),
                tint: mark.tint.class(),
                mark: shape(mark).map(|it| (it, kind.code())),
                lasting: mark.lasting && mark.way != Way::Level,
                told: mark.own_past(t).into_iter().chain(mark.against_organisation(t)).collect(),
                spark: spark_svg(&spark.points, spark.usual),
            }
        };
        Self { cells: Scale::ALL.map(cell), strain, took_part }
    }

    fn marked(&self) -> bool {
        self.cells.iter().any(|it| it.mark.is_some())
    }

    fn moved(&self) -> bool {
        self.cells.iter().any(|it| it.lasting)
    }

    fn apart(&self) -> bool {
        self.cells.iter().any(|it| !it.tint.is_empty())
    }
}

/// Hollow while it has not lasted.
const fn shape(mark: Mark) -> Option<&'static str> {
    match (mark.way, mark.lasting) {
        (Way::Level, _) => None,
        (Way::Up, true) => Some("▲"),
        (Way::Down, true) => Some("▼"),
        (Way::Up, false) => Some("△"),
        (Way::Down, false) => Some("▽"),
    }
}

impl Line {
    fn of(row: UnitRow, parent: bool, t: Text) -> Self {
        let UnitRow { unit, depth, name, cells, marks, sparks, .. } = row;
        let (strain, took_part) = (row.strain, row.took_part);
        let shown = cells
            .zip(sparks)
            .map(|(cells, sparks)| ShownLine::of(&cells, &marks, &sparks, strain, took_part, t));
        let unit = Some(unit);
        Self { unit, depth, name, parent, shown, together_with: row.together_with, note: row.note }
    }

    fn of_pool(row: PoolRow, depth: usize, t: Text) -> Self {
        let PoolRow { names, cells, marks, sparks, strain, took_part, .. } = row;
        let shown = ShownLine::of(&cells, &marks, &sparks, strain, took_part, t);
        Self {
            unit: None,
            depth,
            name: names,
            parent: false,
            shown: Some(shown),
            together_with: None,
            note: None,
        }
    }

    /// Whether it is a team, or teams that are shown together.
    fn is_team(&self) -> bool {
        !self.parent && self.shown.is_some()
    }

    /// Whether a change has lasted or begins.
    fn marked(&self) -> bool {
        self.is_team() && self.shown.as_ref().is_some_and(ShownLine::marked)
    }

    /// Whether a change has lasted.
    fn moved(&self) -> bool {
        self.is_team() && self.shown.as_ref().is_some_and(ShownLine::moved)
    }

    fn apart(&self) -> bool {
        self.is_team() && self.shown.as_ref().is_some_and(ShownLine::apart)
    }
}

/// All rows in the order of the tree, those of units that are shown together right below the service they lie in.
fn lines(view: OrganisationView, t: Text) -> Vec<Line> {
    let depths: Vec<usize> = view.units.iter().map(|it| it.depth).collect();
    let place = |unit: &UnitId| view.units.iter().position(|it| it.unit == *unit);
    let mut pools: Vec<(usize, PoolRow)> = Vec::new();
    for pool in view.pools {
        let places: Vec<usize> = pool.units.iter().filter_map(place).collect();
        pools.push((above_all(&depths, &places), pool));
    }
    let (mut lines, mut waiting) = (Vec::new(), pools);
    for (at, row) in view.units.into_iter().enumerate() {
        let (depth, parent) = (row.depth, depths.get(at + 1).is_some_and(|it| *it > row.depth));
        lines.push(Line::of(row, parent, t));
        let (here, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|it| it.0 == at);
        waiting = later;
        lines.extend(here.into_iter().map(|(_, pool)| Line::of_pool(pool, depth + 1, t)));
    }
    lines
}

/// The lowest unit above all of `places`, which are places in a tree that is told by its `depths`, top down.
fn above_all(depths: &[usize], places: &[usize]) -> usize {
    let above = |at: usize| {
        let mut path = vec![at];
        let mut depth = depths[at];
        for (up, d) in depths.iter().enumerate().take(at).rev() {
            if *d < depth {
                path.push(up);
                depth = *d;
            }
        }
        path
    };
    let mut paths = places.iter().map(|it| above(*it));
    let Some(first) = paths.next() else { return 0 };
    let others: Vec<Vec<usize>> = paths.collect();
    // One unit alone lies in the one above it.
    let mut shared = first.into_iter().skip(usize::from(others.is_empty()));
    shared.find(|it| others.iter().all(|path| path.contains(it))).unwrap_or(0)
}

/// The rows of `unit` and below it.
fn part(lines: &[Line], unit: UnitId) -> Option<Range<usize>> {
    let from = lines.iter().position(|it| it.unit == Some(unit))?;
    let depth = lines[from].depth;
    let below = lines[from + 1..].iter().take_while(|it| it.depth > depth).count();
    Some(from..from + 1 + below)
}

/// The rows as they fold; the first is the organisation, or the part that is looked at.
fn blocks(mut lines: Vec<Line>, columns: &[(String, String); 3], t: Text) -> Vec<Block> {
    let top = lines.first().map_or(0, |it| it.depth);
    let count = lines.len();
    for line in &mut lines {
        line.depth = (line.depth - top).min(DEEPEST);
    }
    if count == 0 {
        return Vec::new();
    }
    if count <= FLAT {
        return vec![Block::Rows(lines)];
    }
    let mut blocks: Vec<Block> = Vec::new();
    for line in lines {
        match blocks.last_mut() {
            _ if line.depth == 1 && line.parent => {
                blocks.push(Block::Service(Box::new(Service::of(line))));
            }
            Some(Block::Service(service)) if line.depth > 1 => service.rows.push(line),
            Some(Block::Rows(rows)) => rows.push(line),
            _ => blocks.push(Block::Rows(vec![line])),
        }
    }
    for block in &mut blocks {
        if let Block::Service(service) = block {
            service.tell(count > FOLDED, columns, t);
        }
    }
    blocks
}

impl Service {
    const fn of(line: Line) -> Self {
        Self { line, told: String::new(), open: false, rows: Vec::new(), elsewhere: false }
    }

    /// The unit; a service always is one.
    fn id(&self) -> String {
        self.line.unit.map(|it| it.to_string()).unwrap_or_default()
    }

    fn tell(&mut self, elsewhere: bool, columns: &[(String, String); 3], t: Text) {
        let count = |is: fn(&Line) -> bool| self.rows.iter().filter(|it| is(it)).count();
        let (units, moved, apart) =
            (count(|it| it.unit.is_some()), count(Line::moved), count(Line::apart));
        let counts: [(&str, &dyn tideline_text::Argument); 3] =
            [("units", &units), ("moved", &moved), ("apart", &apart)];
        let own = self.line.shown.iter().flat_map(|it| it.cells.iter().zip(columns));
        let own = own.map(|(cell, (_, short))| {
            let mark = cell.mark.map(|it| format!(" {}", it.0)).unwrap_or_default();
            format!("{short} {}{mark}", cell.score)
        });
        let told = own.chain([t.tr_with("units-service", &counts)]);
        self.told = told.collect::<Vec<_>>().join(" · ");
        self.open = apart > 0 || self.rows.iter().any(Line::marked);
        self.elsewhere = elsewhere;
        if elsewhere {
            self.rows.clear();
        }
    }
}

/// All units in one table, or those of one part of the organisation.
#[get("/org/units")]
pub(super) async fn units_table(
    app: web::Data<App>,
    by: By<HumanResources>,
    which: web::Query<WhichSeries>,
    within: web::Query<Within>,
) -> Result<HttpResponse, PageProblem> {
    let html = blocking(move || {
        let t = by.reader.t;
        let within = match within.r#in.as_deref().map(str::parse::<UnitId>) {
            None => None,
            Some(Ok(unit)) => Some(unit),
            Some(Err(_)) => return Err(Problem::NotFound),
        };
        let (history, others) = which.open(&app, t)?;
        let not_yet = history.is_empty().then(|| first_results(&app, t)).transpose()?;
        let tree = app.store.units(utc_day(app.now()))?;
        let named = |unit| Some(tree.as_ref()?.get(unit)?.name.to_string());
        let imported = imported(&app, None, named, t)?;
        let shell = Shell::of(&by).beside(others);
        let html = render_units(shell, &history, within, not_yet, imported)?;
        access::audit(&app, &by.principal, Audited::View, Seen::Organisation)?;
        Ok(html)
    })
    .await?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

/// The table of units, or of those in one of them; a function of what is published.
pub(super) fn render_units(
    shell: Shell,
    history: &[Release],
    within: Option<UnitId>,
    not_yet: Option<String>,
    imported: Vec<ImportedView>,
) -> Result<String, Problem> {
    let t = shell.t;
    let view = view::organisation_view(history, t);
    let month = view.as_ref().map(|it| it.month.clone());
    let asked = view.as_ref().map(|it| it.asked.clone());
    let apart_tested = view.as_ref().is_some_and(|it| it.apart_tested);
    let mut lines = view.map(|it| lines(it, t)).unwrap_or_default();
    let name = match within {
        None => None,
        Some(unit) => {
            let part = part(&lines, unit).ok_or(Problem::NotFound)?;
            lines = lines.drain(part).collect();
            lines.first().map(|it| it.name.clone())
        }
    };
    let title = match (month, name) {
        (Some(month), None) => t.tr1("units-title", "month", month),
        (Some(month), Some(name)) => t.tr2("units-title-in", "name", name, "month", month),
        (None, _) => t.tr("nav-units"),
    };
    let count = |is: fn(&Line) -> bool| lines.iter().filter(|it| is(it)).count();
    let (teams, moved, apart) = (count(Line::is_team), count(Line::moved), count(Line::apart));
    let counts: [(&str, &dyn tideline_text::Argument); 3] =
        [("teams", &teams), ("moved", &moved), ("apart", &apart)];
    let short = |scale| match scale {
        Scale::Burnout => t.tr("units-short-burnout"),
        Scale::SecondaryTraumaticStress => t.tr("units-short-sts"),
        Scale::CompassionSatisfaction => t.tr("units-short-cs"),
    };
    let headline = if apart_tested { "units-headline" } else { "units-headline-own" };
    let columns = Scale::ALL.map(|it| (words::scale_title(it, t), short(it)));
    let any = |is: fn(&ShownLine) -> bool| lines.iter().filter_map(|it| it.shown.as_ref()).any(is);
    let page = UnitsPage {
        shell,
        title,
        not_yet,
        asked,
        headline: (teams > 0).then(|| t.tr_with(headline, &counts)),
        tinted: any(ShownLine::apart),
        apart_tested,
        marked: any(ShownLine::marked),
        pools: lines.iter().any(|it| it.unit.is_none() || it.together_with.is_some()),
        blocks: blocks(lines, &columns, t),
        columns,
        imported,
    };
    page.render().map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_are_shown_together_stand_below_the_lowest_unit_above_all_of_them() {
        // 0 organisation: 1 north: 2 a, 3 b; 4 south: 5 c: 6 d, 7 e; 8 f.
        let depths = [0, 1, 2, 2, 1, 2, 3, 3, 2];
        for (places, expected) in [
            (&[2, 3][..], 1),
            (&[6, 7], 5),
            (&[6, 8], 4),
            (&[3, 6], 0),
            (&[5, 6], 5),
            (&[1, 2, 3], 1),
            (&[1, 4], 0),
            (&[8], 4),
            (&[], 0),
        ] {
            assert_eq!(above_all(&depths, places), expected, "{places:?}");
        }
    }
}
