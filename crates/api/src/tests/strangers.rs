//! Attacks by whoever asks often, sends slowly or writes what nobody sees. Numbered as in
//! `docs/attacks.md`.

use tideline_aggregation::MinGroup;
use tideline_domain::day::utc_day;
use tideline_store::{Actor, AuditEntry, AuditQuery};

use super::*;

fn entries(site: &Site) -> usize {
    site.app.store.audit_entries(&AuditQuery::default()).unwrap().len()
}

async fn status(site: &Site, path: &str, cookie: &str) -> u16 {
    site.app(get(path).insert_header((header::COOKIE, cookie))).await.status.as_u16()
}

#[actix_web::test]
async fn attack_130_asking_for_the_public_log_again_and_again() {
    let site = Site::with_results();
    let add = |action: &str| {
        let by = Actor::Person(site.person("hr@example.org").id, RoleKind::Hr);
        let entry = AuditEntry::new(by, action, "unit 1", site.app.now());
        site.app.store.append_audit(&entry).unwrap();
    };
    let counted = async || {
        let log = site.app(get("/api/v1/public-log")).await.json();
        log["looked"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["views"].as_u64().unwrap())
            .sum::<u64>()
    };
    (0..300).for_each(|_| add("results.view"));
    assert_eq!(counted().await, 300);
    add("results.view");
    for _ in 0..50 {
        assert_eq!(counted().await, 300, "the database is not asked");
        assert_eq!(site.app(get("/privacy/log")).await.status.as_u16(), 200);
    }
    site.later(TimeDelta::seconds(61));
    assert_eq!(counted().await, 301);
    // There is one wave, so there is one page.
    let second = site.app(get("/api/v1/public-log?page=2")).await.json();
    assert_eq!((second["entries"].as_array().unwrap().len(), &second["pages"]), (0, &1.into()));
    for wrong in ["/api/v1/public-log?page=0", "/privacy/log?page=2", "/privacy/log?page=x"] {
        assert_eq!(site.app(get(wrong)).await.status.as_u16(), 404, "{wrong}");
    }
}

#[actix_web::test]
async fn attack_131_a_program_that_reads_all_the_time_fills_no_log() {
    let site = Site::with_results();
    let cookie = site.cookie_of("hr@example.org");
    let unit = site.unit("Elm");
    let path = format!("/api/v1/units/{unit}/trend");
    let before = entries(&site);
    for _ in 0..40 {
        assert_eq!(status(&site, &path, &cookie).await, 200);
    }
    assert_eq!(entries(&site), before + 1);
    site.later(TimeDelta::seconds(61));
    assert_eq!(status(&site, &path, &cookie).await, 200);
    assert_eq!(entries(&site), before + 2);
    // Another person's reading is an entry of its own, and so is each file that is taken away.
    let lead = site.cookie_of("elm-lead@example.org");
    assert_eq!(status(&site, &path, &lead).await, 200);
    assert_eq!(entries(&site), before + 3);
    for _ in 0..2 {
        assert_eq!(status(&site, &format!("/team/{unit}/data.csv"), &cookie).await, 200);
    }
    assert_eq!(entries(&site), before + 5);
}

#[actix_web::test]
async fn attack_132_thousands_of_series_that_there_are_not() {
    let site = Site::with_results();
    let cookie = site.cookie_of("hr@example.org");
    let unit = site.unit("Elm");
    let first =
        site.app(get(&format!("/team/{unit}")).insert_header((header::COOKIE, cookie.as_str())));
    let first = first.await.text();
    for made_up in 0..200 {
        let path = format!("/team/{unit}?asked=made-up-{made_up}");
        let answer = site.app(get(&path).insert_header((header::COOKIE, cookie.as_str()))).await;
        assert!(answer.text() == first, "the latest series, as if nothing was said");
    }
    assert_eq!(site.app.warm.pages_kept().0, 1);
}

