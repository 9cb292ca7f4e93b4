//! Styles that two crates must agree on.

#[test]
fn charts_look_as_the_report_draws_them() {
    let css = include_str!("../../static/app.css");
    let charts = tideline_report::chart::chart_css();
    assert!(css.contains(&charts), "put this into static/app.css:\n{charts}");
}
