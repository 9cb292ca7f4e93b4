//! Roster files. No panic and no memory without end; what is read is clean, and the same when it is written
//! and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tideline_roster::{Entry, Mapping, formula::guarded, read};

fn written(entries: &[Entry]) -> String {
    let mut text = "unit,parent,name,email,role\n".to_owned();
    for it in entries {
        let person = it.person.as_ref();
        let roles = person.map(|it| it.roles.iter().map(|it| it.code()).collect::<Vec<_>>().join(";"));
        let cells = [
            it.unit.to_string(),
            it.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
            person.map(|it| it.name.to_string()).unwrap_or_default(),
            person.map(|it| it.email.to_string()).unwrap_or_default(),
            roles.unwrap_or_default(),
        ];
        let cells = cells.map(|it| format!("\"{}\"", guarded(&it).replace('"', "\"\"")));
        text += &(cells.join(",") + "\n");
    }
    text
}

fuzz_target!(|data: &[u8]| {
    let reading = read(data, &Mapping::default());
    assert_eq!(reading.entries.is_none(), reading.refusals().next().is_some());
    let Some(entries) = reading.entries else { return };
    assert!(!entries.is_empty());
    for person in entries.iter().filter_map(|it| it.person.as_ref()) {
        assert!(person.email.as_str().is_ascii());
    }
    let again = read(written(&entries).as_bytes(), &Mapping::default());
    let plain = |entries: Vec<Entry>| -> Vec<Entry> {
        entries.into_iter().map(|it| Entry { row: 0, ..it }).collect()
    };
    assert_eq!(again.entries.map(plain), Some(plain(entries)));
});