#[actix_web::test]
async fn attack_135_strangers_who_have_every_page_made_anew() {
    let site = Site::with_results();
    let cookie = site.cookie_of("hr@example.org");
    let page = format!("/team/{}", site.unit("Elm"));
    assert_eq!(status(&site, &page, &cookie).await, 200);
    let kept = site.app.warm.pages_kept();
    assert_eq!(kept.0, 1);
    for _ in 0..5 {
        site.app(post("/sign-in", &[("email", "nobody@example.org"), ("password", "x")])).await;
        site.app(post("/in", &[("code", "AAAA")])).await;
        site.app(post("/in/ask", &[("code", "AAAA")])).await;
        site.app(post("/admin/organisation", &[("organisation", "x"), ("csrf", "x")])).await;
        site.app(request("post", "/api/v1/waves")).await;
        site.app(request("put", "/api/v1/support-contacts")).await;
    }
    assert_eq!(site.app.warm.pages_kept(), kept);
    // Somebody who signs in changes whose session a browser has.
    let fields = [("email", "hr@example.org"), ("password", "correct+horse+battery")];
    let password = crate::auth::Password::new("correct horse battery".to_owned()).unwrap();
    let hash = crate::auth::hash_password(site.app.settings.password, &password).unwrap();
    site.app.store.set_password_hash(site.person("hr@example.org").id, &hash).unwrap();
    assert_eq!(site.app(post("/sign-in", &fields)).await.status.as_u16(), 303);
    assert_eq!(site.app.warm.pages_kept().0, 0);
}

/// What a roster file says, or what is wrong with it.
fn planned(file: &str) -> Result<ImportPlan, String> {
    let reading = tideline_roster::read(file.as_bytes(), &tideline_roster::Mapping::default());
    let refusals = || crate::roster::refusals(&reading, crate::EN).join("\n");
    crate::roster::plan(&reading).ok_or_else(refusals)
}

/// What a case from the field puts into names: invisible characters, and one that turns the line around.
const UNSEEN: [&str; 6] =
    ["Ada\u{202e}nimda", "A\u{200b}da", "\u{200b}\u{2060}", "\u{3164}", "Ada\u{2066}", "A\u{ad}da"];

#[actix_web::test]
async fn attack_139_a_name_with_what_nobody_sees() {
    let site = Site::new();
    let cookie = site.cookie_of("admin@example.org");
    let me = site.read("/api/v1/me", &cookie).await;
    let csrf = me["csrf"].as_str().unwrap().to_owned();
    let send = async |method: &str, path: &str, kind: &str, body: String| {
        let asked = request(method, path)
            .insert_header((header::COOKIE, cookie.as_str()))
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header(("x-csrf-token", csrf.as_str()))
            .insert_header((header::CONTENT_TYPE, kind));
        site.app(asked.set_payload(body)).await
    };
    for name in UNSEEN {
        let mut doors: Vec<(&str, Result<(), ()>)> = Vec::new();
        for row in [format!("{name},,Ada,a@x.org,admin"), format!("Org,,{name},a@x.org,admin")] {
            let file = format!("unit,parent,name,email,role\n{row}\n");
            doors.push(("roster", planned(&file).map(drop).map_err(drop)));
        }
        let day = utc_day(start());
        let contact = crate::contacts::contact(name, "112", "", "", "", day);
        doors.push(("contact", contact.map(drop).map_err(drop)));
        let note = crate::contacts::contact("Line", "112", "", name, "", day);
        doors.push(("note", note.map(drop).map_err(drop)));
        let link = format!("https://a.example/{name}");
        let link = crate::contacts::contact("Line", "", &link, "", "", day);
        doors.push(("link", link.map(drop).map_err(drop)));
        let address = format!("ada{name}@x.org").parse::<EmailAddress>();
        doors.push(("address", address.map(drop).map_err(drop)));
        let organisation = serde_json::json!({ "name": name, "time_zone": "Europe/Berlin" });
        let answer =
            send("put", "/api/v1/organisation", "application/json", organisation.to_string());
        let status = answer.await.status.as_u16();
        doors.push(("organisation", if status == 400 { Err(()) } else { Ok(()) }));
        for (door, taken) in doors {
            assert_eq!(taken, Err(()), "{door}: {name:?}");
        }
    }
    let told = planned("unit,parent,name,email,role\nOrg,,A\u{202e}a,a@x.org,\n");
    assert!(told.unwrap_err().contains("U+202E"));
}

