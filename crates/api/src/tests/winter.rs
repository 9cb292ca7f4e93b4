//! A winter of everybody: what moved in the whole organisation is told once, as the organisation's, and a team
//! that moved with it is told that nothing of it is its own.

use super::{exports::waves_of, *};

/// Fourteen months from January on; in the last three, December to February, strain is eight to twelve points
/// higher for everybody.
fn winter() -> Site {
    waves_of(14, |teams, seq, eligible| {
        let load = if seq > 11 { [12, 8, 10] } else { [0; 3] };
        let own = teams[0].len() as u32 % 5;
        let one = |at: u32| {
            let around = ((at * 37 + seq * 11 + own * 7) % 13) * 4;
            PerScale {
                burnout: Some((22 + around + load[0]) as u8),
                sts: Some((14 + around * 3 / 4 + load[1]) as u8),
                cs: Some((52 + around - load[2]) as u8),
            }
        };
        (0..eligible * 8 / 10 + 1).map(one).collect()
    })
}

/// Writes the page and what it loads into the folder named by `TIDELINE_LOOK`, to be looked at.
async fn look(site: &Site, name: &str, page: &str) {
    let Some(folder) = std::env::var_os("TIDELINE_LOOK") else { return };
    let folder = std::path::PathBuf::from(folder);
    let style = page.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let sheet = site.app(get(style)).await.text();
    std::fs::write(folder.join(name), page.replace(style, "style.css")).unwrap();
    std::fs::write(folder.join("style.css"), sheet).unwrap();
}

#[actix_web::test]
async fn a_winter_of_everybody_is_told_as_the_organisations_and_not_as_the_teams() {
    let site = winter();
    let cookie = site.cookie_of("hr@example.org");
    let path = format!("/team/{}", site.unit("Hazel"));
    let page = site.app(get(&path).insert_header((header::COOKIE, cookie.as_str()))).await.text();
    look(&site, "winter-team.html", &page).await;
    let everywhere = page.find("In the whole organisation: ").expect("the organisation's sentence");
    let own = page
        .find("Apart from that, no clear change in any of the three measures.")
        .expect("the team's own");
    assert!(everywhere < own, "what is everybody's comes first");
    // Once for all three, not three times.
    let alike = "Here none of this moved more than elsewhere, as far as can be told.";
    assert_eq!(page.matches(alike).count(), 1);
    // In the API too, and the organisation's own page says it of itself.
    let api = site.read(&format!("/api/v1/units/{}/trend", site.unit("Hazel")), &cookie).await;
    assert_eq!(api["everywhere"].as_array().unwrap().len(), 4, "{}", api["everywhere"]);
    for measure in api["measures"].as_array().unwrap() {
        let tag = measure["tag"].as_str().unwrap();
        assert!(!tag.starts_with("Higher") && !tag.starts_with("Lower"), "{tag}");
    }
    let whole = site.app(get("/org").insert_header((header::COOKIE, cookie.as_str()))).await.text();
    look(&site, "winter-organisation.html", &whole).await;
    assert!(whole.contains("Higher than usual"), "{whole}");
}
