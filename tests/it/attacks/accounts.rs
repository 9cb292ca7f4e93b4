//! Power over accounts and what is done on the machine itself.

use tideline_server::{cli::PaperCommand, paper};

use super::Stage;

#[test]
fn attack_91_the_command_line_leaves_no_trace() {
    let stage = Stage::open();
    let context = &stage.site.context;
    let said = || -> Vec<String> {
        let log = context.store.audit_log().unwrap();
        assert!(log.iter().all(|it| it.entry.who.is_none() && it.entry.role.is_none()));
        log.into_iter().map(|it| it.entry.action).collect()
    };
    let imported = said();
    assert_eq!(imported.first().map(String::as_str), Some("roster.import"));
    assert!(imported.iter().any(|it| it == "role.gained"), "{imported:?}");

    let out = stage.site.folder().join("cards.pdf");
    let (wave, email) = (stage.seq.0, "elm1@harbour.example".to_owned());
    paper::run(context, PaperCommand::Print { wave, out, replace: false, language: None }).unwrap();
    assert_eq!(said().last().map(String::as_str), Some("paper.print"));
    let before = said();
    paper::run(context, PaperCommand::Tick { wave, email }).unwrap();
    assert_eq!(said(), before, "who takes part on paper is nowhere kept");
}