/// Names as a case from the field has them, and what a spreadsheet would run in whatever width.
const NAMES: [&str; 12] = [
    "03",
    "007",
    "+12",
    "=Nord",
    "@home Pflege",
    "-Süd",
    "＝1＋1",
    "＠x",
    "'quoted",
    "'=twice",
    "Elm, \"north\"",
    "محمد",
];

#[actix_web::test]
async fn attack_140_the_roster_comes_back_as_it_went_and_runs_nothing() {
    let site = Site::new();
    let day = utc_day(start());
    let mut rows = vec![ImportRow {
        unit: "Hospital".parse().unwrap(),
        parent: None,
        person: Some((
            "admin".parse().unwrap(),
            "admin@example.org".parse().unwrap(),
            vec![RoleKind::Administrator],
        )),
    }];
    for (at, name) in NAMES.iter().enumerate() {
        rows.push(ImportRow {
            unit: name.parse().unwrap(),
            parent: Some("Hospital".parse().unwrap()),
            person: Some((
                name.parse().unwrap(),
                format!("+p{at}@example.org").parse().unwrap(),
                if at % 2 == 0 { vec![RoleKind::Manager, RoleKind::Hr] } else { Vec::new() },
            )),
        });
    }
    site.app.store.import(&ImportPlan { rows }, Actor::Program, start()).unwrap();
    let cookie = site.cookie_of("admin@example.org");
    for path in ["/admin/people.csv", "/api/v1/roster"] {
        let file = site.app(get(path).insert_header((header::COOKIE, cookie.as_str()))).await;
        let text = file.text();
        for cell in text.split([',', '\n']) {
            let first = cell.trim_start_matches('"').chars().next();
            assert!(!first.is_some_and(|it| "=+-@＝＋－＠".contains(it)), "{cell}");
        }
        let plan = planned(&text).unwrap();
        let diff = site.app.store.import_diff(&plan, day).unwrap();
        assert!(diff.is_empty(), "{path}: {diff:?}");
    }
}

/// Time that this thread had a processor, as the kernel counts it: others on the machine do not matter.
/// Unit: ns.
fn worked() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse().unwrap()
}

/// What it costs to preview a roster of `people` in a chain of `depth` units below a broad organisation.
fn cost_of_preview(people: usize, depth: usize) -> u64 {
    let mut file = "unit,parent,name,email,role\nOrg,,Ada,ada@x.org,admin\n".to_owned();
    for it in 0..people {
        file.push_str(&format!("Team {},Org,P {it},p{it}@x.org,staff\n", it / 20));
    }
    for it in 0..depth {
        let above = if it == 0 { "Org".to_owned() } else { format!("Deep {}", it - 1) };
        file.push_str(&format!("Deep {it},{above},D {it},d{it}@x.org,staff\n"));
    }
    let before = worked();
    let plan = planned(&file).unwrap();
    let structure = crate::effect::planned(&plan).unwrap();
    crate::effect::of(&structure, MinGroup::DEFAULT, &[]).unwrap();
    let rows = crate::pages::admin::people::roster_rows(&structure.0, &structure.1);
    assert!(rows.len() > people + depth);
    worked() - before
}

#[test]
fn attack_136_a_roster_four_times_as_large_costs_little_more_than_four_times() {
    for (small, large) in [((2_000, 0), (8_000, 0)), ((0, 500), (0, 2_000))] {
        let ratio = |_| {
            let small = cost_of_preview(small.0, small.1);
            cost_of_preview(large.0, large.1) as f64 / small as f64
        };
        // The least of a few: what it costs at the least is what it costs.
        let least = (0..3).map(ratio).fold(f64::INFINITY, f64::min);
        assert!(least < 7.0, "{small:?} to {large:?}: {least:.1} times");
    }
}

