//! The real programs as processes.

use std::{
    net::TcpStream,
    path::PathBuf,
    process::Command,
    sync::OnceLock,
    thread::sleep,
    time::{Duration, Instant},
};

/// Where the built program lies; builds it the first time.
pub(crate) fn program(name: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let folder = BUILT.get_or_init(|| {
        // Of the whole workspace with its tests, as these were: cargo chooses the features of outside libraries by
        // what is built together, and any smaller choice builds most of them once more.
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--workspace", "--bins", "--tests"])
            .status()
            .unwrap();
        assert!(built.success());
        // target/debug/deps/it-…
        std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned()
    });
    folder.join(name)
}

pub(crate) fn reachable(port: u16) {
    let until = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "nothing listens on {port}");
        sleep(Duration::from_millis(50));
    }
}
