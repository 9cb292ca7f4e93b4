//! Rosters as administrators bring them in: on the pages, and by the API.

use actix_web::http::header;
use tideline_domain::day::utc_day;

use super::{administration::see, *};

/// A form with a file, as browsers send it.
fn upload(csrf: &str, roster: &[u8]) -> TestRequest {
    let head = format!(
        "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--x\r\n\
         Content-Disposition: form-data; name=\"roster\"; filename=\"r.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n"
    );
    TestRequest::post()
        .uri("/admin/people/preview")
        .insert_header((header::ORIGIN, "http://localhost:8080"))
        .insert_header(("sec-fetch-site", "same-origin"))
        .insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=x"))
        .set_payload([head.as_bytes(), roster, b"\r\n--x--\r\n"].concat())
}

/// An administrator who brings in rosters.
struct Bringing {
    site: Site,
    cookie: String,
    csrf: String,
}

impl Bringing {
    async fn new() -> Self {
        let site = Site::new();
        let cookie = site.cookie_of("admin@example.org");
        let csrf = site.read("/api/v1/me", &cookie).await["csrf"].as_str().unwrap().to_owned();
        Self { site, cookie, csrf }
    }

    async fn preview(&self, roster: &[u8]) -> Answer {
        let request = upload(&self.csrf, roster);
        self.site.app(request.insert_header((header::COOKIE, self.cookie.clone()))).await
    }

    /// Sends the form of `page` with these fields set. Other forms of the page have the same hidden ones.
    async fn go_on(&self, path: &str, page: &str, set: &[(&str, &str)]) -> Answer {
        let hidden = page.split("<input type=\"hidden\" name=\"").skip(1).map(|it| {
            let (name, rest) = it.split_once("\" value=\"").unwrap();
            (name.to_owned(), rest.split('"').next().unwrap().replace("&#38;", "&"))
        });
        let mut fields: std::collections::BTreeMap<String, String> = hidden.collect();
        fields.extend(set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", value.replace('#', "%23").replace(' ', "+")))
            .collect();
        let request = post(path, &[]).set_payload(body.join("&"));
        self.site.app(request.insert_header((header::COOKIE, self.cookie.clone()))).await
    }

    fn people(&self) -> usize {
        self.site.app.store.people_with_units(utc_day(start())).unwrap().len()
    }
}

const CONFIRMED: (&str, &str) = ("confirmed", "yes");

#[actix_web::test]
async fn a_roster_is_looked_at_before_it_is_brought_in() {
    let it = Bringing::new().await;
    let header_line = "unit,parent,name,email,role\n";
    let forged = upload("forged", header_line.as_bytes());
    let forged = it.site.app(forged.insert_header((header::COOKIE, it.cookie.clone()))).await;
    assert_eq!(forged.status.as_u16(), 403);
    let faulty = format!("{header_line}Hospital,,Ben,ben,staff\n");
    let shown = it.preview(faulty.as_bytes()).await.text();
    assert!(shown.contains("The file: commas, UTF-8, 1 row below the headings."), "{shown}");
    assert!(shown.contains("Row 2, column email"), "{shown}");

    let roster = format!(
        "{header_line}Hospital,,Admin,admin@example.org,admin\nElm,Hospital,Ben,ben@example.org,staff\n"
    );
    let shown = it.preview(roster.as_bytes()).await.text();
    assert!(shown.contains("Ben: new") && shown.contains("Oak: gone"), "{shown}");
    assert!(shown.contains("could no longer sign in"));
    let confirm = async |set: &[(&str, &str)]| it.go_on("/admin/people/import", &shown, set).await;
    let others = confirm(&[("digest", "other changes"), CONFIRMED]).await;
    assert_eq!(others.status.as_u16(), 409, "it is shown again");
    assert!(others.text().contains("Something changed in the meantime."));
    assert_eq!(confirm(&[CONFIRMED]).await.header("location"), "/admin/people?saved");
    assert_eq!(it.people(), 2);
    let list = see(&it.site, "admin@example.org", "/admin/people?q=ben").await;
    assert!(list.contains("ben@example.org") && !list.contains("admin@example.org</td>"));
    let file = see(&it.site, "admin@example.org", "/admin/people.csv").await;
    assert!(file.contains("Elm,Hospital,Ben,ben@example.org,staff\r\n"), "{file}");
}

#[actix_web::test]
async fn a_roster_that_ends_much_is_confirmed() {
    let it = Bringing::new().await;
    let before = it.people();
    let roster = "unit;name;email;role\nHospital;Ben;ben@example.org;\n";
    let shown = it.preview(roster.as_bytes()).await.text();
    assert!(shown.contains("more than one in ten") && shown.contains("nobody is an administrator"));
    assert!(shown.contains("no column says which unit is above another"), "{shown}");
    let refused = it.go_on("/admin/people/import", &shown, &[]).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.text().contains("Tick the box below"));
    assert_eq!(it.people(), before);
    let done = it.go_on("/admin/people/import", &shown, &[CONFIRMED]).await;
    assert_eq!(done.header("location"), "/admin/people?saved");
    assert_eq!(it.people(), 1);
}

