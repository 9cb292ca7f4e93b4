//! Which changes of the database the log names.

use std::{collections::BTreeSet, fs, path::Path};

/// A line of the log has a time, so what somebody does to sign in, or to pick up a token, is no line: whoever adds a
/// name here has thought of that.
const TOLD: [&str; 25] = [
    "announce_wave",
    "append_audit",
    "begin_installation",
    "change_smallest_group",
    "claim_delivery",
    "claim_job",
    "claim_notice",
    "forget_expired",
    "import_if",
    "import_scores",
    "invite_again",
    "leave_installation",
    "log_passkey_changes",
    "publish",
    "queue_deliveries",
    "queue_notice",
    "remember_headings",
    "rewrite_addresses",
    "save_instrument_texts",
    "save_lever_plan",
    "set_mail_server",
    "set_organisation",
    "set_support_contacts",
    "set_unit_countries",
    "set_up",
];

fn names(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            if entry.file_name() != "tests" {
                names(&entry.path(), found);
            }
            continue;
        }
        let source = fs::read_to_string(entry.path()).unwrap();
        let calls = source.split(".write(\"").skip(1);
        found.extend(calls.map(|it| it.split('"').next().unwrap().to_owned()));
    }
}

#[test]
fn the_log_names_no_change_by_which_somebody_signs_in() {
    let mut found = BTreeSet::new();
    names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), TOLD);
}
