//! What the app side logs: identifiers, never contents, names or addresses. The ballot side logs nothing.

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Starts logging to standard error as the settings say. A second call changes nothing.
pub fn start(config: &Config) {
    let filter = EnvFilter::new(format!("warn,tideline={level}", level = config.log_level.name()));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = match config.log_format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}

/// Logs failures only; for the demo, which talks to people.
pub fn quiet() {
    let _ = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("warn"))
        .with_writer(std::io::stderr)
        .try_init();
}