#[actix_web::test]
async fn headings_that_are_not_known_are_asked_for_once() {
    let it = Bringing::new().await;
    let roster = b"Kostenstelle\tVorname\tNachname\tE-Mail\tRolle\tJob title\r\n\
        Spital\tIda\tAdmin\tadmin@example.org\tVerwaltung\tChief\r\n";
    let asked = it.preview(roster).await;
    assert_eq!(asked.status.as_u16(), 422);
    let asked = asked.text();
    assert!(asked.contains("Kostenstelle, Job title") && asked.contains("First entry: Chief"));
    let half = [("choice-0", "unit"), ("choice-1", "")];
    let again = it.go_on("/admin/people/headings", &asked, &half).await;
    assert!(again.text().contains("this heading is not known: Job title"));
    let whole = [("choice-0", "unit"), ("choice-1", "ignore")];
    let shown = it.go_on("/admin/people/headings", &asked, &whole).await;
    assert_eq!(shown.status.as_u16(), 200);
    let shown = shown.text();
    assert!(shown.contains("tabs, UTF-8, 1 row") && shown.contains("Ida Admin"), "{shown}");
    assert_eq!(it.preview(roster).await.status.as_u16(), 422, "nothing is kept before");
    let done = it.go_on("/admin/people/import", &shown, &[CONFIRMED]).await;
    assert_eq!(done.header("location"), "/admin/people?saved");
    assert_eq!(it.preview(roster).await.status.as_u16(), 200, "it is known now");
}

#[actix_web::test]
async fn a_workbook_is_brought_in() {
    let it = Bringing::new().await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Personal").unwrap();
    sheet.write_row(0, 0, ["Unit", "Name", "E-Mail", "Role"]).unwrap();
    sheet.write_row(1, 0, ["Hospital", "Admin", "admin@example.org", "Admin"]).unwrap();
    let shown = it.preview(&book.save_to_buffer().unwrap()).await.text();
    assert!(shown.contains("XLSX workbook, sheet “Personal”, 1 row"), "{shown}");
    let done = it.go_on("/admin/people/import", &shown, &[CONFIRMED]).await;
    assert_eq!(done.header("location"), "/admin/people?saved");
    assert_eq!(it.people(), 1);
}

/// A request of a program that brings in a roster.
async fn put_roster(site: &Site, query: &str, roster: Vec<u8>) -> Answer {
    let cookie = site.cookie_of("admin@example.org");
    let csrf = site.read("/api/v1/me", &cookie).await["csrf"].as_str().unwrap().to_owned();
    let asked = request("put", &format!("/api/v1/roster{query}"))
        .insert_header(("sec-fetch-site", "same-origin"))
        .insert_header((header::COOKIE, cookie))
        .insert_header(("x-csrf-token", csrf))
        .set_payload(roster);
    site.app(asked).await
}

#[actix_web::test]
async fn the_api_takes_what_the_page_takes() {
    let site = Site::new();
    let mut large =
        "unit;parent;name;email;role\nHospital;;Admin;admin@example.org;admin\n".to_owned();
    for at in 0..20_000 {
        large += &format!("Elm;Hospital;Person {at};person{at}@example.org;staff\n");
    }
    let shown = put_roster(&site, "?dry_run=true", large.clone().into_bytes()).await;
    assert_eq!(shown.status.as_u16(), 200);
    let shown = shown.json();
    assert_eq!(shown["found"], "The file: semicolons, UTF-8, 20001 rows below the headings.");
    assert_eq!(shown["risks"].as_array().unwrap().len(), 1, "{shown}");
    let too_large = put_roster(&site, "", vec![b','; 8 * 1024 * 1024 + 1]).await;
    assert_eq!(too_large.status.as_u16(), 400);

    let small =
        "Department,Name,Mail,Role,Job title\nHospital,Admin,admin@example.org,Admin,Chief\n";
    let asked = put_roster(&site, "", small.into()).await;
    assert_eq!(asked.status.as_u16(), 422);
    assert!(asked.text().contains("this heading is not known: Job title"));
    let nonsense = put_roster(&site, "?headings=Job+title", small.into()).await;
    assert!(nonsense.text().contains("write HEADING=MEANING"));
    let refused = put_roster(&site, "?headings=Job+title%3Dignore", small.into()).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.text().contains("Ask again with force=true"), "{}", refused.text());
    let done = put_roster(&site, "?headings=Job+title%3Dignore&force=true", small.into()).await;
    assert_eq!(done.status.as_u16(), 200);
    assert_eq!(site.app.store.people_with_units(utc_day(start())).unwrap().len(), 1);
}

#[actix_web::test]
async fn a_domain_with_an_umlaut_is_found_as_it_is_typed() {
    let it = Bringing::new().await;
    let roster = "unit,name,email,role\nHospital,Admin,admin@example.org,admin\n\
        Hospital,Jo,jo@köln.example,\n";
    let shown = it.preview(roster.as_bytes()).await.text();
    it.go_on("/admin/people/import", &shown, &[CONFIRMED]).await;
    let stored = tideline_roster::typed("Jo@KÖLN.example").unwrap();
    assert_eq!(stored.as_str(), "jo@xn--kln-sna.example");
    assert!(it.site.app.store.person_by_email(&stored).unwrap().is_some());
}