/// [`populate`], and `teams` more teams of twelve.
fn large(teams: usize) -> impl FnOnce(&Store) {
    move |store| {
        populate(store);
        let mut rows = Vec::new();
        let day = utc_day(start());
        let tree = store.units(day).unwrap().unwrap();
        for (person, unit) in store.people_with_units(day).unwrap() {
            let unit = tree.get(unit).unwrap();
            rows.push(ImportRow {
                unit: unit.name.clone(),
                parent: unit.parent.map(|it| tree.get(it).unwrap().name.clone()),
                person: Some((person.name, person.email, kinds(&person.roles))),
            });
        }
        for at in 0..teams * 12 {
            let email = format!("more{at}@example.org").parse().unwrap();
            rows.push(ImportRow {
                unit: format!("Team {}", at / 12).parse().unwrap(),
                parent: Some("Hospital".parse().unwrap()),
                person: Some((format!("More {at}").parse().unwrap(), email, Vec::new())),
            });
        }
        store.import(&ImportPlan { rows }, Actor::Program, start()).unwrap();
    }
}

fn kinds(roles: &[tideline_domain::Role]) -> Vec<RoleKind> {
    roles.iter().map(|it| RoleKind::from_code(it.code()).unwrap()).collect()
}

/// What a request costs the thread that answers everybody else's requests, too, at the least. Unit: ns.
async fn page_thread(site: &Site, ask: impl Fn() -> TestRequest) -> u64 {
    let mut least = u64::MAX;
    for _ in 0..3 {
        let request = ask();
        let before = worked();
        let answer = site.app(request).await;
        least = least.min(worked() - before);
        assert!(answer.status.is_success(), "{}: {}", answer.status, answer.text());
    }
    least
}

/// A roster as the form of its preview brings it.
fn preview(people: usize, cookie: &str, csrf: &str) -> TestRequest {
    let mut file = "unit,parent,name,email,role\nOrg,,Ada,ada@x.org,admin\n".to_owned();
    for it in 0..people {
        file.push_str(&format!("Team {},Org,P {it},p{it}@x.org,staff\n", it / 20));
    }
    let part = |name: &str, value: &str| {
        format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    TestRequest::post()
        .uri("/admin/people/preview")
        .insert_header((header::COOKIE, cookie.to_owned()))
        .insert_header((header::ORIGIN, "http://localhost:8080"))
        .insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=x"))
        .set_payload(format!("{}{}--x--\r\n", part("csrf", csrf), part("roster", &file)))
}

/// Whatever grows with the organisation is worked out and written elsewhere: while somebody looks at it,
/// nobody waits for help.
#[actix_web::test]
async fn attack_136_a_large_organisation_keeps_no_page_thread() {
    let sites = [Site::with_results(), Site::with_results_of(large(150))];
    let mut slow = Vec::new();
    for (method, path, expected) in access::TABLE.iter().chain(access::PAGES) {
        // Whoever of the last three may see it: HR, administrator, privacy officer.
        let Some(who) = (4..7).find(|at| *method == "get" && expected[*at] == 200) else {
            continue;
        };
        let mut costs = Vec::new();
        for site in &sites {
            let cookie = site.cookie_of(access::WHO[who].unwrap());
            let path =
                path.replace("{seq}", "1").replace("{unit}", &site.unit("Hospital").to_string());
            let ask = || get(&path).insert_header((header::COOKIE, cookie.as_str()));
            costs.push(page_thread(site, ask).await);
        }
        if costs[1] > 2 * costs[0] + 4_000_000 {
            slow.push(format!("{path}: {} µs, then {} µs", costs[0] / 1000, costs[1] / 1000));
        }
    }
    let site = &sites[0];
    let cookie = site.cookie_of("admin@example.org");
    let csrf = site.read("/api/v1/me", &cookie).await["csrf"].as_str().unwrap().to_owned();
    let small = page_thread(site, || preview(10, &cookie, &csrf)).await;
    let large = page_thread(site, || preview(4_000, &cookie, &csrf)).await;
    if large > 2 * small + 8_000_000 {
        slow.push(format!("a preview: {} µs, then {} µs", small / 1000, large / 1000));
    }
    assert!(slow.is_empty(), "{slow:#?}");
}
