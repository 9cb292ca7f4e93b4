//! The table of units on its page: the same as programs are told, each row at its place in the tree.

use actix_web::http::header;
use serde_json::Value;

use super::*;

/// What a row of the page says, without tags: cells by their text, what is for screen readers left out.
fn cells(row: &str) -> Vec<String> {
    let seen = |cell: &str| {
        let mut text = String::new();
        let mut rest = cell.split("<span class=\"unseen\">");
        text.push_str(rest.next().unwrap_or_default());
        text.extend(rest.filter_map(|it| it.split_once("</span>")).map(|it| it.1));
        let mut plain = String::new();
        let mut inside = false;
        for it in text.chars() {
            match it {
                '<' => inside = true,
                '>' => inside = false,
                _ if !inside => plain.push(it),
                _ => {}
            }
        }
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let cells = row.split("<t").skip(1).filter(|it| it.starts_with("d") || it.starts_with("h "));
    cells.map(|it| seen(it.split_once('>').unwrap().1)).collect()
}

fn rows(page: &str) -> Vec<Vec<String>> {
    let body = page.split("<tbody>").skip(1).filter_map(|it| it.split("</tbody>").next());
    body.flat_map(|it| it.split("<tr").skip(1)).map(cells).collect()
}

#[actix_web::test]
async fn the_page_of_units_says_what_programs_are_told() {
    let site = exports::nine_waves();
    let cookie = site.cookie_of("hr@example.org");
    let ask = get("/org/units").insert_header((header::COOKIE, cookie.as_str()));
    let page = site.app(ask).await.text();
    let api = site.read("/api/v1/organisation/trend", &cookie).await;
    let rows = rows(&page);
    let expected = |row: &Value, name: &str| {
        let mut said = vec![row[name].as_str().unwrap().to_owned()];
        if row["scores"].is_null() {
            let together = row["together_with"].as_str();
            said.push(together.map_or("[c]".to_owned(), |it| format!("[c] shown as {it}")));
            said.extend([String::new(), String::new()]);
            return said;
        }
        for scale in ["burnout", "sts", "cs"] {
            let mark = match row["marks"][scale]["own_past"].as_str() {
                Some("higher") => " ▲",
                Some("lower") => " ▼",
                Some("first-sign-higher") => " △",
                Some("first-sign-lower") => " ▽",
                _ => "",
            };
            said.push(format!("{}{mark}", row["scores"][scale].as_str().unwrap()));
        }
        said.extend(["strain", "took_part"].map(|it| row[it].as_str().unwrap().to_owned()));
        said
    };
    let units: Vec<_> =
        api["units"].as_array().unwrap().iter().map(|it| expected(it, "name")).collect();
    let pools: Vec<_> =
        api["together"].as_array().unwrap().iter().map(|it| expected(it, "names")).collect();
    // Units in their order; those that are shown together stand in between.
    let is_pool = |row: &&Vec<String>| row[0].starts_with('□');
    let name = |row: &Vec<String>, of: &Vec<String>| {
        // Below its name a row may say what it leaves out.
        assert!(row[0].starts_with(&of[0]), "{row:?} {of:?}");
        assert_eq!(row[1..], of[1..]);
    };
    let on_page: Vec<_> = rows.iter().filter(|it| !is_pool(it)).collect();
    assert_eq!(on_page.len(), units.len(), "{rows:?}");
    for (row, of) in on_page.into_iter().zip(&units) {
        name(row, of);
    }
    let on_page: Vec<_> = rows.iter().filter(is_pool).collect();
    assert_eq!(on_page.len(), pools.len(), "{rows:?}");
    for row in on_page {
        let of = pools.iter().find(|it| row[0].contains(&it[0])).unwrap();
        assert_eq!(row[1..], of[1..]);
    }
    assert!(
        !pools.is_empty() && rows.iter().flatten().any(|it| it.contains(['▲', '△'])),
        "{rows:?}"
    );
    // A tint is never alone.
    assert_eq!(
        page.matches("<td class=\"heat-").count(),
        page.matches(" than the organisation</span>").count()
    );

    // A part of the organisation, and what is no part of it.
    let unit = site.unit(&units[1][0]);
    let ask = async |path: String| {
        site.app(get(&path).insert_header((header::COOKIE, cookie.as_str()))).await
    };
    let part = ask(format!("/org/units?in={unit}")).await.text();
    assert!(part.contains(&format!("<h1>{}, ", units[1][0])), "{part}");
    for nothing in ["00000000-0000-4000-8000-000000000000", "x", "", "%00"] {
        let status = ask(format!("/org/units?in={nothing}")).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{nothing:?}");
    }
}
